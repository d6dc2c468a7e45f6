// Wiping the names: when it is refused, what forces it, and what it leaves.
#include <nlohmann/json.hpp>

#include "tests/organiser/old_schema.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using nlohmann::json;

namespace {

/// The demo event on the same days of another month.
struct EventOn : DemoEvent {
    explicit EventOn(const std::string& month) {
        std::string text = scratch.read(HUDOOR_DEMO_EVENT);
        for (auto at = text.find("2026-12-"); at != std::string::npos; at = text.find("2026-12-"))
            text.replace(at, 7, month);
        scratch.write("event.toml", text);
        const Finished moved = hudoor("agenda event.toml --apply");
        INFO(moved.output);
        REQUIRE(moved.exit_code == 0);
        import("attendee_id,name_en\nD1,Noura\nD2,Omar\n");
    }
    [[nodiscard]] bool has_names() const { return open().find("D1").has_value(); }
};

}  // namespace

TEST_CASE("before the event is over names are wiped only by force and by the event's name") {
    const EventOn event("2096-12");
    const Finished refused = event.hudoor("purge");
    CHECK(refused.exit_code == 77);
    CHECK(refused.says("not over before 2096-12-06 04:00"));
    CHECK(refused.says("--force"));
    CHECK(event.hudoor("purge <event-name").exit_code == 77);
    for (const char* typed :
         {"", "\n", "yes\n", "y\n", "Summit\n", "Future Focus\n", "Future Focus Summit 2\n"}) {
        event.scratch.write("typed", typed);
        const Finished forced = event.hudoor("purge --force <typed");
        INFO(typed << forced.output);
        CHECK(forced.exit_code == 77);
        CHECK(forced.says("Future Focus Summit"));
    }
    REQUIRE(event.has_names());
    CHECK_FALSE(std::filesystem::exists(event.scratch.path("event/purge.json")));

    const auto typed =
        GENERATE(std::string("Future Focus Summit\n"), std::string("  future focus SUMMIT \n"),
                 std::string("قمة التركيز على المستقبل\n"));
    event.scratch.write("typed", typed);
    const Finished purged = event.hudoor("purge --force <typed");
    INFO(purged.output);
    CHECK(purged.exit_code == 0);
    CHECK(purged.says("Wiped: the names of 2 registrations and 0 ushers"));
    CHECK_FALSE(event.has_names());
}

TEST_CASE("the event's name and the passphrase may both come from standard input, a line each") {
    const EventOn event("2096-12");
    const Finished purged =
        run(event.scratch,
            "cat event-name passphrase | hudoor --event event --passphrase-file - purge --force");
    INFO(purged.output);
    CHECK(purged.exit_code == 0);
}

TEST_CASE("after the event nothing has to be forced, unless a kiosk was not heard") {
    const EventOn event("2026-01");
    REQUIRE(event
                .hudoor("kiosk add north-1 --place north --out a.kiosk "
                        "--bundle-passphrase-file passphrase")
                .exit_code == 0);
    const Finished refused = event.hudoor("purge");
    CHECK(refused.exit_code == 77);
    CHECK(refused.says("Not heard yet: north-1."));
    CHECK_FALSE(refused.says("not over"));
    CHECK(event.has_names());
    CHECK(EventOn("2026-01").hudoor("purge").exit_code == 0);
}

TEST_CASE("after a purge nothing brings names in or needs them, and its record stays as it is") {
    const EventOn event("2026-01");
    REQUIRE(event
                .hudoor("kiosk add north-1 --place north --out n.kiosk "
                        "--bundle-passphrase-file passphrase")
                .exit_code == 0);
    REQUIRE(event.hudoor("purge --force <event-name").exit_code == 0);
    const std::string record = event.scratch.read("event/purge.json");
    const std::string bytes = event.scratch.read("event/event.db");
    event.scratch.write("pin", "271828\n");
    for (const char* command :
         {"import list.csv", "import list.csv --apply", "badges b.pdf", "badges b.pdf --ushers",
          "edit purged-1 name_en=Noura", "reissue purged-1",
          "usher add 12 Maryam --role usher --pin-file pin", "update --out a.update",
          "kiosk add a --place north --out a.kiosk --bundle-passphrase-file passphrase"}) {
        const Finished refused = event.hudoor(command);
        INFO(command << "\n" << refused.output);
        CHECK(refused.exit_code == 77);
        CHECK(refused.says("were wiped at"));
    }
    CHECK_FALSE(std::filesystem::exists(event.scratch.path("b.pdf")));
    for (const char* again : {"purge", "purge --force <event-name"}) {
        const Finished purged = event.hudoor(again);
        INFO(purged.output);
        CHECK(purged.exit_code == 0);
        CHECK(purged.says("Nothing was done."));
    }
    CHECK(event.scratch.read("event/purge.json") == record);
    CHECK(event.open().purged()->counts.registrations == 2);
    CHECK(event.hudoor("status").exit_code == 0);
    CHECK(event.hudoor("report r.html").exit_code == 0);
}

TEST_CASE("a record of another purge is not overwritten, and a lost one is made again as it was") {
    const EventOn event("2026-01");
    event.scratch.write("event/purge.json", "{}\n");
    const Finished refused = event.hudoor("purge");
    CHECK(refused.exit_code == 73);
    CHECK(event.has_names());
    std::filesystem::remove(event.scratch.path("event/purge.json"));
    REQUIRE(event.hudoor("purge").exit_code == 0);
    const auto wiped = [&] {
        return json::parse(json::parse(event.scratch.read("event/purge.json"))["record"]
                               .get<std::string>())["wiped"];
    };
    const json before = wiped();
    std::filesystem::remove(event.scratch.path("event/purge.json"));
    REQUIRE(event.hudoor("purge").exit_code == 0);
    CHECK(wiped() == before);
}

TEST_CASE("an event that an older program purged takes no names either") {
    const EventOn event("2026-01");
    REQUIRE(event.hudoor("purge").exit_code == 0);
    event.scratch.write("back.py", std::string(test::back_to_schema_6) +
                                       "db.execute('PRAGMA user_version = 6')\ndb.commit()\n");
    REQUIRE(run(event.scratch, "python3 back.py").exit_code == 0);
    CHECK(event.hudoor("import list.csv").exit_code == 77);
    CHECK(event.open().purged().has_value());
}
