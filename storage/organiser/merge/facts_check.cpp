#include "storage/organiser/merge/facts_check.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "config/fault.hpp"
#include "storage/facts/hello.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

struct Place {
    Epoch epoch{};
    std::uint64_t seq = 0;
};

/// Where each fact stands by its hash.
class Index {
public:
    explicit Index(const FactsReport& report) {
        places_.reserve(report.facts);
        for (const auto& [epoch, found] : report.epochs)
            for (std::size_t i = 0; i < found.hashes.size(); ++i)
                places_.emplace(found.hashes[i], Place{epoch, i + 1});
    }
    [[nodiscard]] std::optional<Place> find(const Hash& hash) const {
        const auto found = places_.find(hash);
        return found == places_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::unordered_map<Hash, Place> places_;
};

bool holds(const FactsReport& report, Epoch epoch, std::uint64_t seq, const Hash& hash) {
    const auto found = report.epochs.find(epoch);
    return found != report.epochs.end() && seq > 0 && found->second.hashes.size() >= seq &&
           found->second.hashes[seq - 1] == hash;
}

/// How many facts of each epoch are signed, named as its own by a signed start, or accepted.
std::map<Epoch, std::uint64_t> count_proved(const FactsReport& report,
                                            const std::vector<Acceptance>& accepted) {
    const Index index(report);
    std::map<Epoch, std::uint64_t> proved;
    const auto prove = [&](Epoch epoch, std::uint64_t facts) {
        proved[epoch] = std::max(proved[epoch], facts);
    };
    for (const auto& [epoch, found] : report.epochs) {
        prove(epoch, found.is_signed ? found.hashes.size() : 0);
        if (!found.is_signed || found.own_unsigned == 0) continue;
        const auto last = index.find(found.parent);
        if (last && last->seq == found.own_unsigned) prove(last->epoch, last->seq);
    }
    for (const Acceptance& one : accepted)
        if (holds(report, one.epoch, one.last_seq, one.last_hash)) prove(one.epoch, one.last_seq);
    return proved;
}

std::optional<std::string> find_difference(Epoch epoch, const std::vector<Hash>& file,
                                           const std::vector<Hash>& witness) {
    const auto both = std::min(file.size(), witness.size());
    const auto [differs, _] = std::mismatch(
        file.begin(), file.begin() + static_cast<std::ptrdiff_t>(both), witness.begin());
    const auto equal = static_cast<std::uint64_t>(differs - file.begin());
    if (equal < both) return describe_fact(epoch, equal + 1) + " is another one there";
    if (both == witness.size()) return std::nullopt;
    return describe_fact(epoch, both + 1) + " and " + std::to_string(witness.size() - both - 1) +
           " after it are missing";
}

}  // namespace

bool FactsCheck::take(const FactRow& row) {
    ENSURE(!report_.trouble);
    const std::uint64_t number = report_.facts + 1;
    try {
        const StoredFact fact = read_fact(row);
        if (const auto trouble = trouble_with(fact)) return stop(number, *trouble);
        accept(fact);
    } catch (const Fault& fault) {
        return stop(number, fault.what());
    }
    return true;
}

std::optional<std::string> FactsCheck::trouble_with(const StoredFact& fact) {
    if (!chain_) chain_.emplace(fact.fact.kiosk, fact_domain);
    const std::string name = describe_fact(fact.fact.epoch, fact.fact.seq);
    if (const auto trouble = chain_->trouble_with(fact))
        return hash_fact(fact.encoding, training_domain) == fact.hash ? name + " is of a training"
                                                                      : trouble;
    if (!key_) key_ = find_key_(fact.fact.kiosk);
    if (!key_)
        return name + " is of kiosk " + std::to_string(static_cast<int>(fact.fact.kiosk)) +
               ", which this event does not have";
    if (is_signed(fact.signature) && !verify(fact.signature, fact.hash.bytes, *key_))
        return name + " is not signed by this kiosk";
    return std::nullopt;
}

void FactsCheck::accept(const StoredFact& fact) {
    chain_->accept(fact);
    EpochFound& epoch = report_.epochs[fact.fact.epoch];
    ++report_.facts;
    if (epoch.hashes.empty()) {
        epoch.first_row = report_.facts;
        epoch.parent = fact.fact.prev;
        epoch.is_signed = is_signed(fact.signature);
        const auto hello = read_hello(fact.fact);
        if (hello && hello->own_head == fact.fact.prev) epoch.own_unsigned = hello->own_unsigned;
    }
    epoch.hashes.push_back(fact.hash);
    report_.kiosk = fact.fact.kiosk;
    report_.first = std::min(report_.first, bounded_time(fact.fact.wall_ms));
    report_.last = std::max(report_.last, bounded_time(fact.fact.wall_ms));
    report_.head = chain_->head();
}

bool FactsCheck::stop(std::uint64_t row, const std::string& trouble) {
    report_.trouble = "row " + std::to_string(row) + ": " + trouble;
    return false;
}

void FactsCheck::check_links() {
    const Index index(report_);
    for (const auto& [epoch, found] : report_.epochs)
        if (!found.parent.is_zero() && !index.find(found.parent)) {
            stop(found.first_row,
                 describe_fact(epoch, 1) + " begins an epoch that follows no fact in the file");
            return;
        }
}

void FactsCheck::check_proofs() {
    for (const auto& [epoch, proved] : count_proved(report_, accepted_)) {
        const EpochFound& found = report_.epochs.at(epoch);
        if (proved == found.hashes.size()) continue;
        report_.trouble = describe_fact(epoch, proved + 1) + " and " +
                          std::to_string(found.hashes.size() - proved - 1) +
                          " after it carry no signature, and no signed start names them as its"
                          " own: nothing proves them";
        return;
    }
}

FactsReport FactsCheck::finish() {
    if (!report_.trouble) check_links();
    if (!report_.trouble) check_proofs();
    return std::move(report_);
}

std::optional<std::string> find_difference(const FactsReport& file, const FactsReport& witness) {
    if (file.kiosk && file.kiosk != witness.kiosk) return std::nullopt;
    for (const auto& [epoch, theirs] : witness.epochs) {
        const auto ours = file.epochs.find(epoch);
        auto difference = find_difference(
            epoch, ours == file.epochs.end() ? std::vector<Hash>() : ours->second.hashes,
            theirs.hashes);
        if (difference) return difference;
    }
    return std::nullopt;
}

bool is_end_confirmed(const FactsReport& file, std::span<const FactsReport* const> witnesses) {
    std::unordered_set<Hash> parents;
    for (const auto& [epoch, found] : file.epochs) parents.insert(found.parent);
    return !file.epochs.empty() &&
           std::all_of(file.epochs.begin(), file.epochs.end(), [&](const auto& epoch) {
               const auto& hashes = epoch.second.hashes;
               return parents.contains(hashes.back()) ||
                      std::any_of(witnesses.begin(), witnesses.end(), [&](const auto* witness) {
                          return witness->kiosk == file.kiosk &&
                                 holds(*witness, epoch.first, hashes.size(), hashes.back());
                      });
           });
}

}  // namespace hudoor::organiser
