#include "storage/bundle/frame.hpp"

#include <sodium.h>

#include "config/fault.hpp"
#include "storage/base/files.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view magic = "HUDOORB\n";
constexpr std::string_view signature_domain = "hudoor-bundle-1";
constexpr std::string_view trailer_domain = "hudoor-bundle-trailer-1";
constexpr std::size_t piece_size = std::size_t{64} << 10;
constexpr std::size_t piece_overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t hash_size = std::tuple_size_v<decltype(Hash::bytes)>;
constexpr std::size_t signature_size = std::tuple_size_v<Signature>;
constexpr std::size_t fixed_head_size = 8 + 1 + 1 + 2 + 32 + 4 + 2 + 24 + 8;
constexpr std::size_t range_size = 2 + 4 + 8 + 8;
constexpr std::size_t tail_size = signature_size + hash_size;
constexpr std::size_t max_ranges = 65'536;
constexpr std::size_t key_box_size = 32 + crypto_box_SEALBYTES;

static_assert(sizeof(BundleHead::stream) == crypto_secretstream_xchacha20poly1305_HEADERBYTES);

[[noreturn]] void refuse_file(const std::filesystem::path& file, const std::string& why) {
    throw Fault(ExitCode::bad_data, file.string() + ": " + why);
}

Bytes encode_head(const BundleHead& head) {
    ByteWriter out;
    out.raw(as_bytes(magic));
    out.u8(version_of(head.kind));
    out.u8(static_cast<std::uint8_t>(head.kind));
    out.u16(static_cast<std::uint16_t>(head.event));
    out.raw(head.sender);
    out.u32(static_cast<std::uint32_t>(head.ranges.size()));
    out.u16(static_cast<std::uint16_t>(head.key_part.size()));
    out.raw(head.stream);
    out.u64(head.sealed_size);
    if (head.kind == BundleKind::facts) out.u8(head.without_act ? 1 : 0);
    out.raw(head.key_part);
    for (const FactRange& range : head.ranges) {
        out.u16(static_cast<std::uint16_t>(range.kiosk));
        out.u32(static_cast<std::uint32_t>(range.epoch));
        out.u64(range.first);
        out.u64(range.last);
    }
    return out.take();
}

template <std::size_t Size>
void copy_to(std::array<std::uint8_t, Size>& to, ByteView from) {
    std::copy(from.begin(), from.end(), to.begin());
}

const char* name_of(BundleKind kind) {
    switch (kind) {
        case BundleKind::enrolment:
            return "NAME.kiosk, which enrols a kiosk";
        case BundleKind::facts:
            return "NAME.facts, which brings facts home";
        case BundleKind::update:
            return "NAME.update, which brings a kiosk a newer guest list";
    }
    return "another bundle";
}

/// BLAKE2b-256 of a domain and what follows it piece by piece.
class RunningHash {
public:
    explicit RunningHash(std::string_view domain) {
        crypto_generichash_init(&state_, nullptr, 0, hash_size);
        add(as_bytes(domain));
    }
    void add(ByteView bytes) { crypto_generichash_update(&state_, bytes.data(), bytes.size()); }
    [[nodiscard]] Hash finish() {
        Hash result;
        crypto_generichash_final(&state_, result.bytes.data(), hash_size);
        return result;
    }

private:
    crypto_generichash_state state_{};
};

std::uint64_t sealed_size_of(std::uint64_t payload_size) {
    const std::uint64_t pieces =
        std::max<std::uint64_t>(1, (payload_size + piece_size - 1) / piece_size);
    return payload_size + pieces * piece_overhead;
}

/// The whole bundle but its tail; completes the head.
Bytes seal_payload(BundleHead& head, ByteView payload, const Secret<32>& key) {
    crypto_secretstream_xchacha20poly1305_state state;
    crypto_secretstream_xchacha20poly1305_init_push(&state, head.stream.data(), key.data());
    head.sealed_size = sealed_size_of(payload.size());
    Bytes framed = encode_head(head);
    Bytes bound = framed;
    std::size_t at = framed.size();
    framed.reserve(at + head.sealed_size + tail_size);
    framed.resize(at + head.sealed_size);
    do {
        const ByteView piece = payload.first(std::min(piece_size, payload.size()));
        payload = payload.subspan(piece.size());
        const std::uint8_t tag = payload.empty()
                                     ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                     : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        crypto_secretstream_xchacha20poly1305_push(&state, framed.data() + at, nullptr,
                                                   piece.data(), piece.size(), bound.data(),
                                                   bound.size(), tag);
        at += piece.size() + piece_overhead;
        bound.clear();
    } while (!payload.empty());
    sodium_memzero(&state, sizeof state);
    return framed;
}

void add_tail(Bytes& bundle, const SigningKey* sender) {
    const Signature signature =
        sender != nullptr ? sender->sign(hash(signature_domain, bundle).bytes) : Signature{};
    bundle.insert(bundle.end(), signature.begin(), signature.end());
    const Hash trailer = hash(trailer_domain, bundle);
    bundle.insert(bundle.end(), trailer.bytes.begin(), trailer.bytes.end());
}

}  // namespace

std::uint8_t version_of(BundleKind) { return 2; }

void write_bundle(BundleHead head, ByteView payload, const Secret<32>& key,
                  const SigningKey* sender, const std::filesystem::path& file) {
    if (head.ranges.size() > max_ranges) refuse_file(file, "too many epochs for one bundle");
    Bytes framed = seal_payload(head, payload, key);
    add_tail(framed, sender);
    if (framed.size() > max_bundle_bytes) refuse_file(file, "too much for one bundle");
    write_file(file, framed, private_mode);
    if (BundleReader(file, head.kind).head().sender != head.sender)
        refuse_file(file, "read back differently");
}

BundleReader::BundleReader(const std::filesystem::path& file, BundleKind kind)
    : file_(file), in_(file, std::ios::binary) {
    std::error_code error;
    size_ = std::filesystem::file_size(file, error);
    if (!in_ || error) throw Fault(ExitCode::no_input, "Cannot read the bundle " + file.string());
    if (size_ < fixed_head_size + tail_size) refuse("cut short; copy it again");
    if (size_ > max_bundle_bytes) refuse("larger than a bundle may be");
    read_head();
    check_frame();
    if (head_.kind != kind) refuse(std::string("this is not ") + name_of(kind));
}

void BundleReader::refuse(const std::string& why) const { refuse_file(file_, why); }

/// Its lengths are looked at before any memory is taken by them.
void BundleReader::read_head() {
    head_bytes_ = read(fixed_head_size);
    ByteReader in(head_bytes_);
    if (as_text(in.raw(magic.size())) != magic) refuse("this is not a Hudoor bundle");
    const std::uint8_t version = in.u8();
    head_.kind = static_cast<BundleKind>(in.u8());
    const bool is_facts = head_.kind == BundleKind::facts;
    if (version < (is_facts ? 1 : version_of(head_.kind)))
        refuse(std::string("made by an older hudoor; make it again with ") +
               (head_.kind == BundleKind::enrolment ? "hudoor kiosk renew" : "hudoor update"));
    if (version > version_of(head_.kind)) refuse("made by a newer hudoor; update the program");
    head_.event = static_cast<EventNumber>(in.u16());
    copy_to(head_.sender, in.raw(head_.sender.size()));
    const std::size_t ranges = in.u32();
    const std::size_t key_size = in.u16();
    copy_to(head_.stream, in.raw(head_.stream.size()));
    head_.sealed_size = in.u64();
    const std::uint64_t flags = is_facts && version > 1 ? 1 : 0;
    const std::uint64_t rest = size_ - fixed_head_size - tail_size;
    if (ranges > max_ranges || flags + key_size + ranges * range_size > rest ||
        head_.sealed_size != rest - flags - key_size - ranges * range_size)
        refuse("damaged or cut short; copy it again");
    const Bytes more = read(flags + key_size + ranges * range_size);
    head_bytes_.insert(head_bytes_.end(), more.begin(), more.end());
    ByteReader in_more(more);
    head_.without_act = flags == 1 && (in_more.u8() & 1) != 0;
    const ByteView key_part = in_more.raw(key_size);
    head_.key_part.assign(key_part.begin(), key_part.end());
    for (std::size_t i = 0; i < ranges; ++i) {
        const auto kiosk = static_cast<KioskId>(in_more.u16());
        const auto epoch = static_cast<Epoch>(in_more.u32());
        const std::uint64_t first = in_more.u64();
        head_.ranges.push_back({kiosk, epoch, first, in_more.u64()});
    }
}

void BundleReader::check_frame() {
    RunningHash signed_part(signature_domain);
    RunningHash whole(trailer_domain);
    signed_part.add(head_bytes_);
    whole.add(head_bytes_);
    for (std::uint64_t left = head_.sealed_size; left > 0;) {
        const Bytes piece = read(std::min<std::uint64_t>(left, piece_size));
        left -= piece.size();
        signed_part.add(piece);
        whole.add(piece);
    }
    const Bytes signature_bytes = read(signature_size);
    whole.add(signature_bytes);
    if (ByteReader(read(hash_size)).id<Hash>() != whole.finish())
        refuse("damaged or cut short; copy it again");
    Signature signature{};
    copy_to(signature, signature_bytes);
    is_signed_ = storage::is_signed(signature);
    if (is_signed_ && !verify(signature, signed_part.finish().bytes, head_.sender))
        refuse("its signature is not its sender's");
}

void BundleReader::visit_payload(const Secret<32>& key,
                                 const std::function<bool(ByteView)>& visit) {
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(head_bytes_.size()));
    crypto_secretstream_xchacha20poly1305_state state;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state, head_.stream.data(), key.data()) !=
        0)
        refuse("its seal is damaged");
    std::uint8_t tag = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    ByteView bound = head_bytes_;
    bool goes_on = true;
    for (std::uint64_t left = head_.sealed_size; left > 0 && goes_on;) {
        const Bytes sealed = read(std::min<std::uint64_t>(left, piece_size + piece_overhead));
        left -= sealed.size();
        if (sealed.size() < piece_overhead) refuse("its last piece is cut");
        SecretBytes plain(sealed.size() - piece_overhead);
        if (crypto_secretstream_xchacha20poly1305_pull(&state, plain.data(), nullptr, &tag,
                                                       sealed.data(), sealed.size(), bound.data(),
                                                       bound.size()) != 0) {
            if (bound.empty()) refuse("its payload is damaged");
            // Everything but the key was checked before.
            throw Fault(ExitCode::not_allowed,
                        "The passphrase or key does not open " + file_.string());
        }
        bound = {};
        goes_on = visit(plain);
    }
    sodium_memzero(&state, sizeof state);
    if (goes_on && tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        refuse("its end is missing");
}

SecretBytes BundleReader::payload(const Secret<32>& key) {
    SecretBytes all;
    visit_payload(key, [&](ByteView piece) {
        all.reserve(head_.sealed_size);  // now that its writer knew the key
        all.insert(all.end(), piece.begin(), piece.end());
        return true;
    });
    return all;
}

Bytes BundleReader::read(std::uint64_t size) {
    Bytes bytes(size);
    in_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (static_cast<std::uint64_t>(in_.gcount()) != size)
        throw Fault(ExitCode::io, "Cannot read all of " + file_.string());
    return bytes;
}

Bytes seal_key_for(const Secret<32>& key, std::span<const SealKey> readers) {
    ENSURE(readers.size() * key_box_size <= 0xFFFF);
    Bytes part;
    for (const SealKey& reader : readers) {
        const Bytes box = seal(key.view(), reader);
        part.insert(part.end(), box.begin(), box.end());
    }
    return part;
}

std::optional<Secret<32>> open_key_part(ByteView key_part, const OpeningKey& reader) {
    for (; key_part.size() >= key_box_size; key_part = key_part.subspan(key_box_size)) {
        const auto key = reader.open(key_part.first(key_box_size));
        if (key && key->size() == 32) return Secret<32>(*key);
    }
    return std::nullopt;
}

}  // namespace hudoor::storage
