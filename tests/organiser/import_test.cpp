#include "storage/organiser/lists/plan.hpp"

#include <algorithm>

#include "storage/organiser/event/file.hpp"
#include "storage/organiser/sheets/csv.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::organiser;
using namespace hudoor::test;

namespace {

const storage::Identity& event() {
    static const storage::Identity demo = read_event_file(HUDOOR_DEMO_EVENT);
    return demo;
}

ImportReport plan(std::string_view csv, const std::vector<OrganiserRegistration>& known = {},
                  std::set<std::string> keep = {}) {
    const Scratch scratch;
    return plan_import(open_csv(scratch.write("list.csv", csv)).rows, "list.csv", event(), known,
                       {.keep = std::move(keep), .now = WallTime(std::chrono::hours(1))});
}

/// The only refusal of the only row.
CellNote only_refusal(const std::string& header, const std::string& row) {
    const ImportReport report = plan("attendee_id,name_en," + header + "\nD1,Noura," + row + "\n");
    REQUIRE(report.rows.size() == 1);
    CHECK(report.rows[0].result == RowResult::refused);
    CHECK(report.rows[0].line == 2);
    CHECK(report.to_save.empty());
    REQUIRE(report.rows[0].refusals.size() == 1);
    return report.rows[0].refusals[0];
}

constexpr const char* full_list =
    "attendee_id,badge_code,name_ar,name_en,organisation_ar,organisation_en,country,delegation,category,"
    "sessions,seat,valid_from,valid_until,status,attention,usher_note_ar,usher_note_en,discreet\n"
    "D1,,نورة المرزوقي,Noura Al Marzouqi,وزارة,Ministry,ARE,UAE,speaker,workshop opening,B-1,2026-12-04,"
    "2026-12-05,pending,yes,ملاحظة,note,yes\n"
    "D2,X-1,,Omar,,,,,,,,,,,,,,\n";

}  // namespace

TEST_CASE("every column of ours is taken") {
    const ImportReport report = plan(full_list);
    REQUIRE(report.to_save.size() == 2);
    CHECK(report.count(RowResult::added) == 2);
    const OrganiserRegistration& one = report.to_save[0];
    CHECK(one.door.external_id == "D1");
    CHECK(one.door.name == storage::Bilingual{"نورة المرزوقي", "Noura Al Marzouqi"});
    CHECK(one.door.organisation == storage::Bilingual{"وزارة", "Ministry"});
    CHECK(one.door.country == "AE");
    CHECK(one.door.delegation == "UAE");
    CHECK(one.door.category == storage::CategoryId{2});
    CHECK(one.door.sessions == std::vector{storage::SessionId{1}, storage::SessionId{2}});
    CHECK(one.door.seat == "B-1");
    CHECK(one.door.valid_from == std::chrono::sys_days(std::chrono::year(2026) / 12 / 4));
    CHECK(one.door.valid_until == std::chrono::sys_days(std::chrono::year(2026) / 12 / 5));
    CHECK(one.door.status == storage::RegistrationStatus::pending);
    CHECK(one.door.attention);
    CHECK(one.door.usher_note == storage::Bilingual{"ملاحظة", "note"});
    CHECK(one.door.discreet);
    CHECK(one.door.issue == 1);
    CHECK_FALSE(one.door.badge.is_zero());
    CHECK_FALSE(one.door.id.is_zero());
    CHECK(one.badge_valid_until == event().last_day + std::chrono::days(30));

    const OrganiserRegistration& other = report.to_save[1];
    CHECK(other.imported_code == "X-1");
    CHECK(other.door.badge.is_zero());  // carries a code already
    CHECK(other.door.category == storage::CategoryId{1});
    CHECK(other.door.status == storage::RegistrationStatus::confirmed);
    CHECK(report.to_hash == std::vector<std::size_t>{1});
}

TEST_CASE("hashes of imported codes are those a kiosk makes of what it reads") {
    ImportReport report = plan(full_list);
    const storage::Bytes key(32, 5);
    set_code_hashes(report, key);
    CHECK(report.to_save[1].door.code == storage::hash_code("X-1", key));
    CHECK(report.to_save[0].door.code.is_zero());
}

TEST_CASE("each kind of bad value is named with its column and what would be right") {
    CHECK(only_refusal("category", "king").reason ==
          "is not one of: delegate, speaker, media, vip");
    CHECK(only_refusal("sessions", "opening dinner").reason ==
          "there is no session \"dinner\" in the event");
    CHECK(only_refusal("valid_from", "4.12.2026").reason ==
          "must be a date such as 2026-12-04, or with a time: 2026-12-04T14:00");
    CHECK(only_refusal("valid_until", "2026-02-30").value == "\"2026-02-30\"");
    CHECK(only_refusal("valid_from,valid_until", "2026-12-05,2026-12-04").reason ==
          "lies before valid_from");
    CHECK(only_refusal("status", "maybe").reason ==
          "must be confirmed, pending, cancelled or blocked");
    CHECK(only_refusal("attention", "perhaps").reason == "must be yes or no");
    CHECK(only_refusal("discreet", "2").column == "discreet");
    CHECK(only_refusal("badge_code", "a b").reason ==
          "a code is of printable ASCII without spaces");
    CHECK(only_refusal("seat", "\u0646\u0648\xFF").reason ==
          "is not UTF-8; save the file as UTF-8");
    CHECK(only_refusal("seat", "B-1,surplus").reason == "more fields than the header has columns");
}

TEST_CASE("a validity may have a time of day, and is never cut to its day") {
    using storage::ValidityLimit;
    const auto limits = [](const std::string& from, const std::string& until) {
        const ImportReport report = plan("attendee_id,name_en,valid_from,valid_until\nD1,Noura," +
                                         from + "," + until + "\n");
        REQUIRE(report.to_save.size() == 1);
        const auto& door = report.to_save.front().door;
        return std::pair(door.valid_from, door.valid_until);
    };
    const storage::Agenda& agenda = event().agenda;
    const std::chrono::sys_days fourth = std::chrono::year(2026) / 12 / 4;
    const auto at = [&](std::chrono::minutes utc) { return ValidityLimit(fourth + utc, agenda); };
    using namespace std::chrono_literals;
    CHECK(limits("2026-12-04", "") == std::pair(ValidityLimit(fourth), ValidityLimit()));
    for (const char* same : {"2026-12-04T14:00", "2026-12-04 14:00:00", "2026-12-04t14:00",
                             "2026-12-04T10:00Z", "2026-12-04T12:00+02:00"})
        CHECK(limits(same, "2026-12-05 00:00") == std::pair(at(10h), at(20h)));
    // The night belongs to the day before, for programs that know days alone.
    CHECK(limits("", "2026-12-05T03:00").second.day == fourth);
    CHECK(only_refusal("valid_from,valid_until", "2026-12-04T14:00,2026-12-04T13:59").reason ==
          "lies before valid_from");
    CHECK(only_refusal("valid_from", "2026-12-04T25:00").column == "valid_from");
    CHECK(only_refusal("valid_from", "2026-12-04 soon").column == "valid_from");
}

TEST_CASE("a slip of the hand is told with what was meant, anything else without a guess") {
    const auto says = [](const std::string& column, const std::string& value,
                         const std::string& part) {
        return only_refusal(column, value).reason.find(part) != std::string::npos;
    };
    CHECK(says("category", "delgate", "; did you mean delegate?"));
    CHECK(says("sessions", "opning", "; did you mean opening?"));
    CHECK(says("status", "confirmd", "; did you mean confirmed?"));
    for (const auto& [column, value] :
         {std::pair{"category", "king"}, {"sessions", "dinner"}, {"status", "gone"}})
        CHECK_FALSE(says(column, value, "did you mean"));
}

TEST_CASE("progress is told at the end, and now and then before") {
    std::string csv = "attendee_id,name_en\n";
    for (int i = 0; i < 2'500; ++i) csv += "D" + std::to_string(i) + ",Somebody\n";
    const Scratch scratch;
    std::vector<std::size_t> told;
    (void)organiser::plan_import(
        organiser::open_csv(scratch.write("list.csv", csv)).rows, "list.csv", event(), {},
        {.keep = {}, .now = {}, .progress = [&](std::size_t done, std::size_t all) {
             CHECK(all == 2'500);
             told.push_back(done);
         }});
    CHECK(told == std::vector<std::size_t>{1'000, 2'000, 2'500});
}

TEST_CASE("a row without an id or a name, or with an endless id, is refused") {
    const ImportReport report = plan("attendee_id,name_en,name_ar\n,Noura,\nD2,,\nD3,\n" +
                                     std::string(100, 'x') + ",Omar,\nD5,,عمر\n");
    REQUIRE(report.rows.size() == 5);
    CHECK(report.rows[0].refusals.at(0).column == "attendee_id");
    CHECK(report.rows[1].refusals.at(0).reason == "a name is needed in at least one language");
    CHECK(report.rows[2].result == RowResult::refused);
    CHECK(report.rows[3].refusals.at(0).column == "attendee_id");
    CHECK(report.rows[4].result == RowResult::added);
}

TEST_CASE("an id or a code that stands twice is refused where it stands again") {
    const ImportReport report = plan("attendee_id,name_en,badge_code\nD1,A,X1\nD2,B,X1\nD1,C,\n");
    CHECK(report.rows[0].result == RowResult::added);
    CHECK(report.rows[1].refusals.at(0).reason == "is the code of \"D1\" already");
    CHECK(report.rows[2].refusals.at(0).reason == "stands in line 2 already");
}

TEST_CASE("the same list again changes nothing, and what differs is named by column") {
    const ImportReport first = plan(full_list);
    const ImportReport again = plan(full_list, first.to_save);
    CHECK(again.count(RowResult::unchanged) == 2);
    CHECK(again.to_save.empty());

    const ImportReport changed =
        plan("attendee_id,name_en,seat\nD1,Noura Al Marzouqi,C-2\n", first.to_save);
    REQUIRE(changed.rows.size() == 1);
    REQUIRE(changed.rows[0].changed.size() == 1);
    CHECK(changed.rows[0].changed[0].column == "seat");
    CHECK(changed.rows[0].changed[0].before == "B-1");
    CHECK(changed.rows[0].changed[0].after == "C-2");
    REQUIRE(changed.to_save.size() == 1);
    CHECK(changed.to_save[0].door.id == first.to_save[0].door.id);
    CHECK(changed.to_save[0].door.badge == first.to_save[0].door.badge);
    CHECK(changed.to_save[0].door.name.ar ==
          "نورة المرزوقي");  // an absent column leaves what is known
    CHECK(changed.absent == std::vector<std::string>{"D2"});
}

TEST_CASE("unknown columns are listed and dropped unless kept") {
    const std::string csv = "attendee_id,name_en,diet,phone\nD1,Noura,none,123\n";
    const ImportReport dropped = plan(csv);
    CHECK(dropped.dropped_columns == std::vector<std::string>{"diet", "phone"});
    CHECK(dropped.to_save.at(0).kept.empty());
    const ImportReport kept = plan(csv, {}, {"diet", "tie"});
    CHECK(kept.dropped_columns == std::vector<std::string>{"phone"});
    CHECK(kept.to_save.at(0).kept == std::map<std::string, std::string>{{"diet", "none"}});
    CHECK(std::any_of(kept.warnings.begin(), kept.warnings.end(), [](const std::string& warning) {
        return warning.find("\"tie\"") != std::string::npos;
    }));
}

TEST_CASE("a file without a code column warns, one without ids or with a column twice is refused") {
    CHECK(plan("attendee_id,name_en,sessions\nD1,Noura,opening\n").warnings.size() == 1);
    CHECK(plan(full_list).warnings.empty());
    CHECK(sentence_of([] { (void)plan("name_en\nNoura\n"); }).find("attendee_id") !=
          std::string::npos);
    CHECK(sentence_of([] {
              (void)plan("attendee_id,name_en,name_en\n");
          }).find("name_en stands twice") != std::string::npos);
    CHECK(fault_of([] { (void)plan(""); }) == ExitCode::bad_data);
}

TEST_CASE("hostile names come out harmless, and a formula stays the text it is") {
    std::string csv = "attendee_id,name_en\n";
    csv += "D1,\"=HYPERLINK(\"\"http://x\"\")\"\n";
    csv += "D2,\u202Eevil\u2066\u200B\n";
    csv += "D3,No\x01ura\n";
    csv += "D4," + std::string(10'000, 'n') + "\n";
    csv += "D5,\"No\nura\t\x1B[2J\"\n";
    const ImportReport report = plan(csv);
    REQUIRE(report.to_save.size() == 5);
    CHECK(report.to_save[0].door.name.en == "=HYPERLINK(\"http://x\")");
    CHECK(report.to_save[1].door.name.en == "evil");
    CHECK(report.to_save[2].door.name.en == "Noura");
    CHECK(report.to_save[3].door.name.en == std::string(80, 'n'));
    CHECK(report.rows[3].warnings.at(0).reason == "shortened to 80 signs");
    CHECK(report.to_save[4].door.name.en == "No ura [2J");
}

TEST_CASE("a note without a column that says otherwise wants attention") {
    CHECK(plan("attendee_id,name_en,usher_note_en\nD1,A,see me\n").to_save.at(0).door.attention);
    CHECK_FALSE(plan("attendee_id,name_en,usher_note_en,attention\nD1,A,see me,no\n")
                    .to_save.at(0)
                    .door.attention);
}

TEST_CASE("a code replaced by a reissued badge stays replaced until it changes") {
    ImportReport first = plan(full_list);
    set_code_hashes(first, storage::Bytes(32, 5));
    OrganiserRegistration& omar = first.to_save[1];
    omar.door.badge = storage::draw_badge_number();
    omar.door.issue = 1;
    omar.door.code = {};
    const std::vector known{omar};
    const ImportReport renamed = plan("attendee_id,name_en,badge_code\nD2,Omar H,X-1\n", known);
    CHECK(renamed.to_hash.empty());
    CHECK(renamed.to_save.at(0).door.badge == omar.door.badge);
    const ImportReport recoded = plan("attendee_id,name_en,badge_code\nD2,Omar,X-2\n", known);
    CHECK(recoded.to_hash == std::vector<std::size_t>{0});
}
