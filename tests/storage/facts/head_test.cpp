// F24, I-2: a journal whose end was cut off is found by the file `head` beside it.

#include "storage/journal/head_file.hpp"
#include "storage/journal/paths.hpp"
#include "storage/keep/pair.hpp"
#include "tests/storage/facts/damaged_journal.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;
using test::FactMaker;
using test::options_in;

/// A kiosk that keeps its records in one folder and has its key.
struct Kiosk {
    test::TemporaryDirectory folder;
    HeadKey key = make_head_key(test::kiosk_key());

    /// One start and clean stop; what was said of the journal's end.
    std::vector<DeviceNews> run(std::size_t facts) const {
        auto pair = open_journal_pair({.journal = options_in(folder.path()), .head_key = key},
                                      [](const StoredFact&) {});
        FactMaker maker(pair.head);
        for (const StoredFact& fact : maker.make(facts)) CHECK(pair.keepers->keep(fact).durable);
        return pair.keepers->take_news();
    }
    /// As one would who knows how: the database stays whole in itself.
    void tamper(const std::string& sql) const {
        Database(folder / "journal.db")
            .execute(("DROP TRIGGER fact_not_deleted;" + sql +
                      ";CREATE TRIGGER fact_not_deleted BEFORE DELETE ON fact\n"
                      "  BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;")
                         .c_str());
    }
    [[nodiscard]] JournalHead head() const {
        return std::get<JournalHead>(read_head(folder.path(), *key));
    }
};

bool says_tail_missing(const std::vector<DeviceNews>& news) {
    return news.size() == 1 && news[0].device == "tail_missing" &&
           news[0].trouble == DeviceTrouble::tail_missing;
}

}  // namespace

TEST_CASE("a head says how far a journal had come, and nobody else can write it") {
    const Kiosk kiosk;
    CHECK(std::holds_alternative<NoHead>(read_head(kiosk.folder.path(), *kiosk.key)));
    CHECK(kiosk.run(3).empty());
    CHECK(kiosk.head().facts == 3);
    CHECK(kiosk.head().seq == 3);
    CHECK(kiosk.head().kiosk == test::kiosk);
    const HeadKey other = make_head_key(SigningKey::generate());
    CHECK(std::holds_alternative<ForgedHead>(read_head(kiosk.folder.path(), *other)));
    for (std::size_t at = 0; at < fs::file_size(kiosk.folder / "head"); at += 5) {
        const test::TemporaryDirectory copy;
        fs::copy(kiosk.folder / "head", copy / "head");
        std::fstream file(copy / "head", std::ios::binary | std::ios::in | std::ios::out);
        file.seekg(static_cast<std::streamoff>(at));
        const int before = file.get();
        file.seekp(static_cast<std::streamoff>(at));
        file.put(static_cast<char>(before ^ 1));
        file.close();
        CHECK(std::holds_alternative<ForgedHead>(read_head(copy.path(), *kiosk.key)));
    }
}

TEST_CASE("F24: a tail that was cut off is told at the next start, and the start goes on") {
    const Kiosk kiosk;
    CHECK(kiosk.run(5).empty());
    CHECK(kiosk.run(6).empty());
    SECTION("facts of the last epoch") { kiosk.tamper("DELETE FROM fact WHERE number > 8"); }
    SECTION("the last epoch whole") { kiosk.tamper("DELETE FROM fact WHERE number > 5"); }
    SECTION("all facts") { kiosk.tamper("DELETE FROM fact"); }
    SECTION("an epoch before the last") {
        kiosk.tamper("DELETE FROM fact WHERE number > 5");
        CHECK(says_tail_missing(kiosk.run(0)));
        kiosk.tamper("DELETE FROM fact");
    }
    SECTION("the journal itself") {
        fs::remove(kiosk.folder / "journal.db");
        fs::remove(kiosk.folder / "journal.db-wal");
        fs::remove(kiosk.folder / "journal.lock");
    }
    CHECK(says_tail_missing(kiosk.run(2)));
    CHECK(kiosk.run(2).empty());  // told once, and it goes on from there
}

TEST_CASE("F24: a journal that was cut and then went on is behind its head still") {
    const Kiosk kiosk;
    CHECK(kiosk.run(5).empty());
    CHECK(kiosk.run(6).empty());
    kiosk.tamper("DELETE FROM fact WHERE number > 5");
    {
        Journal without_key(options_in(kiosk.folder.path()));
        without_key.append(FactMaker(without_key.head()).make(30));
    }
    CHECK(says_tail_missing(kiosk.run(2)));
}

TEST_CASE("a journal ahead of its head is as it should be") {
    const Kiosk kiosk;
    CHECK(kiosk.run(5).empty());
    {
        Journal journal(options_in(kiosk.folder.path()));
        journal.append(FactMaker(journal.head()).make(70));
    }
    CHECK(kiosk.head().facts == 5);
    CHECK(kiosk.run(2).empty());
    CHECK(kiosk.head().facts == 77);
}

TEST_CASE("a head that is gone or not the kiosk's is told, but not of a program that wrote none") {
    const Kiosk kiosk;
    FactMaker maker;
    std::vector<StoredFact> facts;
    SECTION("of an older program: its hello says nothing") {
        Journal(options_in(kiosk.folder.path())).append(maker.make(5));
        CHECK(kiosk.run(2).empty());
        fs::resize_file(kiosk.folder / "head", 20);
        CHECK(says_tail_missing(kiosk.run(2)));
    }
    SECTION("of this one: its hello says what was in force") {
        Journal(options_in(kiosk.folder.path())).append(maker.make(5, 33));
        CHECK(says_tail_missing(kiosk.run(2)));
        CHECK(kiosk.run(2).empty());
    }
}

TEST_CASE("a head is written after checkpoints, and is there before the first fact") {
    const Kiosk kiosk;
    Journal journal(options_in(kiosk.folder.path()));
    CHECK_FALSE(journal.watch_head(kiosk.key));
    CHECK(kiosk.head().facts == 0);
    FactMaker maker;
    for (const StoredFact& fact : maker.make(64)) {
        CHECK(kiosk.head().facts == 0);
        journal.append({&fact, 1});
        CHECK(kiosk.head().facts == 0);  // no answer waits for it
        journal.tidy();
    }
    CHECK(kiosk.head().facts == 64);
    journal.append(maker.make(1));
    journal.idle();
    CHECK(kiosk.head().facts == 65);
    CHECK(kiosk.head().hash == maker.head().hash);
}

TEST_CASE("a head that cannot be written costs no fact") {
    const Kiosk kiosk;
    fs::create_directory(kiosk.folder / "head");
    CHECK(says_tail_missing(kiosk.run(70)));
    CHECK(test::facts_of(Journal(options_in(kiosk.folder.path()))).size() == 70);
}

TEST_CASE("F24: a key that comes after the start looks at the end then") {
    const Kiosk kiosk;
    CHECK(kiosk.run(5).empty());
    kiosk.tamper("DELETE FROM fact WHERE number > 2");
    auto pair =
        open_journal_pair({.journal = options_in(kiosk.folder.path())}, [](const StoredFact&) {});
    CHECK(pair.keepers->take_news().empty());
    pair.keepers->watch_heads(kiosk.key);
    // The answer to a fact comes after that to the question before it.
    CHECK(pair.keepers->keep(FactMaker(pair.head).make(1).front()).durable);
    pair.keepers->look();
    CHECK(says_tail_missing(pair.keepers->take_news()));
    CHECK(pair.keepers->state() == StorageState::whole);
}

TEST_CASE("F24: a cut in the journal is told although its mirror heals it") {
    const Kiosk kiosk;
    const test::TemporaryDirectory mirror;
    const JournalPairOptions options{
        .journal = options_in(kiosk.folder.path()),
        .mirror = mirror.path(),
        .head_key = kiosk.key,
        .device_of = [&](const fs::path& folder) { return folder == mirror.path() ? 2 : 1; }};
    const auto start = [&] {
        std::size_t facts = 0;
        auto pair = open_journal_pair(options, [&](const StoredFact&) { ++facts; });
        const auto news = pair.keepers->take_news();
        if (facts == 0)
            for (const StoredFact& fact : FactMaker().make(9)) (void)pair.keepers->keep(fact);
        return std::pair(facts, news);
    };
    CHECK(start().second.empty());
    kiosk.tamper("DELETE FROM fact WHERE number > 4");
    const auto [facts, news] = start();
    CHECK(facts == 9);
    CHECK(says_tail_missing(news));
    CHECK(start().second.empty());
}

}  // namespace hudoor::storage
