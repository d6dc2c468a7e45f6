// F24, I-2: hudoor verify finds what was done to a kiosk's journal, and leaves it as it is.

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "storage/facts/hello.hpp"
#include "storage/journal/schema.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;
using storage::Journal;
using storage::StoredFact;

/// An event that knows the kiosk of the journal fixture, and a state folder of that kiosk.
struct EventWithJournal : DemoEvent {
    fs::path state = scratch.path("state");

    EventWithJournal() {
        fs::create_directory(scratch.path("tmp"));
        open().add_kiosk(
            {test::kiosk, "north-1", storage::PlaceId{1}, kiosk_key().verify_key(), {}, {}},
            {WallTime(), "kiosk add north-1"});
    }

    /// A start of the kiosk that writes an epoch and stops cleanly.
    void write_epoch(std::size_t facts, const std::string& folder = "state") const {
        Journal journal(options_in(scratch.path(folder)));
        journal.append(FactMaker(journal.head()).make(facts));
    }
    void write(const std::vector<StoredFact>& facts, const std::string& folder = "state") const {
        storage::JournalOptions options = options_in(scratch.path(folder));
        options.kiosk_key.reset();
        Journal(options).append(facts);
    }
    /// Without the triggers, which are back after.
    void tamper(const std::string& sql) const {
        storage::Database database(state / "journal.db");
        std::string drops;
        std::string back;
        auto triggers =
            database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        while (triggers.step()) {
            drops += "DROP TRIGGER " + triggers.text(0) + ";";
            back += triggers.text(1) + ";";
        }
        triggers.reset();
        database.execute((drops + sql + ";" + back).c_str());
    }
    [[nodiscard]] Finished verify(const std::string& files) const {
        return run(scratch, "export TMPDIR=$PWD/tmp; hudoor --event event verify " + files);
    }
};

/// Every file below a folder with its content and when it was last written.
std::map<std::string, std::pair<std::string, fs::file_time_type>> everything_in(
    const fs::path& folder) {
    std::map<std::string, std::pair<std::string, fs::file_time_type>> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = {{std::istreambuf_iterator<char>(in), {}},
                                                   entry.last_write_time()};
    }
    return files;
}

}  // namespace

TEST_CASE(
    "verify says of a whole journal whose it is, what it holds, and that its end is not confirmed") {
    const EventWithJournal event;
    event.write_epoch(4);
    event.write_epoch(3);
    const auto before = everything_in(event.state);
    const Finished finished = event.verify("state/journal.db");
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK(finished.says(
        "state/journal.db: kiosk 3, north-1, epochs 2, facts 7, 2026-12-04 09:30 to 2026-12-04 09:30"));
    CHECK(finished.says("end not confirmed"));
    CHECK(everything_in(event.state) == before);
    CHECK(fs::is_empty(event.scratch.path("tmp")));
}

TEST_CASE("verify --json says the same to a program") {
    const EventWithJournal event;
    event.write_epoch(4);
    const auto head = Journal(options_in(event.state)).head();
    const json line = json::parse(event.verify("--json state/journal.db").output);
    CHECK(line["file"] == "state/journal.db");
    CHECK(line["whole"] == true);
    CHECK(line["kiosk"] == 3);
    CHECK(line["name"] == "north-1");
    CHECK(line["epochs"] == 1);
    CHECK(line["facts"] == 4);
    CHECK(line["first"] == "2026-12-04T05:30:00.000Z");
    CHECK(line["last"] == "2026-12-04T05:30:03.000Z");
    CHECK(line["head"]["epoch"] == static_cast<std::uint32_t>(head->epoch));
    CHECK(line["head"]["seq"] == 4);
    CHECK(line["head"]["hash"] == storage::to_hex(head->hash.bytes));
    CHECK(line["end_confirmed"] == false);
}

TEST_CASE("verify reads the log beside a journal that was never stopped, and changes neither") {
    const EventWithJournal event;
    {
        Journal journal(options_in(event.state));
        journal.append(FactMaker().make(5));
        fs::copy(event.state, event.scratch.path("copy"));
    }
    REQUIRE(fs::file_size(event.scratch.path("copy/journal.db-wal")) > 0);
    const auto before = everything_in(event.scratch.path("copy"));
    const Finished finished = event.verify("copy/journal.db");
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK(finished.says("facts 5"));
    CHECK(everything_in(event.scratch.path("copy")) == before);
}

TEST_CASE("verify leaves a journal alone that a running kiosk holds") {
    const EventWithJournal event;
    {
        Journal journal(options_in(event.state));
        journal.append(FactMaker().make(5));
        const Finished finished = event.verify("state/journal.db");
        CHECK(finished.exit_code == 75);
        CHECK(finished.says("A running kiosk holds state/journal.db"));
    }
    CHECK(event.verify("state/journal.db").exit_code == 0);
}

TEST_CASE("F24: verify names the file and the first fact that was altered") {
    const EventWithJournal event;
    event.write_epoch(4);
    event.write_epoch(3);
    const auto expect = [&](const std::string& sql, const std::string& row,
                            const std::string& what) {
        event.tamper(sql);
        const auto before = everything_in(event.state);
        const Finished finished = event.verify("state/journal.db");
        INFO(finished.output);
        CHECK(finished.exit_code == 65);
        CHECK(finished.says("hudoor: state/journal.db: row " + row + ": fact "));
        CHECK(finished.says(what));
        CHECK(everything_in(event.state) == before);
        const json line = json::parse(event.verify("--json state/journal.db 2>/dev/null").output);
        CHECK(line["whole"] == false);
    };
    SECTION("a hash") {
        expect("UPDATE fact SET hash = zeroblob(32) WHERE number = 6", "6",
               "its hash does not hold");
    }
    SECTION("a signature before the last") {
        expect(
            "UPDATE fact SET signature = (SELECT signature FROM fact WHERE number = 1) WHERE number = 3",
            "3", "is not signed by this kiosk");
    }
    SECTION("a column past the bits an epoch has") {
        expect("UPDATE fact SET epoch = epoch + (1 << 32) WHERE number = 2", "2",
               "does not say its number");
    }
    SECTION("a fact is missing") {
        expect("DELETE FROM fact WHERE number = 2", "2", "one is missing");
    }
    SECTION("an epoch is missing") {
        expect("DELETE FROM fact WHERE number < 5", "1", "follows no fact in the file");
    }
}

TEST_CASE("a mirror or a copy confirms the end, and shows a tail that was cut") {
    const EventWithJournal event;
    event.write_epoch(4);
    fs::copy(event.state, event.scratch.path("mirror"));
    Finished finished = event.verify("state/journal.db mirror/journal.db");
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK(finished.says("end confirmed"));
    CHECK_FALSE(finished.says("not confirmed"));

    SECTION("the end of an epoch") { event.tamper("DELETE FROM fact WHERE number > 2"); }
    SECTION("a whole epoch") { event.write_epoch(2, "mirror"); }
    SECTION("everything") { event.tamper("DELETE FROM fact"); }
    finished = event.verify("mirror/journal.db state/journal.db");
    INFO(finished.output);
    CHECK(finished.exit_code == 65);
    CHECK(finished.says("hudoor: state/journal.db: against mirror/journal.db: fact "));
    CHECK(finished.says("its tail was cut, or it is an earlier copy"));
    CHECK_FALSE(finished.says("hudoor: mirror/journal.db:"));
}

TEST_CASE("a copy that was altered is no witness") {
    const EventWithJournal event;
    event.write_epoch(4);
    fs::copy(event.state, event.scratch.path("mirror"));
    event.tamper("UPDATE fact SET hash = zeroblob(32) WHERE number = 4");
    const Finished finished = event.verify("state/journal.db mirror/journal.db");
    CHECK(finished.exit_code == 65);
    CHECK(finished.says("mirror/journal.db: kiosk 3"));
    CHECK(finished.says("end not confirmed"));
}

TEST_CASE("facts of a training, of an unknown kiosk or with another key fail") {
    const EventWithJournal event;
    SECTION("training") {
        const ManualClock clock;
        storage::Chain chain({.kiosk = storage::KioskId{0}, .domain = storage::training_domain},
                             clock, {});
        storage::Fact hello;
        hello.kind = storage::FactKind::hello;
        Journal({.directory = event.state,
                 .kiosk = storage::KioskId{0},
                 .kiosk_key = {},
                 .domain = storage::training_domain})
            .append(std::vector{chain.append(hello)});
        CHECK(event.verify("state/journal.db").says("is of a training"));
    }
    SECTION("unknown kiosk") {
        const ManualClock clock;
        storage::Chain chain({.kiosk = storage::KioskId{9}}, clock, {});
        storage::Fact hello;
        hello.kind = storage::FactKind::hello;
        Journal({.directory = event.state, .kiosk = storage::KioskId{9}, .kiosk_key = {}})
            .append(std::vector{chain.append(hello)});
        CHECK(event.verify("state/journal.db").says("of kiosk 9, which this event does not have"));
    }
    SECTION("key") {
        event.write(FactMaker({}, storage::SigningKey::generate()).make(3));
        CHECK(event.verify("state/journal.db").says("row 1: fact 1 of epoch "));
        CHECK(event.verify("state/journal.db").says("is not signed by this kiosk"));
    }
    CHECK(event.verify("state/journal.db").exit_code == 65);
}

TEST_CASE("I-20: facts without a signature hold where a signed start names them as its own") {
    const EventWithJournal event;
    event.write_epoch(2);
    const ManualClock clock;
    storage::Chain keyless({.kiosk = test::kiosk}, clock, Journal(options_in(event.state)).head());
    storage::Fact hello;
    hello.kind = storage::FactKind::hello;
    event.write({keyless.append(hello)});
    const Finished bare = event.verify("state/journal.db");
    CHECK(bare.exit_code == 65);
    CHECK(bare.says("nothing proves them"));

    const storage::SigningKey key = kiosk_key();
    storage::Chain next({.kiosk = test::kiosk, .signing_key = &key}, clock, keyless.head());
    const bool is_named = GENERATE(true, false);
    if (is_named)
        hello = storage::make_hello(
            {.edition = {}, .own_unsigned = 1, .own_head = keyless.head().hash});
    event.write({next.append(hello)});
    const Finished followed = event.verify("state/journal.db");
    INFO(followed.output);
    CHECK(followed.exit_code == (is_named ? 0 : 65));
}

TEST_CASE("a journal levelled with its mirror is whole") {
    const EventWithJournal event;
    FactMaker first;
    event.write(first.make(3));
    const storage::Head fork_at = first.head();
    const auto later = first.make(3);
    event.write(FactMaker(fork_at).make(2));
    event.write(later);
    event.write(FactMaker(fork_at).make(2));
    const Finished finished = event.verify("state/journal.db");
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK(finished.says("epochs 3, facts 10"));
}

TEST_CASE("what is missing or no journal has its exit code, and an alteration outweighs it") {
    const EventWithJournal event;
    event.write_epoch(2);
    event.scratch.write("text", "no journal\n");
    CHECK(event.verify("nowhere.db").exit_code == 66);
    CHECK(event.verify("text").exit_code == 65);
    CHECK(event.verify("").exit_code == 66);
    const Finished both = event.verify("nowhere.db state/journal.db");
    CHECK(both.exit_code == 66);
    CHECK(both.says("facts 2"));
    CHECK(event.verify("nowhere.db text").exit_code == 65);
    CHECK(run(event.scratch, "hudoor --event nowhere verify state/journal.db").exit_code == 66);
}
