#include "storage/keep/pair.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <unordered_set>

#include "storage/journal/paths.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sync_count_vfs.hpp"

namespace hudoor::storage {

namespace {

using test::FactMaker;
using test::options_in;

/// Two folders, and what a start finds in them.
struct Fixture {
    test::TemporaryDirectory journal;
    test::TemporaryDirectory mirror;

    struct Found {
        JournalPair pair;
        std::vector<StoredFact> facts;
    };
    /// Each folder is a device of its own to it.
    [[nodiscard]] JournalPairOptions options() const {
        return {.journal = options_in(journal.path()),
                .mirror = mirror.path(),
                .device_of = [this](const std::filesystem::path& folder) {
                    return folder == mirror.path() ? 2 : 1;
                }};
    }
    [[nodiscard]] Found open() const {
        Found found;
        found.pair = open_journal_pair(
            options(), [&](const StoredFact& fact) { found.facts.push_back(fact); });
        return found;
    }
    static void put(const std::filesystem::path& folder, const std::vector<StoredFact>& facts) {
        Journal(options_in(folder)).append(facts);
    }
    [[nodiscard]] static std::vector<StoredFact> in(const std::filesystem::path& folder) {
        return test::facts_of(Journal(options_in(folder)));
    }
};

bool are_same(const std::vector<StoredFact>& a, const std::vector<StoredFact>& b) {
    return std::ranges::equal(a, b, [](const StoredFact& one, const StoredFact& other) {
        return one.encoding == other.encoding && one.hash == other.hash &&
               one.signature == other.signature;
    });
}

std::vector<StoredFact> sorted(std::vector<StoredFact> facts) {
    std::ranges::sort(facts, {}, [](const StoredFact& fact) {
        return std::pair(fact.fact.epoch, fact.fact.seq);
    });
    return facts;
}

}  // namespace

TEST_CASE("both files hold every fact, byte for byte the same") {
    const Fixture f;
    FactMaker maker;
    {
        auto found = f.open();
        CHECK(found.facts.empty());
        CHECK_FALSE(found.pair.head);
        for (const StoredFact& fact : maker.make(5)) CHECK(found.pair.keepers->keep(fact).durable);
        CHECK(found.pair.keepers->take_news().empty());
    }
    const auto facts = Fixture::in(f.journal.path());
    CHECK(facts.size() == 5);
    CHECK(are_same(facts, Fixture::in(f.mirror.path())));
    const auto again = f.open();
    CHECK(are_same(again.facts, facts));
    REQUIRE(again.pair.head);
    CHECK(again.pair.head->hash == maker.head().hash);
}

TEST_CASE("I-1: what one device alone kept is in both after the next start, whichever it was") {
    const Fixture f;
    FactMaker maker;
    const auto shared = maker.make(4);
    Fixture::put(f.journal.path(), shared);
    Fixture::put(f.mirror.path(), shared);
    const auto& alone = GENERATE(true, false) ? f.mirror : f.journal;
    const auto more = maker.make(1'500);
    Fixture::put(alone.path(), more);
    {
        const auto found = f.open();
        CHECK(found.facts.size() == 1'504);
        REQUIRE(found.pair.head);
        CHECK(found.pair.head->hash == maker.head().hash);
    }
    CHECK(are_same(Fixture::in(f.journal.path()), Fixture::in(f.mirror.path())));
}

TEST_CASE("I-2: two devices that went on apart hold both ways afterwards, and verify") {
    const Fixture f;
    FactMaker first;
    const auto shared = first.make(3);
    const Head parent = first.head();
    Fixture::put(f.journal.path(), shared);
    Fixture::put(f.mirror.path(), shared);
    // The mirror kept the rest of that epoch; then a start without it began another one.
    Fixture::put(f.mirror.path(), first.make(2));
    Fixture::put(f.journal.path(), FactMaker(parent).make(4));
    CHECK(f.open().facts.size() == 9);
    const auto facts = Fixture::in(f.journal.path());
    CHECK(facts.size() == 9);
    CHECK(are_same(sorted(facts), sorted(Fixture::in(f.mirror.path()))));
    CHECK(f.open().pair.keepers->state() == StorageState::whole);
}

TEST_CASE("F9: a damaged journal gets everything back from its mirror, and says so") {
    const Fixture f;
    FactMaker maker;
    const auto facts = maker.make(300);
    Fixture::put(f.journal.path(), facts);
    Fixture::put(f.mirror.path(), facts);
    std::filesystem::resize_file(journal_file(f.journal.path()), 100);
    {
        auto found = f.open();
        CHECK(found.facts.size() == 300);
        const auto news = found.pair.keepers->take_news();
        REQUIRE(news.size() == 1);
        CHECK(news[0].device == "journal");
        CHECK(news[0].trouble == DeviceTrouble::damaged);
        CHECK(found.pair.keepers->state() == StorageState::whole);
    }
    CHECK(are_same(Fixture::in(f.journal.path()), facts));
}

TEST_CASE(
    "F11: without its mirror, or without its journal, a kiosk starts with the other and says so") {
    const Fixture f;
    FactMaker maker;
    const auto facts = maker.make(3);
    Fixture::put(f.journal.path(), facts);
    Fixture::put(f.mirror.path(), facts);
    const bool journal_is_gone = GENERATE(true, false);
    const auto& gone = journal_is_gone ? f.journal : f.mirror;
    const auto aside = gone.path().string() + "-aside";
    std::filesystem::rename(gone.path(), aside);
    std::ofstream(gone.path()) << "no folder";  // as after a mount that failed
    auto found = f.open();
    std::filesystem::remove(gone.path());
    std::filesystem::rename(aside, gone.path());
    CHECK(found.facts.size() == 3);
    CHECK(found.pair.keepers->state() == StorageState::reduced);
    CHECK(found.pair.keepers->on_mirror() == journal_is_gone);
    const auto news = found.pair.keepers->take_news();
    REQUIRE(news.size() == 1);
    CHECK(news[0].trouble == DeviceTrouble::missing);
    CHECK(found.pair.keepers->keep(maker.make(1).front()).durable);
}

TEST_CASE("F11: a device that cannot be read from any moment on never stops a start") {
    for (const bool journal_is_torn : {false, true}) {
        int torn_after_opening = 0;
        for (int nth = 1;; nth += 3) {
            INFO((journal_is_torn ? "journal" : "mirror") << " torn out at read " << nth);
            const Fixture f;
            FactMaker maker;
            const auto shared = maker.make(30, 900);
            Fixture::put(f.journal.path(), shared);
            Fixture::put(f.mirror.path(), shared);
            // Each has something the other lacks, or the mirror need not be read.
            Fixture::put(f.mirror.path(), FactMaker(maker.head()).make(2));
            Fixture::put(f.journal.path(), maker.make(2));
            test::SyncCountVfs vfs;
            vfs.fail_reads_in(journal_is_torn ? f.journal.path() : f.mirror.path(), nth);
            JournalPairOptions options = f.options();
            options.journal.vfs = vfs.name();
            std::unordered_set<Hash> visited;
            auto pair = open_journal_pair(
                options, [&](const StoredFact& fact) { CHECK(visited.insert(fact.hash).second); });
            if (!vfs.has_failed_reads()) {
                CHECK(visited.size() == 34);
                break;
            }
            CHECK(visited.size() >= 32);
            CHECK(pair.keepers->state() == StorageState::reduced);
            CHECK(pair.keepers->on_mirror() == journal_is_torn);
            const auto news = pair.keepers->take_news();
            REQUIRE(news.size() == 1);
            CHECK(news[0].device == (journal_is_torn ? "journal" : "mirror"));
            torn_after_opening += news[0].trouble == DeviceTrouble::failed;
            CHECK(pair.keepers->keep(FactMaker(pair.head).make(1).front()).durable);
        }
        CHECK(torn_after_opening > 2);
    }
}

TEST_CASE("F29: a mirror that another program holds stops the start") {
    const Fixture f;
    const Journal other(options_in(f.mirror.path()));
    const auto fault = test::fault_of([&] { (void)f.open(); });
    REQUIRE(fault);
    CHECK(fault->exit_code() == ExitCode::unavailable);
}

namespace {

/// What a start says of a mirror it cannot use; it goes on with the journal.
std::string start_without_mirror(const JournalPairOptions& options) {
    auto pair = open_journal_pair(options, [](const StoredFact&) {});
    CHECK(pair.keepers->state() == StorageState::reduced);
    CHECK_FALSE(pair.keepers->on_mirror());
    const auto news = pair.keepers->take_news();
    REQUIRE(news.size() == 1);
    CHECK(news[0].device == "mirror");
    CHECK(news[0].trouble == DeviceTrouble::missing);
    return news[0].why;
}

using FileContents = std::map<std::string, std::string>;

FileContents contents_of(const std::filesystem::path& folder) {
    FileContents contents;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        contents[entry.path().string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    return contents;
}

}  // namespace

TEST_CASE("a mirror on the journal's own device is refused") {
    const Fixture f;
    JournalPairOptions options = f.options();
    options.device_of = device_of;  // both folders are in one place
    CHECK(start_without_mirror(options).find("same device") != std::string::npos);
    CHECK(std::filesystem::is_empty(f.mirror.path()));
}

TEST_CASE("the folder of a mirror is never made") {
    const Fixture f;
    JournalPairOptions options = f.options();
    options.mirror = f.mirror / "records";
    options.device_of = [&](const std::filesystem::path& folder) -> std::optional<dev_t> {
        if (!std::filesystem::exists(folder)) return std::nullopt;
        return folder == options.mirror ? 2 : 1;
    };
    CHECK(start_without_mirror(options).find("not there") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(options.mirror));
}

TEST_CASE("another kiosk's mirror is refused, and left untouched byte for byte") {
    const Fixture f;
    JournalOptions theirs = options_in(f.mirror.path());
    FactMaker maker;
    SECTION("with another number") {
        theirs.kiosk = KioskId{4};
        test::ManualClock clock;
        Chain chain({.kiosk = theirs.kiosk}, clock, {});
        Fact hello;
        hello.kind = FactKind::hello;
        const std::vector facts{chain.append(hello)};
        Journal(theirs).append(facts);
    }
    SECTION("with this one's number, of another event") {
        SigningKey key = SigningKey::generate();
        theirs.kiosk_key = key.verify_key();
        Journal(theirs).append(FactMaker({}, std::move(key)).make(5));
    }
    SECTION("killed, so that everything is in its log") {
        SigningKey key = SigningKey::generate();
        theirs.kiosk_key = key.verify_key();
        const test::TemporaryDirectory alive;
        theirs.directory = alive.path();
        Journal journal(theirs);
        journal.append(FactMaker({}, std::move(key)).make(5));
        std::filesystem::copy(alive.path(), f.mirror.path());
        std::filesystem::remove(f.mirror / "journal.lock");
    }
    const FileContents before = contents_of(f.mirror.path());
    CHECK(start_without_mirror(f.options()).find("another kiosk") != std::string::npos);
    CHECK(contents_of(f.mirror.path()) == before);
}

TEST_CASE("F31: a pair whose journal is taken away wants a new start, which has everything") {
    const Fixture f;
    const bool with_mirror = GENERATE(true, false);
    JournalPairOptions options = f.options();
    if (!with_mirror) options.mirror.clear();
    FactMaker maker;
    std::size_t kept = 0;
    {
        auto pair = open_journal_pair(options, [](const StoredFact&) {});
        for (const StoredFact& fact : maker.make(5)) kept += pair.keepers->keep(fact).durable;
        CHECK_FALSE(pair.keepers->wants_restart());
        std::filesystem::remove(journal_file(f.journal.path()));
        kept += pair.keepers->keep(maker.make(1).front()).durable;
        CHECK(kept == (with_mirror ? 6 : 5));
        CHECK(pair.keepers->wants_restart());
        const auto news = pair.keepers->take_news();
        REQUIRE(news.size() == 1);
        CHECK(news[0].trouble == DeviceTrouble::replaced);
    }
    auto pair = open_journal_pair(options, [&](const StoredFact&) { --kept; });
    CHECK(kept == 0);
    const auto news = pair.keepers->take_news();
    REQUIRE(news.size() == 1);
    CHECK(news[0].trouble == DeviceTrouble::replaced);
}

TEST_CASE("two strange journals are joined without a loss") {
    const Fixture f;
    Fixture::put(f.journal.path(), FactMaker().make(2));
    Fixture::put(f.mirror.path(), FactMaker().make(3));
    CHECK(f.open().facts.size() == 5);
    CHECK(are_same(sorted(Fixture::in(f.journal.path())), sorted(Fixture::in(f.mirror.path()))));
}

}  // namespace hudoor::storage
