/// The event's programme and its entrances, and which session a scan counts for. Pure.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/clock.hpp"
#include "storage/base/ids.hpp"

namespace hudoor::storage {

/// The same words in both languages; either may be empty where the source has only one.
struct Bilingual {
    std::string ar;
    std::string en;

    auto operator<=>(const Bilingual&) const = default;
};

struct Room {
    RoomId id{};
    std::string code;
    Bilingual name;
};

/// Which way to walk, as an arrow on the screen: eight directions, clockwise from straight on.
enum class Arrow : std::uint8_t {
    ahead,
    ahead_right,
    right,
    back_right,
    back,
    back_left,
    left,
    ahead_left
};

/// How to get from a place to a room.
struct Way {
    RoomId to{};
    Arrow arrow = Arrow::ahead;
    Bilingual words;
};

enum class PlaceDirection : std::uint8_t { entry, exit, both };

struct Place {
    PlaceId id{};
    std::string code;
    Bilingual name;
    std::vector<RoomId> rooms;  ///< admits to the sessions of these
    PlaceDirection direction = PlaceDirection::entry;
    std::vector<Way> ways;
};

enum class Reentry : std::uint8_t { free, once, after_exit };
enum class Admits : std::uint8_t { everyone, registered, categories };

struct Session {
    SessionId id{};
    std::string code;
    Bilingual title;
    RoomId room{};
    WallTime starts;
    WallTime ends;
    std::chrono::minutes doors{20};  ///< doors open this long before the start
    std::uint32_t capacity = 0;      ///< 0: no limit
    std::map<PlaceId, std::uint32_t> quota;
    Admits admits = Admits::registered;
    std::vector<CategoryId> categories;  ///< for Admits::categories
    Reentry reentry = Reentry::after_exit;

    [[nodiscard]] WallTime doors_open() const { return starts - doors; }
};

/// Where whoever is not let in is helped.
struct HelpDesk {
    /// How to get there from one place.
    struct Way {
        PlaceId from{};
        Arrow arrow = Arrow::ahead;
        Bilingual words;
    };

    Bilingual words;  ///< where it is, from anywhere: "by the stairs"; may be empty
    std::vector<Way> ways;

    [[nodiscard]] bool empty() const { return words == Bilingual{} && ways.empty(); }
    [[nodiscard]] const Way* find_way(PlaceId from) const;
};

struct Agenda {
    std::string timezone;  ///< IANA name
    std::chrono::minutes
        day_starts{};  ///< when, there, a day of the event begins; before: midnight
    std::vector<Room> rooms;
    std::vector<Place> places;
    std::vector<Session> sessions;
    HelpDesk help_desk;

    [[nodiscard]] const Session* find_session(SessionId id) const;
    [[nodiscard]] const Room* find_room(RoomId id) const;
    [[nodiscard]] const Place* find_place(PlaceId id) const;
    [[nodiscard]] const Way* find_way(PlaceId from, RoomId to) const;
};

/// Local time of the event, for screens.
struct LocalTime {
    std::chrono::year_month_day date;
    std::chrono::minutes of_day{};  ///< since midnight
};
[[nodiscard]] LocalTime to_local(WallTime time, const std::string& timezone);

/// The moments when clocks there show this: one, but none where a change of clocks skips it and two
/// where it repeats it, the earlier first.
[[nodiscard]] std::vector<WallTime> moments_at(std::chrono::sys_days date,
                                               std::chrono::seconds of_day,
                                               const std::string& timezone);
/// The same as one moment: what a change of clocks skips or repeats is taken by the offset before
/// the change.
[[nodiscard]] WallTime from_local(std::chrono::year_month_day date, std::chrono::seconds of_day,
                                  const std::string& timezone);

/// The day of the event that a moment belongs to, so that a night belongs to the day before it.
[[nodiscard]] std::chrono::sys_days event_day(WallTime time, const Agenda& agenda);
/// When a day of the event begins.
[[nodiscard]] WallTime begin_of_day(std::chrono::sys_days day, const Agenda& agenda);

/// What the schedule needs to know of the person.
struct SessionCandidate {
    bool may_enter = false;
    bool attended = false;
};

/// The session a scan at `place` counts for (admission.md "Which session a scan counts for");
/// nothing when the place has none open, none later today and none that ended less than 30 minutes
/// ago.
[[nodiscard]] const Session* choose_session(
    const Agenda& agenda, PlaceId place, WallTime now, std::optional<SessionId> chosen,
    const std::function<SessionCandidate(const Session&)>& candidate);

/// The next session at this place that has not begun, for signs.
[[nodiscard]] const Session* next_session(const Agenda& agenda, PlaceId place, WallTime now);
/// The session whose door sign the idle screen shows now (nobody in particular asking).
[[nodiscard]] const Session* session_on_sign(const Agenda& agenda, PlaceId place, WallTime now,
                                             std::optional<SessionId> chosen);

}  // namespace hudoor::storage
