// Output that cannot be written is told by every subcommand; no file takes the place of a closed
// output.

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <sstream>

#include "assets/assets_dir.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/facts/chain.hpp"
#include "storage/organiser/badges/pages.hpp"
#include "storage/organiser/report/tables.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/file_size_limit.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/with_variable.hpp"

using namespace hudoor;
using namespace hudoor::test;
using namespace hudoor::storage;

namespace {

const std::string program = "hudoor --event event --passphrase-file passphrase ";

/// By subcommand, what makes it do something and print it.
const std::map<std::string, std::string> arguments{
    {"new", "new-event --from '" HUDOOR_DEMO_EVENT "'"},
    {"status", ""},
    {"check", "--at 2026-12-03T18:00"},
    {"agenda", "'" HUDOOR_DEMO_EVENT "'"},
    {"purge", "--force <event-name"},
    {"list", ""},
    {"show", "D1"},
    {"rehearse", "--kiosks 1"},
    {"import", "list.csv"},
    {"edit", "D1 seat=A1"},
    {"revoke", "D1 --why lost"},
    {"reissue", "D1"},
    {"why", "D1 --session opening --at 2026-12-04T09:31"},
    {"key add", ""},
    {"key list", ""},
    {"key revoke", "1"},
    {"kiosk add", "south-1 --place south --out south.kiosk --bundle-passphrase-file passphrase"},
    {"kiosk list", ""},
    {"kiosk disable", "north-1"},
    {"kiosk renew", "north-1 --out north.kiosk --bundle-passphrase-file passphrase"},
    {"update", "--out north.update"},
    {"badges", "badges.pdf --only D1"},
    {"usher add", "21 Sara --role usher --pin-file pin"},
    {"usher list", ""},
    {"usher renew", "12"},
    {"usher disable", "12"},
    {"scan", "pictures/D1.png"},
    {"merge", "north.facts"},
    {"incidents", ""},
    {"report", "report.html --xlsx report.xlsx --csv tables"},
    {"verify", "north.facts"},
};

/// With a delegate, an usher, a kiosk and its facts.
struct FilledEvent : DemoEvent {
    FilledEvent() {
        import("attendee_id,name_en\nD1,Noura\n");
        CHECK(hudoor("key add").exit_code == 0);
        scratch.write("pin", "135790\n");
        CHECK(hudoor("usher add 12 Mona --role supervisor --pin-file pin --badge").exit_code == 0);
        CHECK(hudoor("badges badges.pdf --png pictures").exit_code == 0);
        const SigningKey key = SigningKey::generate();
        const Identity event = open().event();
        open().add_kiosk(
            {KioskId{3}, "north-1", PlaceId{1}, key.verify_key(), event.organiser_seal, {}},
            {WallTime(), "north"});
        ManualClock clock;
        Chain chain({.kiosk = KioskId{3}, .place = PlaceId{1}, .signing_key = &key}, clock, {});
        Fact hello;
        hello.kind = FactKind::hello;
        FactsBundleWriter facts;
        facts.add(chain.append(hello));
        facts.write(scratch.path("north.facts"), event.event, key.verify_key(), &key,
                    {{event.organiser_seal}});
    }
};

/// The subcommands that a help names: the words before the descriptions.
std::vector<std::string> subcommands_in(const std::string& help) {
    std::vector<std::string> found;
    const auto begin = help.find("\nSubcommands:\n");
    std::istringstream lines(begin == std::string::npos ? "" : help.substr(begin + 1));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line))
        if (line.size() > 2 && line[2] != ' ')
            found.push_back(line.substr(2, line.find(' ', 2) - 2));
    return found;
}

/// What `hudoor` answers to, from its own helps, with the help of each.
std::map<std::string, std::string> all_subcommands(const Scratch& scratch,
                                                   const std::string& above = "") {
    std::map<std::string, std::string> all;
    for (const std::string& name :
         subcommands_in(run(scratch, "hudoor " + above + "--help").output)) {
        const std::string path = above + name;
        const auto below = all_subcommands(scratch, path + " ");
        all.insert(below.begin(), below.end());
        if (below.empty()) all[path] = run(scratch, "hudoor " + path + " --help").output;
    }
    return all;
}

/// The same folder, that the command may change.
struct Copy {
    Scratch scratch;
    explicit Copy(const Scratch& original) {
        std::filesystem::copy(original.path(""), scratch.path(""),
                              std::filesystem::copy_options::recursive);
    }
};

void check_lost_output(const Scratch& scratch, const std::string& command) {
    CAPTURE(command);
    const Finished shown = run(Copy(scratch).scratch, command + " 2>/dev/null");
    INFO(shown.output);
    CHECK_FALSE(shown.output.empty());
    CHECK(shown.exit_code == 0);
    const bool reads = command.find(" <") != std::string::npos;
    for (const char* lost : {" >/dev/full", " >&-", " <&- >&-"}) {
        CAPTURE(lost);
        if (reads && lost[1] == '<') continue;  // it needs what it reads
        const Finished finished = run(Copy(scratch).scratch, command + lost);
        INFO(finished.output);
        CHECK(finished.exit_code == 74);
        CHECK(finished.says("standard output"));
    }
}

}  // namespace

TEST_CASE("every subcommand ends with 74 and says so when its output is lost") {
    const FilledEvent event;
    check_lost_output(event.scratch, "hudoor --help");
    check_lost_output(event.scratch, "hudoor --version");
    const auto all = all_subcommands(event.scratch);
    CHECK(all.size() == arguments.size());
    for (const auto& [name, help] : all) {
        CAPTURE(name);
        REQUIRE(arguments.contains(name));
        check_lost_output(event.scratch, "hudoor " + name + " --help");
        check_lost_output(event.scratch, program + name + ' ' + arguments.at(name));
        if (help.find("--json") != std::string::npos)
            check_lost_output(event.scratch, program + name + " --json " + arguments.at(name));
    }
}

TEST_CASE("every subcommand of the kiosk ends with 74 and says so when its output is lost") {
    const FilledEvent event;
    CHECK(event
              .hudoor("kiosk add south-1 --place south --out a.kiosk"
                      " --bundle-passphrase-file passphrase")
              .exit_code == 0);
    const std::string kiosk = "'" HUDOOR_KIOSK "' ";
    const std::string enrol =
        "enrol a.kiosk --key-file --bundle-passphrase-file passphrase --state ";
    CHECK(run(event.scratch, kiosk + enrol + "enrolled").exit_code == 0);
    CHECK(event.hudoor("reissue D1").exit_code == 0);
    CHECK(event.hudoor("update --out a.update").exit_code == 0);
    const std::map<std::string, std::string> commands{
        {"enrol", enrol + "state"},
        {"export", "export a.facts --state enrolled"},
        {"update", "update a.update --state enrolled"},
        {"selftest", "selftest --state state"},
        {"voice", "voice words"}};
    // What reads aloud, to the point where it writes a file.
    event.scratch.write("espeak-ng", "#!/bin/sh\necho aloud > \"$6\"\n");
    std::filesystem::permissions(event.scratch.path("espeak-ng"),
                                 std::filesystem::perms::owner_all);
    const test::WithVariable path("PATH",
                                  event.scratch.path("").string() + ":" + std::getenv("PATH"));
    const auto all = subcommands_in(run(event.scratch, kiosk + "--help").output);
    CHECK(all.size() == commands.size());
    for (const std::string& name : all) {
        CAPTURE(name);
        REQUIRE(commands.contains(name));
        check_lost_output(event.scratch, kiosk + name + " --help");
        check_lost_output(event.scratch, kiosk + commands.at(name));
    }
    for (const char* option : {"--help", "--version", "--check-config"})
        check_lost_output(event.scratch, kiosk + option);
}

TEST_CASE("what is wrong outweighs an output that is lost") {
    const DemoEvent event;
    event.scratch.write("list.csv", "attendee_id,name_en,status\nD1,Noura,XX\n");
    const Finished finished = event.hudoor("import list.csv >/dev/full");
    CHECK(finished.exit_code == 65);
    CHECK(finished.says("standard output"));
}

TEST_CASE("nothing is printed into a file of the event when the streams were closed") {
    const FilledEvent event;
    const auto before = event.open().registrations().size();
    const Finished finished = event.hudoor("status <&- >&- 2>&-");
    CHECK(finished.exit_code == 74);
    CHECK(event.hudoor("badges closed.pdf <&- >&- 2>&-").exit_code == 74);
    CHECK(event.scratch.read("closed.pdf").starts_with("%PDF"));
    CHECK(event.scratch.read("closed.pdf").find("badges, ") == std::string::npos);
    CHECK(event.open().registrations().size() == before);
}

TEST_CASE("a file that cannot be written whole is a fault and is not there") {
    constexpr std::size_t rows = 20'000;
    const assets::Catalogue catalogue(assets::find_assets_dir());
    const organiser::ReportWords words(catalogue, assets::Language::en, "Asia/Dubai");
    organiser::Table table{"log", "Log", {"Name"}, {}};
    table.rows.assign(rows, {std::string("Noura Al Marzouqi, Ministry & Skills")});
    organiser::BadgePage page;
    page.name = {"نورة", "Noura"};
    page.code = page.typed_code = "X-1";
    // The workbook itself is of 50 KB, but the library's own files are of megabytes.
    struct Written {
        const char* file;
        rlim_t limit;
        std::function<void(const std::filesystem::path&)> write;
    };
    const std::vector<Written> all{
        {"book.xlsx", 500'000,
         [&](const auto& file) { organiser::write_workbook({table}, file, words); }},
        {"book.xlsx", 20'000,
         [&](const auto& file) { organiser::write_workbook({table}, file, words); }},
        {"log.csv", 500'000,
         [&](const auto& file) {
             organiser::write_csv_tables({table}, file.parent_path(), "Asia/Dubai");
         }},
        {"D1.png", 4'096,
         [&](const auto& file) {
             organiser::write_badge_png(page, organiser::BadgeLayout::a6, file);
         }},
        {"badges.pdf", 4'096, [&](const auto& file) {
             organiser::BadgePdf pdf(file, organiser::BadgeLayout::a6);
             pdf.add(page);
             pdf.finish();
         }}};
    for (const Written& written : all) {
        CAPTURE(written.file, written.limit);
        const Scratch scratch;
        const auto file = scratch.path(written.file);
        {
            const FileSizeLimit full(written.limit);
            CHECK(fault_of([&] { written.write(file); }) == ExitCode::io);
        }
        CHECK(std::filesystem::is_empty(scratch.path("")));
        written.write(file);
        CHECK(std::filesystem::remove(file));
    }
}

TEST_CASE("a reader that goes away is a lost output, not the end of a command in its work") {
    const DemoEvent event;
    event.scratch.write("list.csv", "attendee_id,name_en\nD1,Noura\n");
    const std::string into_a_pipe_nobody_reads =
        "python3 -c 'import os, subprocess, sys; r, w = os.pipe(); os.close(r);"
        " sys.exit(subprocess.call(sys.argv[1:], stdout=w))' ";
    const Finished finished =
        run(event.scratch, into_a_pipe_nobody_reads + "'" HUDOOR_PROGRAM
                                                      "' --event event import list.csv --apply");
    INFO(finished.output);
    CHECK(finished.exit_code == 74);
    CHECK(event.open().registrations().size() == 1);
}
