#include "storage/organiser/report/timeline.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "storage/facts/chain_check.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::int64_t clock_step_ms = 60'000;  // less is the network's gentle correction

Moment moment_of(const StoredFact& stored) {
    const Fact& fact = stored.fact;
    return {storage::order_of(fact, stored.hash),
            fact.wall_ms,
            fact.kind,
            fact.clock_quality,
            fact.id,
            fact.registration,
            fact.badge,
            fact.issue,
            fact.code,
            fact.place,
            fact.session,
            fact.reason,
            fact.method,
            fact.override_reason,
            fact.usher,
            fact.reference,
            fact.argument};
}

bool is_told(FactKind kind) {
    return kind == FactKind::hello || kind == FactKind::admitted || kind == FactKind::left ||
           kind == FactKind::refused || kind == FactKind::undone || kind == FactKind::guest ||
           kind == FactKind::act;
}

std::string missing_between(const Moment& before, std::uint64_t after) {
    const std::uint64_t missing = after - before.seq - 1;
    return describe_fact(before.epoch, before.seq + 1) +
           (missing == 1 ? " is missing"
                         : " and " + std::to_string(missing - 1) + " after it are missing");
}

/// Takes facts by kiosk, epoch and number.
class TimelineMaker {
public:
    TimelineMaker(const std::vector<Hash>& parents, std::uint64_t facts) {
        timeline_.moments.reserve(facts);
        for (const Hash& parent : parents) parents_.emplace(parent, std::nullopt);
    }

    void take(const StoredFact& fact) {
        const Moment moment = moment_of(fact);
        timeline_.who.learn(moment.person());
        if (const auto parent = parents_.find(fact.hash); parent != parents_.end())
            parent->second.emplace(fact.fact.epoch, fact.fact.seq);
        EpochRecord& epoch = timeline_.epochs[{fact.fact.kiosk, fact.fact.epoch}];
        epoch.facts == 0 ? begin(epoch, fact, moment) : go_on(epoch, fact, moment);
        if (epoch.last.seq != moment.seq) hashes_.clear();
        hashes_.push_back(fact.hash);
        look_at_clock(epoch, fact.fact);
        if (is_signed(fact.signature)) epoch.signed_until = moment.seq;
        epoch.last = moment;
        ++epoch.facts;
        if (is_told(moment.kind)) timeline_.moments.push_back(moment);
    }

    Timeline finish() {
        std::sort(timeline_.moments.begin(), timeline_.moments.end(), comes_before);
        for (auto& [name, epoch] : timeline_.epochs) link(epoch);
        prove();
        return std::move(timeline_);
    }

private:
    void begin(EpochRecord& epoch, const StoredFact& fact, const Moment& moment) {
        epoch.hello = moment;
        if (moment.seq == 1) epoch.parent = fact.fact.prev;
        if (moment.seq != 1)
            epoch.breaks.push_back({moment, moment,
                                    describe_fact(moment.epoch, 1) + " and " +
                                        std::to_string(moment.seq - 2) + " after it are missing"});
        else if (moment.kind != FactKind::hello)
            epoch.breaks.push_back({moment, moment, "the epoch begins without a hello"});
    }

    void go_on(EpochRecord& epoch, const StoredFact& fact, const Moment& moment) {
        const Moment& last = epoch.last;
        if (moment.seq == last.seq) {
            epoch.forks.push_back(
                {last, moment, "two facts with the number " + std::to_string(moment.seq)});
            return;
        }
        if (moment.seq != last.seq + 1)
            epoch.breaks.push_back({last, moment, missing_between(last, moment.seq)});
        else if (std::find(hashes_.begin(), hashes_.end(), fact.fact.prev) == hashes_.end())
            epoch.breaks.push_back(
                {last, moment,
                 describe_fact(moment.epoch, moment.seq) + " does not follow the fact before it"});
        else if (moment.kind == FactKind::hello)
            epoch.breaks.push_back({last, moment, "a hello amid its epoch"});
        if (moment.corrected_ms < last.corrected_ms - clock_step_ms)
            epoch.jumps.push_back({last, moment, "the clock went back"});
    }

    static void look_at_clock(EpochRecord& epoch, const Fact& fact) {
        if (fact.clock_quality == ClockQuality::unset) ++epoch.unset_clock;
        const auto offset_ms = bounded<std::chrono::milliseconds>(fact.clock_offset_ms).count();
        if (std::abs(offset_ms) > std::abs(epoch.largest_offset_ms))
            epoch.largest_offset_ms = offset_ms;
    }

    void link(EpochRecord& epoch) const {
        if (epoch.parent.is_zero()) return;
        if (const auto parent = parents_.find(epoch.parent); parent != parents_.end())
            epoch.follows = parent->second;
        if (!epoch.follows)
            epoch.breaks.push_back({epoch.hello, epoch.hello, "the epoch follows no known fact"});
    }

    /// A signed epoch vouches for the one it follows up to its parent, and so on.
    void prove() {
        for (auto& [name, epoch] : timeline_.epochs) epoch.proved_until = epoch.signed_until;
        for (bool more = true; more;) {
            more = false;
            for (const auto& [name, epoch] : timeline_.epochs) {
                if (epoch.proved_until == 0 || !epoch.follows) continue;
                const auto parent = timeline_.epochs.find({name.first, epoch.follows->first});
                if (parent == timeline_.epochs.end() ||
                    parent->second.proved_until >= epoch.follows->second)
                    continue;
                parent->second.proved_until = epoch.follows->second;
                more = true;
            }
        }
    }

    Timeline timeline_;
    std::vector<Hash> hashes_;  ///< of the facts with the newest number of the epoch
    std::unordered_map<Hash, std::optional<std::pair<Epoch, std::uint64_t>>> parents_;
};

}  // namespace

bool comes_before(const Moment& a, const Moment& b) {
    const FactOrder& one = a;
    const FactOrder& other = b;
    return one < other;
}

const Moment* Timeline::find_head(KioskId kiosk) const {
    const Moment* head = nullptr;
    for (const auto& [name, epoch] : epochs)
        if (name.first == kiosk && (head == nullptr || head->hlc < epoch.last.hlc))
            head = &epoch.last;
    return head;
}

Timeline read_timeline(const FactStore& facts) {
    TimelineMaker maker(facts.parents(), facts.count());
    facts.visit([&](const StoredFact& fact) { maker.take(fact); });
    return maker.finish();
}

}  // namespace hudoor::organiser
