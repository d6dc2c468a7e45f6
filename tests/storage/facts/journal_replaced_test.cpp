// F31: the files of a journal are removed or replaced while it is in use. Whatever was acknowledged
// is found by the next start.

#include <functional>
#include <thread>
#include <unordered_set>

#include "storage/journal/aside.hpp"
#include "storage/journal/paths.hpp"
#include "storage/journal/rescue.hpp"
#include "storage/journal/salvage.hpp"
#include "storage/keep/keeper.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/cut_calls.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::facts_of;
using test::fault_of;
using test::options_in;

/// A journal's folder, with copies of its files as others would have made them.
struct Place {
    test::TemporaryDirectory root;
    fs::path state = root / "state";
    fs::path night = root / "last-night";
    fs::path twin = root / "twin";  ///< of everything at the moment the journal is opened
    test::FactMaker maker;
    std::vector<StoredFact> acknowledged;

    Place() {
        keep([this] { return std::make_unique<Journal>(options_in(state)); }, 3);
        fs::copy(state, night);
        keep([this] { return std::make_unique<Journal>(options_in(state)); }, 4);
        fs::copy(state, twin);
    }
    void append(Journal& journal, std::size_t count) {
        const auto facts = maker.make(count);
        journal.append(facts);
        acknowledged.insert(acknowledged.end(), facts.begin(), facts.end());
    }
    [[nodiscard]] fs::path file(const char* name) const { return state / name; }

private:
    template <typename Open>
    void keep(const Open& open, std::size_t count) {
        append(*open(), count);
    }
};

struct Blow {
    const char* name;
    void (*strike)(const Place& place);
};

/// What people and tools do to files, none of which opens them.
const std::vector<Blow>& all_blows() {
    static const std::vector<Blow> blows{
        {"rm journal.db", [](const Place& place) { fs::remove(place.file("journal.db")); }},
        {"rm journal.db-wal", [](const Place& place) { fs::remove(place.file("journal.db-wal")); }},
        {"rm journal.lock", [](const Place& place) { fs::remove(place.file("journal.lock")); }},
        {"rm *", [](const Place& place) { fs::remove_all(place.state); }},
        {"mv another one over it",
         [](const Place& place) {
             fs::rename(place.night / "journal.db", place.file("journal.db"));
         }},
        {"cp and mv",
         [](const Place& place) {
             fs::rename(place.twin / "journal.db", place.file("journal.db"));
         }},
        {"rsync of all",
         [](const Place& place) {
             for (const char* name : {"journal.db", "journal.db-wal", "journal.lock"})
                 fs::rename(place.night / name, place.file(name));
         }},
        {"mv of the folder, and another in its place",
         [](const Place& place) {
             fs::rename(place.state, place.root / "elsewhere");
             fs::rename(place.night, place.state);
         }},
    };
    return blows;
}

/// What the next start finds.
struct Found {
    std::unordered_set<Hash> facts;
    std::optional<Salvaged> salvaged;
};

Found start(const Place& place) {
    const OpenedJournal opened = open_or_salvage(options_in(place.state));
    Found found{{}, opened.salvaged};
    for (const StoredFact& fact : facts_of(*opened.journal)) found.facts.insert(fact.hash);
    return found;
}

std::size_t count_lost(const Place& place, const Found& found) {
    std::size_t lost = 0;
    for (const StoredFact& fact : place.acknowledged) lost += !found.facts.contains(fact.hash);
    return lost;
}

struct Played {
    int calls = 0;
    std::size_t lost = 0;
};

/// Strikes once at each call that a journal makes from its opening to its end.
Played play_at_every_call(const Blow& blow) {
    Played played;
    for (;; ++played.calls) {
        Place place;
        bool is_struck = false;
        (void)fault_of([&] {
            Journal journal(options_in(place.state));
            const test::AtCall at_call(played.calls + 1, [&] {
                is_struck = true;
                blow.strike(place);
            });
            place.append(journal, 1);
            journal.look();
            place.append(journal, 5);
            journal.idle();
            place.append(journal, 2);
        });
        if (!is_struck) return played;
        played.lost += count_lost(place, start(place));
    }
}

}  // namespace

TEST_CASE("F31: files removed or replaced before, between and after commits cost no fact") {
    for (const Blow& blow : all_blows())
        for (int moment = 0; moment < 5; ++moment) {
            INFO(blow.name << ", at moment " << moment);
            Place place;
            const auto fault = fault_of([&] {
                Journal journal(options_in(place.state));
                place.append(journal, 2);
                if (moment == 1) journal.idle();
                blow.strike(place);
                if (moment < 2) place.append(journal, 1);
                if (moment == 2) journal.idle();
                if (moment == 3) journal.look();
            });
            CHECK((moment == 4 || test::says(fault, "removed or replaced")));
            const Found found = start(place);
            CHECK(count_lost(place, found) == 0);
            REQUIRE(found.salvaged);
            CHECK(found.salvaged->kind == DeviceTrouble::replaced);
            CHECK(found.salvaged->facts == found.facts.size());
            const Found again = start(place);
            CHECK_FALSE(again.salvaged);
            CHECK(again.facts == found.facts);
        }
}

TEST_CASE("F31: at whatever call to the file system it happens, nothing acknowledged is lost") {
    for (const Blow& blow : all_blows()) {
        INFO(blow.name);
        const Played played = play_at_every_call(blow);
        CHECK(played.calls > 8);
        CHECK(played.lost == 0);
    }
}

// For a program that does not look.
TEST_CASE("files replaced at any call show the loss", "[.lost-when-replaced]") {
    std::size_t lost = 0;
    for (const Blow& blow : all_blows()) lost += play_at_every_call(blow).lost;
    CHECK(lost > 0);
}

TEST_CASE("F31: a start that takes what was rescued, cut at any call, is finished by the next") {
    int cuts = 0;
    for (;; ++cuts) {
        INFO("cut at call " << cuts + 1);
        Place place;
        (void)fault_of([&] {
            Journal journal(options_in(place.state));
            place.append(journal, 2);
            fs::rename(place.night / "journal.db", place.file("journal.db"));
            journal.look();
        });
        if (!test::is_cut(cuts + 1, [&] {
                const OpenedJournal opened = open_or_salvage(options_in(place.state));
            }))
            break;
        const Found found = start(place);
        CHECK(count_lost(place, found) == 0);
        CHECK(find_rescued(place.state).empty());
        CHECK_FALSE(start(place).salvaged);
    }
    CHECK(cuts > 10);
}

TEST_CASE("F31: what was written into the file put in place is kept as well") {
    Place place;
    {
        Journal journal(options_in(place.state));
        place.append(journal, 2);
        fs::rename(place.state, place.root / "elsewhere");
        fs::rename(place.night, place.state);
        CHECK(fault_of([&] { journal.look(); }));
    }
    // A program that knows nothing of the rescued one.
    const auto stranger = test::FactMaker(Journal(options_in(place.state)).head()).make(3);
    Journal(options_in(place.state)).append(stranger);
    place.acknowledged.insert(place.acknowledged.end(), stranger.begin(), stranger.end());
    CHECK(count_lost(place, start(place)) == 0);
}

TEST_CASE("F31: a journal of another kiosk in its place is moved aside untouched") {
    Place place;
    const test::TemporaryDirectory other;
    {
        JournalOptions options = options_in(other.path());
        options.kiosk = KioskId{4};
        const Journal theirs(options);
    }
    {
        Journal journal(options_in(place.state));
        place.append(journal, 2);
        fs::copy_file(other / "journal.db", place.root / "new");
        fs::rename(place.root / "new", place.file("journal.db"));
        CHECK(fault_of([&] { journal.look(); }));
    }
    const Found found = start(place);
    CHECK(count_lost(place, found) == 0);
    REQUIRE(found.salvaged);
    CHECK(fs::exists(found.salvaged->aside / "journal.db"));
}

TEST_CASE("F31: a keeper sees it while nothing comes, and says what it is") {
    Place place;
    Keeper keeper([&] { return std::make_unique<Journal>(options_in(place.state)); }, 10s, 1ms);
    const auto facts = place.maker.make(2);
    for (const StoredFact& fact : facts) {
        CHECK(keeper.submit(fact).get().durable);
        place.acknowledged.push_back(fact);
    }
    fs::remove(place.file("journal.db"));
    for (const auto end = test::within(10s);
         keeper.healthy() && std::chrono::steady_clock::now() < end;)
        std::this_thread::yield();
    REQUIRE_FALSE(keeper.healthy());
    CHECK(keeper.failure().trouble == DeviceTrouble::replaced);
    CHECK_FALSE(keeper.submit(facts.front()).get().durable);
}

TEST_CASE("a second name of the journal is told once, and is no fault") {
    Place place;
    std::vector<std::string> notices;
    JournalOptions options = options_in(place.state);
    options.notice = [&](const std::string& words) { notices.push_back(words); };
    Journal journal(options);
    journal.look();
    CHECK(notices.empty());
    fs::create_hard_link(place.file("journal.db"), place.root / "second");
    for (int times = 0; times < 3; ++times) journal.look();
    CHECK(notices.size() == 1);
    CHECK_FALSE(fault_of([&] { place.append(journal, 1); }));
}

}  // namespace hudoor::storage
