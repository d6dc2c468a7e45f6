#include "storage/bundle/facts_bundle.hpp"

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

constexpr std::size_t max_record_bytes = 4 + 256 + max_payload_bytes + sizeof(Signature);

/// One fact of the payload: its encoding, and the signature.
StoredFact stored_fact(ByteView encoding, ByteView signature, const BundleReader& reader) {
    auto fact = decode_fact(encoding);
    if (!fact) reader.refuse("what it holds are not facts of this version");
    StoredFact stored{.fact = std::move(*fact),
                      .encoding = Bytes(encoding.begin(), encoding.end()),
                      .hash = hash_fact(encoding)};
    std::copy(signature.begin(), signature.end(), stored.signature.begin());
    return stored;
}

/// Cuts pieces of the payload into facts; what the last piece left over waits for the next.
class FactCutter {
public:
    FactCutter(const BundleReader& reader, const std::function<bool(StoredFact&&)>& visit)
        : reader_(reader), visit_(visit) {}

    bool take(ByteView piece) {
        rest_.insert(rest_.end(), piece.begin(), piece.end());
        ByteReader in(rest_);
        std::size_t used = 0;
        while (goes_on_) {
            const ByteView encoding = in.block();
            const ByteView signature = in.raw(sizeof(Signature));
            if (in.failed()) break;
            used = rest_.size() - in.rest().size();
            if (++facts_ > max_bundle_facts) reader_.refuse("more facts than a bundle may hold");
            goes_on_ = visit_(stored_fact(encoding, signature, reader_));
        }
        rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(used));
        if (rest_.size() > max_record_bytes)
            reader_.refuse("what it holds are not facts of this version");
        return goes_on_;
    }
    void finish() const {
        if (goes_on_ && !rest_.empty()) reader_.refuse("its last fact is cut");
    }

private:
    const BundleReader& reader_;
    const std::function<bool(StoredFact&&)>& visit_;
    Bytes rest_;
    std::size_t facts_ = 0;
    bool goes_on_ = true;
};

bool continues(const FactRange& range, const Fact& fact) {
    return range.kiosk == fact.kiosk && range.epoch == fact.epoch && range.last + 1 == fact.seq;
}

}  // namespace

void FactsBundleWriter::add(const StoredFact& fact) {
    if (++facts_ > max_bundle_facts)
        throw Fault(ExitCode::bad_data, "More facts than one bundle may hold");
    if (!ranges_.empty() && continues(ranges_.back(), fact.fact))
        ranges_.back().last = fact.fact.seq;
    else
        ranges_.push_back({fact.fact.kiosk, fact.fact.epoch, fact.fact.seq, fact.fact.seq});
    payload_.block(fact.encoding);
    payload_.raw(fact.signature);
}

void FactsBundleWriter::write(const std::filesystem::path& file, EventNumber event,
                              const VerifyKey& sender_key, const SigningKey* signing,
                              std::span<const SealKey> readers) const {
    const auto key = Secret<32>::random();
    write_bundle({.kind = BundleKind::facts,
                  .event = event,
                  .sender = sender_key,
                  .key_part = seal_key_for(key, readers),
                  .ranges = ranges_,
                  .without_act = without_act_},
                 payload_.bytes(), key, signing, file);
}

void FactsBundleReader::visit(const OpeningKey& reader,
                              const std::function<bool(StoredFact&&)>& visit) {
    const auto key = open_key_part(head().key_part, reader);
    if (!key) throw Fault(ExitCode::not_allowed, "This bundle of facts is sealed to other readers");
    FactCutter cutter(reader_, visit);
    reader_.visit_payload(*key, [&](ByteView piece) { return cutter.take(piece); });
    cutter.finish();
}

}  // namespace hudoor::storage
