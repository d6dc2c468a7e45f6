#include "storage/guests/agenda.hpp"

#include <algorithm>
#include <functional>
#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

namespace hudoor::test {

using namespace storage;
using namespace std::chrono_literals;

namespace {

SessionCandidate anyone(const Session&) { return {.may_enter = true, .attended = false}; }

/// Who may enter these sessions only, and has attended those.
auto someone(std::vector<SessionId> may_enter, std::vector<SessionId> attended = {}) {
    return [=](const Session& session) {
        const auto has = [&](const auto& ids) {
            return std::find(ids.begin(), ids.end(), session.id) != ids.end();
        };
        return SessionCandidate{.may_enter = has(may_enter), .attended = has(attended)};
    };
}

SessionId id_of(const Session* session) { return session ? session->id : SessionId{}; }

const Agenda& agenda() {
    static const EventFixture event;
    return event.identity.agenda;
}

SessionId chosen_at(PlaceId place, WallTime now,
                    const std::function<SessionCandidate(const Session&)>& who = anyone) {
    return id_of(choose_session(agenda(), place, now, std::nullopt, who));
}

}  // namespace

TEST_CASE("local time follows the event's zone") {
    const LocalTime opening_time = to_local(dubai(4, 9, 30), "Asia/Dubai");
    CHECK(opening_time.date == std::chrono::year(2026) / 12 / 4);
    CHECK(opening_time.of_day == 9h + 30min);
    const LocalTime past_midnight = to_local(dubai(4, 1, 5), "Asia/Dubai");
    CHECK(past_midnight.date == std::chrono::year(2026) / 12 / 4);
    CHECK(past_midnight.of_day == 1h + 5min);
    const LocalTime late = to_local(dubai(4, 2, 0), "America/New_York");
    CHECK(late.date == std::chrono::year(2026) / 12 / 3);
    CHECK(late.of_day == 17h);
}

TEST_CASE("local time knows daylight saving on both sides of the change") {
    const WallTime change = std::chrono::sys_days(std::chrono::year(2026) / 3 / 29) + 1h;
    CHECK(to_local(change - 1min, "Europe/Berlin").of_day == 1h + 59min);
    CHECK(to_local(change, "Europe/Berlin").of_day == 3h);
}

TEST_CASE("local time before 1970 still counts the day forward") {
    const LocalTime early = to_local(WallTime(-1min), "UTC");
    CHECK(early.date == std::chrono::year(1969) / 12 / 31);
    CHECK(early.of_day == 23h + 59min);
}

TEST_CASE("a day of the event begins at its hour, and a night belongs to the day before") {
    Agenda night = agenda();
    night.day_starts = 4h;
    const std::chrono::sys_days fourth = std::chrono::year(2026) / 12 / 4;
    CHECK(event_day(dubai(4, 4, 0), night) == fourth);
    CHECK(event_day(dubai(5, 0, 0), night) == fourth);
    CHECK(event_day(dubai(5, 3, 59), night) == fourth);
    CHECK(event_day(dubai(5, 4, 0), night) == fourth + std::chrono::days(1));
    CHECK(begin_of_day(fourth, night) == dubai(4, 4, 0));
    CHECK(event_day(dubai(5, 0, 0), agenda()) == fourth + std::chrono::days(1));
}

TEST_CASE("after midnight the place still knows what is on tonight") {
    Agenda night = agenda();
    night.day_starts = 4h;
    night.sessions = {night.sessions.front()};
    night.sessions.front().starts = dubai(5, 2, 0);
    night.sessions.front().ends = dubai(5, 3, 0);
    const auto at = [&](WallTime now) {
        return id_of(choose_session(night, north, now, std::nullopt, anyone));
    };
    CHECK(at(dubai(4, 22, 0)) == opening);
    CHECK(at(dubai(4, 3, 0)) == SessionId{});  // of the day before
    night.day_starts = 0h;
    CHECK(at(dubai(4, 22, 0)) == SessionId{});
}

TEST_CASE("clocks show each time once, but for the changes, where they skip one and repeat one") {
    const std::chrono::sys_days spring = std::chrono::year(2026) / 3 / 29;
    const std::chrono::sys_days autumn = std::chrono::year(2026) / 10 / 25;
    using Moments = std::vector<WallTime>;
    CHECK(moments_at(spring, 1h + 59min, "Europe/Berlin") == Moments{spring + 59min});
    CHECK(moments_at(spring, 2h, "Europe/Berlin").empty());
    CHECK(moments_at(spring, 3h - 1s, "Europe/Berlin").empty());
    CHECK(moments_at(spring, 3h, "Europe/Berlin") == Moments{spring + 1h});
    CHECK(moments_at(autumn, 2h, "Europe/Berlin") == Moments{autumn + 0h, autumn + 1h});
    CHECK(moments_at(autumn, 3h, "Europe/Berlin") == Moments{autumn + 2h});
    CHECK(moments_at(autumn, 2h, "Asia/Dubai") == Moments{autumn - 2h});
    // The offset before the change: as if the clocks had gone on.
    CHECK(from_local(spring, 2h + 30min, "Europe/Berlin") == spring + 1h + 30min);
    CHECK(from_local(autumn, 2h, "Europe/Berlin") == autumn + 0h);
    // By half an hour, and far from Greenwich.
    const std::chrono::sys_days lord_howe = std::chrono::year(2026) / 4 / 5;
    CHECK(moments_at(lord_howe, 1h + 45min, "Australia/Lord_Howe").size() == 2);
    CHECK(moments_at(lord_howe, 2h, "Australia/Lord_Howe").size() == 1);
    CHECK(moments_at(std::chrono::year(2022) / 3 / 27, 0h, "Asia/Beirut").empty());
}

TEST_CASE("an unknown zone is read as UTC instead of failing at the door") {
    CHECK(to_local(dubai(4, 9, 30), "Nowhere/Nothing").of_day == 5h + 30min);
}

TEST_CASE("threads with different zones do not disturb each other") {
    const auto always = [](const char* zone, std::chrono::minutes expected, bool& held) {
        held = true;
        for (int i = 0; i < 2'000; ++i)
            held = held && to_local(dubai(4, 12, 0), zone).of_day == expected;
    };
    bool in_dubai = false;
    bool in_tokyo = false;
    {
        std::jthread one(always, "Asia/Dubai", 12h, std::ref(in_dubai));
        std::jthread other(always, "Asia/Tokyo", 17h, std::ref(in_tokyo));
    }
    CHECK(in_dubai);
    CHECK(in_tokyo);
}

TEST_CASE("an usher's choice beats the agenda, whatever the time") {
    CHECK(id_of(choose_session(agenda(), north, dubai(4, 9, 30), closing, anyone)) == closing);
    CHECK(choose_session(agenda(), north, dubai(4, 9, 30), SessionId{99}, anyone) == nullptr);
}

TEST_CASE("a session counts from its doors to its end and not at its end") {
    CHECK(chosen_at(north, dubai(4, 9, 10)) == opening);
    CHECK(chosen_at(north, dubai(4, 10, 29)) == opening);
    CHECK(chosen_at(north, dubai(4, 10, 30)) == keynote);
}

TEST_CASE("a place admits to the sessions of its own rooms only") {
    CHECK(chosen_at(south, dubai(4, 10, 5)) == workshop);
    CHECK(chosen_at(north, dubai(4, 10, 5)) == opening);
    CHECK(chosen_at(PlaceId{77}, dubai(4, 10, 5)) == SessionId{});
}

TEST_CASE("of open sessions one the person may enter comes first, though others started later") {
    const WallTime both_open = dubai(4, 10, 0);
    CHECK(chosen_at(foyer, both_open, someone({opening})) == opening);
    CHECK(chosen_at(foyer, both_open, someone({workshop})) == workshop);
}

TEST_CASE("of those, one not yet attended comes before one attended") {
    const WallTime both_open = dubai(4, 10, 0);
    CHECK(chosen_at(foyer, both_open, someone({opening, workshop}, {workshop})) == opening);
    CHECK(chosen_at(foyer, both_open, someone({opening, workshop}, {opening})) == workshop);
}

TEST_CASE("may enter counts more than not yet attended") {
    CHECK(chosen_at(foyer, dubai(4, 10, 0), someone({workshop}, {workshop})) == workshop);
}

TEST_CASE("of equals the latest start wins") {
    CHECK(chosen_at(foyer, dubai(4, 10, 0), anyone) == workshop);
    CHECK(chosen_at(foyer, dubai(4, 10, 0), someone({})) == workshop);
}

TEST_CASE("when none is open it is today's next one") {
    CHECK(chosen_at(north, dubai(4, 0, 5)) == opening);
    CHECK(chosen_at(north, dubai(4, 9, 9)) == opening);
    CHECK(chosen_at(south, dubai(4, 12, 10)) == briefing);  // though the workshop has just ended
}

TEST_CASE("tomorrow's session is not today's next one") {
    CHECK(chosen_at(north, dubai(4, 12, 45)) == SessionId{});
    CHECK(chosen_at(north, dubai(5, 0, 0)) == closing);  // midnight in Dubai, still the 4th in UTC
}

TEST_CASE("a session that ended less than 30 minutes ago is said to be over") {
    CHECK(chosen_at(north, dubai(4, 12, 0)) == keynote);
    CHECK(chosen_at(north, dubai(4, 12, 29)) == keynote);
    CHECK(chosen_at(north, dubai(4, 12, 30)) == SessionId{});
}

TEST_CASE("the next session at a place is the first that has not begun, on any day") {
    CHECK(id_of(next_session(agenda(), north, dubai(4, 9, 0))) == opening);
    CHECK(id_of(next_session(agenda(), north, dubai(4, 9, 30))) == keynote);
    CHECK(id_of(next_session(agenda(), north, dubai(4, 12, 45))) == closing);
    CHECK(next_session(agenda(), north, dubai(5, 15, 0)) == nullptr);
}

TEST_CASE("the door sign shows the open session, the next one today, or nothing") {
    const auto sign = [](WallTime now, std::optional<SessionId> chosen = {}) {
        return id_of(session_on_sign(agenda(), north, now, chosen));
    };
    CHECK(sign(dubai(4, 9, 30)) == opening);
    CHECK(sign(dubai(4, 8, 0)) == opening);
    CHECK(sign(dubai(4, 12, 10)) == SessionId{});
    CHECK(sign(dubai(4, 12, 10), keynote) == keynote);
}

TEST_CASE("things of the agenda are found by their number and absent ones are not") {
    CHECK(agenda().find_room(hall_b)->code == "hall-b");
    CHECK(agenda().find_room(RoomId{9}) == nullptr);
    CHECK(agenda().find_place(west)->direction == PlaceDirection::exit);
    CHECK(agenda().find_way(north, hall_b)->arrow == Arrow::right);
    CHECK(agenda().find_way(north, hall_a) == nullptr);
    CHECK(agenda().find_way(PlaceId{9}, hall_a) == nullptr);
}

}  // namespace hudoor::test
