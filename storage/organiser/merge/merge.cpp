#include "storage/organiser/merge/merge.hpp"

#include <array>
#include <fstream>

#include "storage/organiser/merge/journal_copy.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::size_t facts_a_signature = 1'000;
constexpr std::string_view bundle_magic = "HUDOORB\n";

/// One file's facts on their way into the store: all of them, or none.
class Merger {
public:
    Merger(FactStore& facts, const FindKioskKey& find_key, bool trusts_chain)
        : facts_(facts),
          proof_(find_key, trusts_chain, [this](const StoredFact& fact) { add(fact); }) {
        facts_.begin();
    }
    ~Merger() { facts_.rollback(); }
    Merger(const Merger&) = delete;
    Merger& operator=(const Merger&) = delete;

    FactProof& proof() { return proof_; }

    MergeReport commit() {
        proof_.finish();
        for (const auto& [epoch, before] : forked_before_)
            report_.forked += facts_.forked(epoch.first, epoch.second) - before;
        facts_.commit();
        report_.bad = proof_.bad();
        if (!report_.trouble) report_.trouble = proof_.trouble();
        return std::move(report_);
    }

private:
    void add(const StoredFact& fact) {
        const std::pair epoch{fact.fact.kiosk, fact.fact.epoch};
        if (!forked_before_.contains(epoch))
            forked_before_[epoch] = facts_.forked(epoch.first, epoch.second);
        facts_.add(fact) ? ++report_.fresh : ++report_.known;
        if (!is_signed(fact.signature)) ++report_.unsigned_facts;
        report_.kiosks.insert(fact.fact.kiosk);
    }

    FactStore& facts_;
    FactProof proof_;
    MergeReport report_;
    std::map<std::pair<KioskId, Epoch>, std::uint64_t> forked_before_;
};

}  // namespace

FactProof::FactProof(FindKioskKey find_key, bool trusts_chain, Taken taken)
    : find_key_(std::move(find_key)),
      longest_run_(trusts_chain ? facts_a_signature : 1),
      taken_(std::move(taken)) {}

void FactProof::take(StoredFact&& fact) {
    if (run_.size() >= longest_run_ || !continues_run(fact)) flush();
    run_.push_back(std::move(fact));
}

void FactProof::refuse(const std::string& trouble) {
    flush();
    ++bad_;
    if (!trouble_) trouble_ = trouble;
}

bool FactProof::continues_run(const StoredFact& fact) const {
    if (run_.empty()) return true;
    const StoredFact& last = run_.back();
    return fact.fact.kiosk == last.fact.kiosk && fact.fact.epoch == last.fact.epoch &&
           fact.fact.seq == last.fact.seq + 1 && fact.fact.prev == last.hash &&
           is_signed(fact.signature) && is_signed(last.signature);
}

const std::optional<VerifyKey>& FactProof::key_of(KioskId kiosk) {
    auto found = keys_.find(kiosk);
    if (found == keys_.end()) found = keys_.emplace(kiosk, find_key_(kiosk)).first;
    return found->second;
}

std::optional<std::string> FactProof::trouble_with(const StoredFact& fact) {
    const std::string name = describe_fact(fact.fact.epoch, fact.fact.seq);
    if (hash_fact(fact.encoding, training_domain) == fact.hash) return name + " is of a training";
    if (hash_fact(fact.encoding) != fact.hash) return name + " was altered, its hash does not hold";
    const auto& key = key_of(fact.fact.kiosk);
    if (!key)
        return name + " is of kiosk " + std::to_string(static_cast<int>(fact.fact.kiosk)) +
               ", which this event does not have";
    if (is_signed(fact.signature) && !verify(fact.signature, fact.hash.bytes, *key))
        return name + " is not signed by this kiosk";
    return std::nullopt;
}

/// A good last signature proves the run, hash by hash, as its reader made the hashes itself.
void FactProof::flush() {
    const bool chain_holds = run_.size() > 1 && !trouble_with(run_.back());
    for (StoredFact& fact : run_) {
        if (auto trouble = chain_holds ? std::nullopt : trouble_with(fact)) {
            ++bad_;
            if (!trouble_) trouble_ = std::move(trouble);
            continue;
        }
        taken_(fact);
    }
    run_.clear();
}

MergeReport merge_bundle(FactStore& facts, const std::filesystem::path& file, EventNumber event,
                         const FindKioskKey& find_key, const std::set<VerifyKey>& senders,
                         const OpeningKey& reader) {
    FactsBundleReader bundle(file);
    if (bundle.head().event != event)
        throw Fault(ExitCode::bad_data, file.string() + ": it is of event " +
                                            std::to_string(static_cast<int>(bundle.head().event)) +
                                            ", another one");
    if (!senders.contains(bundle.head().sender))
        throw Fault(ExitCode::bad_data,
                    file.string() + ": it was sent by a kiosk this event does not have");
    Merger merger(facts, find_key, bundle.is_signed());
    bundle.visit(reader, [&](StoredFact&& fact) {
        merger.proof().take(std::move(fact));
        return true;
    });
    return merger.commit();
}

MergeReport merge_journal(FactStore& facts, const std::filesystem::path& file,
                          const FindKioskKey& find_key) {
    Merger merger(facts, find_key, false);
    const auto damage = visit_journal(file, [&](const FactRow& row) {
        try {
            merger.proof().take(read_fact(row));
        } catch (const Fault& fault) {
            merger.proof().refuse(fault.what());
        }
        return true;
    });
    MergeReport report = merger.commit();
    if (damage) report.trouble = damage;
    return report;
}

bool is_bundle(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        throw Fault(ExitCode::no_input, "Cannot read " + file.string());
    std::array<char, 8> begin{};
    in.read(begin.data(), begin.size());
    return std::string_view(begin.data(), begin.size()) == bundle_magic;
}

}  // namespace hudoor::organiser
