#include "storage/organiser/report/timeline.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <unordered_map>

#include "storage/decide/verdict_fact.hpp"
#include "storage/facts/chain_check.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::int64_t clock_step_ms = 60'000;  // less is the network's gentle correction
constexpr std::size_t most_ends = 8;            // whoever sends thousands gets no thousand lines

Moment moment_of(const MergedFact& stored) {
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
            storage::approver_in(fact),
            fact.reference,
            fact.argument,
            fact.act,
            stored.belief};
}

bool is_told(FactKind kind) {
    return kind == FactKind::hello || kind == FactKind::admitted || kind == FactKind::left ||
           kind == FactKind::refused || kind == FactKind::undone || kind == FactKind::guest ||
           kind == FactKind::act || kind == FactKind::fault;
}

bool is_passage(FactKind kind) {
    return kind == FactKind::admitted || kind == FactKind::left || kind == FactKind::refused;
}

/// A supervisor's or usher's, which takes an unlocked program; who holds no key may try PINs.
bool is_unsigned_act(const MergedFact& fact) {
    return fact.fact.kind == FactKind::act && fact.fact.act != ActCode::pin_wrong &&
           !is_signed(fact.signature);
}

/// Where a fact goes whose time cannot be: behind another one, or at the beginning.
struct Slot {
    std::int64_t corrected_ms = 0;
    std::uint64_t hlc = 0;
};

Slot slot_of(const Moment& moment) { return {moment.corrected_ms, moment.hlc}; }

/// Of a hello: its epoch's number says nothing about the order, so its clock must.
Slot next_start(Slot parent) {
    if (parent.hlc < std::numeric_limits<std::uint64_t>::max()) ++parent.hlc;
    return parent;
}

void put(Moment& moment, const Slot& slot) {
    moment.corrected_ms = slot.corrected_ms;
    moment.hlc = slot.hlc;
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
    TimelineMaker(const std::vector<Hash>& parents, std::uint64_t facts, const EventWindow& window)
        : window_(window) {
        timeline_.moments.reserve(facts);
        for (const Hash& parent : parents) parents_.emplace(parent, std::nullopt);
    }

    void take(const MergedFact& fact) {
        Moment moment = moment_of(fact);
        if (fact.belief == Belief::none) return keep_apart(fact, moment);
        timeline_.who.learn(moment.person());
        const EpochName name{fact.fact.kiosk, fact.fact.epoch};
        EpochRecord& epoch = timeline_.epochs[name];
        const bool floats = place(epoch, name, moment);
        if (const auto parent = parents_.find(fact.hash); parent != parents_.end())
            parent->second =
                Parent{name, moment.seq, floats ? std::nullopt : std::optional(slot_of(moment))};
        epoch.facts == 0 ? begin(epoch, fact, moment) : go_on(epoch, fact, moment);
        if (epoch.last.seq != moment.seq) hashes_.clear();
        hashes_.push_back(fact.hash);
        look_at_clock(epoch, fact.fact);
        look_at_edition(epoch, fact.fact, moment);
        epoch.is_signed = epoch.is_signed || is_signed(fact.signature);
        epoch.brought = std::max(epoch.brought, fact.brought);
        count_unsigned_act(epoch, fact, moment);
        epoch.last = moment;
        ++epoch.facts;
        if (!is_told(moment.kind)) return;
        if (floats) floating_.at(name).moments.push_back(timeline_.moments.size());
        timeline_.moments.push_back(moment);
    }

    Timeline finish() {
        end_apart();
        for (auto& [name, epoch] : floating_) put_down(name);
        std::sort(timeline_.moments.begin(), timeline_.moments.end(), comes_before);
        std::sort(timeline_.passages_apart.begin(), timeline_.passages_apart.end(), comes_before);
        for (auto& [name, epoch] : timeline_.epochs) link(epoch);
        return std::move(timeline_);
    }

private:
    /// Where what a hello follows stands.
    struct Parent {
        EpochName epoch;
        std::uint64_t seq = 0;
        std::optional<Slot> slot;  ///< nothing: it floats itself, or is not believed
    };
    /// The beginning of an epoch, where it has times that cannot be: it goes behind its parent.
    struct Floating {
        std::vector<std::size_t> moments;
        bool is_all = true;  ///< so far
        std::optional<Slot> slot;
    };

    /// Of no fact that is believed the time decides whether it counts, only where. True: that will
    /// be known at the end.
    bool place(EpochRecord& epoch, const EpochName& name, Moment& moment) {
        const auto found = floating_.find(name);
        const bool after_floating = found != floating_.end() && found->second.is_all;
        if (window_.holds(moment.at())) {
            if (after_floating) found->second.is_all = false;
            return false;
        }
        ++epoch.misplaced;
        if (epoch.facts > 0 && !after_floating) {
            put(moment, slot_of(epoch.last));
            return false;
        }
        floating_[name];
        return true;
    }

    /// Epochs may float one behind another, as many as there are.
    void put_down(const EpochName& name) {
        std::vector<EpochName> waiting;
        Slot slot{window_.begins.time_since_epoch().count(), 0};
        for (auto next = std::optional(name); next;) {
            if (const auto& settled = floating_.at(*next).slot) {
                slot = next_start(*settled);
                break;
            }
            waiting.push_back(*next);
            const Parent* parent = parent_of(*next);
            next = std::nullopt;
            if (parent != nullptr && parent->slot)
                slot = next_start(*parent->slot);
            else if (parent != nullptr && floating_.contains(parent->epoch))
                next = parent->epoch;
        }
        for (; !waiting.empty(); waiting.pop_back()) {
            settle(waiting.back(), slot);
            slot = next_start(slot);
        }
    }
    [[nodiscard]] const Parent* parent_of(const EpochName& name) const {
        const auto parent = parents_.find(timeline_.epochs.at(name).parent);
        return parent == parents_.end() || !parent->second ? nullptr : &*parent->second;
    }
    void settle(const EpochName& name, const Slot& slot) {
        Floating& floating = floating_.at(name);
        floating.slot = slot;
        EpochRecord& epoch = timeline_.epochs.at(name);
        for (const std::size_t index : floating.moments) put(timeline_.moments[index], slot);
        put(epoch.hello, slot);
        if (floating.is_all) put(epoch.last, slot);
    }

    void keep_apart(const MergedFact& fact, const Moment& moment) {
        const EpochName name{fact.fact.kiosk, fact.fact.epoch};
        if (const auto parent = parents_.find(fact.hash); parent != parents_.end())
            parent->second = Parent{name, moment.seq, std::nullopt};
        if (apart_ != name) end_apart();
        apart_ = name;
        UnprovedRecord& record = timeline_.unproved[name];
        if (++record.facts == 1) record.first = moment;
        record.last = moment;
        count_unsigned_act(record, fact, moment);
        ends_apart_.erase(fact.fact.prev);
        ends_apart_.emplace(fact.hash, moment.seq);
        if (!window_.holds(moment.at()))
            ++record.quarantined;
        else if (is_passage(moment.kind))
            timeline_.passages_apart.push_back(moment);
    }
    void end_apart() {
        if (ends_apart_.empty()) return;
        UnprovedRecord& record = timeline_.unproved.at(apart_);
        for (const auto& [hash, seq] : ends_apart_) record.ends.emplace_back(seq, hash);
        std::sort(record.ends.begin(), record.ends.end());
        record.more_ends = record.ends.size() - std::min(record.ends.size(), most_ends);
        record.ends.resize(std::min(record.ends.size(), most_ends));
        ends_apart_.clear();
    }

    template <typename Record>
    static void count_unsigned_act(Record& record, const MergedFact& fact, const Moment& moment) {
        if (!is_unsigned_act(fact)) return;
        ++record.unsigned_acts;
        record.last_unsigned_act = moment;
    }

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
        if (window_.holds(last.at()) && moment.corrected_ms < last.corrected_ms - clock_step_ms)
            epoch.jumps.push_back({last, moment, "the clock went back"});
    }

    static void look_at_clock(EpochRecord& epoch, const Fact& fact) {
        if (fact.clock_quality == ClockQuality::unset) ++epoch.unset_clock;
        const auto offset_ms = bounded<std::chrono::milliseconds>(fact.clock_offset_ms).count();
        if (std::abs(offset_ms) > std::abs(epoch.largest_offset_ms))
            epoch.largest_offset_ms = offset_ms;
    }

    static void look_at_edition(EpochRecord& epoch, const Fact& fact, const Moment& moment) {
        if (const auto edition = find_edition(fact)) epoch.editions[fact.seq] = *edition;
        if (fact.act != ActCode::list_rolled_back) return;
        if (const auto before = read_edition(fact)) epoch.rolled_back.emplace_back(moment, *before);
    }

    void link(EpochRecord& epoch) const {
        if (epoch.parent.is_zero()) return;
        if (const auto parent = parents_.find(epoch.parent);
            parent != parents_.end() && parent->second)
            epoch.follows.emplace(parent->second->epoch.second, parent->second->seq);
        if (!epoch.follows)
            epoch.breaks.push_back({epoch.hello, epoch.hello, "the epoch follows no known fact"});
    }

    EventWindow window_;
    Timeline timeline_;
    std::vector<Hash> hashes_;  ///< of the facts with the newest number of the epoch
    std::unordered_map<Hash, std::optional<Parent>> parents_;
    std::map<EpochName, Floating> floating_;
    EpochName apart_;
    std::unordered_map<Hash, std::uint64_t> ends_apart_;
};

}  // namespace

bool comes_before(const Moment& a, const Moment& b) {
    const FactOrder& one = a;
    const FactOrder& other = b;
    return one < other;
}

std::optional<Edition> EpochRecord::edition_at(std::uint64_t seq) const {
    const auto later = editions.upper_bound(seq);
    return later == editions.begin() ? std::nullopt : std::optional(std::prev(later)->second);
}

const Moment* Timeline::find_head(KioskId kiosk) const {
    const Moment* head = nullptr;
    for (const auto& [name, epoch] : epochs)
        if (name.first == kiosk && (head == nullptr || head->hlc < epoch.last.hlc))
            head = &epoch.last;
    return head;
}

Timeline read_timeline(const FactStore& facts) {
    TimelineMaker maker(facts.parents(), facts.count(), facts.window());
    facts.visit([&](const MergedFact& fact) { maker.take(fact); });
    return maker.finish();
}

}  // namespace hudoor::organiser
