#include "storage/guests/agenda.hpp"

#include <unicode/timezone.h>

#include <algorithm>
#include <compare>
#include <memory>
#include <tuple>

namespace hudoor::storage {

using std::chrono::minutes;
using std::chrono::sys_days;

namespace {

constexpr minutes over_is_said_for{30};

template <typename Things, typename Id>
const typename Things::value_type* find_by_id(const Things& things, Id id) {
    const auto found = std::find_if(things.begin(), things.end(),
                                    [id](const auto& thing) { return thing.id == id; });
    return found == things.end() ? nullptr : &*found;
}

/// ICU's objects may be read by many threads but are costly to make, so each thread keeps its last.
const icu::TimeZone& zone_named(const std::string& name) {
    thread_local std::string known;
    thread_local std::unique_ptr<icu::TimeZone> zone;
    if (!zone || known != name) {
        zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
        known = name;
    }
    return *zone;
}

std::chrono::milliseconds offset_at(WallTime time, const std::string& timezone) {
    std::int32_t offset_ms = 0;
    std::int32_t summer_ms = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_named(timezone).getOffset(static_cast<UDate>(time.time_since_epoch().count()), false,
                                   offset_ms, summer_ms, status);
    return std::chrono::milliseconds(offset_ms + summer_ms);
}

/// No change of clocks is so far from it that another one comes between.
constexpr std::chrono::days around_change{1};

bool serves(const Place& place, const Session& session) {
    return std::find(place.rooms.begin(), place.rooms.end(), session.room) != place.rooms.end();
}

bool is_open(const Session& session, WallTime now) {
    return session.doors_open() <= now && now < session.ends;
}

std::vector<const Session*> sessions_at(const Agenda& agenda, PlaceId place) {
    std::vector<const Session*> found;
    const Place* here = agenda.find_place(place);
    if (!here) return found;
    for (const Session& session : agenda.sessions)
        if (serves(*here, session)) found.push_back(&session);
    return found;
}

/// The session with the greatest rank; of equals the one listed first.
template <typename Rank>
const Session* best(const std::vector<const Session*>& sessions, const Rank& rank) {
    const auto found =
        std::max_element(sessions.begin(), sessions.end(),
                         [&](const Session* a, const Session* b) { return rank(*a) < rank(*b); });
    return found == sessions.end() ? nullptr : *found;
}

template <typename Keep>
std::vector<const Session*> only(const std::vector<const Session*>& sessions, const Keep& keep) {
    std::vector<const Session*> kept;
    for (const Session* session : sessions)
        if (keep(*session)) kept.push_back(session);
    return kept;
}

}  // namespace

const Session* Agenda::find_session(SessionId id) const { return find_by_id(sessions, id); }
const Room* Agenda::find_room(RoomId id) const { return find_by_id(rooms, id); }
const Place* Agenda::find_place(PlaceId id) const { return find_by_id(places, id); }

const Way* Agenda::find_way(PlaceId from, RoomId to) const {
    const Place* place = find_place(from);
    if (!place) return nullptr;
    const auto found = std::find_if(place->ways.begin(), place->ways.end(),
                                    [to](const Way& way) { return way.to == to; });
    return found == place->ways.end() ? nullptr : &*found;
}

const HelpDesk::Way* HelpDesk::find_way(PlaceId from) const {
    const auto found =
        std::find_if(ways.begin(), ways.end(), [from](const Way& way) { return way.from == from; });
    return found == ways.end() ? nullptr : &*found;
}

LocalTime to_local(WallTime time, const std::string& timezone) {
    const WallTime local = time + offset_at(time, timezone);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {std::chrono::year_month_day(day), std::chrono::floor<minutes>(local - day)};
}

std::vector<WallTime> moments_at(sys_days date, std::chrono::seconds of_day,
                                 const std::string& timezone) {
    const WallTime local = date + of_day;
    std::vector<WallTime> moments;
    for (const WallTime near : {local - around_change, local + around_change}) {
        const auto offset = offset_at(near, timezone);
        const WallTime moment = local - offset;
        const bool shows_it = offset_at(moment, timezone) == offset;
        if (shows_it && (moments.empty() || moments.front() != moment)) moments.push_back(moment);
    }
    return moments;
}

WallTime from_local(std::chrono::year_month_day date, std::chrono::seconds of_day,
                    const std::string& timezone) {
    const auto moments = moments_at(date, of_day, timezone);
    if (!moments.empty()) return moments.front();
    const WallTime local = sys_days(date) + of_day;
    return local - offset_at(local - around_change, timezone);
}

sys_days event_day(WallTime time, const Agenda& agenda) {
    const LocalTime local = to_local(time, agenda.timezone);
    return sys_days(local.date) - std::chrono::days(local.of_day < agenda.day_starts ? 1 : 0);
}

WallTime begin_of_day(sys_days day, const Agenda& agenda) {
    return from_local(day, agenda.day_starts, agenda.timezone);
}

const Session* choose_session(const Agenda& agenda, PlaceId place, WallTime now,
                              std::optional<SessionId> chosen,
                              const std::function<SessionCandidate(const Session&)>& candidate) {
    if (chosen) return agenda.find_session(*chosen);
    const auto here = sessions_at(agenda, place);

    const auto open = only(here, [&](const Session& s) { return is_open(s, now); });
    if (!open.empty())
        return best(open, [&](const Session& s) {
            const SessionCandidate person = candidate(s);
            return std::tuple(person.may_enter, !person.attended, s.starts);
        });

    const sys_days today = event_day(now, agenda);
    const auto later = only(here, [&](const Session& s) {
        return s.doors_open() > now && event_day(s.starts, agenda) == today;
    });
    if (!later.empty())
        return best(later, [&](const Session& s) {
            return std::tuple(-s.starts.time_since_epoch(), candidate(s).may_enter);
        });

    return best(
        only(here,
             [&](const Session& s) { return s.ends <= now && now - s.ends < over_is_said_for; }),
        [&](const Session& s) { return std::tuple(s.ends, candidate(s).may_enter); });
}

const Session* next_session(const Agenda& agenda, PlaceId place, WallTime now) {
    return best(
        only(sessions_at(agenda, place), [now](const Session& s) { return s.starts > now; }),
        [](const Session& s) { return -s.starts.time_since_epoch(); });
}

const Session* session_on_sign(const Agenda& agenda, PlaceId place, WallTime now,
                               std::optional<SessionId> chosen) {
    const Session* session = choose_session(agenda, place, now, chosen, [](const Session&) {
        return SessionCandidate{.may_enter = true, .attended = false};
    });
    const bool over = session && !chosen && session->ends <= now;
    return over ? nullptr : session;
}

}  // namespace hudoor::storage
