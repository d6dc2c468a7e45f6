// Who is meant by what an organiser types, and what is known of them.
#include "storage/organiser/people/card.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "storage/badge/badge.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/facts/chain.hpp"
#include "storage/organiser/people/meant.hpp"
#include "storage/organiser/people/query.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;
using nlohmann::json;

namespace {

constexpr const char* people =
    "attendee_id,name_ar,name_en,organisation_en,category,sessions,status,badge_code\n"
    "D1,نورة المرزوقي,Noura Al Marzouqi,Ministry,speaker,opening workshop,confirmed,\n"
    "D2,,Kenji Watanabe,University,delegate,opening,confirmed,\n"
    "D-3,,Omar Saleh,Ministry,delegate,opening,pending,\n"
    "D42,عمر خالد,,Ministry,vip,workshop,confirmed,\n"
    "D5,,Layla Gone,Media House,media,opening,cancelled,\n"
    "D6,,Sara Barred,Media House,media,opening,blocked,\n"
    "D7,,Zoe Carrier,,delegate,opening,confirmed,X-4QW7N2KD\n"
    "2,,Person Two,Group D2,delegate,,confirmed,\n"
    "22,,Mohammed Ali,,delegate,,confirmed,\n"
    "23,,Muhammad Ali,,delegate,,confirmed,\n";

struct EventWithPeople : DemoEvent {
    EventWithPeople() { import(people); }

    /// The ids of whom `list` tells, in its order.
    [[nodiscard]] std::vector<std::string> list(const std::string& arguments) const {
        const Finished listed = hudoor("list " + arguments + " --json");
        INFO(listed.output);
        REQUIRE(listed.exit_code == 0);
        std::vector<std::string> ids;
        for (const auto& one : json::parse(listed.output)) ids.push_back(one["attendee_id"]);
        return ids;
    }
    [[nodiscard]] json show(const std::string& who) const {
        const Finished shown = hudoor("show '" + who + "' --json");
        INFO(shown.output);
        REQUIRE(shown.exit_code == 0);
        return json::parse(shown.output);
    }
};

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a person is found by id, code, badge number and name in either script") {
    const EventWithPeople event;
    const auto noura = event.open().find("D1")->door;
    const auto token = BadgeToken{1, noura.badge, EventNumber{7}, 1,
                                  std::chrono::sys_days(std::chrono::year(2026) / 12 / 5)};
    const std::string text = make_badge_text(token, event.keys().badge_keys.at(1));
    const std::pair<std::string, std::string> all[] = {{"D1", "D1"},
                                                       {"d 1", "D1"},
                                                       {"D3", "D-3"},
                                                       {"2", "2"},
                                                       {typed_code(noura.badge), "D1"},
                                                       {to_hex(noura.badge.bytes), "D1"},
                                                       {text, "D1"},
                                                       {"X-4QW7N2KD", "D7"},
                                                       {"noura", "D1"},
                                                       {"Marzouqi Noura", "D1"},
                                                       {"نورا", "D1"},
                                                       {"Watanabe", "D2"},
                                                       {"كنجي", "D2"},
                                                       {"عمر خالد", "D42"},
                                                       {"Omar Khalid", "D42"}};
    for (const auto& [who, id] : all) {
        INFO(who);
        CHECK(event.show(who)["attendee_id"] == id);
    }
}

TEST_CASE("who is not clearly meant is not guessed: all who could be are named") {
    const EventWithPeople event;
    const std::string before = event.scratch.read("event/event.db");
    for (const char* command :
         {"show ", "revoke --why lost ", "reissue ", "edit status=blocked "}) {
        const bool edit = std::string(command).starts_with("edit");
        const std::string typed =
            edit ? "edit Mohammed status=blocked" : command + std::string("Mohammed");
        const Finished several = event.hudoor(typed);
        INFO(typed << "\n" << several.output);
        CHECK(several.exit_code == 64);
        CHECK(several.says("\n  22  \u2068Mohammed Ali\u2069"));
        CHECK(several.says("\n  23  \u2068Muhammad Ali\u2069"));
        CHECK_FALSE(several.says("Noura"));
    }
    // An id that is not there is nobody, though others begin like it; a slip of the hand is told.
    for (const char* nobody : {"D4", "D9", "4", "1", "Ministry", "P", "K1:NOTABADGE"})
        CHECK(event.hudoor("show " + std::string(nobody)).exit_code == 66);
    const Finished slip = event.hudoor("show Kemji");
    CHECK(slip.exit_code == 66);
    CHECK(slip.says("a little like it:\n  D2  \u2068Kenji Watanabe\u2069"));
    CHECK((event.scratch.read("event/event.db") == before));
}

TEST_CASE("a change by name says whose it was, and why takes a name, too") {
    const EventWithPeople event;
    const Finished revoked = event.hudoor("revoke Kenji --why lost");
    CHECK(revoked.exit_code == 0);
    CHECK(revoked.says("of \u2068Kenji Watanabe\u2069"));
    CHECK(event.hudoor("edit Kenji seat=A1").says("\u2068D2\u2069: seat"));
    const Finished why =
        event.hudoor("why 'Noura Marzouqi' --session opening --at 2026-12-04T09:31");
    CHECK(why.exit_code == 0);
}

TEST_CASE("a list is by id, code of a category or session, status, part of a name, or a search") {
    const EventWithPeople event;
    CHECK(event.list("").size() == 10);
    CHECK(event.list("--only D2") == Ids{"D2"});  // and not whoever has D2 in the organisation
    CHECK(event.list("--only media") == Ids{"D5", "D6"});
    CHECK(event.list("--only workshop") == Ids{"D1", "D42"});
    CHECK(event.list("--only pending") == Ids{"D-3"});
    CHECK(event.list("--only ministry") == Ids{"D1", "D-3", "D42"});
    CHECK(event.list("--only nobody").empty());
    const Ids omar = event.list("--who Omar");  // the nearest first, who sounds like it behind them
    REQUIRE(omar.size() >= 2);
    CHECK(Ids(omar.begin(), omar.begin() + 2) == Ids{"D-3", "D42"});
    CHECK(event.list("--who عمر --only workshop").front() == "D42");
    CHECK(event.list("--who D4") == Ids{"D42"});  // a beginning will do here
    const Finished table = event.hudoor("list --who Kenji");
    CHECK(table.says("ATTENDEE  STATUS     CATEGORY  CAME  NAME "));
    CHECK(table.says("1 person of 10."));
    CHECK(event.hudoor("list").says("10 people of 10."));
}

TEST_CASE("show tells the registration, what organisers did and what kiosks recorded of it") {
    const EventWithPeople event;
    const Identity identity = event.open().event();
    const auto noura = event.open().find("D1")->door;
    const auto kenji = event.open().find("D2")->door;
    const SigningKey key = SigningKey::generate();
    event.open().add_kiosk(
        {KioskId{1}, "north-1", PlaceId{1}, key.verify_key(), identity.organiser_seal, {}},
        {WallTime(), "kiosk"});
    ManualClock clock;
    Chain chain({.kiosk = KioskId{1}, .place = PlaceId{1}, .signing_key = &key}, clock, {});
    FactsBundleWriter bundle;
    const auto record = [&](FactKind kind, const Registration& one, std::chrono::minutes at) {
        clock.set_wall(WallTime(std::chrono::sys_days(std::chrono::year(2026) / 12 / 4)) + at);
        Fact fact;
        fact.kind = kind;
        fact.registration = one.id;
        fact.badge = one.badge;
        fact.session = SessionId{1};
        fact.reason = kind == FactKind::refused ? Reason::already_in : Reason::ok;
        fact.method = Method::badge;
        const StoredFact stored = chain.append(fact);
        bundle.add(stored);
        return stored.fact.id;
    };
    using namespace std::chrono_literals;
    record(FactKind::hello, {}, 300min);
    record(FactKind::admitted, noura, 331min);
    record(FactKind::refused, noura, 340min);
    const FactId wrong = record(FactKind::admitted, kenji, 350min);
    Fact undone;
    undone.kind = FactKind::undone;
    undone.reference = wrong;
    undone.usher = UsherNumber{12};
    bundle.add(chain.append(undone));
    bundle.write(event.scratch.path("n.facts"), identity.event, key.verify_key(), &key,
                 {{identity.organiser_seal}});
    REQUIRE(event.hudoor("merge n.facts").exit_code == 0);
    REQUIRE(event.hudoor("edit D1 seat=B7").exit_code == 0);
    REQUIRE(event.hudoor("revoke D1 --why 'left in a taxi'").exit_code == 0);
    REQUIRE(event.hudoor("edit D2 seat=B8").exit_code == 0);

    const json shown = event.show("نورة");
    CHECK(shown["name"] == json({{"ar", "نورة المرزوقي"}, {"en", "Noura Al Marzouqi"}}));
    CHECK(shown["seat"] == "B7");
    CHECK(shown["attended"] == json({"opening"}));
    CHECK(shown["first_in"] == "2026-12-04T05:31:00.000Z");
    REQUIRE(shown["facts"].size() == 2);
    CHECK(shown["facts"][0]["kind"] == "admitted");
    CHECK(shown["facts"][0]["kiosk"] == "north-1");
    CHECK(shown["facts"][1]["reason"] == "already_in");
    REQUIRE(shown["changes"].size() == 2);
    CHECK(shown["changes"][1]["what"] == "revoke D1: left in a taxi");
    CHECK(shown["revoked"].size() == 1);
    const Finished text = event.hudoor("show D1");
    CHECK(text.says("came: 2026-12-04 09:31, to opening"));
    CHECK(text.says("2026-12-04 09:40  north  north-1  opening  badge  refused, already_in\n"));
    CHECK(text.says("left in a taxi"));

    // What was taken back is told and does not count.
    const json other = event.show("Kenji");
    CHECK(other["attended"].empty());
    REQUIRE(other["facts"].size() == 1);
    CHECK(other["facts"][0]["undone"] == true);
    CHECK(event.hudoor("show D2").says("came: no record of it"));
    CHECK(event.hudoor("list --only D1").says("2026-12-04 09:31"));
}

TEST_CASE("the line that reissue prints prints the new badge, whatever the id is") {
    const DemoEvent event;
    event.import(
        "attendee_id,name_en,organisation_en\nD1,Noura,\nD 2's,Kenji,\n-7,Omar,\n$(id),Zoe,\n"
        "x,Layla,Group D1\n");
    const auto id = GENERATE(std::string("D1"), std::string("D 2'\\''s"), std::string("$(id)"));
    const Finished reissued = event.hudoor("reissue '" + id + "'");
    INFO(reissued.output);
    REQUIRE(reissued.exit_code == 0);
    const auto at = reissued.output.find("Print it with: hudoor ");
    REQUIRE(at != std::string::npos);
    const std::string line =
        reissued.output.substr(at + 15, reissued.output.find('\n', at) - at - 15);
    const Finished printed = run(event.scratch, line);
    INFO(line << printed.output);
    CHECK(printed.exit_code == 0);
    CHECK(printed.says("1 badge, 2 pages: badge.pdf"));
}

TEST_CASE("badges of the cancelled and the blocked are printed only when asked for") {
    const EventWithPeople event;
    const Finished all = event.hudoor("badges b.pdf");
    INFO(all.output);
    CHECK(all.exit_code == 0);
    CHECK(all.says("7 badges, 14 pages"));
    CHECK(all.says("left out: 2 people are cancelled or blocked"));
    CHECK(all.says("1 person carries an imported code"));
    CHECK(event.hudoor("badges b.pdf --only Media").exit_code == 66);
    CHECK(event.hudoor("badges b.pdf --only D5").says("1 badge, 2 pages"));
    CHECK(event.hudoor("badges b.pdf --only cancelled").says("1 badge, 2 pages"));
    CHECK(event.hudoor("badges b.pdf --only blocked").says("1 badge, 2 pages"));
    CHECK(event.hudoor("badges b.pdf --only pending").says("1 badge, 2 pages"));
}
