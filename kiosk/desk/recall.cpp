// The last scans after a restart: who refused whom, what was undone, and what can still be, come
// from the journal and not from this program's memory.
#include <algorithm>
#include <map>
#include <set>

#include "kiosk/desk/sighting.hpp"
#include "storage/decide/verdict_fact.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

/// What became of the scans by the facts after them.
struct Fates {
    std::map<FactId, FactId> answered;  ///< a refusal, by this admitted or left
    std::map<FactId, Fact> undone;      ///< an admitted or left, by this undone
    std::set<FactId> withdrawn;
    std::set<FactId> restored;  ///< an undone whose admitted holds again

    explicit Fates(const std::deque<StoredFact>& facts) {
        for (const StoredFact& stored : facts) note(stored.fact);
    }
    /// That this admitted or left answers; zero: none.
    [[nodiscard]] FactId refusal_of(const FactId& passage) const {
        const auto refusal = refusal_of_.find(passage);
        return refusal == refusal_of_.end() ? FactId{} : refusal->second;
    }

private:
    void note(const Fact& fact) {
        if (fact.kind == FactKind::undone) {
            undone.insert_or_assign(fact.reference, fact);
            passage_of_.insert_or_assign(fact.id, fact.reference);
            if (const auto refusal = refusal_of_.find(fact.reference); refusal != refusal_of_.end())
                answered.erase(refusal->second);
        } else if (fact.kind == FactKind::act) {
            withdrawn.insert(fact.reference);
        } else if (!fact.reference.is_zero()) {
            answer(fact);
        }
    }

    /// An override names its refusal; what is restored names the undone of an override, perhaps.
    void answer(const Fact& fact) {
        FactId refusal = fact.reference;
        if (const auto passage = passage_of_.find(fact.reference); passage != passage_of_.end()) {
            restored.insert(fact.reference);
            refusal = refusal_of(passage->second);
        }
        if (refusal.is_zero()) return;
        refusal_of_.insert_or_assign(fact.id, refusal);
        answered.insert_or_assign(refusal, fact.id);
    }

    std::map<FactId, FactId> refusal_of_;  ///< by the admitted or left that answers it
    std::map<FactId, FactId> passage_of_;  ///< by its undone
};

bool is_passage(const Fact& fact) {
    return fact.kind == FactKind::admitted || fact.kind == FactKind::left;
}

}  // namespace

std::optional<Registration> Desk::person_of(const Fact& fact) const {
    if (!replica()) return std::nullopt;
    if (!fact.registration.is_zero()) return replica()->find(fact.registration);
    if (!is_of_proved_badge(fact.reason)) return std::nullopt;
    if (!fact.badge.is_zero()) return replica()->find(fact.badge);
    return fact.code.is_zero() ? std::nullopt : replica()->find(fact.code);
}

LastScan Desk::recall(const StoredFact& stored, const FactId& answers) const {
    const Fact& fact = stored.fact;
    Sighting sighting{.code = OtherCode{},
                      .at = bounded_time(fact.wall_ms),
                      .method = fact.method,
                      .usher = fact.usher,
                      .entered = when(fact),
                      .answers = answers};
    sighting.registration = person_of(fact);
    sighting.verdict.kind = fact.verdict;
    sighting.verdict.reason = fact.override_reason == Override::none ? fact.reason : Reason::ok;
    sighting.verdict.session = fact.session;
    LastScan scan{.answer = make_answer(sighting, stored)};
    scan.answer.stored = true;
    scan.ago = std::chrono::floor<std::chrono::seconds>(clock_.monotonic() - when(fact));
    return scan;
}

/// As long ago as its wall time is; a clock that was set back makes nothing newer than now.
MonotonicTime Desk::when(const Fact& fact) const {
    const auto ago = std::max(WallTime::duration{}, clock_.wall() - bounded_time(fact.wall_ms));
    return clock_.monotonic() - std::chrono::duration_cast<MonotonicTime::duration>(ago);
}

void Desk::recall() {
    const Fates fates(knowledge_.recent);
    LastScans last;
    passed_.clear();
    refusals_.clear();
    for (const StoredFact& stored : knowledge_.recent) {
        const Fact& fact = stored.fact;
        if (!is_passage(fact) && fact.kind != FactKind::refused) continue;
        const FactId answers = fates.refusal_of(fact.id);
        LastScan scan = recall(stored, answers);
        const auto answered = fates.answered.find(fact.id);
        const auto undone = fates.undone.find(fact.id);
        scan.answered = answered != fates.answered.end();
        scan.undone = undone != fates.undone.end();
        scan.withdrawn = fates.withdrawn.contains(fact.id);
        if (fact.kind == FactKind::refused) {
            Refusal refusal{.fact = fact, .person = person_of(fact), .withdrawn = scan.withdrawn};
            if (scan.answered) refusal.answered_by = answered->second;
            refusals_.push_back(std::move(refusal));
        } else if (!scan.undone) {
            passed_.push_back(
                {.fact = fact, .person = person_of(fact), .at = when(fact), .answers = answers});
        } else if (!fates.restored.contains(undone->second.id)) {
            scan.restorable = true;
            passed_.push_back({.fact = fact,
                               .person = person_of(fact),
                               .at = when(undone->second),
                               .answers = answers,
                               .undone = undone->second.id,
                               .undone_by = undone->second.usher});
        }
        last.scans.insert(last.scans.begin(), std::move(scan));
    }
    news_.emplace_back(std::move(last));
}

}  // namespace hudoor::kiosk
