#include "storage/organiser/report/gathering.hpp"

#include <algorithm>

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::chrono::days before_event{60};  // kiosks are tried out
constexpr std::chrono::days after_event{2};    // other zones' clocks, and the night of the last day

WallTime earliest_of(const Identity& event) { return event.first_day - before_event; }

/// A demo plays days to come; real facts may be brought home much later, but not from the future.
WallTime latest_of(const Identity& event, WallTime now) {
    return std::max<WallTime>(event.last_day + after_event, now + std::chrono::minutes(5));
}

/// The event as it is, and the sessions it had once as far as facts name them.
Identity event_of(const EventStore& store, const Timeline& timeline) {
    const Identity now = store.event();
    Identity event = store.event_with_past();
    std::erase_if(event.agenda.sessions, [&](const Session& session) {
        return now.agenda.find_session(session.id) == nullptr &&
               std::none_of(timeline.moments.begin(), timeline.moments.end(),
                            [&](const Moment& fact) { return fact.session == session.id; });
    });
    return event;
}

}  // namespace

Gathered gather(const EventStore& store, const FactStore& facts, WallTime now) {
    std::vector<Kiosk> kiosks = store.kiosks();
    Timeline timeline = read_timeline(facts);
    Identity event = event_of(store, timeline);
    PeopleIndex people(store.registrations(), timeline);
    const auto revocations = store.revocations();
    auto incidents = find_incidents(
        timeline, people,
        {event.agenda, kiosks, revocations, earliest_of(event), latest_of(event, now)});
    return {std::move(event), std::move(kiosks), std::move(timeline), std::move(people),
            std::move(incidents)};
}

std::string name_of_kiosk(const std::vector<Kiosk>& kiosks, KioskId id) {
    for (const Kiosk& kiosk : kiosks)
        if (kiosk.id == id) return kiosk.name;
    return {};
}

}  // namespace hudoor::organiser
