// F1 with F9: a salvage that is cut short at any call to the file system is finished by the next
// start, and neither a good fact nor a damaged byte is lost.

#include "tests/storage/facts/damaged_journal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/cut_calls.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;

/// Salvages, cut at the nth call; whether it got so far.
bool is_cut(const fs::path& directory, int nth) {
    return test::is_cut(
        nth, [&] { const OpenedJournal opened = open_or_salvage(test::options_in(directory)); });
}

/// In how many of the folders aside the files are just so.
int times_kept(const fs::path& directory, const test::JournalFiles& files) {
    int times = 0;
    for (const auto& entry : fs::directory_iterator(directory))
        times += entry.is_directory() && test::are_kept(test::journal_files_in(entry), files);
    return times;
}

}  // namespace

TEST_CASE("F9: a salvage cut at any call is finished by the next start") {
    int cuts = 0;
    for (;; ++cuts) {
        INFO("cut at call " << cuts + 1);
        const test::DamagedJournal journal;
        journal.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 71");
        const test::JournalFiles before = test::journal_files_in(journal.path());
        if (!is_cut(journal.path(), cuts + 1)) break;

        const OpenedJournal opened = open_or_salvage(test::options_in(journal.path()));
        const auto facts = test::facts_of(*opened.journal);
        CHECK(facts.size() == 70);
        CHECK(test::is_prefix(facts, journal.facts()));
        CHECK(times_kept(journal.path(), before) == 1);
        CHECK_FALSE(fs::exists(journal.path() / "journal.salvage"));
        CHECK_FALSE(fs::exists(journal.path() / "journal.salvaged"));
    }
    CHECK(cuts > 20);
}

TEST_CASE("F32: a look at a damaged log, cut at any call, is finished by the next start") {
    int cuts = 0;
    for (;; ++cuts) {
        INFO("cut at call " << cuts + 1);
        const test::DamagedJournal journal;
        journal.overwrite(journal.log(), 50, 53, 'x');
        if (!is_cut(journal.path(), cuts + 1)) break;
        const OpenedJournal opened = open_or_salvage(test::options_in(journal.path()));
        CHECK(test::facts_of(*opened.journal).size() == test::DamagedJournal::in_all);
        CHECK_FALSE(fs::exists(journal.path() / "journal.salvage"));
    }
    CHECK(cuts > 10);
}

}  // namespace hudoor::storage
