#include "storage/journal/journal.hpp"

#include <sqlite3.h>

#include <fstream>

#include "storage/journal/lock.hpp"
#include "storage/journal/schema.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

using test::facts_of;
using test::fault_of;
using test::options_in;
using test::says;

namespace {

bool is_on(const Database& database, int option) {
    int value = -1;
    sqlite3_db_config(database.handle(), option, -1, &value);
    return value == 1;
}

bool are_same(const std::vector<StoredFact>& a, const std::vector<StoredFact>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.fact == y.fact && x.encoding == y.encoding && x.hash == y.hash &&
               x.signature == y.signature;
    });
}

}  // namespace

TEST_CASE("a journal gives back its facts in order, also after it was closed") {
    const test::TemporaryDirectory directory;
    const auto facts = test::FactMaker().make(5);
    {
        Journal journal(options_in(directory.path() / "made" / "by" / "it"));
        CHECK_FALSE(journal.head());
        journal.append(std::span(facts).first(2));
        journal.append(std::span(facts).subspan(2));
        CHECK(are_same(facts_of(journal), facts));
    }
    const Journal journal(options_in(directory.path() / "made" / "by" / "it"));
    CHECK(are_same(facts_of(journal), facts));
    REQUIRE(journal.head());
    CHECK(journal.head()->epoch == facts[0].fact.epoch);
    CHECK(journal.head()->seq == 5);
    CHECK(journal.head()->hash == facts[4].hash);
    CHECK(journal.head()->hlc == facts[4].fact.hlc);
    CHECK(journal.head()->wall_ms == facts[4].fact.wall_ms);
}

TEST_CASE("a second start goes on in an epoch linked to the head") {
    const test::TemporaryDirectory directory;
    for (int start = 0; start < 3; ++start) {
        Journal journal(options_in(directory.path()));
        journal.append(test::FactMaker(journal.head()).make(4));
    }
    const auto facts = facts_of(Journal(options_in(directory.path())));
    REQUIRE(facts.size() == 12);
    CHECK(facts[4].fact.prev == facts[3].hash);
    CHECK(facts[8].fact.prev == facts[7].hash);
}

TEST_CASE("an unsigned epoch stands between signed ones") {
    const test::TemporaryDirectory directory;
    const test::ManualClock clock;
    {
        Journal journal(options_in(directory.path()));
        journal.append(test::FactMaker().make(2));
        Chain keyless({.kiosk = test::kiosk}, clock, journal.head());
        Fact hello;
        hello.kind = FactKind::hello;
        journal.append(std::vector{keyless.append(hello)});
        journal.append(test::FactMaker(journal.head()).make(2));
    }
    CHECK(facts_of(Journal(options_in(directory.path()))).size() == 5);
}

TEST_CASE("I-8: the settings of the journal are those demanded, read back") {
    const test::TemporaryDirectory directory;
    Database database(directory / "any.db", Database::Open::create);
    apply_journal_settings(database);
    CHECK(database.value("PRAGMA journal_mode") == "wal");
    CHECK(database.value("PRAGMA synchronous") == "2");
    CHECK(database.value("PRAGMA locking_mode") == "exclusive");
    CHECK(database.value("PRAGMA wal_autocheckpoint") == "0");
    CHECK(database.value("PRAGMA trusted_schema") == "0");
    CHECK(is_on(database, SQLITE_DBCONFIG_DEFENSIVE));
    CHECK(is_on(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE));
    database.execute("CREATE TABLE t (a)");
    CHECK_FALSE(std::filesystem::exists(directory / "any.db-shm"));  // exclusive came before WAL
}

TEST_CASE("a database that does not take a setting is a fault that names it") {
    Database memory = Database::in_memory();  // knows no WAL
    CHECK(says(fault_of([&] { apply_journal_settings(memory); }), "journal_mode=WAL"));
}

TEST_CASE("I-3: the database itself refuses to change, delete or replace facts") {
    const test::TemporaryDirectory directory;
    Journal(options_in(directory.path())).append(test::FactMaker().make(3));
    Database database(directory / "journal.db");
    const auto refusal = [&](const char* sql) { return fault_of([&] { database.execute(sql); }); };
    CHECK(says(refusal("UPDATE fact SET hash = x'00' WHERE number = 2"), "never changed"));
    CHECK(says(refusal("DELETE FROM fact WHERE number = 3"), "never deleted"));
    CHECK(says(refusal("REPLACE INTO fact VALUES (3, 1, 1, x'', x'', x'')"), "never replaced"));
    CHECK(says(refusal("REPLACE INTO fact SELECT 9, epoch, seq, x'', x'', x'' FROM fact"),
               "never replaced"));
    CHECK(database.value("SELECT count(*) FROM fact") == "3");
}

TEST_CASE("a journal that was there and is gone is a loss, not a first start") {
    const test::TemporaryDirectory directory;
    Journal(options_in(directory.path())).append(test::FactMaker().make(3));
    const auto open = [&] { Journal journal(options_in(directory.path())); };
    SECTION("the file is missing") {
        std::filesystem::remove(directory / "journal.db");
        CHECK(says(fault_of(open), "missing or empty"));
    }
    SECTION("the file is empty") {
        std::filesystem::resize_file(directory / "journal.db", 0);
        CHECK(says(fault_of(open), "missing or empty"));
    }
    SECTION("the file is noise") {
        std::ofstream(directory / "journal.db") << std::string(8'192, 'x');
        const auto fault = fault_of(open);
        REQUIRE(fault);
        CHECK(fault->exit_code() == ExitCode::bad_data);
    }
    SECTION("a table is missing") {
        Database(directory / "journal.db").execute("DROP TRIGGER fact_not_deleted");
        CHECK(says(fault_of(open), "does not have the tables"));
    }
}

TEST_CASE("a first start that was cut short is done again") {
    const test::TemporaryDirectory directory;
    SECTION("before the tables") { std::ofstream(directory / "journal.db").flush(); }
    SECTION("after the tables") {
        Database database(directory / "journal.db", Database::Open::create);
        create_journal_tables(database);
    }
    Journal(options_in(directory.path())).append(test::FactMaker().make(2));
    CHECK(facts_of(Journal(options_in(directory.path()))).size() == 2);
}

TEST_CASE("facts survive the loss of the mark that says the journal was made") {
    const test::TemporaryDirectory directory;
    Journal(options_in(directory.path())).append(test::FactMaker().make(2));
    std::filesystem::remove(directory / "journal.lock");
    CHECK(facts_of(Journal(options_in(directory.path()))).size() == 2);
}

TEST_CASE("a log whose journal is gone is not thrown away by a first start") {
    const test::TemporaryDirectory directory;
    std::ofstream(directory / "journal.db-wal") << "frames";
    CHECK(says(fault_of([&] { Journal journal(options_in(directory.path())); }), "its log is not"));
    CHECK(std::filesystem::file_size(directory / "journal.db-wal") == 6);
}

TEST_CASE("a journal of another kiosk or signed by another key is refused") {
    const test::TemporaryDirectory directory;
    Journal(options_in(directory.path())).append(test::FactMaker().make(2));
    JournalOptions options = options_in(directory.path());
    SECTION("kiosk") {
        options.kiosk = KioskId{4};
        CHECK(says(fault_of([&] { Journal journal(options); }), "belongs to another kiosk"));
    }
    SECTION("key") {
        options.kiosk_key = SigningKey::generate().verify_key();
        CHECK(says(fault_of([&] { Journal journal(options); }), "is not signed by this kiosk"));
        options.kiosk_key.reset();
        CHECK(facts_of(Journal(options)).size() == 2);
    }
    SECTION("training") {
        options.domain = training_domain;
        CHECK(says(fault_of([&] { Journal journal(options); }), "was altered"));
    }
}

TEST_CASE("a folder that cannot be made is a fault") {
    const auto fault = fault_of([] { Journal journal(options_in("/proc/nothing/here")); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::cannot_create);
}

}  // namespace hudoor::storage
