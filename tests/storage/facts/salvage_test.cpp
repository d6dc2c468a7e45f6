// F9: a damaged journal is kept aside whole, its good prefix goes on in a new one, and the next
// epoch links to what was saved.

#include "storage/journal/salvage.hpp"

#include "storage/journal/lock.hpp"
#include "tests/storage/facts/damaged_journal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sync_count_vfs.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;
using test::DamagedJournal;
using test::facts_of;
using test::options_in;

constexpr WallTime now{std::chrono::milliseconds(1'796'362'200'123)};

struct Expected {
    std::size_t least = 0;
    std::size_t most = 0;
};

struct Damage {
    const char* name;
    void (*inflict)(const DamagedJournal& journal);
    Expected facts;
};

/// Every kind of damage, and how many facts must be found again.
const std::vector<Damage>& all_damages() {
    constexpr std::size_t all = DamagedJournal::in_all;
    static const std::vector<Damage> damages{
        {"the header is zeroed",
         [](const DamagedJournal& journal) {
             journal.settle();
             journal.overwrite(journal.database(), 0, 1, '\0');
         },
         {all, all}},
        {"pages in the middle are overwritten",
         [](const DamagedJournal& journal) {
             journal.settle();
             journal.overwrite(journal.database(), 50, 55, '\xff');
         },
         {30, 150}},
        {"the second half is missing",
         [](const DamagedJournal& journal) {
             journal.settle();
             fs::resize_file(journal.database(), fs::file_size(journal.database()) / 2);
         },
         {30, 150}},
        {"the pages below the log are overwritten",
         [](const DamagedJournal& journal) {
             journal.overwrite(journal.database(), 50, 55, '\xff');
         },
         {20, 119}},
        {"the file is missing",
         [](const DamagedJournal& journal) { fs::remove(journal.database()); },
         {0, 0}},
        {"the file is a text",
         [](const DamagedJournal& journal) {
             std::ofstream(journal.database()) << "This is not what it was.\n";
         },
         {0, 0}},
        {"the file is empty",
         [](const DamagedJournal& journal) { fs::resize_file(journal.database(), 0); },
         {0, 0}},
        {"a trigger is missing",
         [](const DamagedJournal& journal) {
             Database(journal.database()).execute("DROP TRIGGER fact_not_deleted");
         },
         {all, all}},
        {"the table is missing",
         [](const DamagedJournal& journal) {
             Database(journal.database()).execute("ALTER TABLE fact RENAME TO facts");
         },
         {all, all}},
        {"a fact was altered",
         [](const DamagedJournal& journal) {
             journal.tamper("UPDATE fact SET encoding = zeroblob(200) WHERE number = 71");
         },
         {70, 70}},
        {"a fact was taken out",
         [](const DamagedJournal& journal) {
             journal.tamper("DELETE FROM fact WHERE number = 90");
         },
         {89, 89}},
        {"the parent of an epoch was taken out",
         [](const DamagedJournal& journal) {
             journal.tamper("DELETE FROM fact WHERE number = 120");
         },
         {119, 119}},
        {"the last signature is not the kiosk's",
         [](const DamagedJournal& journal) {
             journal.tamper(
                 "UPDATE fact SET signature = (SELECT signature FROM fact WHERE number = 1)"
                 " WHERE number = 180");
         },
         {179, 179}},
        {"the last signatures of an epoch are not the kiosk's",
         [](const DamagedJournal& journal) {
             journal.tamper(
                 "UPDATE fact SET signature = (SELECT signature FROM fact WHERE number = 1)"
                 " WHERE number BETWEEN 115 AND 120");
         },
         {114, 114}},
    };
    return damages;
}

/// A start after which the kiosk has written its epoch; what was salvaged, and all facts then.
struct Start {
    std::optional<Salvaged> salvaged;
    std::vector<StoredFact> found;
    Hash parent;
};

Start start(const fs::path& directory) {
    OpenedJournal opened = open_or_salvage(options_in(directory), now);
    Start start{opened.salvaged, facts_of(*opened.journal), {}};
    test::FactMaker maker(opened.journal->head());
    const auto facts = maker.make(3);
    opened.journal->append(facts);
    start.parent = facts.front().fact.prev;
    return start;
}

}  // namespace

TEST_CASE("F9: whatever the damage, the good prefix goes on in a new journal") {
    for (const Damage& damage : all_damages()) {
        INFO(damage.name);
        const DamagedJournal journal;
        damage.inflict(journal);
        const test::JournalFiles before = test::journal_files_in(journal.path());

        const Start first = start(journal.path());
        REQUIRE(first.salvaged);
        CHECK(first.salvaged->facts == first.found.size());
        CHECK(first.salvaged->aside == journal.path() / "damaged-20261204T053000Z");
        CHECK_FALSE(first.salvaged->trouble.empty());
        CHECK(first.found.size() >= damage.facts.least);
        CHECK(first.found.size() <= damage.facts.most);
        CHECK(test::is_prefix(first.found, journal.facts()));
        CHECK(first.parent == (first.found.empty() ? Hash{} : first.found.back().hash));

        CHECK(test::are_kept(test::journal_files_in(first.salvaged->aside), before));

        const Start second = start(journal.path());
        CHECK_FALSE(second.salvaged);
        CHECK(second.found.size() == first.found.size() + 3);
    }
}

TEST_CASE("F9: a log that ends early leaves the facts before it, and nothing to salvage") {
    // What nobody can tell from a commit that never came about. The mirror knows better.
    constexpr std::uintmax_t log_header = 32;
    constexpr std::uintmax_t frame = 24 + 4'096;
    const DamagedJournal journal;
    SECTION("truncated between two frames") {
        const auto frames = (fs::file_size(journal.log()) - log_header) / frame;
        fs::resize_file(journal.log(), log_header + frames / 2 * frame);
    }
    SECTION("missing") { fs::remove(journal.log()); }
    const Start first = start(journal.path());
    CHECK_FALSE(first.salvaged);
    CHECK(first.found.size() >= DamagedJournal::in_database);
    CHECK(first.found.size() < DamagedJournal::in_all);
    CHECK(test::is_prefix(first.found, journal.facts()));
    CHECK(first.parent == first.found.back().hash);
    CHECK_FALSE(start(journal.path()).salvaged);
}

TEST_CASE("F32: a log that goes on past damage is kept whole, and its facts come back") {
    const DamagedJournal journal;
    std::size_t least = DamagedJournal::in_database;
    SECTION("truncated amid a frame") {
        fs::resize_file(journal.log(), fs::file_size(journal.log()) / 2);
    }
    SECTION("garbled") {
        journal.overwrite(journal.log(), 50, 53, 'x');
        least = DamagedJournal::in_all;
    }
    SECTION("its header garbled") {
        journal.overwrite(journal.log(), 0, 1, 'x');
        least = DamagedJournal::in_all;
    }
    const auto log = test::journal_files_in(journal.path()).at("journal.db-wal");
    const Start first = start(journal.path());
    REQUIRE(first.salvaged);
    CHECK(test::journal_files_in(first.salvaged->aside).at("journal.db-wal") == log);
    CHECK(first.found.size() >= least);
    CHECK(test::is_prefix(first.found, journal.facts()));
    CHECK(first.parent == first.found.back().hash);
    CHECK_FALSE(start(journal.path()).salvaged);
}

TEST_CASE("F32: whoever opens a journal with a damaged log and keeps no copy is refused") {
    const DamagedJournal journal;
    journal.overwrite(journal.log(), 50, 53, 'x');
    const test::JournalFiles before = test::journal_files_in(journal.path());
    const auto fault = test::fault_of([&] { Journal refused(options_in(journal.path())); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::bad_data);
    CHECK(test::journal_files_in(journal.path()) == before);
}

TEST_CASE("what an export was told of damage the next start is told again") {
    const DamagedJournal journal;
    SECTION("of the log") { journal.overwrite(journal.log(), 50, 53, 'x'); }
    SECTION("of the database") {
        journal.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 50");
    }
    JournalOptions exporting = options_in(journal.path());
    exporting.leaves_news = true;
    const auto first = open_or_salvage(exporting, now).salvaged;
    const auto second = open_or_salvage(options_in(journal.path()), now).salvaged;
    REQUIRE((first && second));
    CHECK(second->trouble == first->trouble);
    CHECK(second->aside == first->aside);
    CHECK_FALSE(open_or_salvage(options_in(journal.path()), now).salvaged);
}

TEST_CASE("a whole journal is not salvaged, and keeps every fact") {
    const DamagedJournal journal;
    const Start first = start(journal.path());
    CHECK_FALSE(first.salvaged);
    CHECK(first.found.size() == DamagedJournal::in_all);
    CHECK_FALSE(fs::exists(journal.path() / "damaged-20261204T053000Z"));
}

TEST_CASE("a first start is no salvage") {
    const test::TemporaryDirectory directory;
    CHECK_FALSE(start(directory.path() / "new").salvaged);
}

TEST_CASE("a journal that is damaged twice is kept twice") {
    const DamagedJournal journal;
    for (const char* folder :
         {"damaged-20261204T053000Z", "damaged-20261204T053000Z-2", "damaged-20261204T053000Z-3"}) {
        journal.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 50");
        const Start next = start(journal.path());
        REQUIRE(next.salvaged);
        CHECK(next.salvaged->aside.filename() == folder);
        CHECK(next.found.size() == 49);
    }
}

TEST_CASE("a fork and facts of an epoch that went on elsewhere are taken over") {
    const test::TemporaryDirectory directory;
    test::FactMaker first;
    {
        Journal journal(options_in(directory.path()));
        journal.append(first.make(3));
        const Head fork_at = first.head();
        const auto later = first.make(3);
        journal.append(test::FactMaker(fork_at).make(2));
        journal.append(later);                             // the epoch goes on after another began
        journal.append(test::FactMaker(fork_at).make(2));  // its parent is no end any more
        CHECK(journal.head()->hash == later.back().hash);
    }
    REQUIRE(facts_of(Journal(options_in(directory.path()))).size() == 10);
    Database(directory / "journal.db").execute("DROP TRIGGER fact_not_deleted");
    const OpenedJournal opened = open_or_salvage(options_in(directory.path()), now);
    REQUIRE(opened.salvaged);
    CHECK(opened.salvaged->facts == 10);
}

TEST_CASE("what the journal keeps besides facts is taken over") {
    const DamagedJournal journal;
    Database(journal.database()).execute("INSERT INTO state VALUES ('pin 21', x'05')");
    journal.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 50");
    REQUIRE(start(journal.path()).salvaged);
    const Database database(journal.database());
    CHECK(database.value("SELECT hex(value) FROM state WHERE name = 'pin 21'") == "05");
}

TEST_CASE("a journal that another program holds is not salvaged, whatever its state") {
    const DamagedJournal journal;
    journal.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 50");
    const test::JournalFiles before = test::journal_files_in(journal.path());
    const JournalLock held(journal.path());
    const auto fault = test::fault_of([&] { (void)open_or_salvage(options_in(journal.path())); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::unavailable);
    CHECK(test::journal_files_in(journal.path()) == before);
}

TEST_CASE("a disk that fails while the journal is opened is no reason to put it aside") {
    const DamagedJournal journal;
    const test::JournalFiles before = test::journal_files_in(journal.path());
    test::SyncCountVfs vfs;
    JournalOptions options = options_in(journal.path());
    options.vfs = vfs.name();
    vfs.fail_sync(test::FileKind::wal);
    const auto fault = test::fault_of([&] { (void)open_or_salvage(options, now); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::io);
    CHECK(test::journal_files_in(journal.path()).at("journal.db") == before.at("journal.db"));
    CHECK_FALSE(start(journal.path()).salvaged);
}

TEST_CASE("a disk that fails under the new journal leaves the damaged one in its place") {
    const DamagedJournal journal;
    journal.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 50");
    const test::JournalFiles before = test::journal_files_in(journal.path());
    test::SyncCountVfs vfs;
    JournalOptions options = options_in(journal.path());
    options.vfs = vfs.name();
    vfs.fail_sync(test::FileKind::database);
    const auto fault = test::fault_of([&] { (void)open_or_salvage(options, now); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::io);
    CHECK(test::are_kept(test::journal_files_in(journal.path()), before));
    CHECK(start(journal.path()).found.size() == 49);
}

}  // namespace hudoor::storage
