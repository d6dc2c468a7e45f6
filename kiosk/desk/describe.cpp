// What ushers are told: whom the search found, who is inside, what counts at this door.
#include <algorithm>
#include <set>
#include <tuple>

#include "kiosk/desk/sighting.hpp"

namespace hudoor::kiosk {

using namespace storage;

PeopleFound Desk::describe(const DescribePeople& wish) const {
    PeopleFound found{.query = wish.query, .people = {}};
    if (!replica()) return found;
    for (const RegistrationId& id : wish.people)
        if (const auto person = replica()->find(id)) found.people.push_back(describe(*person));
    if (wish.code)
        if (const auto person = replica()->find(*wish.code))
            found.people.push_back(describe(*person));
    if (wish.group.empty()) return found;
    auto& inside = found.inside.emplace();
    for (const RegistrationId& id :
         std::span(wish.group).first(std::min(wish.group.size(), DescribePeople::most_of_group)))
        if (const auto person = replica()->find(id); person && describe(*person).inside_since)
            inside.push_back(id);
    return found;
}

FoundPerson Desk::describe(const Registration& person) const {
    FoundPerson found{.who = person.id,
                      .name = person.name,
                      .organisation = person.organisation,
                      .category = {},
                      .verdict = {},
                      .external_id = person.external_id,
                      .discreet = person.discreet};
    if (const Category* category = category_of(person)) found.category = category->name;
    Sighting sighting = name_person(person, Method::search, unlocked_usher_);
    sighting.direction = direction();
    const auto decision = decide(sighting);
    if (const auto* verdict = std::get_if<Verdict>(&decision)) found.verdict = *verdict;
    const Agenda& agenda = identity().agenda;
    const Session* session = agenda.find_session(found.verdict.session);
    if (!session) return found;
    const auto state =
        knowledge_.ledger.state_of({person.id, person.badge, person.code}, *session, agenda);
    if (state.inside && state.admitted_at)
        found.inside_since = to_local(*state.admitted_at, agenda.timezone).of_day;
    return found;
}

FoundPerson Desk::describe(const Ledger::Inside& inside) const {
    const Person& person = inside.person;
    FoundPerson one;
    const auto known = replica() && !person.registration.is_zero()
                           ? replica()->find(person.registration)
                           : std::nullopt;
    if (known) {
        one.who = known->id;
        one.name = known->name;
        one.organisation = known->organisation;
        one.discreet = known->discreet;
        if (const Category* category = category_of(*known)) one.category = category->name;
    } else if (!person.badge.is_zero()) {
        one.name = {typed_code(person.badge), typed_code(person.badge)};
    }
    one.inside_since = to_local(inside.since, identity().agenda.timezone).of_day;
    return one;
}

/// Those whom only unproved facts name come last: better looked for in vain than forgotten.
PeopleInside Desk::everybody_inside() const {
    PeopleInside list;
    std::set<Person> proved;
    const Agenda& agenda = identity().agenda;
    for (const Ledger::Inside& inside : knowledge_.ledger.everybody_inside(agenda)) {
        proved.insert(inside.person);
        list.people.push_back(describe(inside));
    }
    for (const Ledger::Inside& inside : knowledge_.not_proved.everybody_inside(agenda)) {
        if (proved.contains(inside.person)) continue;
        list.people.push_back(describe(inside));
        list.people.back().proved = false;
    }
    std::sort(list.people.begin(), list.people.end(),
              [](const FoundPerson& a, const FoundPerson& b) {
                  return std::tie(b.proved, a.name.ar, a.name.en) <
                         std::tie(a.proved, b.name.ar, b.name.en);
              });
    return list;
}

DoorState Desk::door_state() const {
    const WallTime now = clock_.wall();
    const Agenda& agenda = identity().agenda;
    DoorState state;
    state.in_service = knowledge_.kiosk_acts.in_service();
    const auto chosen = chosen_session(now);
    state.chosen = chosen.has_value();
    if (const Session* session = session_on_sign(agenda, identity().place, now, chosen)) {
        state.session = session->id;
        state.inside = knowledge_.ledger.inside(session->room, agenda);
    }
    state.direction = knowledge_.kiosk_acts.direction();
    state.arrivals = knowledge_.arrivals.until(now);
    state.facts = knowledge_.ledger.facts();
    state.refusals = in_force().refusals.number;
    state.rolled_back = knowledge_.is_rolled_back();
    state.newest = knowledge_.editions.newest();
    state.clock = chain_.clock_quality();
    state.exported_at = knowledge_.kiosk_acts.exported_at();
    state.supervisor_called = knowledge_.kiosk_acts.supervisor_called();
    state.shift = knowledge_.shift;
    if (!replica()) return state;
    state.revision = replica()->revision();
    state.list_created = replica()->header().created;
    if (chain_.clock_quality() == ClockQuality::unset) return state;
    const ListInForce list{state.revision, state.list_created};
    const AdmissionPolicy policy = policy_now();
    state.list_stale = is_stale(list, policy, now);
    state.list_expired = !policy.expired_list_accepted && now > expiry_of(list, policy, identity());
    return state;
}

}  // namespace hudoor::kiosk
