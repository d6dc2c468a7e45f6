// The report: what it counts, that nothing in it can act, and that programs which are not ours read
// it.

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "storage/bundle/facts_bundle.hpp"
#include "storage/organiser/report/tables.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crowd.hpp"
#include "tests/support/cut_calls.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/hex.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;
using nlohmann::json;

namespace {

/// The demo event with a crowd that came, brought home.
struct EventThatWas : DemoEvent {
    Identity identity = open().event();
    std::map<KioskId, std::vector<StoredFact>> facts;

    EventThatWas() {
        std::string list =
            "attendee_id,name_en,name_ar,organisation_en,country,category,sessions\n"
            "H1,<script>alert(1)</script>,,=1+1,AE,delegate,opening closing\n"
            "H2,+971 4 123,,@SUM(A1),SA,speaker,opening\n";
        for (int i = 1; i <= 60; ++i)
            list += "P" + std::to_string(i) + ",Person " + std::to_string(i) + ",شخص,Body " +
                    std::to_string(i % 4) + "," + (i % 3 == 0 ? "AE" : "FR") +
                    ",delegate,opening closing\n";
        import(list);
        std::vector<CrowdKiosk> kiosks;
        for (unsigned i = 1; i <= identity.agenda.places.size(); ++i)
            kiosks.push_back({static_cast<KioskId>(i), static_cast<PlaceId>(i),
                              SigningKey(test_secret("door " + std::to_string(i)))});
        std::vector<Registration> people;
        for (const auto& one : open().registrations()) people.push_back(one.door);
        facts = play_crowd(identity.agenda, people, kiosks, {});
        auto store = open();
        std::string files;
        for (const CrowdKiosk& kiosk : kiosks) {
            const std::string name = "door-" + std::to_string(static_cast<int>(kiosk.id));
            store.add_kiosk(
                {kiosk.id, name, kiosk.place, kiosk.key.verify_key(), identity.organiser_seal, {}},
                {WallTime(), "kiosk"});
            if (kiosk.id == KioskId{2}) continue;  // its stick was lost
            FactsBundleWriter bundle;
            for (const StoredFact& fact : facts.at(kiosk.id)) bundle.add(fact);
            bundle.write(scratch.path(name + ".facts"), identity.event, kiosk.key.verify_key(),
                         &kiosk.key, {{identity.organiser_seal}});
            files += " " + name + ".facts";
        }
        facts.erase(KioskId{2});
        const Finished merged = hudoor("merge" + files);
        INFO(merged.output);
        REQUIRE(merged.exit_code == 0);
    }
    [[nodiscard]] Finished report(const std::string& arguments) const {
        return run(scratch, "hudoor --event event report " + arguments);
    }
    /// Distinct people admitted, by hand.
    [[nodiscard]] std::size_t people_in(std::optional<SessionId> session = {}) const {
        std::set<RegistrationId> people;
        for (const auto& [kiosk, all] : facts)
            for (const StoredFact& fact : all)
                if (fact.fact.kind == FactKind::admitted &&
                    (!session || fact.fact.session == *session))
                    people.insert(fact.fact.registration);
        return people.size();
    }
    [[nodiscard]] json python(const std::string& code) const {
        scratch.write("check.py", code);
        const Finished finished = run(scratch, "python3 check.py");
        INFO(finished.output);
        REQUIRE(finished.exit_code == 0);
        return json::parse(finished.output);
    }
};

}  // namespace

TEST_CASE("the report is one page that needs nothing and lets nothing act, in either language") {
    const EventThatWas event;
    const std::string language = GENERATE(std::string("ar"), std::string("en"));
    const Finished finished = event.report("page.html --lang " + language);
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK(finished.says("4 of 5 kiosks heard"));
    const std::string page = event.scratch.read("page.html");
    const auto has = [&](const std::string& text) { return page.find(text) != std::string::npos; };
    CHECK(
        has("<html lang=\"" + language + "\" dir=\"" + (language == "ar" ? "rtl" : "ltr") + "\">"));
    for (const char* outside : {"<script", "src=", "href=", "url(", "@import", "http:", "https:"})
        CHECK_FALSE(has(outside));
    CHECK(has("<b>62</b>"));
    CHECK(has("<b>" + std::to_string(event.people_in()) + "</b>"));
    CHECK(has("<b>" + std::to_string(62 - event.people_in()) + "</b>"));
    CHECK(has(language == "ar" ? "تقرير الحضور" : "Attendance report"));
    CHECK_FALSE(has("rep."));
    CHECK_FALSE(has("inc."));
}

TEST_CASE("a browser that is not ours draws the report and prints it with words that can be read") {
    const EventThatWas event;
    REQUIRE(event.report("page.html --lang en").exit_code == 0);
    const std::string browser =
        "HOME=$PWD timeout 60 chromium-headless-shell --no-sandbox --disable-gpu ";
    const Finished shown = run(
        event.scratch,
        browser +
            "--window-size=1280,1800 --screenshot=page.png file://$PWD/page.html >/dev/null 2>&1"
            " && identify -format '%w %h %k' page.png");
    INFO(shown.output);
    REQUIRE(shown.exit_code == 0);
    CHECK(shown.says("1280 1800 "));
    const Finished printed = run(
        event.scratch,
        browser +
            "--no-pdf-header-footer --print-to-pdf=page.pdf file://$PWD/page.html >/dev/null 2>&1"
            " && pdftotext -layout page.pdf - && pdfinfo page.pdf");
    INFO(printed.output);
    REQUIRE(printed.exit_code == 0);
    CHECK(printed.says("Attendance report"));
    CHECK(printed.says("kiosks reported. Counts are people, unless they say entries or scans."));
    CHECK(printed.says("A4"));
}

TEST_CASE("python reads the tables: counts as they are, and nothing a spreadsheet would run") {
    const EventThatWas event;
    REQUIRE(event.report("page.html --lang en --csv tables").exit_code == 0);
    const json read = event.python(R"(
import csv, glob, json
tables = {}
for name in glob.glob('tables/*.csv'):
    with open(name, encoding='utf-8-sig', newline='') as f:
        tables[name[7:-4]] = list(csv.reader(f))
print(json.dumps(tables))
)");
    REQUIRE(read.size() == 14);
    const std::vector<std::string> columns = read["check_in_log"][0];
    CHECK(columns == std::vector<std::string>{"Date",
                                              "Time",
                                              "Check-in list",
                                              "Scan type",
                                              "Order code",
                                              "Position ID",
                                              "Secret",
                                              "Product",
                                              "Name",
                                              "Device",
                                              "Offline",
                                              "Offline override",
                                              "Automatically checked in",
                                              "Gate",
                                              "Result",
                                              "Error message",
                                              "Upload date",
                                              "Upload time",
                                              "Proved",
                                              "Organisation"});
    std::size_t answers = 0;
    for (const auto& [kiosk, all] : event.facts) answers += all.size() - 1;
    CHECK(read["check_in_log"].size() == answers + 1);
    CHECK(read["totals"][1] == json({"Registered", "62", "People"}));
    CHECK(read["totals"][2] == json({"Attended", std::to_string(event.people_in()), "People"}));
    for (const auto& row : read["sessions"])
        if (row[0] == "Opening ceremony")
            CHECK(row[3] == std::to_string(event.people_in(SessionId{1})));
    bool guarded = false;
    for (const auto& [name, table] : read.items())
        for (const auto& row : table)
            for (const std::string cell : row) {
                CHECK(cell.find_first_of("=+@-|%") != 0);
                guarded = guarded || cell == "'=1+1";
            }
    CHECK(guarded);
}

TEST_CASE(
    "a badge shown again within a minute of letting somebody in is counted, later it is not") {
    const auto seen = [](FactKind kind, Reason reason, std::chrono::seconds after, KioskId kiosk) {
        organiser::Moment moment;
        moment.corrected_ms = moment.wall_ms = (dubai(4, 9, 30) + after).time_since_epoch().count();
        moment.kind = kind;
        moment.reason = reason;
        moment.method = Method::badge;
        moment.kiosk = kiosk;
        moment.registration.bytes[0] = 1;
        return moment;
    };
    using namespace std::chrono_literals;
    const KioskId here{1}, elsewhere{2};
    organiser::Timeline timeline;
    timeline.moments = {seen(FactKind::admitted, Reason::ok, 0s, here),
                        seen(FactKind::refused, Reason::already_in, 20s, here),
                        seen(FactKind::refused, Reason::already_in, 30s, elsewhere),
                        seen(FactKind::refused, Reason::already_in, 60s, here),
                        seen(FactKind::refused, Reason::already_in, 61s, here),
                        seen(FactKind::refused, Reason::wrong_session, 50s, here)};
    const Identity event;
    const std::vector<organiser::Kiosk> kiosks;
    const organiser::PeopleIndex people({}, timeline);
    const auto report = organiser::make_report({event, kiosks, timeline, people}, 10min);
    CHECK(report.totals.double_shows == 2);
}

TEST_CASE("python reads the workbook: typed cells, frozen headers, right to left in Arabic") {
    const EventThatWas event;
    const std::string language = GENERATE(std::string("ar"), std::string("en"));
    REQUIRE(event.report("page.html --xlsx book.xlsx --lang " + language).exit_code == 0);
    const json read = event.python(R"(
import json, re, zipfile
with zipfile.ZipFile('book.xlsx') as z:
    assert z.testzip() is None
    sheets = [z.read(n).decode() for n in z.namelist() if n.startswith('xl/worksheets/sheet')]
print(json.dumps({'sheets': len(sheets), 'frozen': sum('state="frozen"' in s for s in sheets),
                  'rtl': sum('rightToLeft="1"' in s for s in sheets), 'formulas': sum('<f>' in s for s in sheets),
                  'numbers': sum(len(re.findall(r'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?><v>', s)) for s in sheets)}))
)");
    CHECK(read["sheets"] == 14);
    CHECK(read["frozen"] == 14);
    CHECK(read["rtl"] == (language == "ar" ? 14 : 0));
    CHECK(read["formulas"] == 0);
    CHECK(read["numbers"] > 100);
}

TEST_CASE("an event of which nothing was heard has a report, too, and wrong options have none") {
    const DemoEvent event;
    CHECK(event.hudoor("report page.html").exit_code == 0);
    CHECK(event.hudoor("report page.html --lang fr").exit_code == 64);
    CHECK(event.hudoor("report page.html --every 7").exit_code == 64);
    CHECK(event.hudoor("report nowhere/page.html").exit_code == 73);
    CHECK(event.hudoor("report page.html --xlsx nowhere/book.xlsx").exit_code == 73);
}

TEST_CASE("text that begins like a formula is guarded, in full-width twins, too") {
    using organiser::guard_formula;
    for (const std::string risky :
         {"=1", "+1", "-1", "@A", "\tx", "\rx", "|x", "%x", "＝1", "＋1", "－1", "＠A"})
        CHECK(guard_formula(risky) == "'" + risky);
    for (const std::string risky : {" =1", "\u00A0=1", "\uFEFF+1", "\u200B@A", "  -1"})
        CHECK(guard_formula(risky) == "'" + risky);
    for (const std::string plain : {"", " ", "Ahmed", "a=b", "أحمد", "'quoted"})
        CHECK(guard_formula(plain) == plain);
}

namespace {

constexpr const char* names_of_people[] = {"Quetzalina", "Zebra9",   "Xylophone", "Marzipana",
                                           "كويتزالينا", "Person 2", "Body 1",    "$argon2id"};

constexpr const char* forced_purge = "purge --force <event-name";

void name_people(const EventThatWas& event) {
    event.scratch.write("pin", "271828\n");
    REQUIRE(event.hudoor("usher add 12 Marzipana --role supervisor --pin-file pin").exit_code == 0);
    REQUIRE(event.hudoor("edit P1 name_en=Quetzalina name_ar=كويتزالينا seat=Zebra9").exit_code ==
            0);
    REQUIRE(event.hudoor("revoke P1 --why Xylophone").exit_code == 0);
}

void check_no_names(const EventThatWas& event) {
    for (const auto& entry : std::filesystem::directory_iterator(event.scratch.path("event"))) {
        const std::string bytes = event.scratch.read("event/" + entry.path().filename().string());
        for (const char* word : names_of_people) {
            INFO(entry.path() << " and " << word);
            CHECK(bytes.find(word) == std::string::npos);
        }
    }
}

}  // namespace

TEST_CASE("I-14: a purge writes no name anywhere, and overwrites what held them where it lay") {
    const EventThatWas event;
    name_people(event);
    const auto held = event.scratch.path("held");  // as whoever still has the old file open
    std::filesystem::create_hard_link(event.scratch.path("event/event.db"), held);
    REQUIRE(event.scratch.read("held").find("Quetzalina") != std::string::npos);
    auto store = event.open();
    const WrittenBytes written;
    (void)store.purge({WallTime(), "purge"});
    CHECK(written.bytes().find("purged-1") != std::string::npos);
    for (const char* word : names_of_people) {
        INFO(word);
        CHECK(written.bytes().find(word) == std::string::npos);
    }
    CHECK(event.scratch.read("held").find_first_not_of('\0') == std::string::npos);
    check_no_names(event);
    CHECK(store.registrations().size() == 62);
}

TEST_CASE("I-14, F1: a purge cut at any call leaves names in event.db alone, or nowhere") {
    const EventThatWas event;
    name_people(event);
    const auto folder = event.scratch.path("event"), whole = event.scratch.path("whole");
    std::filesystem::copy(folder, whole);
    for (int nth = 1; is_cut(nth,
                             [&] {
                                 auto store = event.open();
                                 (void)store.purge({WallTime(), "purge"});
                             });
         ++nth) {
        INFO("cut at call " << nth);
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            const std::string name = entry.path().filename();
            if (name == "event.db") continue;
            CHECK(event.scratch.read("event/" + name).find("Quetzalina") == std::string::npos);
        }
        CHECK(event.open().registrations().size() == 62);
        std::filesystem::remove_all(folder);
        std::filesystem::copy(whole, folder);
    }
}

TEST_CASE("I-14, F1: a purge cut at any call is finished by the next") {
    const EventThatWas event;
    name_people(event);
    const auto folder = event.scratch.path("event"), whole = event.scratch.path("whole");
    std::filesystem::copy(folder, whole);
    int nth = 1;
    for (;; nth += 9) {  // some of its 100 and more
        INFO("cut at call " << nth);
        const bool cut = is_cut(nth, [&] {
            auto store = event.open();
            (void)store.purge({WallTime(), "purge"});
        });
        const Finished purged = event.hudoor(forced_purge);
        INFO(purged.output);
        REQUIRE(purged.exit_code == 0);
        check_no_names(event);
        CHECK(event.hudoor("merge door-1.facts").exit_code == 77);
        if (!cut) break;
        std::filesystem::remove_all(folder);
        std::filesystem::copy(whole, folder);
    }
    CHECK(nth > 60);
}

TEST_CASE("I-14: a purge leaves no name in the folder, the counts, and a signed record") {
    const EventThatWas event;
    name_people(event);
    const std::string before = event.scratch.read("event/event.db");
    const auto status_before = json::parse(event.hudoor("status --json").output);

    const Finished refused = event.hudoor("purge");
    CHECK(refused.exit_code == 77);
    CHECK(refused.says("Not heard yet: door-2"));
    CHECK(event.scratch.read("event/event.db") == before);
    event.scratch.write("wrong", "not this\n");
    CHECK(run(event.scratch,
              "hudoor --event event --passphrase-file wrong " + std::string(forced_purge))
              .exit_code == 77);
    CHECK(event.scratch.read("event/event.db") == before);

    const Finished purged = event.hudoor(forced_purge);
    INFO(purged.output);
    REQUIRE(purged.exit_code == 0);
    check_no_names(event);
    const auto status = json::parse(event.hudoor("status --json").output);
    CHECK(status["facts"] == status_before["facts"]);
    CHECK(status["registrations"] == status_before["registrations"]);
    CHECK(event.hudoor("verify").exit_code == 0);
    CHECK(event.report("after.html --lang en").exit_code == 0);

    const auto signed_record = json::parse(event.scratch.read("event/purge.json"));
    const std::string text = signed_record["record"];
    Signature signature{};
    std::ranges::copy(parse_hex(signed_record["signature"].get<std::string>()), signature.begin());
    CHECK(
        verify(signature, hash("hudoor-purge-1", as_bytes(text)).bytes, event.identity.organiser));
    const auto record = json::parse(text);
    CHECK(record["wiped"]["registrations"] == 62);
    CHECK(record["wiped"]["ushers"] == 1);
    CHECK(record["kept"]["facts"] == status["facts"]);
    CHECK(record["kiosks_not_heard"] == json::array({"door-2"}));
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(event.scratch.path("event"))) {
        using std::filesystem::perms;
        INFO(file.path());
        if (file.is_regular_file())
            CHECK((file.status().permissions() & (perms::group_all | perms::others_all)) ==
                  perms::none);
    }
    // Sealed to a key that is gone.
    CHECK(event.hudoor("merge door-1.facts").exit_code == 77);
}

TEST_CASE("a session that people attended stays in the report though the agenda no longer has it") {
    const EventThatWas event;
    const auto attended = event.people_in(SessionId{1});
    REQUIRE(attended > 0);
    auto text = Scratch().read(HUDOOR_DEMO_EVENT);
    const auto begin = text.find("[[session]]");
    text.erase(begin, text.find("[[session]]", begin + 1) - begin);
    event.scratch.write("event.toml", text);
    REQUIRE(event.hudoor("agenda event.toml --apply").exit_code == 0);
    REQUIRE(event.report("r.html --lang en").exit_code == 0);
    CHECK(event.scratch.read("r.html").find("Opening ceremony") != std::string::npos);
    CHECK(event.open().event().agenda.sessions.size() == 9);
}
