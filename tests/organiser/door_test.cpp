// What an organiser is told before the doors open is what happens at them.

#include <nlohmann/json.hpp>

#include "storage/badge/code.hpp"
#include "storage/guests/replica.hpp"
#include "storage/organiser/event/guest_list.hpp"
#include "storage/organiser/event/readiness.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::storage;
using namespace hudoor::test;
using nlohmann::json;

namespace {

constexpr const char* people =
    "attendee_id,name_en,name_ar,sessions,status,badge_code\n"
    "D1,Noura Al Marzouqi,\u0646\u0648\u0631\u0629,opening,,\n"
    "D2,Kenji Watanabe,,opening,,\n"
    "D3,Kenji Tanaka,,opening,cancelled,\n"
    "D4,Ingrid Solberg,,opening,,X-4QW7N2KD\n"
    "D5,Omar Said,,opening,,X-9ZB3M5LP\n";

struct Door {
    DemoEvent event;
    Door() { event.import(people); }

    [[nodiscard]] json why(const std::string& who) const {
        const Finished finished =
            event.hudoor("why '" + who + "' --session opening --at 2026-12-04T09:31 --json");
        INFO(finished.output);
        REQUIRE(finished.exit_code == 0);
        return json::parse(finished.output);
    }
    [[nodiscard]] std::string reason(const std::string& who) const { return why(who)["reason"]; }
    /// What check says of one part.
    [[nodiscard]] std::string check(const std::string& part, const std::string& at) const {
        const Finished finished = event.hudoor("check --at " + at + " --json");
        std::string said;
        for (const json& note : json::parse(finished.output))
            if (note["part"] == part)
                said += std::string(note["is"]) + " " + std::string(note["what"]) + "\n";
        return said;
    }
    [[nodiscard]] std::string badge_of(const std::string& id, std::uint8_t key = 1) const {
        const auto one = event.open().find(id);
        return make_badge_text(
            {key, one->door.badge, EventNumber{7}, one->door.issue, one->badge_valid_until},
            event.keys().badge_keys.at(key));
    }
};

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// One session in one room with these doors.
Agenda agenda_with(const std::vector<PlaceDirection>& doors, Reentry reentry) {
    Agenda agenda;
    agenda.rooms = {{RoomId{1}, "hall", {}}};
    for (std::size_t i = 0; i < doors.size(); ++i)
        agenda.places.push_back({PlaceId{static_cast<std::uint16_t>(i + 1)},
                                 "door-" + std::to_string(i + 1),
                                 {},
                                 {RoomId{1}},
                                 doors[i],
                                 {}});
    Session session;
    session.id = SessionId{1};
    session.code = "opening";
    session.room = RoomId{1};
    session.reentry = reentry;
    agenda.sessions = {session};
    return agenda;
}

}  // namespace

TEST_CASE("why decides by the key that signed the badge, and check counts those of a revoked one") {
    const Door door;
    REQUIRE(door.event.hudoor("badges b.pdf --only D2").exit_code == 0);
    const std::string printed = door.badge_of("D2");
    REQUIRE(door.event.hudoor("key add").exit_code == 0);
    CHECK(door.reason("D2") == "ok");
    REQUIRE(door.event.hudoor("key revoke 1").exit_code == 0);
    CHECK(door.reason("D2") == "key_revoked");
    CHECK(door.reason(printed) == "key_revoked");
    CHECK(door.reason("D1") == "ok");  // was never printed, so it will be signed by key 2
    CHECK(says(door.check("badges", "2026-12-03T18:00"),
               "wrong 1 badge is signed by the revoked key 1"));
    REQUIRE(door.event.hudoor("badges b.pdf --only D2").exit_code == 0);
    CHECK(door.reason("D2") == "ok");
    CHECK_FALSE(says(door.check("badges", "2026-12-03T18:00"), "revoked key"));
}

TEST_CASE("a code that a reissued badge replaced is nobody's, in why as in the guest list") {
    const Door door;
    CHECK(door.why("X-4QW7N2KD")["attendee_id"] == "D4");
    REQUIRE(door.event.hudoor("reissue D4").exit_code == 0);
    CHECK(door.reason("X-4QW7N2KD") == "unknown_code");
    CHECK(door.reason("D4") == "ok");  // by the new badge
    CHECK(door.reason("X-9ZB3M5LP") == "ok");

    const EventStore store = door.event.open();
    const EventKeys keys = door.event.keys();
    const OpeningKey reader = OpeningKey::generate();
    const Kiosk kiosk{KioskId{1}, "north-1", PlaceId{1}, {}, reader.seal_key(), {}};
    const auto list = Replica::open_snapshot(make_guest_list(store, keys, WallTime(), {{kiosk}}),
                                             EventNumber{7}, keys.signing.verify_key(), reader);
    CHECK_FALSE(list.find(hash_code("X-4QW7N2KD", list.code_key())));
    CHECK(list.find(hash_code("X-9ZB3M5LP", list.code_key())));
    REQUIRE(
        door.event
            .hudoor("kiosk add k --place north --out k.kiosk --bundle-passphrase-file passphrase")
            .exit_code == 0);
    REQUIRE(door.event.hudoor("kiosk disable k --rotate").exit_code == 0);
    CHECK(door.reason("X-4QW7N2KD") == "unknown_code");
    CHECK(door.reason("X-9ZB3M5LP") == "ok");
}

TEST_CASE("what readers put around a code is no part of it") {
    const Door door;
    for (const std::string before : {"", " ", "]Q1", "]Q2\\000026", "\\000026 "})
        for (const char* after : {"", " ", "\r"}) {
            CAPTURE(before, after);
            CHECK(door.why(before + "X-4QW7N2KD" + after)["attendee_id"] == "D4");
            CHECK(door.why(before + door.badge_of("D1") + after)["attendee_id"] == "D1");
        }
    CHECK(door.event.hudoor("why ']Q1' --session opening --at 2026-12-04T09:31").exit_code == 66);
}

TEST_CASE("people are found by name, and several of one name are told apart") {
    const Door door;
    CHECK(door.why("ingrid solberg")["attendee_id"] == "D4");
    CHECK(door.why("\u0646\u0648\u0631\u0629")["attendee_id"] == "D1");
    CHECK(door.why("Kenji Tanaka")["reason"] == "cancelled");
    const std::string line = " --session opening --at 2026-12-04T09:31";
    CHECK(door.event.hudoor("why 'Ingrid Solberg'" + line)
              .says("for \u2068Ingrid Solberg\u2069 (D4)"));
    const Finished several = door.event.hudoor("why Kenji" + line);
    CHECK(several.exit_code == 64);
    CHECK(several.says("D2  "));
    CHECK(several.says("D3  "));
    CHECK(door.event.hudoor("why Zbigniew" + line).exit_code == 66);
    CHECK(door.event.hudoor("revoke 'Kenji Tanaka' --why lost").says("Kenji Tanaka"));
    CHECK(door.event.hudoor("revoke Kenji --why lost").exit_code == 64);
    CHECK(door.event.hudoor("edit Omar status=blocked").exit_code == 0);
    CHECK(door.reason("D5") == "blocked");
}

TEST_CASE("an usher's badge opens the pad, in why, too") {
    const Door door;
    door.event.scratch.write("pin", "284613\n");
    REQUIRE(door.event.hudoor("usher add 12 Maryam --role supervisor --badge --pin-file pin")
                .exit_code == 0);
    const BadgeNumber number = door.event.open().ushers().front().badge;
    const std::string text = make_badge_text(
        {1, number, EventNumber{7}, 1, door.event.open().event().badges_valid_until()},
        door.event.keys().badge_keys.at(1));
    CHECK(door.reason(text) == "staff_badge");
}

TEST_CASE("a badge of an event that is known is another event's, of any other it is forged") {
    const Door door;
    const auto other = [&](int number) {
        const std::string name = "other-" + std::to_string(number);
        REQUIRE(
            run(door.event.scratch, "sed 's/^number = 7/number = " + std::to_string(number) +
                                        "/' '" HUDOOR_DEMO_EVENT
                                        "' > other.toml; hudoor --passphrase-file passphrase new " +
                                        name + " --from other.toml")
                .exit_code == 0);
        return name;
    };
    const std::string known = other(8), unknown = other(9);
    const auto badge_of = [&](const std::string& name, int number) {
        const EventKeys keys =
            open_event_keys(door.event.scratch.path(name) / "event.keys", passphrase);
        return make_badge_text(
            {1, draw_badge_number(), EventNumber{static_cast<std::uint16_t>(number)}, 1,
             std::chrono::sys_days(std::chrono::year(2026) / 12 / 5)},
            keys.badge_keys.at(1));
    };
    const std::string before = door.event.scratch.read(known + "/event.db");
    const auto make = [&](const std::string& options) {
        return run(
            door.event.scratch,
            "rm -rf mine; hudoor --passphrase-file passphrase new mine --from '" HUDOOR_DEMO_EVENT
            "' " +
                options);
    };
    for (const std::string& named : {known + "/event.db", known}) {
        REQUIRE(make("--knows " + named).exit_code == 0);
        const auto reason = [&](const std::string& badge) {
            const Finished why =
                run(door.event.scratch, "hudoor --event mine why '" + badge +
                                            "' --session opening --at 2026-12-04T09:31");
            return why.output.substr(0, why.output.find(" ("));
        };
        CHECK(reason(badge_of(known, 8)) == "refused: wrong_event");
        CHECK(reason(badge_of(unknown, 9)) == "refused: bad_signature");
        CHECK(reason(badge_of(unknown, 8)) == "refused: bad_signature");
        // The kiosks learn of it, and nothing is shared but what is public.
        const EventStore mine(door.event.scratch.path("mine"));
        REQUIRE(mine.event().known_events.size() == 1);
        CHECK(mine.event().known_events[0].name.en == "Future Focus Summit");
    }
    CHECK(door.event.scratch.read(known + "/event.db") == before);
    const Finished same = make("--knows event");
    CHECK(same.exit_code == 65);
    CHECK(same.says("number"));
    CHECK(make("--knows nowhere").exit_code == 66);
    CHECK(make("--knows passphrase").exit_code == 65);
    CHECK_FALSE(std::filesystem::exists(door.event.scratch.path("mine/event.db")));
}

TEST_CASE(
    "who is refused stands on the refusal list, whose number rises with it and only with it") {
    const Door door;
    const EventNumber event{7};
    const auto list = [&] { return door.event.open().refusals(); };
    const auto badge = [&](const char* id) { return door.event.open().find(id)->door.badge; };
    CHECK(list().people == std::vector{name_refused(badge("D3"), event)});
    auto number = list().number;
    const auto edit = [&](const std::string& change, bool rises) {
        CAPTURE(change);
        REQUIRE(door.event.hudoor("edit " + change).exit_code == 0);
        CHECK((list().number > number) == rises);
        number = list().number;
    };
    edit("D2 seat=A1", false);
    edit("D2 status=blocked", true);
    CHECK(list().names(badge("D2"), event));
    edit("D2 status=pending", false);  // of why nothing is said
    edit("D1 status=pending", true);
    edit("D2 status=confirmed", true);
    CHECK(list().people.size() == 2);
    CHECK_FALSE(list().names(badge("D2"), event));
    edit("D4 status=cancelled", false);  // has no badge that a kiosk without its list would know
    CHECK(std::ranges::is_sorted(list().people));
}

TEST_CASE("the last night is the last day's, for sessions, badges and the list") {
    const Door door;
    const std::string toml = R"(s/^starts = 2026-12-05T15:00:00/starts = 2026-12-05T22:00:00/
        s/^ends = 2026-12-05T16:00:00/ends = 2026-12-06T01:00:00/)";
    REQUIRE(run(door.event.scratch, "sed '" + toml + "' '" HUDOOR_DEMO_EVENT "' > night.toml")
                .exit_code == 0);
    REQUIRE(door.event.hudoor("agenda night.toml --apply").exit_code == 0);
    const auto reason = [&](const std::string& at) {
        const Finished why = door.event.hudoor("why D1 --session closing --json --at " + at);
        INFO(why.output);
        return std::string(json::parse(why.output)["reason"]);
    };
    CHECK(reason("2026-12-05T23:59") == "ok");
    CHECK(reason("2026-12-06T00:00") == "ok");
    CHECK(reason("2026-12-06T00:59") == "ok");
    CHECK(reason("2026-12-06T01:00") == "session_over");
    REQUIRE(door.event.hudoor("edit D1 valid_until=2026-12-05").exit_code == 0);
    CHECK(reason("2026-12-06T00:59") == "ok");
    REQUIRE(door.event.hudoor("edit D1 valid_until=2026-12-05T23:30").exit_code == 0);
    CHECK(reason("2026-12-05T23:30") == "ok");
    CHECK(reason("2026-12-05T23:31") == "not_valid_today");
    CHECK(says(door.check("badges", "2026-12-06T03:00"), "good"));
    CHECK_FALSE(says(door.check("clock", "2026-12-06T03:59"), "over"));
    CHECK(says(door.check("clock", "2026-12-06T04:00"), "wrong"));
    // One from before is told by the session it is too short for, and a reissue mends it.
    EventStore store = door.event.open();
    auto old = *store.find("D2");
    old.badge_valid_until = std::chrono::sys_days(std::chrono::year(2026) / 12 / 4);
    store.save({&old, 1}, {WallTime(), "test"});
    CHECK(says(door.check("badges", "2026-12-03T18:00"), "before the end of day-two"));
    REQUIRE(door.event.hudoor("reissue D2").exit_code == 0);
    CHECK(says(door.check("badges", "2026-12-03T18:00"), "good"));
}

TEST_CASE("check tells for each kiosk which session its list, keys and agenda will spoil") {
    const Door door;
    const auto hudoor = [&](const std::string& arguments) {
        const Finished finished = door.event.hudoor(arguments);
        INFO(finished.output);
        REQUIRE(finished.exit_code == 0);
    };
    const auto kiosks = [&] { return door.check("kiosks", "2026-12-03T18:00"); };
    hudoor(
        "kiosk add north-1 --place north --out k.kiosk --bundle-passphrase-file passphrase"
        " --fake-time 2026-12-03T16:00");
    CHECK_FALSE(says(kiosks(), "north-1"));
    hudoor("edit D1 seat=A1");
    CHECK(
        says(kiosks(), "look north-1: its list of 2026-12-03 16:00 lacks what was changed since"));
    hudoor("key add");
    CHECK(says(kiosks(),
               "wrong north-1: it refuses badges of key 2, which it does not know (opening, "
               "2026-12-04 09:30)"));
    hudoor("key revoke 1");
    CHECK(says(kiosks(), "wrong north-1: it admits by badges of the revoked key 1"));
    REQUIRE(
        run(door.event.scratch,
            "sed 's/^last_day = .*/last_day = 2026-12-12/; s/^starts = 2026-12-05T15:00:00/starts = 2026-12-10T15:00:00/; s/^ends = 2026-12-05T16:00:00/ends = 2026-12-10T16:00:00/' '" HUDOOR_DEMO_EVENT
            "' > longer.toml")
            .exit_code == 0);
    hudoor("agenda longer.toml --apply");
    CHECK(says(kiosks(),
               "wrong north-1: its list is good until 2026-12-07 04:00, then nobody is admitted "
               "without a supervisor (closing, 2026-12-10 15:00)"));
    CHECK(says(kiosks(), "wrong north-1: it does not know the agenda as it is now (closing"));
    hudoor("update --out u.update --fake-time 2026-12-03T17:00");
    CHECK_FALSE(says(kiosks(), "north-1"));
    hudoor("revoke D1 --why lost");
    CHECK(says(kiosks(), "look north-1: its list of 2026-12-03 17:00 lacks"));
}

TEST_CASE("more people than seats are told before the doors, and a demo says what it is") {
    const Door door;
    REQUIRE(
        run(door.event.scratch,
            "sed 's/^capacity = 2000 .*/capacity = 3/; s/^demo = .*/demo = true/' '" HUDOOR_DEMO_EVENT
            "' > small.toml")
            .exit_code == 0);
    REQUIRE(door.event.hudoor("agenda small.toml --apply").exit_code == 0);
    CHECK(says(door.check("people", "2026-12-03T18:00"),
               "4 people are registered for opening, which has 3 seats"));
    CHECK(says(door.check("event", "2026-12-03T18:00"), "look it is a demo"));
    CHECK(door.event.hudoor("status").says("This is a demo"));
}

TEST_CASE("who left by a door that the entrance cannot hear of is told of, and nothing else") {
    using enum PlaceDirection;
    const auto notes = [](const std::vector<PlaceDirection>& doors,
                          Reentry reentry = Reentry::after_exit) {
        return find_unknown_exits(agenda_with(doors, reentry)).size();
    };
    CHECK(notes({both}) == 0);
    CHECK(notes({entry, exit}) == 1);
    CHECK(notes({both, both}) == 1);
    CHECK(notes({both, exit}) == 1);
    CHECK(notes({entry, both}) == 1);
    CHECK(notes({entry}) == 1);  // nobody is ever known to have left
    CHECK(notes({exit}) == 0);   // nobody comes in
    CHECK(notes({entry, exit}, Reentry::once) == 0);
    CHECK(notes({entry, exit}, Reentry::free) == 0);
    const std::string note =
        find_unknown_exits(agenda_with({entry, exit}, Reentry::after_exit)).front();
    CHECK(says(note, "opening: whoever left by door-2 is not let in again at door-1"));
}

TEST_CASE("two kiosks at one door for both directions do not hear of each other") {
    const Door door;
    const auto add = [&](const std::string& name) {
        REQUIRE(door.event
                    .hudoor("kiosk add " + name + " --place hall-b-door --out " + name +
                            ".kiosk --bundle-passphrase-file passphrase")
                    .exit_code == 0);
    };
    const auto told = [&] {
        return says(door.check("kiosks", "2026-12-03T18:00"),
                    "several kiosks stand at hall-b-door");
    };
    add("b-1");
    CHECK_FALSE(told());
    add("b-2");
    CHECK(told());
    REQUIRE(door.event.hudoor("kiosk disable b-1").exit_code == 0);
    CHECK_FALSE(told());
}

TEST_CASE("new and agenda warn of exits that no entrance hears of, the example has none") {
    const DemoEvent event;
    const Finished good = event.hudoor("agenda '" HUDOOR_DEMO_EVENT "'");
    CHECK_FALSE(good.says("without a hub"));
    REQUIRE(run(event.scratch,
                "sed 's/^reentry = \"once\"  .*/reentry = \"after_exit\"/' '" HUDOOR_DEMO_EVENT
                "' > bad.toml")
                .exit_code == 0);
    CHECK(event.hudoor("agenda bad.toml").says("opening: whoever left by way-out"));
    CHECK(run(event.scratch, "hudoor --passphrase-file passphrase new bad --from bad.toml")
              .says("opening: whoever left by way-out"));
    REQUIRE(event.hudoor("agenda bad.toml --apply").exit_code == 0);
    CHECK(event.hudoor("check --at 2026-12-03T18:00")
              .says("look\tsessions\topening: whoever left by way-out"));
}
