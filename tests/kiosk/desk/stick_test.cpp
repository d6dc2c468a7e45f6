// Records onto a stick and lists from one, while the kiosk works.
#include "kiosk/chores/thread.hpp"
#include "kiosk/chores/unsigned_copies.hpp"

#include <atomic>
#include <future>

#include "storage/base/files.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/journal/journal.hpp"
#include "tests/kiosk/desk/desk_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::kiosk;
using namespace std::chrono_literals;
using State = StickPage::State;
namespace fs = std::filesystem;

namespace {

/// A kiosk with facts, and a folder that plays the stick.
struct AtTheStick : test::DeskFixture {
    storage::TemporaryFolder folder{fs::temp_directory_path()};
    fs::path stick = folder.path() / "stick", state = folder.path() / "state";

    AtTheStick() : test::DeskFixture(test::EventFixture().delegates_up_to(700)) {
        fs::create_directories(stick);
        fs::create_directories(state);
        for (unsigned n = 1; n <= 700; ++n)
            REQUIRE(scan(event.badge_text(event.delegate(n)))->stored);
    }
    [[nodiscard]] StickOptions options() const {
        return {.sticks = {.folder = stick}, .state = state, .keepers = keepers->readers()};
    }
    StickPage copy() {
        return copy_records(options(), in_force_now(), 701, [](double) {});
    }
    [[nodiscard]] fs::path copied() const { return stick / (event.identity.kiosk_name + ".facts"); }

    void write_update(const fs::path& file, std::uint64_t revision) const {
        auto content = event.content(event.delegates_up_to(3));
        content.revision = revision;
        const storage::SealKey key = event.kiosk_opening.seal_key();
        const storage::UpdateContent update{
            .identities = {storage::encode_identity(event.identity, event.organiser)},
            .snapshot = storage::make_snapshot(content, event.organiser, {&key, 1}),
            .refusals =
                storage::encode_refusals(event.refusals, event.identity.event, event.organiser),
            .roster = storage::encode_roster(test::sample_roster(event), event.identity.event,
                                             event.organiser)};
        storage::write_update_bundle(update, event.identity.event, event.organiser, {&key, 1},
                                     file);
    }
    [[nodiscard]] Publication in_force_now() const {
        return publication(event.replica(event.delegates_up_to(1)));
    }
    StickResult take() { return take_list(options(), in_force_now(), {}); }
};

}  // namespace

TEST_CASE("all records of a working kiosk come onto the stick, and the organisers open them") {
    AtTheStick k;
    std::vector<double> parts;
    CHECK(copy_records(k.options(), k.in_force_now(), 701, [&](double part) {
              parts.push_back(part);
          }).state == State::safe);
    CHECK(std::is_sorted(parts.begin(), parts.end()));
    CHECK(parts.size() == 2);
    storage::FactsBundleReader bundle(k.copied());
    std::vector<storage::Hash> hashes;
    bundle.visit(k.event.organiser_opening, [&](storage::StoredFact&& fact) {
        hashes.push_back(fact.hash);
        return true;
    });
    const auto facts = k.disk->facts();
    REQUIRE(hashes.size() == facts.size());
    for (std::size_t i = 0; i < facts.size(); ++i) CHECK(hashes[i] == facts[i].hash);
}

TEST_CASE("I-22: past what one file holds the records go onto the stick in several") {
    AtTheStick k;
    auto options = k.options();
    options.most_facts = 300;
    CHECK(copy_records(options, k.in_force_now(), 701, [](double) {}).state == State::safe);
    std::size_t facts = 0;
    for (const char* end : {".facts", "-2.facts", "-3.facts"}) {
        storage::FactsBundleReader bundle(k.stick / (k.event.identity.kiosk_name + end));
        bundle.visit(k.event.organiser_opening, [&](storage::StoredFact&&) { return ++facts > 0; });
    }
    CHECK(facts == 701);
}

TEST_CASE(
    "a stick that is not there, one that cannot be written to, and one pulled out say which") {
    AtTheStick k;
    SECTION("never there") {
        fs::remove_all(k.stick);
        CHECK(k.copy().state == State::no_stick);
        CHECK(k.take().page.state == State::no_stick);
    }
    SECTION("pulled out while the records are read") {
        const auto page = copy_records(k.options(), k.in_force_now(), 701,
                                       [&](double) { fs::remove_all(k.stick); });
        CHECK(page.state == State::gone);
    }
}

TEST_CASE(
    "F32: what lies aside, beside the journal and beside its mirror, goes onto the stick too") {
    AtTheStick k;
    const fs::path mirror = k.folder.path() / "mirror";
    test::ManualClock clock;
    const auto put_aside = [&](const fs::path& folder, std::size_t facts) {
        storage::Chain chain(
            {.kiosk = k.event.identity.kiosk, .signing_key = &k.event.kiosk_signing}, clock, {});
        storage::Journal journal(
            {.directory = folder, .kiosk = k.event.identity.kiosk, .kiosk_key = {}});
        for (std::size_t i = 0; i < facts; ++i) {
            storage::Fact fact;
            fact.kind = i == 0 ? storage::FactKind::hello : storage::FactKind::admitted;
            journal.append(std::vector{chain.append(std::move(fact))});
        }
    };
    put_aside(k.state / "damaged-20261204T053112Z", 3);
    put_aside(mirror / "replaced-20261204T053112Z", 2);
    StickOptions options = k.options();
    options.mirror = mirror;
    CHECK(copy_records(options, k.in_force_now(), 701, [](double) {}).state == State::safe);
    std::size_t facts = 0;
    storage::FactsBundleReader(k.copied())
        .visit(k.event.organiser_opening, [&](storage::StoredFact&&) { return ++facts > 0; });
    CHECK(facts == 701 + 5);
}

TEST_CASE("a journal that fails is left, and the mirror read instead") {
    AtTheStick k;
    auto mirror = std::make_shared<test::FakeJournalState>();
    mirror->kept = k.disk->facts();
    storage::Keeper second([mirror] { return std::make_unique<test::FakeJournalDevice>(mirror); });
    StickOptions options = k.options();
    options.keepers.push_back(&second);
    k.disk->failing = true;
    CHECK(copy_records(options, k.in_force_now(), 701, [](double) {}).state == State::safe);
    options.keepers.pop_back();
    CHECK(copy_records(options, k.in_force_now(), 701, [](double) {}).state == State::failed);
}

TEST_CASE(
    "a newer list is taken from the stick, an older one is not, and a damaged one changes nothing") {
    AtTheStick k;
    CHECK(k.take().page.state == State::failed);  // none there
    SECTION("newer") {
        k.write_update(k.stick / "north-1.update", 9);
        auto taken = k.take();
        CHECK(taken.page.state == State::updated);
        CHECK(taken.page.revision == 9);
        REQUIRE(taken.update);
        k.event.identity = taken.update->update.identity;
        k.desk->take(k.publication(std::move(taken.update->replica)));
        CHECK(k.desk->door_state().revision == 9);
        CHECK(k.scan(k.event.badge_text(k.event.delegate(600)))->verdict.reason ==
              storage::Reason::not_on_list);
    }
    SECTION("older") {
        k.write_update(k.stick / "north-1.update", 2);
        CHECK(k.take().page.state == State::old);
        CHECK(fs::is_empty(k.state));
    }
    SECTION("damaged") {
        k.write_update(k.stick / "north-1.update", 9);
        fs::resize_file(k.stick / "north-1.update", fs::file_size(k.stick / "north-1.update") - 1);
        CHECK(k.take().page.state == State::failed);
        CHECK(fs::is_empty(k.state));
    }
}

namespace {

std::string word_for(const ChoreNews& news) {
    if (const auto* page = std::get_if<StickPage>(&news)) {
        if (page->state == State::working) return {};
        return page->state == State::safe ? "safe" : "not safe";
    }
    if (const auto* log = std::get_if<LogSaved>(&news)) return log->saved ? "log" : "no log";
    if (const auto* test = std::get_if<SelfTested>(&news)) return test->reads ? "reads" : "blind";
    return std::get<MachineState>(news).free_bytes > 0 ? "room" : "no room";
}

}  // namespace

TEST_CASE("the chores are done one after the other, and each says what it came to") {
    AtTheStick k;
    std::promise<void> done;
    std::vector<std::string> said;
    std::vector<std::pair<storage::FactId, ExitCode>> ended;
    const storage::FactId copy = k.disk->facts()[0].fact.id, list = k.disk->facts()[1].fact.id;
    ChoresThread thread(k.options(), k.in_force_now(),
                        {.news =
                             [&](const ChoreNews& news) {
                                 if (auto word = word_for(news); !word.empty())
                                     said.push_back(std::move(word));
                                 if (std::holds_alternative<MachineState>(news)) done.set_value();
                             },
                         .update = [](const storage::TakenUpdate&) { FAIL("there is none"); },
                         .ended = [&](storage::FactId intent,
                                      ExitCode outcome) { ended.emplace_back(intent, outcome); }});
    thread.begin(CopyRecords{copy, 701});
    thread.begin(TakeList{list, {}});
    thread.begin(SaveLog{{"one", "two"}});
    thread.begin(SelfTest{});
    thread.begin(LookAtMachine{});
    done.get_future().get();
    CHECK(said == std::vector<std::string>{"safe", "not safe", "log", "reads", "room"});
    REQUIRE(ended.size() == 2);
    CHECK(ended[0] == std::pair(copy, ExitCode::done));
    CHECK(ended[1] == std::pair(list, ExitCode::io));
    CHECK(fs::exists(k.copied()));
    CHECK(storage::as_text(storage::read_file(k.stick / (k.event.identity.kiosk_name + ".log"),
                                              1'000)) == "one\ntwo\n");
}

TEST_CASE("a chore for which there is no room any more says so: nothing ordered ends in silence") {
    AtTheStick k;
    std::promise<void> go, first;
    std::atomic<int> refused = 0, asked = 0;
    {
        ChoresThread thread(k.options(), k.in_force_now(),
                            {.news =
                                 [&](const ChoreNews& news) {
                                     if (std::holds_alternative<MachineState>(news)) {
                                         if (asked++ == 0) {
                                             first.set_value();
                                             go.get_future().get();
                                         }
                                     } else if (const auto* log = std::get_if<LogSaved>(&news)) {
                                         if (!log->saved) ++refused;
                                     }
                                 },
                             .update = {},
                             .ended = {}});
        thread.begin(LookAtMachine{});
        first.get_future().get();  // in hand: all others wait
        fs::remove_all(k.stick);
        for (int i = 0; i < 40 && refused == 0; ++i) thread.begin(SaveLog{{"one"}});
        CHECK(refused == 1);  // while all others still wait
        go.set_value();
    }
}

TEST_CASE("what is copied in training never takes the place of records, and no update is taken") {
    AtTheStick k;
    REQUIRE(k.copy().state == State::safe);
    const auto records = storage::read_file(k.copied(), 100'000'000);
    k.training = true;
    CHECK(k.copy().state == State::safe);
    CHECK(storage::read_file(k.copied(), 100'000'000) == records);
    CHECK(fs::exists(k.stick / (k.event.identity.kiosk_name + "-training.facts")));
    k.write_update(k.stick / "north-1.update", 9);
    CHECK(k.take().page.state == State::in_training);
    CHECK(fs::is_empty(k.state));
}

namespace {

/// Two sticks, each mounted at a place of its own; what else lies there is no stick.
struct AtTwoSticks : AtTheStick {
    fs::path places = folder.path() / "run", labels = folder.path() / "by-label";

    AtTwoSticks() {
        for (const char* place : {"sda1", "sdb1", "left-over"})
            fs::create_directories(places / place);
        fs::create_directories(labels);
        fs::create_symlink("../../sda1", labels / "STICK\\x20A");
    }
    [[nodiscard]] StickOptions two() const {
        auto options = this->options();
        options.sticks = {.folder = places,
                          .labels = labels,
                          .device_of = [](const fs::path& at) -> std::optional<dev_t> {
                              return at.filename() == "sda1" ? 7 : at.filename() == "sdb1" ? 8 : 1;
                          }};
        return options;
    }
};

}  // namespace

TEST_CASE("F38: of two sticks each gets all records, and is told by its label and its room") {
    AtTwoSticks k;
    const auto page = copy_records(k.two(), k.in_force_now(), 701, [](double) {});
    CHECK(page.state == State::safe);
    REQUIRE(page.sticks.size() == 2);
    CHECK(page.sticks[0].label == "STICK A");
    CHECK(page.sticks[1].label == "sdb1");
    CHECK(page.sticks[0].free_bytes > 0);
    const std::string name = k.event.identity.kiosk_name + ".facts";
    CHECK(fs::exists(k.places / "sda1" / name));
    CHECK(fs::exists(k.places / "sdb1" / name));
    CHECK(fs::is_empty(k.places / "left-over"));
}

TEST_CASE(
    "F38: a stick with another kiosk's records of this name keeps them, the other is filled") {
    AtTwoSticks k;
    const fs::path file = k.places / "sda1" / (k.event.identity.kiosk_name + ".facts");
    storage::FactsBundleWriter others;
    const storage::SigningKey key(test::test_secret("another kiosk"));
    const storage::SealKey readers[] = {k.event.identity.organiser_seal};
    others.write(file, k.event.identity.event, key.verify_key(), &key, readers);
    const auto before = storage::read_file(file, 1'000'000);
    const auto page = copy_records(k.two(), k.in_force_now(), 701, [](double) {});
    CHECK(page.state == State::other_kiosk);
    CHECK(outcome_of(page) == ExitCode::not_allowed);
    REQUIRE(page.sticks.size() == 2);
    CHECK(page.sticks[0].state == State::other_kiosk);
    CHECK(page.sticks[1].state == State::safe);
    CHECK(storage::read_file(file, 1'000'000) == before);
}

TEST_CASE("F26: a kiosk without its key copies to each new stick, and every five minutes") {
    UnsignedCopies copies;
    const std::vector<Stick> none, one{{"sda1", "A", 1}}, two{{"sda1", "A", 1}, {"sdb1", "B", 1}};
    const MonotonicTime now{1h};
    CHECK_FALSE(copies.is_due(none, now));
    CHECK(copies.is_due(one, now));
    CHECK_FALSE(copies.is_due(one, now + 4min));
    CHECK(copies.is_due(two, now + 4min));
    CHECK_FALSE(copies.is_due(two, now + 8min));
    CHECK(copies.is_due(two, now + 9min));
    CHECK_FALSE(copies.is_due(none, now + 10min));
    CHECK(copies.is_due(one, now + 11min));  // pulled out and back
}

TEST_CASE(
    "F26: what a kiosk without its key recorded goes by itself, unsigned, to the organisers") {
    AtTheStick k;
    auto options = k.options();
    options.clock = &k.clock;
    std::promise<void> copied;
    ChoresThread thread(options, k.publication(std::nullopt, false),
                        {.news =
                             [&](const ChoreNews& news) {
                                 if (std::holds_alternative<UnsignedCopied>(news))
                                     copied.set_value();
                             },
                         .update = {},
                         .ended = {}});
    copied.get_future().get();
    storage::FactsBundleReader bundle(k.stick / (k.event.identity.kiosk_name + "-unsigned.facts"));
    CHECK_FALSE(bundle.is_signed());
    std::size_t facts = 0;
    bundle.visit(k.event.organiser_opening, [&](storage::StoredFact&&) { return ++facts > 0; });
    CHECK(facts == k.disk->facts().size());
    CHECK_FALSE(fs::exists(k.copied()));
}
