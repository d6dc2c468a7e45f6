// What the report says of who came: sums that agree, nobody counted where they do not belong, names
// where somebody has to be asked, and cells that a spreadsheet understands.
#include <nlohmann/json.hpp>

#include "storage/bundle/facts_bundle.hpp"
#include "storage/facts/chain.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;
using nlohmann::json;

namespace {

constexpr SessionId opening{1};

/// The demo event, two kiosks, and what they record.
struct RecordedEvent : DemoEvent {
    struct Door {
        KioskId id;
        SigningKey key = SigningKey::generate();
        ManualClock clock{};
        Chain chain{{.kiosk = id, .place = static_cast<PlaceId>(id), .signing_key = &key},
                    clock,
                    std::nullopt};
        FactsBundleWriter bundle{};
    };
    Identity identity = open().event();
    Door north{KioskId{1}};
    Door south{KioskId{2}};
    SessionId closing{};

    explicit RecordedEvent(std::string_view list) {
        import(list);
        for (const Session& session : identity.agenda.sessions)
            if (session.admits == Admits::everyone) closing = session.id;
        REQUIRE(closing != SessionId{});
        for (Door* door : {&north, &south}) {
            open().add_kiosk({door->id,
                              door == &north ? "north-1" : "south-1",
                              static_cast<PlaceId>(door->id),
                              door->key.verify_key(),
                              identity.organiser_seal,
                              {}},
                             {WallTime(), "kiosk"});
            Fact hello;
            hello.kind = FactKind::hello;
            door->clock.set_wall(at(5, 0));
            door->bundle.add(door->chain.append(hello));
        }
    }
    /// UTC; four hours later in Dubai.
    static WallTime at(int hour, int minute, int second = 0) {
        return WallTime(std::chrono::sys_days(std::chrono::year(2026) / 12 / 4) +
                        std::chrono::hours(hour) + std::chrono::minutes(minute) +
                        std::chrono::seconds(second));
    }
    void admit(Door& door, const std::string& id, WallTime when, SessionId session = opening) {
        const Registration one = open().find(id).value().door;
        Fact fact;
        fact.kind = FactKind::admitted;
        fact.registration = one.id;
        fact.badge = one.badge;
        fact.issue = one.issue;
        fact.session = session;
        fact.direction = Direction::entry;
        fact.verdict = VerdictKind::admitted;
        fact.reason = Reason::ok;
        fact.method = Method::badge;
        fact.argument = 100;
        door.clock.set_wall(when);
        door.bundle.add(door.chain.append(fact));
    }
    void merge() {
        for (Door* door : {&north, &south})
            door->bundle.write(scratch.path(door == &north ? "n.facts" : "s.facts"), identity.event,
                               door->key.verify_key(), &door->key, {{identity.organiser_seal}});
        const Finished merged = hudoor("merge n.facts s.facts");
        INFO(merged.output);
        REQUIRE(merged.exit_code == 0);
    }
    /// All tables, each by its name as rows by the words of the header.
    [[nodiscard]] json tables(const std::string& language = "en") const {
        const Finished written =
            hudoor("report page.html --csv tables --xlsx book.xlsx --lang " + language);
        INFO(written.output);
        REQUIRE(written.exit_code == 0);
        return python(R"(
import csv, glob, json
tables = {}
for name in glob.glob('tables/*.csv'):
    with open(name, encoding='utf-8-sig', newline='') as f:
        tables[name[7:-4]] = list(csv.DictReader(f))
print(json.dumps(tables))
)");
    }
    [[nodiscard]] json python(const std::string& code) const {
        scratch.write("check.py", code);
        const Finished finished = run(scratch, "python3 check.py");
        INFO(finished.output);
        REQUIRE(finished.exit_code == 0);
        return json::parse(finished.output);
    }
};

int number(const json& cell) { return std::stoi(cell.get<std::string>()); }

int sum(const json& rows, const char* column) {
    int all = 0;
    for (const auto& row : rows) all += number(row[column]);
    return all;
}

std::string total(const json& tables, const std::string& what) {
    for (const auto& row : tables["totals"])
        if (row["What"] == what) return row["Number"];
    return "no such row";
}

const json& row_of(const json& rows, const char* column, const std::string& value) {
    for (const auto& row : rows)
        if (row[column] == value) return row;
    FAIL("no row " << value);
    return rows;
}

constexpr const char* people =
    "attendee_id,name_en,name_ar,organisation_en,country,category,sessions,status\n"
    "D1,Noura,,Ministry,AE,delegate,opening,\n"
    "D2,Kenji,,University,JP,speaker,opening closing,\n"
    "D3,Omar,,,AE,delegate,opening closing,\n"
    "D4,Layla,,Ministry,,delegate,closing,\n"
    "D5,Pending,,Ministry,AE,delegate,opening closing,pending\n"
    "D6,Waiting,,Ministry,AE,delegate,opening,pending\n"
    "D7,Gone,,Ministry,AE,delegate,opening,cancelled\n"
    "D8,,عمر,Ministry,AE,vip,opening,\n";

/// Two doors; some come to both sessions, one by both doors within seconds.
struct EventThatWas : RecordedEvent {
    EventThatWas() : RecordedEvent(people) {
        admit(north, "D1", at(5, 12, 7));
        admit(north, "D2", at(5, 14));
        admit(south, "D1", at(5, 12, 17));
        admit(south, "D5", at(5, 16));
        admit(south, "D7", at(5, 17));
        admit(north, "D1", at(12, 0), closing);
        admit(north, "D2", at(12, 1), closing);
        admit(north, "D4", at(12, 2), closing);
        merge();
    }
};

}  // namespace

TEST_CASE("where everyone may enter those are registered who are registered for it") {
    const EventThatWas event;
    const json tables = event.tables();
    const json& closing = row_of(tables["sessions"], "Session", "Closing ceremony");
    CHECK(closing["Registered"] == "3");
    CHECK(closing["Attended"] == "3");
    CHECK(closing["No-shows"] == "1");
    const json& opening = row_of(tables["sessions"], "Session", "Opening ceremony");
    CHECK(opening["Registered"] == "4");
    CHECK(opening["No-shows"] == "2");
    const std::string page = event.scratch.read("page.html");
    CHECK(page.find("<small>of \u2068"
                    "3\u2069</small>") != std::string::npos);
    for (const Session& session : event.identity.agenda.sessions)
        if (session.capacity > 3)
            CHECK(page.find("of \u2068" + std::to_string(session.capacity)) == std::string::npos);
}

TEST_CASE("whoever is pending is counted apart, and all sums are of people and agree") {
    const json tables = EventThatWas().tables();
    CHECK(total(tables, "Registered") == "5");
    CHECK(total(tables, "Attended") == "3");
    CHECK(total(tables, "Did not attend") == "no such row");
    CHECK(total(tables, "No-shows") == "2");
    CHECK(total(tables, "Pending") == "2");
    CHECK(total(tables, "Pending who came") == "1");
    CHECK(total(tables, "Cancelled or blocked who came") == "1");
    CHECK(total(tables, "All who came") == "5");
    CHECK(total(tables, "Entries") == "8");
    for (const char* by : {"countries", "organisations", "categories"}) {
        INFO(by);
        CHECK(sum(tables[by], "Registered") == 5);
        CHECK(sum(tables[by], "Attended") == 3);
        CHECK(sum(tables[by], "No-shows") == 2);
    }
    CHECK(sum(tables["arrivals"], "First time that day") == 5);
    CHECK(sum(tables["arrivals"], "Entries") == 8);
}

TEST_CASE("the busiest quarter of an hour begins when somebody comes, and is none if nobody does") {
    const json tables = EventThatWas().tables();
    CHECK(total(tables, "People in the busiest 15 min") == "4");
    CHECK(total(tables, "Busiest 15 min, from") == "2026-12-04 09:10");

    const RecordedEvent quiet(people);
    const json nothing = quiet.tables();
    CHECK(total(nothing, "People in the busiest 15 min") == "no such row");
    CHECK(total(nothing, "Busiest 15 min, from") == "no such row");
    CHECK(quiet.scratch.read("page.html").find("busiest") == std::string::npos);
}

TEST_CASE("who came and who did not is told by name, for the event and for each session") {
    const EventThatWas event;
    const json tables = event.tables();
    REQUIRE(tables["people"].size() == 8);
    const json& noura = row_of(tables["people"], "ID", "D1");
    CHECK(noura["Who"] == "Noura");
    CHECK(noura["Organisation"] == "Ministry");
    CHECK(noura["Came"] == "yes");
    CHECK(noura["First entry"] == "2026-12-04 09:12");
    CHECK(noura["Where"] == "North entrance");
    CHECK(row_of(tables["people"], "ID", "D3")["Came"] == "no");
    CHECK(row_of(tables["people"], "ID", "D6")["Status"] == "Pending");
    CHECK(row_of(tables["people"], "ID", "D8")["Who"] == "عمر");
    const auto told = [&](const std::string& session, const std::string& id) {
        for (const auto& row : tables["attendance"])
            if (row["Session"] == session && row["ID"] == id)
                return row["Registered"].get<std::string>() + " " + row["Came"].get<std::string>();
        return std::string();
    };
    CHECK(told("Opening ceremony", "D1") == "yes yes");
    CHECK(told("Opening ceremony", "D3") == "yes no");
    CHECK(told("Opening ceremony", "D4").empty());
    CHECK(told("Opening ceremony", "D5") == "no yes");
    CHECK(told("Opening ceremony", "D6").empty());
    CHECK(told("Closing ceremony", "D1") == "no yes");
    CHECK(told("Closing ceremony", "D3") == "yes no");
    CHECK(event.tables("ar")["people"].size() == 8);
}

TEST_CASE("an incident is told with the name, every kiosk and the event's own time") {
    const EventThatWas event;
    const json tables = event.tables();
    const json& twice = row_of(tables["incidents"], "What", "Admitted twice");
    CHECK(twice["Who"] == "Noura");
    CHECK(twice["ID"] == "D1");
    CHECK(twice["Kiosk"] == "north-1, south-1");
    CHECK(twice["Where"] == "North entrance, South entrance");
    CHECK(twice["When"] == "2026-12-04 09:12");
    const std::string page = event.scratch.read("page.html");
    CHECK(page.find("Noura D1") != std::string::npos);
    CHECK(page.find("north-1, south-1") != std::string::npos);
    const Finished told = event.hudoor("incidents");
    CHECK(told.says("attendee D1, \u2068Noura\u2069"));
    REQUIRE(event.hudoor("revoke D2 --why lost").exit_code == 0);
    for (const auto& incident : json::parse(event.hudoor("incidents --json").output))
        CHECK(incident["what"].get<std::string>().find('Z') == std::string::npos);
}

TEST_CASE("the log has the seconds and the organisation") {
    const json tables = EventThatWas().tables();
    const json& first = tables["check_in_log"][0];
    CHECK(first["Date"] == "2026-12-04");
    CHECK(first["Time"] == "09:12:07");
    CHECK(first["Name"] == "Noura");
    CHECK(first["Organisation"] == "Ministry");
}

TEST_CASE("no table has isolates, and nothing in one is a formula") {
    const RecordedEvent event(
        "attendee_id,name_en,organisation_en,sessions\n"
        "\"=cmd|calc!A0\",\"=HYPERLINK(\"\"http://x\"\",\"\"n\"\")\",\"+Company\",opening\n"
        "@D2,-1+1,\"=1+1\",opening\nD3,\"\tTab\",\"|pipe\",opening\n");
    for (const char* language : {"en", "ar"}) {
        (void)event.tables(language);
        for (const auto& file : std::filesystem::directory_iterator(event.scratch.path("tables"))) {
            const std::string text =
                event.scratch.read("tables/" + file.path().filename().string());
            INFO(file.path());
            CHECK(text.find("\u2068") == std::string::npos);
            CHECK(text.find("\u2069") == std::string::npos);
            for (const char* risky : {",=", ",+", ",-", ",@", ",|", "\n=", "\n@", "\n+",
                                      ",\"=", "\n\"=", ",\"+", ",\"@", ";=", "\t"})
                CHECK(text.find(risky) == std::string::npos);
        }
    }
    CHECK(event.scratch.read("tables/people.csv").find("'=cmd|calc!A0") != std::string::npos);
}

TEST_CASE(
    "the workbook has filters, columns as wide as their words, and days and times that count") {
    const EventThatWas event;
    (void)event.tables();
    const json read = event.python(R"py(
import json, re, zipfile
z = zipfile.ZipFile('book.xlsx')
styles = z.read('xl/styles.xml').decode()
formats = dict(re.findall(r'numFmtId="(\d+)" formatCode="([^"]*)"', styles))
cells = re.search(r'<cellXfs.*?</cellXfs>', styles, re.S).group(0)
kinds = [formats.get(n, '') for n in re.findall(r'<xf numFmtId="(\d+)"', cells)]
names = re.findall(r'<sheet name="([^"]*)"', z.read('xl/workbook.xml').decode())
out = {}
for i, name in enumerate(names):
    xml = z.read('xl/worksheets/sheet%d.xml' % (i + 1)).decode()
    widths = {}
    for low, high, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml):
        for column in range(int(low), int(high) + 1): widths[column] = float(width)
    dated = {}
    for column, row, style, value in re.findall(r'<c r="([A-Z])(\d+)" s="(\d+)"><v>([\d.]+)</v>', xml):
        if 'yy' in kinds[int(style)] or 'hh' in kinds[int(style)]:
            dated.setdefault(column, []).append([kinds[int(style)], float(value)])
    out[name] = {'filter': re.findall(r'<autoFilter ref="([^"]*)"', xml), 'widths': widths, 'dated': dated}
print(json.dumps(out))
)py");
    REQUIRE(read.size() == 14);
    for (const auto& [name, sheet] : read.items()) {
        INFO(name);
        CHECK(sheet["filter"].size() == 1);
        CHECK(sheet["widths"].size() >= 2);
        for (const auto& [column, cells] : sheet["dated"].items())
            for (const auto& cell : cells) {
                const auto at = std::to_string(column[0] - 'A' + 1);
                // Excel shows ##### where a date does not fit.
                const double needed = static_cast<double>(cell[0].get<std::string>().size());
                CHECK(sheet["widths"][at].get<double>() > needed);
            }
    }
    CHECK(read.contains("Arrivals"));
    const json& log = read["Check-in log"]["dated"];
    CHECK(log["A"][0] == json({"yyyy-mm-dd", 46360.0}));  // 4 December 2026
    CHECK(log["B"][0][0] == "hh:mm:ss");
    CHECK_THAT(log["B"][0][1].get<double>(),
               Catch::Matchers::WithinAbs((9 * 3'600 + 12 * 60 + 7) / 86'400.0, 1e-9));
    CHECK(read["People"]["dated"].contains("G"));
}
