// F29: only one program has the journal, and only SQLite opens its files.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "storage/journal/journal.hpp"
#include "storage/journal/lock.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;
using test::facts_of;
using test::fault_of;
using test::options_in;
using test::says;

ExitCode intrude(const fs::path& directory, const std::string& how) {
    test::ChildProcess intruder({HUDOOR_INTRUDER, directory.string(), how});
    const auto code = intruder.wait(test::within(std::chrono::seconds(30)));
    REQUIRE(code);
    return static_cast<ExitCode>(*code);
}

/// Drops every POSIX lock this process has on the file: the mistake no code of ours may make.
void open_and_close(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(descriptor >= 0);
    ::close(descriptor);
}

std::string read_text(const fs::path& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Who may read a journal's files past SQLite, by raw.cpp alone: the log under journal.lock before
/// SQLite has opened it; files that were put aside, and those of a mirror that may be another
/// kiosk's, before it is opened (aside.cpp).
const std::map<std::string, std::set<std::string>> allowed{
    {"write_anew", {"storage/journal/journal.cpp"}},
    {"goes_on_past_last_commit", {"storage/journal/journal.cpp", "storage/journal/salvage.cpp"}},
    {"copy_log", {"storage/journal/salvage.cpp"}},
    {"visit_raw_facts", {"storage/journal/aside.cpp"}},
};

bool is_one_of(const fs::path& file, const std::set<std::string>& places) {
    return std::ranges::any_of(
        places, [&](const std::string& place) { return file.string().ends_with(place); });
}

std::optional<std::string> find_stray_call(const fs::path& file, const std::string& code) {
    if (is_one_of(file, {"storage/journal/raw.hpp", "storage/journal/raw.cpp"})) return {};
    for (const auto& [name, places] : allowed)
        if (std::regex_search(code, std::regex("\\b" + name + "\\(")) && !is_one_of(file, places))
            return file.string() + ": " + name;
    return std::nullopt;
}

/// What a source file must not hold: a path to the journal's files anywhere but in the journal's
/// paths.cpp; where those paths are used anything that opens a file past SQLite; and a call that
/// does so for others, but in the places above. Comments do not count.
std::optional<std::string> find_offence(const fs::path& file, const std::string& source) {
    const std::string code = std::regex_replace(source, std::regex("//[^\n]*"), "");
    const bool names_files = file.string().ends_with("storage/journal/paths.cpp");
    const bool uses_names = code.find("journal_file(") != std::string::npos;
    const std::string opening =
        R"(\b((f?open|openat|creat|freopen|copy|copy_file|mmap)\s*\(|[io]?fstream\b))";
    const std::string path = R"re("[^"\n]*(journal\.db|-wal)")re";
    const std::regex offence(names_files ? opening : uses_names ? opening + "|" + path : path);
    std::smatch match;
    if (!std::regex_search(code, match, offence)) return find_stray_call(file, code);
    return file.string() + ": " + match.str();
}

}  // namespace

TEST_CASE("F29: a second journal on the same folder is refused, in this process and in another") {
    const test::TemporaryDirectory directory;
    Journal journal(options_in(directory.path()));
    const auto fault = fault_of([&] { Journal second(options_in(directory.path())); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::unavailable);
    CHECK(intrude(directory.path(), "journal") == ExitCode::unavailable);
    CHECK_FALSE(fault_of([&] { journal.append(test::FactMaker().make(1)); }));
}

TEST_CASE("journal.lock has one holder and is free after it, and keeps its mark") {
    const test::TemporaryDirectory directory;
    {
        JournalLock lock(directory.path());
        CHECK(fault_of([&] { const JournalLock second(directory.path()); }));
        CHECK_FALSE(lock.provisioned());
        lock.mark_provisioned();
    }
    CHECK(JournalLock(directory.path()).provisioned());
}

TEST_CASE("any other SQLite program is refused while the journal is held") {
    const test::TemporaryDirectory directory;
    Journal journal(options_in(directory.path()));
    journal.append(test::FactMaker().make(1));
    CHECK(intrude(directory.path(), "database") == ExitCode::unavailable);
}

TEST_CASE(
    "F29: once another descriptor was closed an intruder takes the log, and that is a fault") {
    const test::TemporaryDirectory directory;
    Journal journal(options_in(directory.path()));
    test::FactMaker maker;
    journal.append(maker.make(3));
    open_and_close(directory / "journal.db");

    CHECK(intrude(directory.path(), "journal") ==
          ExitCode::unavailable);  // journal.lock still holds
    CHECK_FALSE(fault_of([&] { journal.append(maker.make(1)); }));
    REQUIRE(intrude(directory.path(), "database") == ExitCode::done);
    REQUIRE_FALSE(
        fs::exists(directory / "journal.db-wal"));  // what the locks were there to prevent
    CHECK(says(fault_of([&] { journal.append(maker.make(1)); }), "removed or replaced"));
    CHECK(says(fault_of([&] { journal.append(maker.make(1)); }), "has failed before"));
}

TEST_CASE("F29: a log that was removed or replaced is a fault, and nothing acknowledged is lost") {
    const test::TemporaryDirectory directory;
    const fs::path wal = directory / "journal.db-wal";
    test::FactMaker maker;
    {
        Journal journal(options_in(directory.path()));
        journal.append(maker.make(3));
        const fs::path kept = directory / "kept";
        fs::rename(wal, kept);
        SECTION("removed, then append") {
            CHECK(says(fault_of([&] { journal.append(maker.make(1)); }), "removed or replaced"));
        }
        SECTION("replaced by a copy, then append") {
            fs::copy_file(kept, wal);
            CHECK(says(fault_of([&] { journal.append(maker.make(1)); }), "removed or replaced"));
        }
        SECTION("removed, then checkpoint") {
            CHECK(says(fault_of([&] { journal.idle(); }), "removed or replaced"));
        }
        SECTION("removed, then a clean stop") {}
        fs::rename(kept, wal);
    }
    CHECK(facts_of(Journal(options_in(directory.path()))).size() == 3);
}

TEST_CASE("no source opens the journal or its log past SQLite") {
    int looked_at = 0;
    for (const char* folder : {"config", "scanner", "storage", "kiosk", "assets"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(HUDOOR_SOURCES) / folder)) {
            const fs::path& file = entry.path();
            if (file.extension() != ".cpp" && file.extension() != ".hpp") continue;
            ++looked_at;
            const auto offence = find_offence(file, read_text(file));
            if (offence) FAIL_CHECK(*offence);
        }
    }
    CHECK(looked_at > 50);
}

TEST_CASE("an offender would be found") {
    CHECK(find_offence("kiosk/usher/health.cpp", R"(std::ifstream in(directory / "journal.db");)"));
    CHECK(find_offence("kiosk/usher/health.cpp", R"(auto log = state + "/journal.db-wal";)"));
    CHECK_FALSE(find_offence("kiosk/usher/health.cpp", "// journal.db is the keeper's\nint a;"));
    CHECK(find_offence("kiosk/usher/health.cpp", "visit_raw_facts(log, domain, visit);"));
    CHECK(find_offence("storage/journal/journal.cpp", "copy_log(lock, log, to);"));
    CHECK_FALSE(find_offence("storage/journal/salvage.cpp", "copy_log(lock, log, to);"));
    for (const char* name : {"journal.cpp", "paths.cpp", "salvage.cpp"}) {
        const fs::path source = fs::path(HUDOOR_SOURCES) / "storage/journal" / name;
        const std::string good = read_text(source);
        REQUIRE_FALSE(find_offence(source, good));
        for (const char* line :
             {"int d = ::open(file.c_str(), O_RDONLY);", "std::ifstream in{file};",
              "fs::copy_file(file, other);", "std::FILE* f = fopen(name, \"r\");"})
            CHECK(find_offence(source, good + line));
    }
}

}  // namespace hudoor::storage
