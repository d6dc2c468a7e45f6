// F5, F6, I-8, I-9: what the journal asks of the disk, and what it does when the disk fails it.

#include "storage/journal/salvage.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sync_count_vfs.hpp"

namespace hudoor::storage {

using test::fault_of;
using test::FileKind;

namespace {

/// A journal on the counting VFS, with an epoch begun.
class CountedJournal {
public:
    CountedJournal() {
        JournalOptions options = test::options_in(directory_.path());
        options.vfs = vfs.name();
        journal = std::make_unique<Journal>(options);
        journal->append(maker.make(1));
    }

    /// What a start with a healthy disk finds.
    [[nodiscard]] std::size_t facts_after_restart() {
        journal.reset();
        return test::facts_of(*open_or_salvage(test::options_in(directory_.path())).journal).size();
    }

private:
    test::TemporaryDirectory directory_;

public:
    test::SyncCountVfs vfs;
    test::FactMaker maker;
    std::unique_ptr<Journal> journal;
};

}  // namespace

TEST_CASE("every acknowledged commit has synced the log at least once") {
    CountedJournal counted;
    for (int commit = 0; commit < 50; ++commit) {
        const int before = counted.vfs.syncs(FileKind::wal);
        counted.journal->append(counted.maker.make(1));
        if (counted.vfs.syncs(FileKind::wal) <= before)
            FAIL("commit " << commit << " without sync");
    }
    CHECK(counted.vfs.syncs(FileKind::database) > 0);  // when it was created
    CHECK(counted.facts_after_restart() == 51);
}

TEST_CASE("a first start syncs the database before anything relies on it") {
    const test::TemporaryDirectory directory;
    const test::SyncCountVfs vfs;
    JournalOptions options = test::options_in(directory.path());
    options.vfs = vfs.name();
    const Journal journal(options);
    CHECK(vfs.syncs(FileKind::database) >= 1);
    CHECK(std::filesystem::file_size(directory / "journal.lock") > 0);
}

TEST_CASE(
    "the database file is written by explicit checkpoints only, after 64 facts at the latest") {
    CountedJournal counted;
    const int before = counted.vfs.writes(FileKind::database);
    for (int fact = 2; fact < 64; ++fact) {
        counted.journal->append(counted.maker.make(1));
        counted.journal->tidy();  // nothing is overdue yet
    }
    CHECK(counted.vfs.writes(FileKind::database) == before);
    counted.journal->append(counted.maker.make(1));
    CHECK(counted.vfs.writes(FileKind::database) == before);
    counted.journal->tidy();
    const int after_tidy = counted.vfs.writes(FileKind::database);
    CHECK(after_tidy > before);
    counted.journal->idle();  // nothing left to move
    CHECK(counted.vfs.writes(FileKind::database) == after_tidy);
    counted.journal->append(counted.maker.make(1));
    counted.journal->idle();
    CHECK(counted.vfs.writes(FileKind::database) > after_tidy);
    CHECK(counted.facts_after_restart() == 65);
}

TEST_CASE("after a failing sync or write the handle is never written again") {
    CountedJournal counted;
    counted.journal->append(counted.maker.make(3));
    const auto lost = counted.maker.make(1);
    SECTION("sync of the log") { counted.vfs.fail_sync(FileKind::wal); }
    SECTION("write of the log") { counted.vfs.fail_write(FileKind::wal); }
    SECTION("second write of the log") { counted.vfs.fail_write(FileKind::wal, 2); }

    const auto fault = fault_of([&] { counted.journal->append(lost); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::io);
    const int then = counted.vfs.all_writes_and_syncs();
    // The disk works again; the kernel may have dropped the pages it failed to write.
    CHECK(fault_of([&] { counted.journal->append(lost); }));
    CHECK(fault_of([&] { counted.journal->append(counted.maker.make(1)); }));
    CHECK(fault_of([&] { counted.journal->idle(); }));
    counted.journal.reset();
    CHECK(counted.vfs.all_writes_and_syncs() == then);
    CHECK(counted.facts_after_restart() >= 4);
}

TEST_CASE("after a failing read the handle is never written again") {
    const test::TemporaryDirectory directory;
    test::SyncCountVfs vfs;
    JournalOptions options = test::options_in(directory.path());
    options.vfs = vfs.name();
    vfs.fail_reads_in(directory.path(), 1'000'000);
    test::FactMaker maker;
    Journal(options).append(maker.make(40, 900));
    {
        Journal journal(options);
        vfs.fail_reads_in(directory.path(), 1);
        REQUIRE(fault_of([&] { (void)journal.read(0, 100); }));
        const int then = vfs.all_writes_and_syncs();
        vfs.fail_reads_in(directory.path(), 1'000'000);
        CHECK(fault_of([&] { journal.append(maker.make(1)); }));
        CHECK(vfs.all_writes_and_syncs() == then);
    }
    CHECK(test::facts_of(Journal(options)).size() == 40);
}

TEST_CASE("a checkpoint that fails is a fault and loses nothing") {
    CountedJournal counted;
    counted.journal->append(counted.maker.make(3));
    SECTION("sync of the database") { counted.vfs.fail_sync(FileKind::database); }
    SECTION("write of the database") { counted.vfs.fail_write(FileKind::database); }
    SECTION("sync of the log before it") { counted.vfs.fail_sync(FileKind::wal); }
    REQUIRE(fault_of([&] { counted.journal->idle(); }));
    const int then = counted.vfs.all_writes_and_syncs();
    CHECK(fault_of([&] { counted.journal->append(counted.maker.make(1)); }));
    counted.journal.reset();
    CHECK(counted.vfs.all_writes_and_syncs() == then);
    CHECK(counted.facts_after_restart() == 4);
}

TEST_CASE("a clean stop leaves everything in the database and an empty log") {
    const test::TemporaryDirectory directory;
    Journal(test::options_in(directory.path())).append(test::FactMaker().make(3));
    CHECK(std::filesystem::file_size(directory / "journal.db-wal") == 0);
}

}  // namespace hudoor::storage
