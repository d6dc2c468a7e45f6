#include <nlohmann/json.hpp>

#include <sstream>

#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using nlohmann::json;

namespace {

constexpr const char* people =
    "attendee_id,name_en,sessions,status,badge_code\n"
    "D1,Noura,opening,,\n"
    "D2,Omar,workshop,,\n"
    "D3,Layla,opening,cancelled,\n"
    "D4,Zoe,opening,,X-4QW7N2KD\n";

json first_object(const Finished& finished) {
    std::istringstream in(finished.output);
    std::string line;
    std::getline(in, line);
    return json::parse(line);
}

}  // namespace

TEST_CASE("wrong usage, missing input and what cannot be created have their exit codes") {
    const DemoEvent event;
    const auto exit_code = [&](const std::string& command) {
        return run(event.scratch, command).exit_code;
    };
    CHECK(exit_code("hudoor --help") == 0);
    CHECK(exit_code("hudoor --version") == 0);
    CHECK(exit_code("hudoor") == 64);
    CHECK(exit_code("hudoor frobnicate") == 64);
    CHECK(exit_code("hudoor status --nonsense") == 64);
    CHECK(exit_code("hudoor --event event revoke D1") == 64);
    CHECK(exit_code("hudoor --event nowhere status") == 66);
    CHECK(exit_code("hudoor --event event import nowhere.csv") == 66);
    CHECK(exit_code("hudoor --passphrase-file passphrase new event --from '" HUDOOR_DEMO_EVENT
                    "'") == 73);
    CHECK(exit_code("hudoor --passphrase-file passphrase new other --from nowhere.toml") == 66);
    CHECK(exit_code("hudoor --passphrase-file nowhere new other --from '" HUDOOR_DEMO_EVENT "'") ==
          66);
    CHECK(exit_code("hudoor new other --from '" HUDOOR_DEMO_EVENT "'") ==
          64);  // no terminal to ask on
    CHECK_FALSE(std::filesystem::exists(event.scratch.path("other/event.db")));
}

TEST_CASE("an event file with a mistake makes nothing and names the place") {
    const Scratch scratch;
    scratch.write("passphrase", "x\n");
    scratch.write("event.toml", "[event]\nnumber = \"seven\"\n");
    const Finished finished =
        run(scratch, "hudoor --passphrase-file passphrase new event --from event.toml");
    CHECK(finished.exit_code == 65);
    CHECK(finished.says("event.toml:2:10: "));
    CHECK_FALSE(std::filesystem::exists(scratch.path("event")));
}

TEST_CASE("a dry run changes nothing, applying does, and applying again does not") {
    const DemoEvent event;
    event.scratch.write("list.csv", people);
    const std::string before = event.scratch.read("event/event.db");
    const Finished dry = event.hudoor("import list.csv");
    CHECK(dry.exit_code == 0);
    CHECK(dry.says("4 added"));
    CHECK(dry.says("add --apply"));
    CHECK(event.scratch.read("event/event.db") == before);

    const Finished applied = event.hudoor("import list.csv --apply --json 2>/dev/null");
    CHECK(applied.exit_code == 0);
    CHECK(first_object(applied)["applied"] == true);
    CHECK(first_object(applied)["added"] == 4);
    CHECK(event.open().registrations().size() == 4);
    CHECK_FALSE(event.open().find("D4")->door.code.is_zero());

    const std::string after = event.scratch.read("event/event.db");
    CHECK(first_object(event.hudoor("import list.csv --apply --json 2>/dev/null"))["unchanged"] ==
          4);
    CHECK(event.scratch.read("event/event.db") == after);
}

TEST_CASE("with one bad row nothing is applied, and every bad row is named by its line") {
    const DemoEvent event;
    event.scratch.write("list.csv", "attendee_id,name_en,status\nD1,Noura,\nD2,Omar,XX\n\nD3,,\n");
    const Finished refused = event.hudoor("import list.csv --apply");
    CHECK(refused.exit_code == 65);
    CHECK(
        refused.says("LINE  RESULT   ATTENDEE  COLUMN   VALUE  REMARK\n"
                     "2     added    \u2068D1\u2069\n"));
    CHECK(refused.says(
        "\n3     refused  \u2068D2\u2069        status   \u2068\"XX\"\u2069   must be confirmed, pending"));
    CHECK(refused.says("\n5     refused  \u2068D3\u2069        name_en"));
    CHECK(refused.says("Nothing was applied"));
    CHECK(event.open().registrations().empty());

    const json report = first_object(event.hudoor("import list.csv --json 2>/dev/null"));
    CHECK(report["refused"] == 2);
    CHECK(report["rows"][1]["refusals"][0]["column"] == "status");
    CHECK(report["rows"][1]["line"] == 3);
}

TEST_CASE("a dry run tells old and new value of what changes, and at most fifty of those added") {
    const DemoEvent event;
    event.scratch.write("list.csv", "attendee_id,name_en,name_ar\nD1,Noura,نورة\n");
    REQUIRE(event.hudoor("import list.csv --apply").exit_code == 0);
    std::string longer = "attendee_id,name_en,name_ar\nD1,Noura,نورة المرزوقي\n";
    for (int i = 2; i < 62; ++i) longer += "D" + std::to_string(i) + ",Omar,\n";
    event.scratch.write("list.csv", longer);
    const Finished dry = event.hudoor("import list.csv");
    INFO(dry.output);
    CHECK(dry.says(
        "2     changed  \u2068D1\u2069        name_ar  \u2068\"نورة المرزوقي\"\u2069  was \u2068\"نورة\"\u2069\n"));
    CHECK(dry.says("D51\u2069\n"));
    CHECK_FALSE(dry.says("D52"));
    CHECK(dry.says("... and 10 more added; --json names them all\n"));
}

TEST_CASE("kept columns stay with the organiser") {
    const DemoEvent event;
    event.scratch.write("list.csv", "attendee_id,name_en,diet,phone\nD1,Noura,vegan,123\n");
    const Finished finished = event.hudoor("import --keep diet list.csv --apply");
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK(finished.says("phone"));
    CHECK(event.open().find("D1")->kept == std::map<std::string, std::string>{{"diet", "vegan"}});
}

TEST_CASE(
    "why answers what a kiosk would, for an id, a typed code, a badge's text and an imported code") {
    const DemoEvent event;
    event.import(people);
    const auto why = [&](const std::string& who, const std::string& at = "2026-12-04T09:31") {
        const Finished finished =
            event.hudoor("why '" + who + "' --session opening --at " + at + " --json");
        INFO(finished.output);
        REQUIRE(finished.exit_code == 0);
        return first_object(finished);
    };
    CHECK(why("D1")["reason"] == "ok");
    CHECK(why("D2")["reason"] == "wrong_session");
    CHECK(why("D2")["instead"] == "workshop");
    CHECK(why("D3")["reason"] == "cancelled");
    CHECK(why("X-4QW7N2KD")["reason"] == "ok");
    CHECK(why("D1", "2026-12-04T05:31Z")["reason"] == "ok");
    CHECK(why("D1", "2026-12-04T08:00")["reason"] == "too_early");
    CHECK(why("D1", "2026-12-04T08:00")["since"] == "2026-12-04 09:10");

    const auto noura = event.open().find("D1")->door;
    CHECK(why(storage::typed_code(noura.badge))["reason"] == "ok");
    const organiser::EventKeys keys = event.keys();
    storage::BadgeToken token{1, noura.badge, storage::EventNumber{7}, 1,
                              std::chrono::sys_days(std::chrono::year(2026) / 12 / 5)};
    const auto text = [&](const storage::SigningKey& key) {
        return storage::make_badge_text(token, key);
    };
    CHECK(why(text(keys.badge_keys.at(1)))["reason"] == "ok");
    CHECK(why(text(storage::SigningKey::generate()))["reason"] == "bad_signature");
    REQUIRE(event.hudoor("revoke D1 --why lost").exit_code == 0);
    CHECK(why("D1")["reason"] == "revoked");
    REQUIRE(event.hudoor("reissue D1").exit_code == 0);
    CHECK(why("D1")["reason"] == "ok");
    CHECK(why(text(keys.badge_keys.at(1)))["reason"] == "revoked");

    CHECK(event.hudoor("why D9 --session opening --at 2026-12-04T09:31").exit_code == 66);
    CHECK(event.hudoor("why D1 --session dinner --at 2026-12-04T09:31").exit_code == 65);
    CHECK(event.hudoor("why D1 --session opening --at noon").exit_code == 64);
}

TEST_CASE("a delegate with an imported code has no badge to revoke until one is issued") {
    const DemoEvent event;
    event.import(people);
    CHECK(event.hudoor("revoke D4 --why lost").exit_code == 65);
    REQUIRE(event.hudoor("reissue D4").exit_code == 0);
    CHECK(event.open().find("D4")->door.issue == 1);
    CHECK(event.open().find("D4")->door.code.is_zero());
    CHECK(event.hudoor("revoke D4 --why lost").exit_code == 0);
}

TEST_CASE("status counts people by status, badges, refusals and kiosks") {
    const DemoEvent event;
    event.import(people);
    REQUIRE(event.hudoor("revoke D1 --why lost").exit_code == 0);
    const json status = first_object(event.hudoor("status --json"));
    CHECK(status["registrations"]["all"] == 4);
    CHECK(status["registrations"]["confirmed"] == 3);
    CHECK(status["registrations"]["cancelled"] == 1);
    CHECK(status["badges"] == 3);
    CHECK(status["imported_codes"] == 1);
    CHECK(status["revoked_badges"] == 1);
    CHECK(status["kiosks"] == 0);
    CHECK(event.hudoor("status").says("Registrations: 4"));
}

TEST_CASE("a kiosk needs a plain name, a known place and the event's passphrase") {
    const DemoEvent event;
    const auto add = [&](const std::string& arguments) {
        return event.hudoor("kiosk add " + arguments + " --bundle-passphrase-file passphrase")
            .exit_code;
    };
    CHECK(add("'a b' --place north --out a.kiosk") == 64);
    CHECK(add("a --place nowhere --out a.kiosk") == 65);
    CHECK(add("a --place north --out nowhere/a.kiosk") == 73);
    event.scratch.write("wrong", "no\n");
    CHECK(
        run(event.scratch,
            "hudoor --event event --passphrase-file wrong kiosk add a --place north --out a.kiosk "
            "--bundle-passphrase-file passphrase")
            .exit_code == 77);
    CHECK(event.open().kiosks().empty());
    CHECK(add("a --place north --out a.kiosk") == 0);
    CHECK(add("a --place north --out b.kiosk") == 65);
    CHECK(event.hudoor("kiosk list").says("1\ta\tnorth\tenabled"));
    CHECK(first_object(event.hudoor("kiosk list --json"))[0]["place"] == "north");
}

TEST_CASE("passphrases come from standard input one line each") {
    const DemoEvent event;
    const Finished finished =
        run(event.scratch,
            "printf '%s\\nbundle words\\n' \"$(cat passphrase)\" | hudoor --event event "
            "--passphrase-file - kiosk add a --place north --out a.kiosk "
            "--bundle-passphrase-file -");
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
}

TEST_CASE("an usher has a number, a PIN of six to ten digits that is kept hashed, and a role") {
    const DemoEvent event;
    event.scratch.write("pin", "135790\n");
    event.scratch.write("short", "13579\n");
    event.scratch.write("long", "13579135791\n");
    event.scratch.write("ten", "1357913579\n");
    CHECK(event.hudoor("usher add 21 'Sara Ali' --role supervisor --pin-file pin").exit_code == 0);
    CHECK(event.hudoor("usher add 21 Again --role usher --pin-file pin").exit_code == 65);
    CHECK(event.hudoor("usher add 22 Short --role usher --pin-file short").exit_code == 64);
    CHECK(event.hudoor("usher add 22 Long --role usher --pin-file long").exit_code == 64);
    CHECK(event.hudoor("usher add 24 Ten --role supervisor --pin-file ten").exit_code == 0);
    CHECK(event.hudoor("usher add 08 Low --role usher --pin-file pin").exit_code == 0);
    CHECK(event.hudoor("usher add 8 Again --role usher --pin-file pin").exit_code == 65);
    CHECK(event.hudoor("usher add 00 Nobody --role usher --pin-file pin").exit_code == 64);
    CHECK(event.hudoor("usher add 1000 High --role usher --pin-file pin").exit_code == 64);
    CHECK(event.hudoor("usher add 23 King --role king --pin-file pin").exit_code == 64);
    const auto ushers = event.open().ushers();
    REQUIRE(ushers.size() == 3);
    CHECK(ushers[0].number == storage::UsherNumber{8});
    CHECK(ushers[1].role == storage::UsherRole::supervisor);
    CHECK(ushers[1].name == "Sara Ali");
    CHECK(ushers[1].pin_hash.substr(0, 9) == "$argon2id");
}

TEST_CASE(
    "a PIN that everybody tries first is refused, and so is a passphrase of a letter or two") {
    const DemoEvent event;
    for (const char* pin : {"000000", "11111111", "121212", "123123", "1231231231", "123456",
                            "987654", "654321", "0123456789", "890123"}) {
        INFO(pin);
        event.scratch.write("pin", std::string(pin) + "\n");
        const Finished refused = event.hudoor("usher add 21 Sara --role usher --pin-file pin");
        CHECK(refused.exit_code == 64);
        CHECK(refused.says("without a pattern"));
    }
    for (const char* passphrase : {"x", "xy", "aaaa", "        "}) {
        INFO(passphrase);
        event.scratch.write("weak", std::string(passphrase) + "\n");
        const std::string make = "hudoor --passphrase-file weak new other --from ";
        CHECK(run(event.scratch, make + "'" HUDOOR_DEMO_EVENT "'").exit_code == 64);
        CHECK(event.hudoor("kiosk add a --place north --out a.kiosk --bundle-passphrase-file weak")
                  .exit_code == 64);
    }
    CHECK_FALSE(std::filesystem::exists(event.scratch.path("other")));
    CHECK(event.open().kiosks().empty());
    CHECK(event.open().ushers().empty());
}

TEST_CASE(
    "a kiosk that is disabled gets no further list, and an usher who is disabled is in none") {
    const DemoEvent event;
    event.scratch.write("pin", "271828\n");
    REQUIRE(event.hudoor("usher add 12 Mona --role usher --pin-file pin").exit_code == 0);
    REQUIRE(
        event
            .hudoor(
                "kiosk add north-1 --place north --out a.kiosk --bundle-passphrase-file passphrase")
            .exit_code == 0);
    const auto revision = event.open().revision();
    CHECK(event.hudoor("usher list")
              .says("NUMBER  ROLE   NAME  STAFF BADGE\n12      usher  \u2068Mona\u2069\n"));
    CHECK(event.hudoor("usher disable 12").exit_code == 0);
    CHECK(event.hudoor("usher list --json").says("[]"));
    CHECK(event.hudoor("usher disable 12").exit_code == 66);
    CHECK(event.hudoor("usher add 12 Omar --role usher --pin-file pin").exit_code == 65);
    CHECK(event.hudoor("kiosk disable north-1").exit_code == 0);
    const auto since = event.open().kiosks().at(0).disabled;
    REQUIRE(since);
    CHECK(event.hudoor("kiosk disable north-1").exit_code == 0);
    CHECK(event.open().kiosks().at(0).disabled == since);
    CHECK(event.hudoor("kiosk list").says("disabled"));
    CHECK(event.hudoor("kiosk disable nobody").exit_code == 66);
    CHECK(event.open().revision() > revision);
}

TEST_CASE(
    "codes that can be guessed are refused, unless insisted on, and looked at the evening before") {
    const DemoEvent event;
    std::string counted = "attendee_id,name_en,badge_code\n";
    std::string long_ones = counted;
    for (int i = 0; i < 40; ++i) {
        const std::string id = "D" + std::to_string(i);
        counted += id + ",Noura," + std::to_string(7'000'100 + i) + "\n";
        long_ones += id + ",Noura,Q9-" + storage::to_hex(storage::random_bytes(4)) + "\n";
    }
    event.scratch.write("list.csv", counted);
    const Finished refused = event.hudoor("import list.csv --apply");
    CHECK(refused.exit_code == 65);
    CHECK(refused.says("can be guessed"));
    CHECK(refused.says("--weak-codes"));
    CHECK(event.open().registrations().empty());

    CHECK(event.hudoor("import list.csv --apply --weak-codes").exit_code == 0);
    CHECK(event.open().registrations().size() == 40);
    CHECK(event.hudoor("check").says("admits each of them by hand"));

    event.scratch.write("list.csv", long_ones);
    CHECK(event.hudoor("import list.csv --apply").exit_code == 0);
    CHECK(event.hudoor("check").says("can be guessed"));
}
