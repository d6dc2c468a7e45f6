#include "storage/organiser/report/incidents.hpp"

#include <algorithm>
#include <unordered_set>

#include "storage/facts/chain_check.hpp"
#include "storage/journal/device.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::int64_t clock_tolerance_ms = 5 * 60'000;  // admission.md "Clock"

/// One person in one room or one session.
using PersonAt = std::uint64_t;
PersonAt person_at(std::uint32_t person, std::uint16_t where) {
    return static_cast<PersonAt>(person) << 16 | where;
}

std::string seconds_between(const Moment& a, const Moment& b) {
    return std::to_string((b.corrected_ms - a.corrected_ms) / 1'000) + " s";
}

class Finder {
public:
    Finder(const Timeline& timeline, const PeopleIndex& people, const IncidentContext& context)
        : timeline_(timeline), people_(people), context_(context) {
        // Only what others refer to: of a million facts few.
        for (const Moment& moment : timeline_.moments)
            if (!moment.reference.is_zero()) references_.emplace(moment.reference, std::nullopt);
        for (const Moment& moment : timeline_.moments)
            if (const auto named = references_.find(moment.id); named != references_.end())
                named->second = moment.kind;
        for (const Moment& moment : timeline_.moments)
            if (moment.act == ActCode::outcome) outcomes_.insert(moment.reference);
        for (const Revocation& one : context_.revocations) revocations_[one.badge].push_back(&one);
    }

    std::vector<Incident> find() {
        for (const Moment* passage : remaining_passages(timeline_)) look_at(*passage);
        for (const Moment& moment : timeline_.moments) {
            look_at_reference(moment);
            look_at_travel(moment);
            look_at_device(moment);
            look_at_intent(moment);
        }
        for (const auto& [name, epoch] : timeline_.epochs) {
            look_at_epoch(epoch);
            look_at_kiosk(name.first, epoch);
        }
        for (const auto& [name, record] : timeline_.unproved) look_at_unproved(name, record);
        look_at_parents();
        std::stable_sort(found_.begin(), found_.end(), [](const Incident& a, const Incident& b) {
            if (a.kind != b.kind) return a.kind < b.kind;
            return comes_before(a.facts.front(), b.facts.front());
        });
        return std::move(found_);
    }

private:
    void add(IncidentKind kind, std::string what, std::vector<Moment> facts,
             std::optional<std::uint32_t> person = {}) {
        found_.push_back({kind, std::move(what), person, std::move(facts)});
    }

    [[nodiscard]] std::string local(WallTime at) const {
        return show_time(at, context_.agenda.timezone);
    }

    /// One admitted or left that counts.
    void look_at(const Moment& moment) {
        const auto person = people_.find(moment);
        if (!person || (people_.registration(*person) == nullptr && !people_.is_guest(*person)))
            add(IncidentKind::orphan, "nobody of the event", {moment}, person);
        if (!person) return;
        const Session* session = context_.agenda.find_session(moment.session);
        const auto room =
            session != nullptr ? static_cast<std::uint16_t>(session->room) : std::uint16_t{0};
        if (moment.kind == FactKind::left) {
            if (!inside_.erase(person_at(*person, room)))
                add(IncidentKind::unmatched_exit, "left without having come in", {moment}, person);
            return;
        }
        look_at_second_entry(moment, *person, session, room);
        look_at_revocation(moment, *person);
        const auto answers = kind_of(moment.reference);
        if (moment.override_reason != Override::none && answers != FactKind::refused &&
            answers != FactKind::undone)
            add(IncidentKind::override_without_refusal, "an override that answers no known refusal",
                {moment}, person);
        inside_.insert(person_at(*person, room));
        entries_.insert_or_assign(person_at(*person, static_cast<std::uint16_t>(moment.session)),
                                  &moment);
    }

    void look_at_second_entry(const Moment& moment, std::uint32_t person, const Session* session,
                              std::uint16_t room) {
        const auto first =
            entries_.find(person_at(person, static_cast<std::uint16_t>(moment.session)));
        if (first == entries_.end() || session == nullptr || session->reentry == Reentry::free)
            return;
        if (moment.override_reason != Override::none) return;  // an usher knew
        if (session->reentry == Reentry::after_exit && !inside_.contains(person_at(person, room)))
            return;
        add(IncidentKind::double_admit, "admitted twice to " + session->code,
            {*first->second, moment}, person);
    }

    /// The first that refused this issue.
    [[nodiscard]] const Revocation* find_revocation(const Moment& moment) const {
        const auto of_badge = revocations_.find(moment.person().badge);
        if (of_badge == revocations_.end()) return nullptr;
        for (const Revocation* one : of_badge->second)
            if (moment.issue <= one->issue) return one;
        return nullptr;
    }

    void look_at_revocation(const Moment& moment, std::uint32_t person) {
        const Revocation* revoked = find_revocation(moment);
        if (revoked == nullptr || moment.at() < revoked->at) return;
        const auto epoch = timeline_.epochs.find({moment.kiosk, moment.epoch});
        const auto in_force =
            epoch == timeline_.epochs.end() ? std::nullopt : epoch->second.edition_at(moment.seq);
        const bool heard = in_force && in_force->refusals >= revoked->list;
        add(IncidentKind::admitted_after_revocation,
            "revoked at " + local(revoked->at) + " by refusal list " +
                std::to_string(revoked->list) +
                (heard
                     ? "; the kiosk had heard of it, by list " + std::to_string(in_force->refusals)
                     : ", of which the kiosk had not heard yet"),
            {moment}, person);
    }

    void look_at_reference(const Moment& moment) {
        if (moment.kind == FactKind::undone && !kind_of(moment.reference))
            add(IncidentKind::orphan, "undoes a fact that nobody knows", {moment});
    }

    [[nodiscard]] std::optional<FactKind> kind_of(const FactId& reference) const {
        const auto named = references_.find(reference);
        return named == references_.end() ? std::nullopt : named->second;
    }

    /// Only what a camera or a scanner saw: a name that an usher picked proves no presence.
    void look_at_travel(const Moment& moment) {
        const bool seen = moment.method == Method::badge ||
                          moment.method == Method::imported_code ||
                          moment.method == Method::hand_scanner;
        const auto person = people_.find(moment);
        if (!seen || !person || moment.clock_quality == ClockQuality::unset) return;
        const Moment*& last = seen_[*person];
        if (last != nullptr && last->place != moment.place &&
            moment.at() - last->at() < context_.shortest_walk)
            add(IncidentKind::impossible_travel,
                "at two places within " + seconds_between(*last, moment), {*last, moment}, person);
        last = &moment;
    }

    void look_at_epoch(const EpochRecord& epoch) {
        for (const Break& one : epoch.breaks)
            add(IncidentKind::gap, one.what, {one.before, one.after});
        for (const Break& one : epoch.forks)
            add(IncidentKind::fork, one.what, {one.before, one.after});
        for (const Break& one : epoch.jumps)
            add(IncidentKind::clock_disagreement, one.what, {one.before, one.after});
        if (epoch.unset_clock > 0)
            add(IncidentKind::clock_disagreement,
                counted(epoch.unset_clock, "fact") + " while the clock was known to be wrong",
                {epoch.hello, epoch.last});
        if (std::abs(epoch.largest_offset_ms) > clock_tolerance_ms)
            add(IncidentKind::clock_disagreement,
                "the clock was " + std::to_string(epoch.largest_offset_ms / 1'000) +
                    " s off, corrected here",
                {epoch.hello, epoch.last});
        if (epoch.last.at() > context_.latest || epoch.last.at() < context_.earliest)
            add(IncidentKind::clock_disagreement, "recorded at a time that cannot be",
                {epoch.last});
        if (epoch.misplaced > 0)
            add(IncidentKind::clock_disagreement,
                counted(epoch.misplaced, "fact") +
                    " at times that cannot be, each put behind the one before it",
                {epoch.hello, epoch.last});
        for (const auto& [act, before] : epoch.rolled_back)
            add(IncidentKind::list_rolled_back,
                "older than what the kiosk had before: " +
                    describe_older(epoch.edition_at(act.seq).value_or(Edition{}), before),
                {act});
        if (!epoch.is_signed) look_at_unsigned_acts(epoch);
    }

    template <typename Record>
    void look_at_unsigned_acts(const Record& record) {
        if (record.unsigned_acts > 0)
            add(IncidentKind::unsigned_act,
                counted(record.unsigned_acts, "act") +
                    " by a program without the kiosk's identity, the last of them act " +
                    std::to_string(static_cast<int>(record.last_unsigned_act.act)),
                {record.last_unsigned_act});
    }

    void look_at_unproved(const EpochName& name, const UnprovedRecord& record) {
        std::string what = counted(record.facts, "fact") + ", from " +
                           describe_fact(name.second, record.first.seq) + " to " +
                           std::to_string(record.last.seq) +
                           ", that nothing proves: they count nowhere until accepted";
        if (record.quarantined > 0)
            what += "; " + std::to_string(record.quarantined) + " of them at times that cannot be";
        add(IncidentKind::unproved, std::move(what), {record.first, record.last});
        for (const auto& [seq, hash] : record.ends)
            found_.back().to_accept.push_back(acceptance_text(name.first, name.second, seq, hash));
        look_at_unsigned_acts(record);
    }

    /// While the start goes on that it belongs to it may end yet; programs of before recorded deeds
    /// when they were done.
    void look_at_intent(const Moment& moment) {
        if (moment.kind != FactKind::act || outcomes_.contains(moment.id)) return;
        if (moment.act != ActCode::export_taken && moment.act != ActCode::update_taken &&
            moment.act != ActCode::self_test)
            return;
        const auto& epoch = timeline_.epochs.at({moment.kiosk, moment.epoch});
        const Moment* newest = timeline_.find_head(moment.kiosk);
        if (epoch.editions.empty() || newest == nullptr || newest->epoch == moment.epoch) return;
        add(IncidentKind::unfinished_act,
            "act " + std::to_string(static_cast<int>(moment.act)) +
                " was begun, and how it ended is not recorded",
            {moment});
    }

    void look_at_device(const Moment& moment) {
        if (moment.kind != FactKind::fault) return;
        switch (static_cast<DeviceTrouble>(moment.argument)) {
            case DeviceTrouble::damaged:
                return add(IncidentKind::damaged,
                           "a journal was not whole at a start; what could be saved goes on,"
                           " the rest lies in a folder damaged-... beside it",
                           {moment});
            case DeviceTrouble::replaced:
                return add(IncidentKind::replaced,
                           "a journal's files were removed or replaced while it was in use",
                           {moment});
            case DeviceTrouble::tail_missing:
                return add(IncidentKind::tail_missing,
                           "a journal ended before where it stood at its last checkpoint",
                           {moment});
            default:
                return;
        }
    }

    void look_at_kiosk(KioskId id, const EpochRecord& epoch) {
        const auto kiosk = std::find_if(context_.kiosks.begin(), context_.kiosks.end(),
                                        [&](const Kiosk& one) { return one.id == id; });
        if (kiosk == context_.kiosks.end() || !kiosk->disabled) return;
        const std::string when = "the kiosk was disabled at " + local(*kiosk->disabled);
        if (epoch.last.at() >= *kiosk->disabled)
            add(IncidentKind::after_disabling, when, {epoch.last});
        else if (epoch.brought > *kiosk->disabled)
            add(IncidentKind::after_disabling, when + ", and this came home only after it",
                {epoch.last});
    }

    /// Two epochs after one fact, one after a fact that was not the last, or two beginnings.
    void look_at_parents() {
        std::map<std::pair<KioskId, Hash>, const EpochRecord*> first_after;
        for (const auto& [name, epoch] : timeline_.epochs) {
            if (epoch.hello.seq != 1) continue;
            const auto [sibling, is_first] =
                first_after.try_emplace({name.first, epoch.parent}, &epoch);
            if (!is_first) {
                add(IncidentKind::fork,
                    epoch.parent.is_zero() ? "a second beginning without a past"
                                           : "two starts that follow the same fact",
                    in_order(sibling->second->hello, epoch.hello));
                continue;
            }
            if (!epoch.follows) continue;
            const auto parent = timeline_.epochs.find({name.first, epoch.follows->first});
            if (parent != timeline_.epochs.end() && parent->second.last.seq > epoch.follows->second)
                add(IncidentKind::fork,
                    "a start from " + describe_fact(epoch.follows->first, epoch.follows->second) +
                        ", which was not the last of its epoch",
                    in_order(parent->second.last, epoch.hello));
        }
    }

    static std::vector<Moment> in_order(const Moment& a, const Moment& b) {
        return comes_before(b, a) ? std::vector{b, a} : std::vector{a, b};
    }

    const Timeline& timeline_;
    const PeopleIndex& people_;
    const IncidentContext& context_;
    std::vector<Incident> found_;
    std::unordered_set<FactId> outcomes_;  ///< the intents that ended
    std::unordered_map<FactId, std::optional<FactKind>>
        references_;  ///< nothing: nobody has that fact
    std::unordered_map<BadgeNumber, std::vector<const Revocation*>> revocations_;
    std::unordered_set<PersonAt> inside_;                  ///< by room
    std::unordered_map<PersonAt, const Moment*> entries_;  ///< by session, the newest
    std::unordered_map<std::uint32_t, const Moment*> seen_;
};

}  // namespace

std::string_view name_of(IncidentKind kind) {
    switch (kind) {
        case IncidentKind::double_admit:
            return "double_admit";
        case IncidentKind::admitted_after_revocation:
            return "admitted_after_revocation";
        case IncidentKind::fork:
            return "fork";
        case IncidentKind::unmatched_exit:
            return "unmatched_exit";
        case IncidentKind::orphan:
            return "orphan";
        case IncidentKind::override_without_refusal:
            return "override_without_refusal";
        case IncidentKind::impossible_travel:
            return "impossible_travel";
        case IncidentKind::clock_disagreement:
            return "clock_disagreement";
        case IncidentKind::after_disabling:
            return "after_disabling";
        case IncidentKind::gap:
            return "gap";
        case IncidentKind::unproved:
            return "unproved";
        case IncidentKind::unsigned_act:
            return "unsigned_act";
        case IncidentKind::damaged:
            return "damaged";
        case IncidentKind::replaced:
            return "replaced";
        case IncidentKind::tail_missing:
            return "tail_missing";
        case IncidentKind::list_rolled_back:
            return "list_rolled_back";
        case IncidentKind::unfinished_act:
            return "unfinished_act";
    }
    return "";
}

std::vector<const Moment*> remaining_passages(const Timeline& timeline) {
    std::unordered_set<FactId> undone;
    for (const Moment& moment : timeline.moments)
        if (moment.kind == FactKind::undone) undone.insert(moment.reference);
    std::vector<const Moment*> passages;
    for (const Moment& moment : timeline.moments)
        if ((moment.kind == FactKind::admitted || moment.kind == FactKind::left) &&
            !undone.contains(moment.id))
            passages.push_back(&moment);
    return passages;
}

std::vector<Incident> find_incidents(const Timeline& timeline, const PeopleIndex& people,
                                     const IncidentContext& context) {
    return Finder(timeline, people, context).find();
}

}  // namespace hudoor::organiser
