// F24: whatever is done to a closed journal with SQLite's own means is found at the next start, and
// the message names the fact.

#include "storage/base/sqlite.hpp"
#include "storage/journal/journal.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

/// Two epochs of five facts, closed, and open to tampering.
class AlteredJournal {
public:
    AlteredJournal() {
        for (int start = 0; start < 2; ++start) {
            Journal journal(test::options_in(directory_.path()));
            journal.append(test::FactMaker(journal.head()).make(5));
        }
    }

    /// Runs SQL as one would who knows how: without the triggers, and with the triggers back after.
    void tamper(const std::string& sql) const {
        Database database(directory_ / "journal.db");
        std::vector<std::string> triggers;
        Statement names =
            database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        std::string drops;
        while (names.step()) {
            drops += "DROP TRIGGER " + names.text(0) + ";";
            triggers.push_back(names.text(1));
        }
        names.reset();
        database.execute((drops + sql).c_str());
        for (const std::string& trigger : triggers) database.execute(trigger.c_str());
    }

    /// Replaces the encoding of a fact and, if told to, its hash by what the new encoding gives.
    void set_encoding(int number, const Bytes& encoding, bool rehash) const {
        tamper("UPDATE fact SET encoding = x'" + to_hex(encoding) + "'" +
               (rehash ? ", hash = x'" + to_hex(hash_fact(encoding).bytes) + "'" : "") +
               " WHERE number = " + std::to_string(number));
    }

    [[nodiscard]] std::optional<Fault> opened() const {
        return test::fault_of([this] { Journal journal(test::options_in(directory_.path())); });
    }
    [[nodiscard]] std::vector<StoredFact> facts() const {
        return test::facts_of(Journal(test::options_in(directory_.path())));
    }

private:
    test::TemporaryDirectory directory_;
};

bool names_fact(const std::optional<Fault>& fault, std::uint64_t seq) {
    return fault && fault->exit_code() == ExitCode::bad_data &&
           test::says(fault, "fact " + std::to_string(seq) + " of epoch ");
}

}  // namespace

TEST_CASE("an untouched journal opens, so the findings below are not chance") {
    const AlteredJournal journal;
    journal.tamper("");
    CHECK_FALSE(journal.opened());
    CHECK(journal.facts().size() == 10);
}

TEST_CASE("a flipped bit in any part of a fact is found") {
    const AlteredJournal journal;
    const Bytes good = journal.facts()[2].encoding;
    for (std::size_t byte = 0; byte < good.size(); byte += 5) {
        Bytes altered = good;
        altered[byte] ^= 4;
        journal.set_encoding(3, altered, false);
        if (!names_fact(journal.opened(), 3)) FAIL("not found at byte " << byte);
    }
    journal.set_encoding(3, good, false);
    CHECK_FALSE(journal.opened());
}

TEST_CASE("a fact altered together with its hash is found by the one after it") {
    const AlteredJournal journal;
    Bytes altered = journal.facts()[2].encoding;
    altered[60] ^= 1;
    journal.set_encoding(3, altered, true);
    CHECK(names_fact(journal.opened(), 4));
}

TEST_CASE("the last fact of an epoch altered together with its hash is found") {
    const AlteredJournal journal;
    const auto [number, named] = GENERATE(std::pair{5, 1}, std::pair{10, 5});
    Bytes altered = journal.facts()[static_cast<std::size_t>(number - 1)].encoding;
    altered[60] ^= 1;
    journal.set_encoding(number, altered, true);
    CHECK(names_fact(journal.opened(), static_cast<std::uint64_t>(named)));  // link, or signature
}

TEST_CASE("altered hashes, signatures and columns are found") {
    const AlteredJournal journal;
    SECTION("hash") {
        journal.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 4");
        CHECK(names_fact(journal.opened(), 4));
    }
    SECTION("hash of the wrong size") {
        journal.tamper("UPDATE fact SET hash = x'00' WHERE number = 4");
        REQUIRE(journal.opened());
        CHECK(journal.opened()->exit_code() == ExitCode::bad_data);
    }
    SECTION("last signature") {
        journal.tamper(
            "UPDATE fact SET signature = (SELECT signature FROM fact WHERE number = 9)"
            " WHERE number = 10");
        CHECK(names_fact(journal.opened(), 5));
    }
    SECTION("a signature taken away") {
        journal.tamper("UPDATE fact SET signature = zeroblob(64) WHERE number = 10");
        CHECK(names_fact(journal.opened(), 5));
    }
    SECTION("number within the epoch") {
        journal.tamper("UPDATE fact SET seq = 77 WHERE number = 3");
        CHECK(names_fact(journal.opened(), 77));
    }
    SECTION("epoch") {
        journal.tamper("UPDATE fact SET epoch = 1 WHERE number = 3");
        CHECK(names_fact(journal.opened(), 3));
    }
}

TEST_CASE("a missing fact is found wherever another follows") {
    const AlteredJournal journal;
    SECTION("amid an epoch") {
        journal.tamper("DELETE FROM fact WHERE number = 3");
        CHECK(names_fact(journal.opened(), 4));
    }
    SECTION("a hello") {
        journal.tamper("DELETE FROM fact WHERE number = 6");
        CHECK(names_fact(journal.opened(), 2));
    }
    SECTION("the tail of an epoch") {
        journal.tamper("DELETE FROM fact WHERE number IN (4, 5)");
        CHECK(names_fact(journal.opened(), 1));
    }
    SECTION("a whole epoch") {
        journal.tamper("DELETE FROM fact WHERE number <= 5");
        CHECK(names_fact(journal.opened(), 1));
    }
}

TEST_CASE("facts that changed places are found") {
    const AlteredJournal journal;
    journal.tamper(
        "UPDATE fact SET number = 100 WHERE number = 2;"
        "UPDATE fact SET number = 2 WHERE number = 3;"
        "UPDATE fact SET number = 3 WHERE number = 100");
    CHECK(names_fact(journal.opened(), 3));
}

TEST_CASE("an epoch written anew with another key is found by its signature") {
    const test::TemporaryDirectory directory;
    JournalOptions keyless = test::options_in(directory.path());
    keyless.kiosk_key.reset();
    Journal(keyless).append(test::FactMaker({}, SigningKey::generate()).make(5));
    const auto fault = test::fault_of([&] { Journal journal(test::options_in(directory.path())); });
    CHECK(names_fact(fault, 5));
    CHECK(test::says(fault, "is not signed by this kiosk"));
}

}  // namespace hudoor::storage
