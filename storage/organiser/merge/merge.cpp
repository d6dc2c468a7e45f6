#include "storage/organiser/merge/merge.hpp"

#include <sodium.h>

#include <array>
#include <fstream>

#include "storage/facts/proof.hpp"
#include "storage/journal/paths.hpp"
#include "storage/organiser/merge/journal_copy.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::uint64_t last_possible_number = INT64_MAX;  // as a table can hold and order it
constexpr std::string_view bundle_magic = "HUDOORB\n";

/// What the names of two files do not tell: whether they are one.
Hash hash_of(std::initializer_list<std::filesystem::path> files) {
    crypto_generichash_state state{};
    Hash result;
    crypto_generichash_init(&state, nullptr, 0, result.bytes.size());
    std::vector<char> part(1 << 20);
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0)
            crypto_generichash_update(&state, reinterpret_cast<const std::uint8_t*>(part.data()),
                                      static_cast<std::uint64_t>(in.gcount()));
    }
    crypto_generichash_final(&state, result.bytes.data(), result.bytes.size());
    return result;
}

void refuse_undone(const FactStore& facts, const Hash& hash, const std::filesystem::path& file) {
    for (const Source& one : facts.sources())
        if (one.hash == hash && one.undone_why)
            throw Fault(ExitCode::not_allowed, file.string() + " was taken out (" +
                                                   *one.undone_why +
                                                   "); to merge it once more, say --again");
}

/// One file's facts on their way into the store: all of them, or none. Those that are proved are
/// taken, those that claim no signature are taken to be kept apart, others are left out.
class Merger {
public:
    Merger(FactStore& facts, const std::filesystem::path& file, const Hash& hash,
           const FindKioskKey& find_key, const Arrival& arrival)
        : facts_(facts),
          find_key_(find_key),
          proof_({.find_key = find_key,
                  .proved = [this](StoredFact&& fact) { add(fact); },
                  .unproved = [this](StoredFact&& fact) { look_at_unproved(fact); }}) {
        if (!arrival.again) refuse_undone(facts, hash, file);
        facts_.begin({hash, file.filename().string(), arrival.at, {}});
        report_.hash = hash;
    }
    ~Merger() { facts_.rollback(); }
    Merger(const Merger&) = delete;
    Merger& operator=(const Merger&) = delete;

    void take(StoredFact&& fact) { proof_.take(std::move(fact)); }
    /// Something that should have been a fact.
    void refuse(const std::string& trouble) {
        ++report_.bad;
        if (!report_.trouble) report_.trouble = trouble;
    }

    MergeReport commit() {
        proof_.finish();
        for (const auto& [epoch, before] : forked_before_)
            report_.forked += facts_.forked(epoch.first, epoch.second) - before;
        facts_.commit();
        return std::move(report_);
    }

private:
    void add(const StoredFact& fact) {
        if (fact.fact.seq == 0 || fact.fact.seq > last_possible_number)
            return refuse(describe_fact(fact.fact.epoch, fact.fact.seq) +
                          " has a number that no kiosk gives");
        const std::pair epoch{fact.fact.kiosk, fact.fact.epoch};
        if (!forked_before_.contains(epoch))
            forked_before_[epoch] = facts_.forked(epoch.first, epoch.second);
        facts_.add(fact) ? ++report_.fresh : ++report_.known;
        report_.kiosks.insert(fact.fact.kiosk);
    }

    void look_at_unproved(const StoredFact& fact) {
        const std::string name = describe_fact(fact.fact.epoch, fact.fact.seq);
        if (hash_fact(fact.encoding, training_domain) == fact.hash)
            return refuse(name + " is of a training");
        if (hash_fact(fact.encoding) != fact.hash)
            return refuse(name + " was altered, its hash does not hold");
        if (!find_key_(fact.fact.kiosk))
            return refuse(name + " is of kiosk " +
                          std::to_string(static_cast<int>(fact.fact.kiosk)) +
                          ", which this event does not have");
        if (is_signed(fact.signature)) return refuse(name + " is not signed by this kiosk");
        report_.unsigned_facts.push_back(fact.hash);
        add(fact);
    }

    FactStore& facts_;
    const FindKioskKey& find_key_;
    Proof proof_;
    MergeReport report_;
    std::map<std::pair<KioskId, Epoch>, std::uint64_t> forked_before_;
};

}  // namespace

MergeReport merge_bundle(FactStore& facts, const std::filesystem::path& file, EventNumber event,
                         const FindKioskKey& find_key, const std::set<VerifyKey>& senders,
                         const OpeningKey& reader, const Arrival& arrival) {
    FactsBundleReader bundle(file);
    if (bundle.head().event != event)
        throw Fault(ExitCode::bad_data, file.string() + ": it is of event " +
                                            std::to_string(static_cast<int>(bundle.head().event)) +
                                            ", another one");
    if (!senders.contains(bundle.head().sender))
        throw Fault(ExitCode::bad_data,
                    file.string() + ": it was sent by a kiosk this event does not have");
    Merger merger(facts, file, hash_of({file}), find_key, arrival);
    bundle.visit(reader, [&](StoredFact&& fact) {
        merger.take(std::move(fact));
        return true;
    });
    MergeReport report = merger.commit();
    report.without_act = bundle.head().without_act;
    return report;
}

MergeReport merge_journal(FactStore& facts, const std::filesystem::path& file,
                          const FindKioskKey& find_key, const Arrival& arrival) {
    Merger merger(facts, file, hash_of({file, log_of(file)}), find_key, arrival);
    const auto damage = visit_journal(file, [&](const FactRow& row) {
        try {
            merger.take(read_fact(row));
        } catch (const Fault& fault) {
            merger.refuse(fault.what());
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
