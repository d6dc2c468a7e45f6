// F32: one bit changes anywhere in a journal's files. Every other fact is found again, in the
// journal or aside, and whoever opens it is told.

#include <fstream>
#include <unordered_set>

#include "storage/journal/aside.hpp"
#include "tests/storage/facts/damaged_journal.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;
using test::DamagedJournal;
using test::options_in;

constexpr std::size_t page_bytes = 4'096;
constexpr std::size_t log_header_bytes = 32;
constexpr std::size_t frame_header_bytes = 24;

void flip(const fs::path& file, std::size_t at, int bit) {
    std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
    bytes.seekg(static_cast<std::streamoff>(at));
    const int before = bytes.get();
    bytes.seekp(static_cast<std::streamoff>(at));
    bytes.put(static_cast<char>(before ^ (1 << bit)));
}

/// A journal as it was killed, to be damaged over and over.
class Copies {
public:
    explicit Copies(bool settled) {
        if (settled) journal_.settle();
    }

    /// Flips a bit of a copy and opens it.
    void play(const char* file, std::size_t at, int bit) {
        INFO("bit " << bit << " of byte " << at << " of " << file);
        const test::TemporaryDirectory copy;
        fs::copy(journal_.path(), copy.path());
        flip(copy / file, at, bit);
        const OpenedJournal opened = open_or_salvage(options_in(copy.path()));
        std::unordered_set<Hash> found;
        for (const StoredFact& fact : test::facts_of(*opened.journal)) found.insert(fact.hash);
        const bool is_whole = found.size() == journal_.facts().size();
        for (const StoredFact& fact : facts_aside(folders_aside(copy.path()),
                                                  options_in(copy.path()), opened.journal->ends()))
            found.insert(fact.hash);
        std::size_t lost = 0;
        for (const StoredFact& fact : journal_.facts()) lost += !found.contains(fact.hash);
        if (lost > 1) FAIL_CHECK(lost << " facts are lost");
        if (!is_whole && !opened.salvaged) FAIL_CHECK("nothing was said of it");
        told_ += opened.salvaged.has_value();
        lost_ += lost;
    }
    [[nodiscard]] std::size_t size(const char* file) const {
        return fs::file_size(journal_.path() / file);
    }
    /// How often something was said, and was lost.
    [[nodiscard]] std::size_t told() const { return told_; }
    [[nodiscard]] std::size_t lost() const { return lost_; }

private:
    DamagedJournal journal_;
    std::size_t told_ = 0;
    std::size_t lost_ = 0;
};

}  // namespace

TEST_CASE("F32: a bit of any page of the log changes, and the power goes") {
    Copies journal(false);
    std::size_t plays = 0;
    for (std::size_t at = 0; at < log_header_bytes; at += 3, ++plays)
        journal.play("journal.db-wal", at, static_cast<int>(at % 8));
    constexpr std::size_t step = frame_header_bytes + page_bytes;
    for (std::size_t frame = log_header_bytes; frame < journal.size("journal.db-wal");
         frame += step, ++plays) {
        const std::size_t in_header = frame / step * 5 % frame_header_bytes;
        const std::size_t in_page = frame_header_bytes + frame / step * 611 % page_bytes;
        journal.play("journal.db-wal", frame + (plays % 3 == 0 ? in_header : in_page),
                     static_cast<int>(plays % 8));
    }
    CHECK(plays > 100);
    CHECK(journal.told() == plays);
}

TEST_CASE("F32: a bit of any page of the database changes") {
    Copies journal(true);
    const std::size_t size = journal.size("journal.db");
    for (std::size_t page = 0; page < size; page += page_bytes)
        for (const std::size_t at : {std::size_t{3}, std::size_t{11}, page / 7 % page_bytes,
                                     page_bytes - 1 - page / 5 % page_bytes})
            journal.play("journal.db", page + at, static_cast<int>((page / page_bytes + at) % 8));
    CHECK(journal.told() > size / page_bytes);
    CHECK(journal.lost() > 10);
}

TEST_CASE("F32: any bit of the database's header changes") {
    Copies journal(true);
    for (std::size_t at = 0; at < 100; ++at)
        for (const int bit : {0, 1, 7}) journal.play("journal.db", at, bit);
    CHECK(journal.lost() == 0);
}

}  // namespace hudoor::storage
