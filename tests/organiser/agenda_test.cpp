// A newer event file over an event that goes on, and the evening before.
#include <nlohmann/json.hpp>

#include "tests/organiser/old_schema.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using nlohmann::json;

namespace {

struct EventWithFile : DemoEvent {
    std::string text;

    EventWithFile() {
        import(
            "attendee_id,name_en,category,sessions\nD1,Noura,delegate,opening workshop\nD2,Omar,speaker,closing\n");
        std::filesystem::copy_file(HUDOOR_DEMO_EVENT, scratch.path("event.toml"));
        text = scratch.read("event.toml");
    }
    void replace(const std::string& from, const std::string& to) {
        const auto at = text.find(from);
        INFO(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        scratch.write("event.toml", text);
    }
    /// The table with this code, up to the next one.
    void remove(const std::string& kind, const std::string& code) {
        const auto at = text.find("code = \"" + code + "\"");
        REQUIRE(at != std::string::npos);
        const auto begin = text.rfind("[[" + kind + "]]", at);
        const auto end = text.find("\n[[", at);
        text.erase(begin, end == std::string::npos ? end : end - begin);
        scratch.write("event.toml", text);
    }
    [[nodiscard]] Finished agenda(const std::string& options = "") const {
        return hudoor("agenda event.toml " + options);
    }
};

}  // namespace

TEST_CASE("the same event file changes nothing") {
    const EventWithFile event;
    const Finished same = event.agenda("--apply");
    INFO(same.output);
    CHECK(same.exit_code == 0);
    CHECK(same.says("Nothing to change"));
}

TEST_CASE(
    "a moved session, a new room and a gone session are told first and then applied, and numbers stay") {
    EventWithFile event;
    const auto before = event.open().event();
    const auto revision = event.open().revision();
    event.remove("session", "workshop");
    event.replace("starts = 2026-12-04T11:30:00", "starts = 2026-12-04T11:45:00");
    event.replace(
        "[[place]]",
        "[[room]]\ncode = \"annex\"\nname = { ar = \"ملحق\", en = \"Annex\" }\n\n[[place]]");
    const std::string bytes = event.scratch.read("event/event.db");
    const Finished dry = event.agenda();
    INFO(dry.output);
    CHECK(dry.exit_code == 0);
    CHECK(
        dry.says("changed: session keynote: starts \"2026-12-04 11:30\" to \"2026-12-04 11:45\""));
    CHECK(dry.says("added: room annex"));
    CHECK(dry.says("removed: session workshop"));
    CHECK(dry.says("add --apply"));
    CHECK(event.scratch.read("event/event.db") == bytes);

    REQUIRE(event.agenda("--apply").exit_code == 0);
    const auto after = event.open().event();
    CHECK(event.open().revision() == revision + 1);
    CHECK(after.agenda.sessions.size() == before.agenda.sessions.size() - 1);
    for (const auto& session : after.agenda.sessions)
        CHECK(before.agenda.find_session(session.id)->code == session.code);
    CHECK(static_cast<int>(after.agenda.rooms.back().id) ==
          static_cast<int>(before.agenda.rooms.back().id) + 1);
    CHECK(event.open().find("D1")->door.sessions ==
          std::vector<storage::SessionId>{storage::SessionId{1}});
    CHECK(event.agenda().says("Nothing to change"));
}

TEST_CASE("a help desk that moved is a change of the agenda and comes to the kiosks") {
    EventWithFile event;
    const auto north = event.open().event().agenda.places.front().id;
    event.replace("arrow = \"left\"\nwords = { ar = \"إلى اليسار، بجانب الدرج\"",
                  "arrow = \"back_left\"\nwords = { ar = \"إلى الخلف يسارًا\"");
    const Finished dry = event.agenda();
    INFO(dry.output);
    CHECK(dry.says("changed: helpdesk: way from north \"left\" to \"back_left\""));
    CHECK(dry.says("way from north.ar \"إلى اليسار، بجانب الدرج\" to \"إلى الخلف يسارًا\""));
    REQUIRE(event.agenda("--apply").exit_code == 0);
    const auto desk = event.open().event().agenda.help_desk;
    CHECK(desk.words.en == "Main lobby, by the stairs");
    CHECK(desk.ways.size() == 3);
    REQUIRE(desk.find_way(north));
    CHECK(desk.find_way(north)->arrow == storage::Arrow::back_left);
    CHECK(event.agenda().says("Nothing to change"));

    event.text.erase(event.text.find("[helpdesk]"),
                     event.text.find("[[session]]") - event.text.find("[helpdesk]"));
    event.scratch.write("event.toml", event.text);
    REQUIRE(event.agenda("--apply").exit_code == 0);
    CHECK(event.open().event().agenda.help_desk.empty());
    CHECK(event.hudoor("check --at 2026-12-03T18:00").says("add [helpdesk] to the event file"));
}

TEST_CASE("a session that comes back has its number again, and a new one never takes it") {
    EventWithFile event;
    const auto number = event.open().event().agenda.sessions.back().id;
    const std::string whole = event.text;
    event.remove("session", "closing");
    REQUIRE(event.agenda("--apply").exit_code == 0);
    event.replace("code = \"young-voices\"", "code = \"old-voices\"");
    REQUIRE(event.agenda("--apply").exit_code == 0);
    CHECK(static_cast<int>(event.open().event().agenda.sessions.back().id) ==
          static_cast<int>(number) + 1);
    event.scratch.write("event.toml", whole);
    REQUIRE(event.agenda("--apply").exit_code == 0);
    CHECK(event.open().event().agenda.sessions.back().id == number);
    CHECK(event.open().event().agenda.sessions.back().code == "closing");
}

TEST_CASE(
    "another event's file, a mistake in it, and what is still needed are refused, and nothing changes") {
    EventWithFile event;
    REQUIRE(
        event
            .hudoor(
                "kiosk add way-out-1 --place way-out --out k.kiosk --bundle-passphrase-file passphrase")
            .exit_code == 0);
    const std::string bytes = event.scratch.read("event/event.db");
    std::string says;
    SECTION("another number") {
        event.replace("number = 7", "number = 8");
        says = "another event's";
    }
    SECTION("no demo any more") {
        event.replace("demo = true", "demo = false");
        says = "demo";
    }
    SECTION("a mistake") {
        event.replace("room = \"hall-a\"", "room = \"hall-z\"");
        says = "event.toml:";
    }
    SECTION("a kiosk stands there") {
        event.remove("place", "way-out");
        says = "way-out-1 stands";
    }
    SECTION("somebody is of it") {
        event.remove("category", "delegate");
        says = "D1";
    }
    const Finished refused = event.agenda("--apply");
    INFO(refused.output);
    CHECK(refused.exit_code == 65);
    CHECK(refused.says(says));
    CHECK(event.scratch.read("event/event.db") == bytes);
}

TEST_CASE("an event of each schema before is opened and goes on") {
    const DemoEvent event;
    event.import(
        "attendee_id,name_en,sessions,valid_until\nD1,Noura,opening,2026-12-04\nD2,Omar,opening,\n");
    REQUIRE(event.hudoor("revoke D1 --why lost").exit_code == 0);
    REQUIRE(event.hudoor("revoke D2 --why lost").exit_code == 0);
    const storage::BadgeNumber noura = event.open().find("D1")->door.badge;
    const std::uint64_t refusals = event.open().refusals().number;
    const int schema = GENERATE(6, 5, 4, 3, 2);
    std::string back = back_to_schema_6;
    if (schema < 6)
        back +=
            "for table in ('help_desk', 'help_desk_way'):\n"
            "    db.execute(f'DROP TABLE {table}')\n";
    if (schema < 5)
        back +=
            "db.execute('DROP TABLE edition')\n"
            "db.execute('CREATE TABLE revocation (badge BLOB PRIMARY KEY, issue INTEGER NOT NULL,'\n"
            "           ' at_ms INTEGER NOT NULL) STRICT')\n"
            "db.execute('INSERT INTO revocation SELECT badge, issue, at_ms FROM revoked')\n"
            "db.execute('DROP TABLE revoked')\n"
            "for table in ('source_range', 'source', 'acceptance'):\n"
            "    db.execute(f'DROP TABLE {table}')\n";
    if (schema < 4)
        back += "db.execute('ALTER TABLE registration RENAME COLUMN code TO code_hash')\n";
    if (schema < 3)
        back +=
            "for table in ('category', 'room', 'place', 'session'):\n"
            "    db.execute(f'ALTER TABLE {table} DROP COLUMN gone')\n"
            "db.execute('ALTER TABLE registration DROP COLUMN seat')\n";
    event.scratch.write("back.py", back + "db.execute('PRAGMA user_version = " +
                                       std::to_string(schema) + "')\ndb.commit()\n");
    const Finished went = run(event.scratch, "python3 back.py");
    INFO(went.output);
    REQUIRE(went.exit_code == 0);

    CHECK(event.open().event().agenda.sessions.size() == 10);
    CHECK(event.hudoor("status").exit_code == 0);
    CHECK(event.open().event().agenda.day_starts == std::chrono::minutes(0));  // as it was then
    const auto upgraded = event.open().find("D1");
    CHECK(upgraded->door.valid_until == std::chrono::sys_days(std::chrono::year(2026) / 12 / 4));
    CHECK(upgraded->badge_key == 1);  // no other key can have signed it
    const auto revocations = event.open().revocations();
    REQUIRE(revocations.size() == 2);
    // Before schema 5 nobody wrote down which list first had it: the newest surely did.
    for (const organiser::Revocation& one : revocations)
        CHECK((one.list == refusals || schema >= 5));
    CHECK(event.open().refusals().revokes(noura, 1));
    REQUIRE(event.hudoor("revoke D1 --why again").exit_code == 0);
    CHECK(event.open().refusals().number == refusals + 1);
}

TEST_CASE("the evening before tells what is missing, and is content when nothing is") {
    const EventWithFile event;
    const auto check = [&](int exit_code) {
        const Finished checked = event.hudoor("check --at 2026-12-03T18:00 --json");
        INFO(checked.output);
        CHECK(checked.exit_code == exit_code);
        std::map<std::string, std::string> worst;
        for (const auto& note : json::parse(checked.output)) {
            std::string& is = worst[note["part"]];
            if (is.empty() || is == "good" || note["is"] == "wrong") is = note["is"];
        }
        return worst;
    };
    auto parts = check(65);
    CHECK(parts.size() == 10);
    CHECK(parts["help desk"] == "good");
    CHECK(parts["ushers"] == "wrong");
    CHECK(parts["kiosks"] == "wrong");
    CHECK(parts["badges"] == "good");
    CHECK(parts["keys"] == "good");

    event.scratch.write("pin", "271828\n");
    REQUIRE(event.hudoor("usher add 12 Maryam --role supervisor --pin-file pin").exit_code == 0);
    REQUIRE(
        event
            .hudoor(
                "kiosk add north-1 --place north --out k.kiosk --bundle-passphrase-file passphrase")
            .exit_code == 0);
    parts = check(0);
    CHECK(parts["ushers"] == "good");
    CHECK(parts["kiosks"] == "look");  // at the other doors

    CHECK(event.hudoor("check --at 2026-12-07T18:00").exit_code == 65);
    CHECK(event.hudoor("check --at noon").exit_code == 64);
    std::filesystem::remove(event.scratch.path("event/event.keys"));
    CHECK(check(65)["keys"] == "wrong");
}

TEST_CASE("a disabled kiosk whose place is gone is listed, and cannot be renewed") {
    EventWithFile event;
    const std::string bundle = " --out k.kiosk --bundle-passphrase-file passphrase";
    REQUIRE(event.hudoor("kiosk add way-out-1 --place way-out" + bundle).exit_code == 0);
    REQUIRE(event.hudoor("kiosk disable way-out-1").exit_code == 0);
    event.remove("place", "way-out");
    REQUIRE(event.agenda("--apply").exit_code == 0);
    std::filesystem::remove(event.scratch.path("k.kiosk"));
    const std::string bytes = event.scratch.read("event/event.db");

    const Finished renewed = event.hudoor("kiosk renew way-out-1" + bundle);
    INFO(renewed.output);
    CHECK(renewed.exit_code == 65);
    CHECK(renewed.says("stood at way-out, which the event no longer has"));
    CHECK(event.scratch.read("event/event.db") == bytes);
    CHECK_FALSE(std::filesystem::exists(event.scratch.path("k.kiosk")));

    const Finished list = event.hudoor("kiosk list");
    CHECK(list.exit_code == 0);
    CHECK(list.says("1\tway-out-1\tway-out (no longer in the event)\tdisabled"));
    const json told = json::parse(event.hudoor("kiosk list --json").output);
    CHECK(told[0]["place"] == "way-out");
    CHECK(told[0]["place_gone"] == true);
    for (const char* command : {"status", "check", "incidents", "report page.html --lang en"})
        CHECK(event.hudoor(command).exit_code < 70);
}
