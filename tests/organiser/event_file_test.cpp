#include "storage/organiser/event/file.hpp"

#include "storage/organiser/event/time.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::test;
using hudoor::storage::from_local;

namespace {

constexpr const char* small_event = R"([event]
number = 9
name = { ar = "قمة", en = "Summit" }
timezone = "Asia/Dubai"
first_day = 2026-12-04
last_day = 2026-12-05
[[category]]
code = "delegate"
name = { ar = "مشارك", en = "Delegate" }
colour = "#C8A56A"
[[room]]
code = "hall"
name = { ar = "القاعة", en = "Hall" }
[[place]]
code = "north"
name = { ar = "الشمال", en = "North" }
rooms = ["hall"]
ways = [ { to = "hall", arrow = "ahead", words = { ar = "أ", en = "On" } } ]
[[session]]
code = "opening"
title = { ar = "الافتتاح", en = "Opening" }
room = "hall"
starts = 2026-12-04T09:30:00
ends = 2026-12-04T10:30:00
)";

std::string with(const std::string& from, const std::string& to) {
    std::string text = small_event;
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// The fault's sentence without the path before ":line".
std::string refusal(const std::string& content) {
    const Scratch scratch;
    const auto file = scratch.write("event.toml", content);
    CHECK(fault_of([&] { (void)read_event_file(file); }) == ExitCode::bad_data);
    const std::string sentence = sentence_of([&] { (void)read_event_file(file); });
    return sentence.substr(std::min(sentence.size(), file.string().size()));
}

}  // namespace

TEST_CASE("the demo event has two days, ten sessions, five places") {
    const storage::Identity event = read_event_file(HUDOOR_DEMO_EVENT);
    CHECK(event.demo);
    CHECK(event.event == storage::EventNumber{7});
    CHECK(event.last_day - event.first_day == std::chrono::days(1));
    REQUIRE(event.agenda.places.size() == 5);
    REQUIRE(event.agenda.sessions.size() == 10);
    const storage::Session& opening = event.agenda.sessions[0];
    CHECK(opening.id == storage::SessionId{1});
    CHECK(opening.code == "opening");
    CHECK(opening.starts ==
          std::chrono::sys_days(std::chrono::year(2026) / 12 / 4) + std::chrono::minutes(330));
    CHECK(opening.admits == storage::Admits::registered);
    const storage::Way* way = event.agenda.find_way(storage::PlaceId{1}, storage::RoomId{2});
    REQUIRE(way);
    CHECK(way->arrow == storage::Arrow::right);
    CHECK(way->words.en == "To the right, second door");
}

TEST_CASE("what is left out has the documented defaults") {
    const Scratch scratch;
    const storage::Identity event = read_event_file(scratch.write("event.toml", small_event));
    CHECK_FALSE(event.demo);
    const storage::Session& session = event.agenda.sessions.at(0);
    CHECK(session.doors == std::chrono::minutes(20));
    CHECK(session.capacity == 0);
    CHECK(session.admits == storage::Admits::registered);
    CHECK(session.reentry == storage::Reentry::after_exit);
    CHECK(event.agenda.places.at(0).direction == storage::PlaceDirection::entry);
}

TEST_CASE("a mistake is named as file:line:column") {
    CHECK(refusal(with("number = 9", "number = 9\nnumbre = 1")) == ":3:1: unknown key \"numbre\"");
    CHECK(refusal(with("number = 9", "number = \"9\"")) == ":2:10: number must be a whole number");
    CHECK(refusal(with("number = 9", "number = 65536")) ==
          ":2:10: number must lie between 1 and 65535");
    CHECK(refusal(with("number = 9", "number = ")).substr(0, 3) == ":2:");
    CHECK(refusal(with("Asia/Dubai", "Asia/Dubay")).substr(0, 13) == ":4:12: timezo");
    CHECK(refusal(with("#C8A56A", "gold")).substr(0, 7) == ":10:10:");
    CHECK(refusal(with("rooms = [\"hall\"]", "rooms = [\"hal\"]")) ==
          ":17:10: there is no room \"hal\"");
    CHECK(refusal(with("\"ahead\"", "\"up\"")).substr(0, 7) == ":18:33:");
    CHECK(refusal(with("T10:30:00", "T09:30:00")) == ":24:8: ends must lie after starts");
    CHECK(refusal(with("starts = 2026-12-04", "starts = 2026-12-14")).substr(0, 6) == ":24:8:");
    CHECK(refusal(with("T09:30:00", "T09:30:00+05:00")).substr(0, 7) == ":23:10:");
    CHECK(refusal(with("last_day = ", "day_starts = \"4\"\nlast_day = ")).substr(0, 6) == ":6:14:");
    CHECK(
        refusal(with("last_day = ", "day_starts = 04:00:30\nlast_day = ")).find("whole minutes") !=
        std::string::npos);
    CHECK(refusal(with("last_day = ", "badge_days_after = -1\nlast_day = ")).substr(0, 6) ==
          ":6:20:");
    CHECK(refusal(with("en = \"Opening\"", "en = \"\"")).substr(0, 4) == ":21:");
    CHECK(refusal(with(", en = \"Hall\"", "")).substr(0, 4) == ":13:");
    CHECK(refusal(small_event + std::string("admits = [\"vip\"]\n")) ==
          ":25:11: there is no category \"vip\"");
    CHECK(
        refusal(small_event + std::string("quota = { south = 1 }\n")).find("no place \"south\"") !=
        std::string::npos);
    CHECK(refusal(small_event +
                  std::string("[[room]]\ncode = \"hall\"\nname = { ar = \"a\", en = \"b\" }\n")) ==
          ":26:8: code \"hall\" stands here twice");
}

TEST_CASE("the way to the help desk is of the place it is for") {
    const Scratch scratch;
    const auto desk_of = [&](const std::string& lines) {
        return read_event_file(scratch.write("event.toml", small_event + lines)).agenda.help_desk;
    };
    CHECK(desk_of("").empty());
    const auto desk = desk_of(
        "[helpdesk]\nwords = { ar = \"بجانب الدرج\", en = \"by the stairs\" }\n"
        "[[helpdesk.way]]\nplace = \"north\"\narrow = \"back_left\"\n"
        "words = { ar = \"إلى الخلف يسارًا\", en = \"Back and left\" }\n");
    CHECK(desk.words.en == "by the stairs");
    REQUIRE(desk.find_way(storage::PlaceId{1}));
    CHECK(desk.find_way(storage::PlaceId{1})->arrow == storage::Arrow::back_left);
    CHECK(desk.find_way(storage::PlaceId{1})->words.ar == "إلى الخلف يسارًا");
    CHECK_FALSE(desk.find_way(storage::PlaceId{2}));

    const std::string north =
        "[[helpdesk.way]]\nplace = \"north\"\narrow = \"left\"\nwords = { ar = \"أ\", en = \"b\" }\n";
    const auto refused = [](const std::string& lines) { return refusal(small_event + lines); };
    CHECK(desk_of(north).ways.size() == 1);
    CHECK(refused("[helpdesk]\n") == ":25:1: helpdesk needs words or a way");
    CHECK(refused(north + north) == ":30:9: place has a way to the help desk already");
    CHECK(refused("[[helpdesk.way]]\nplace = \"south\"\n") == ":26:9: there is no place \"south\"");
    CHECK(refused("[[helpdesk.way]]\nplace = \"north\"\narrow = \"up\"\n").substr(0, 6) ==
          ":27:9:");
    CHECK(refused("[helpdesk]\nplace = \"north\"\n").substr(0, 6) == ":26:1:");
}

TEST_CASE("a code that cannot stand in a list of codes is refused") {
    for (const char* code : {"Opening", "a b", "", "a,b", "ق"})
        CHECK(refusal(with("code = \"opening\"", "code = \"" + std::string(code) + "\""))
                  .substr(0, 6) == ":20:8:");
}

TEST_CASE("an event file that is not there is no input") {
    CHECK(fault_of([] { (void)read_event_file("/nonexistent/event.toml"); }) == ExitCode::no_input);
}

TEST_CASE("a local time is the moment when clocks there show it") {
    using namespace std::chrono;
    const sys_days winter = year(2026) / 1 / 15;
    const sys_days summer = year(2026) / 7 / 15;
    CHECK(from_local(winter, 9h, "Asia/Dubai") == winter + 5h);
    CHECK(from_local(winter, 9h, "Europe/Paris") == winter + 8h);
    CHECK(from_local(summer, 9h, "Europe/Paris") == summer + 7h);
    CHECK(parse_time("2026-07-15T09:00", "Europe/Paris") == WallTime(summer + 7h));
    CHECK(parse_time("2026-07-15T09:00:05Z", "Europe/Paris") == WallTime(summer + 9h + 5s));
    CHECK(show_time(WallTime(summer + 7h), "Europe/Paris") == "2026-07-15 09:00");
    for (const char* wrong :
         {"", "2026-07-15", "2026-02-30T09:00", "2026-07-15T24:00", "2026-07-15T09:00+0400",
          "2026-07-15T09:00+19:00", "2026-07-15T09:00+04:60", "2026-07-15T9:00", "15-07-2026T09:00",
          "2026-07-15T09:00:0x"})
        CHECK_FALSE(parse_time(wrong, "Asia/Dubai"));
}

TEST_CASE("a night belongs to the day it began: a session may be in it, and a file may say when") {
    const Scratch scratch;
    const auto event_of = [&](const std::string& text) {
        return read_event_file(scratch.write("event.toml", text));
    };
    CHECK(event_of(small_event).agenda.day_starts == std::chrono::hours(4));
    CHECK(event_of(small_event).badges_valid_until() ==
          event_of(small_event).last_day + std::chrono::days(30));
    CHECK(event_of(with("last_day = ", "badge_days_after = 0\nlast_day = ")).badges_valid_until() ==
          event_of(small_event).last_day);
    const auto at = [](const std::string& starts, const std::string& ends) {
        std::string text = with("starts = 2026-12-04T09:30:00", "starts = " + starts);
        const auto line = text.find("ends = ");
        text.replace(line, text.find('\n', line) - line, "ends = " + ends);
        return text;
    };
    const std::string night = at("2026-12-06T00:30:00", "2026-12-06T02:00:00");
    CHECK(event_of(night).agenda.sessions.size() == 1);
    CHECK(refusal(at("2026-12-06T04:00:00", "2026-12-06T05:00:00")).find("day of the event") !=
          std::string::npos);
    CHECK(refusal(at("2026-12-04T03:00:00", "2026-12-04T05:00:00")).find("04:00") !=
          std::string::npos);
    const std::string from_midnight = "day_starts = 00:00:00\nlast_day = ";
    CHECK_FALSE(refusal([&] {
                    std::string text = night;
                    return text.replace(text.find("last_day = "), 11, from_midnight);
                }())
                    .empty());
}

TEST_CASE("a time that a change of clocks skips or repeats is not guessed") {
    using namespace std::chrono;
    const std::string zone = "Europe/Berlin";
    CHECK_FALSE(parse_time("2026-03-29T02:30", zone));
    CHECK(why_no_time("2026-03-29T02:30", zone).find("skip") != std::string::npos);
    CHECK_FALSE(parse_time("2026-10-25T02:30", zone));
    CHECK(why_no_time("2026-10-25T02:30", zone) ==
          "this time comes twice in Europe/Berlin; write 2026-10-25T02:30:00+02:00 or "
          "2026-10-25T02:30:00+01:00");
    const sys_days autumn = year(2026) / 10 / 25;
    CHECK(parse_time("2026-10-25T02:30:00+02:00", zone) == WallTime(autumn + 30min));
    CHECK(parse_time("2026-10-25T02:30:00+01:00", zone) == WallTime(autumn + 1h + 30min));
    CHECK(parse_time("2026-10-25T02:30", "Asia/Dubai") == WallTime(autumn - 1h - 30min));
    // What is shown is read again, whenever it is.
    for (const char* place :
         {"Europe/Berlin", "Asia/Dubai", "Australia/Lord_Howe", "America/St_Johns"})
        for (auto at = WallTime(sys_days(year(2026) / 1 / 1)); at < sys_days(year(2027) / 1 / 1);
             at += 37min + 13s)
            CHECK(parse_time(write_time(at, place), place) == at);

    const auto text_of = [](const std::string& starts) {
        std::string text = small_event;
        const auto put = [&](const std::string& from, const std::string& to) {
            text.replace(text.find(from), from.size(), to);
        };
        put("Asia/Dubai", "Europe/Berlin");
        put("first_day = 2026-12-04", "first_day = 2026-10-24");
        put("2026-12-04T09:30:00", starts);
        return text;
    };
    const auto in_berlin = [&](const std::string& starts) { return refusal(text_of(starts)); };
    const auto moment = [&](const std::string& starts) {
        const Scratch scratch;
        return read_event_file(scratch.write("event.toml", text_of(starts)))
            .agenda.sessions.front()
            .starts;
    };
    CHECK(in_berlin("2026-10-25T02:30:00")
              .find("comes twice in Europe/Berlin; write "
                    "2026-10-25T02:30:00+02:00 or") != std::string::npos);
    CHECK(moment("2026-10-25T02:30:00+01:00") == WallTime(autumn + 1h + 30min));
    CHECK(in_berlin("2026-10-25T02:30:00+03:00").find("offset") != std::string::npos);
    CHECK(moment("2026-10-24T09:30:00") == WallTime(autumn - 24h + 7h + 30min));
}
