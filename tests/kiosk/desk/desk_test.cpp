#include <thread>

#include "storage/facts/chain_check.hpp"
#include "tests/kiosk/desk/desk_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace std::chrono_literals;
using storage::FactKind;
using storage::Reason;
using storage::VerdictKind;

namespace {

using Fixture = test::DeskFixture;

/// Takes all facts, then says what is wrong with them, if anything is.
std::optional<std::string> trouble_with(const std::vector<storage::StoredFact>& facts,
                                        const test::EventFixture& event) {
    storage::ChainCheck check(event.identity.kiosk, storage::fact_domain);
    for (const storage::StoredFact& fact : facts) {
        if (auto trouble = check.trouble_with(fact)) return trouble;
        check.accept(fact);
    }
    if (auto trouble = check.trouble_with_links()) return trouble;
    return check.trouble_with_signatures(event.identity.kiosk_key);
}

}  // namespace

TEST_CASE("a valid badge is admitted, and the fact is on the disk before the answer") {
    test::EventFixture event;
    const auto person = event.delegate(1);
    Fixture f({person});
    const auto answer = f.scan(event.badge_text(person));
    REQUIRE(answer);
    CHECK(answer->verdict.kind == VerdictKind::admitted);
    CHECK(answer->stored);
    CHECK(answer->name == person.name);
    CHECK(answer->seat == person.seat);
    REQUIRE(answer->session);
    CHECK(answer->session->room_letter == "A");

    const auto facts = f.disk->facts();
    REQUIRE(facts.size() == 2);
    CHECK(facts[0].fact.kind == FactKind::hello);
    CHECK(facts[1].fact.kind == FactKind::admitted);
    CHECK(facts[1].fact.registration == person.id);
    CHECK(facts[1].fact.badge == person.badge);
    CHECK(facts[1].fact.method == storage::Method::badge);
    CHECK(facts[1].fact.argument == 12);
    CHECK(facts[1].fact.prev == facts[0].hash);
    CHECK(answer->seq == facts[1].fact.seq);
}

TEST_CASE("at a door for both a scan counts as what was chosen, entering at first") {
    test::EventFixture event;
    const auto person = event.delegate(1);
    Fixture f({person});
    for (storage::Place& place : f.event.identity.agenda.places)
        place.direction = storage::PlaceDirection::both;
    f.open(f.event.replica({person}));
    const auto scan = [&] {
        f.clock.advance(1min);
        const auto answer = f.scan(event.badge_text(person));
        REQUIRE(answer);
        return *answer;
    };
    CHECK(scan().direction == storage::Direction::entry);
    f.desk->choose(storage::Direction::exit);
    const auto left = scan();
    CHECK(left.direction == storage::Direction::exit);
    CHECK(left.verdict.kind == VerdictKind::admitted);
    CHECK(f.disk->facts().back().fact.kind == FactKind::left);
    f.desk->choose(storage::Direction::entry);
    CHECK(scan().verdict.kind == VerdictKind::admitted);  // in again after an exit
    CHECK(scan().verdict.kind == VerdictKind::already_in);
}

TEST_CASE("no other door lets itself be turned round") {
    test::EventFixture event;
    const auto person = event.delegate(1);
    Fixture f({person});
    f.desk->choose(storage::Direction::exit);
    const auto answer = f.scan(event.badge_text(person));
    REQUIRE(answer);
    CHECK(answer->direction == storage::Direction::entry);
}

TEST_CASE("the second showing is already in, with the time of the first") {
    test::EventFixture event;
    const auto person = event.delegate(1);
    Fixture f({person});
    REQUIRE(f.scan(event.badge_text(person)));
    f.clock.advance(10min);
    const auto answer = f.scan(event.badge_text(person));
    REQUIRE(answer);
    CHECK(answer->verdict.kind == VerdictKind::already_in);
    CHECK(answer->since == 9h + 31min);
    CHECK(f.disk->facts().back().fact.kind == FactKind::refused);
}

TEST_CASE("I-12: a badge nobody signed is refused as a fact, and never admitted") {
    test::EventFixture event;
    const auto person = event.delegate(1);
    Fixture f({person});
    const auto forged = storage::make_badge_text(event.token(person),
                                                 storage::SigningKey(test::test_secret("forger")));
    const auto answer = f.scan(forged);
    REQUIRE(answer);
    CHECK(answer->verdict.kind == VerdictKind::refused);
    CHECK(answer->verdict.reason == Reason::bad_signature);
    CHECK(f.disk->facts().back().fact.reason == Reason::bad_signature);
}

TEST_CASE("a code that is not ours makes no fact and no answer") {
    Fixture f({test::EventFixture().delegate(1)});
    CHECK_FALSE(f.scan("WIFI:T:WPA;S:hall;P:secret;;"));
    CHECK_FALSE(f.scan(std::string(7'089, '7')));
    CHECK_FALSE(f.scan("K1:\x01\x02\x03"));
    CHECK_FALSE(f.scan("K1:" + std::string(119, '\xFF')));
    CHECK(f.disk->facts().size() == 1);
}

TEST_CASE("without a guest list a good signature is admitted and says so") {
    test::EventFixture event;
    Fixture f;
    const auto answer = f.scan(event.badge_text(event.delegate(3)));
    REQUIRE(answer);
    CHECK(answer->verdict.kind == VerdictKind::admitted);
    CHECK(answer->verdict.reason == Reason::signature_only);
    CHECK(answer->name == storage::Bilingual{});
}

TEST_CASE("I-1: when the disk fails the answer is not stored, so no green screen may be shown") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(2));
    f.disk->failing = true;
    const auto answer = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(answer);
    CHECK_FALSE(answer->stored);
    // The handle is never used again, even when the disk would work.
    f.disk->failing = false;
    const auto next = f.scan(event.badge_text(event.delegate(2)));
    REQUIRE(next);
    CHECK_FALSE(next->stored);
    CHECK(f.disk->facts().size() == 1);
}

TEST_CASE("F8: a disk that hangs is waited for 250 ms and no longer") {
    test::EventFixture event;
    std::promise<void> wakes;
    Fixture f(event.delegates_up_to(1));
    f.disk->hangs_until = wakes.get_future().share();
    const auto began = std::chrono::steady_clock::now();
    const auto answer = f.scan(event.badge_text(event.delegate(1)));
    const auto waited = std::chrono::steady_clock::now() - began;
    wakes.set_value();
    REQUIRE(answer);
    CHECK_FALSE(answer->stored);
    CHECK(waited >= 250ms);
    CHECK(waited < 5s);
}

TEST_CASE("F5: with a mirror the loss of the journal is a fact there, and admissions go on") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(2), std::make_shared<test::FakeJournalState>());
    CHECK(f.desk->look_after_storage() ==
          kiosk::StorageStatus{storage::StorageState::whole, false});
    f.disk->failing = true;
    const auto answer = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(answer);
    CHECK(answer->stored);
    CHECK(f.desk->look_after_storage() ==
          kiosk::StorageStatus{storage::StorageState::reduced, true});
    const auto facts = f.mirror->facts();
    REQUIRE(facts.size() == 3);
    CHECK(facts[2].fact.kind == FactKind::fault);
    CHECK(facts[2].fact.argument == static_cast<std::uint32_t>(storage::DeviceTrouble::failed));
    CHECK(std::string(facts[2].fact.payload.begin(), facts[2].fact.payload.end()) == "journal");
    CHECK(facts[2].fact.prev == facts[1].hash);
    const auto again = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(again);
    CHECK(again->verdict.kind == VerdictKind::already_in);
    CHECK(f.desk->look_after_storage() ==
          kiosk::StorageStatus{storage::StorageState::reduced, true});
    CHECK(f.mirror->facts().size() == 4);
}

TEST_CASE("F8: a late fact counts once it is kept") {
    test::EventFixture event;
    std::promise<void> wakes;
    Fixture f(event.delegates_up_to(1));
    f.disk->hangs_until = wakes.get_future().share();
    const auto answer = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(answer);
    CHECK_FALSE(answer->stored);
    CHECK(f.desk->look_after_storage().state == storage::StorageState::waiting);
    wakes.set_value();
    while (f.desk->look_after_storage().state == storage::StorageState::waiting)
        std::this_thread::yield();
    const auto again = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(again);
    CHECK(again->verdict.kind == VerdictKind::already_in);
}

TEST_CASE("a hand scanner's badge is recorded as such") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(1));
    REQUIRE(f.scan(event.badge_text(event.delegate(1)), scanner::ScanSource::hand_scanner));
    CHECK(f.disk->facts().back().fact.method == storage::Method::hand_scanner);
}

TEST_CASE("the desk thread answers in order and drain waits for all of them") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(20));
    std::vector<std::uint64_t> seqs;
    kiosk::DeskThread thread(
        std::move(f.desk),
        {.answer = [&](const kiosk::Answer& answer) { seqs.push_back(answer.seq); },
         .storage = [](kiosk::StorageStatus) {}});
    for (unsigned n = 1; n <= 20; ++n) {
        thread.put(f.scanned(event.badge_text(event.delegate(n))));
        thread.shown(f.clock.monotonic());
    }
    thread.drain();
    REQUIRE(seqs.size() == 20);
    for (std::size_t i = 0; i < seqs.size(); ++i) CHECK(seqs[i] == i + 2);
}

TEST_CASE(
    "F26: with the passphrase a new signed epoch follows the unsigned one, and names are known") {
    test::EventFixture event;
    Fixture f;
    const auto first = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(first);
    CHECK(first->verdict.reason == Reason::signature_only);
    f.desk->take(f.publication(event.replica(event.delegates_up_to(2))));
    CHECK(f.desk->in_force().list);

    const auto again = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(again);
    CHECK(again->verdict.kind == VerdictKind::already_in);
    const auto next = f.scan(event.badge_text(event.delegate(2)));
    REQUIRE(next);
    CHECK(next->verdict.reason == Reason::ok);
    CHECK(next->name == event.delegate(2).name);
    CHECK(next->stored);

    const auto facts = f.disk->facts();
    REQUIRE(facts.size() == 5);
    CHECK(facts[2].fact.kind == FactKind::hello);
    CHECK(facts[2].fact.seq == 1);
    CHECK(facts[2].fact.epoch != facts[1].fact.epoch);
    CHECK(facts[2].fact.prev == facts[1].hash);
    CHECK(facts[2].fact.replica_revision == 3);
    const auto hello = storage::read_hello(facts[2].fact);
    REQUIRE(hello);
    CHECK(hello->own_unsigned == 2);
    CHECK(hello->own_head == facts[1].hash);
    CHECK(hello->edition.list == 3);
    CHECK(storage::read_hello(facts[0].fact)->own_unsigned == 0);
    for (std::size_t i = 0; i < facts.size(); ++i)
        CHECK(storage::is_signed(facts[i].signature) == (i >= 2));
    CHECK(trouble_with(facts, f.event) == std::nullopt);
}

TEST_CASE("F26: secrets without a guest list sign what goes on being decided by signature alone") {
    test::EventFixture event;
    Fixture f;
    f.desk->take(f.publication(std::nullopt));
    const auto answer = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(answer);
    CHECK(answer->verdict.reason == Reason::signature_only);
    CHECK(storage::is_signed(f.disk->facts().back().signature));
    CHECK(trouble_with(f.disk->facts(), f.event) == std::nullopt);
}

TEST_CASE(
    "training goes on as training when digits open the secrets: nobody could take it for a record") {
    test::EventFixture event;
    Fixture f;
    f.training = true;
    f.disk->kept.clear();
    f.open(std::nullopt, false);
    const auto before = f.disk->facts().size();
    f.desk->take(f.publication(event.replica(event.delegates_up_to(2))));
    const auto answer = f.scan(event.badge_text(event.delegate(1)));
    REQUIRE(answer);
    CHECK(answer->verdict.reason == Reason::ok);  // the list is there
    const auto facts = f.disk->facts();
    REQUIRE(facts.size() == before + 2);
    for (std::size_t i = before; i < facts.size(); ++i) {
        CHECK(facts[i].fact.kiosk == storage::KioskId{});
        CHECK(facts[i].hash == storage::hash_fact(facts[i].encoding, storage::training_domain));
        CHECK_FALSE(storage::is_signed(facts[i].signature));
    }
}

namespace {

struct RolledBack : Fixture {
    std::vector<storage::Registration> people = event.delegates_up_to(2);

    RolledBack() : Fixture(test::EventFixture().delegates_up_to(2)) {
        event.refusals.number = 5;
        restart(people);
        event.refusals.number = 4;
        restart(people);
    }
    storage::Reason reason() { return scan(event.badge_text(event.delegate(1)))->verdict.reason; }
    std::size_t count(storage::ActCode act) const {
        const auto facts = disk->facts();
        return static_cast<std::size_t>(std::count_if(
            facts.begin(), facts.end(), [&](const auto& one) { return one.fact.act == act; }));
    }
};

}  // namespace

TEST_CASE(
    "F33, I-21: with an older refusal list than before everybody sees an usher, and it is told") {
    RolledBack f;
    CHECK(f.desk->door_state().rolled_back);
    const auto answer = f.scan(f.event.badge_text(f.event.delegate(1)));
    REQUIRE(answer);
    CHECK(answer->verdict.kind == VerdictKind::see_usher);
    CHECK(answer->verdict.reason == Reason::signature_only);
    CHECK(f.count(storage::ActCode::list_rolled_back) == 1);
    const auto facts = f.disk->facts();
    const auto told = std::find_if(facts.begin(), facts.end(), [](const auto& one) {
        return one.fact.act == storage::ActCode::list_rolled_back;
    });
    CHECK(storage::read_edition(told->fact)->refusals == 5);
    CHECK(storage::is_signed(told->signature));

    f.event.refusals.number = 5;
    f.desk->take(f.publication(f.event.replica(f.people)));
    CHECK_FALSE(f.desk->door_state().rolled_back);
    CHECK(f.reason() == Reason::ok);
}

TEST_CASE("F33: it is so until the newest is back, however often the kiosk starts") {
    RolledBack f;
    f.restart(f.people);
    CHECK(f.reason() == Reason::signature_only);
    CHECK(f.count(storage::ActCode::list_rolled_back) == 2);
    f.event.refusals.number = 6;
    f.restart(f.people);
    CHECK(f.reason() == Reason::ok);
}

TEST_CASE("F33: without a key no list is in force, and none is older") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(2));
    f.open(std::nullopt, false);
    CHECK_FALSE(f.desk->door_state().rolled_back);
    f.desk->take(f.publication(event.replica(event.delegates_up_to(2))));
    CHECK_FALSE(f.desk->door_state().rolled_back);
}

TEST_CASE("F33: a list that is gone is so until a supervisor's passphrase at the start") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(2));
    f.open(std::nullopt, true);  // by a key that lies there: nobody has said anything
    CHECK(f.desk->door_state().rolled_back);
    f.open(std::nullopt, false);
    f.desk->take(f.publication(std::nullopt));
    CHECK_FALSE(f.desk->door_state().rolled_back);
    CHECK(f.disk->facts().back().fact.act == storage::ActCode::list_accepted);
    const auto answer = f.scan(event.badge_text(event.delegate(1)));
    CHECK(answer->verdict.kind == VerdictKind::admitted);
    f.open(std::nullopt, true);
    CHECK_FALSE(f.desk->door_state().rolled_back);
}

TEST_CASE("what an update brings is decided by from the next scan on, without a new epoch") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(3));
    REQUIRE(f.scan(event.badge_text(event.delegate(1))));
    const auto epoch = f.disk->facts().back().fact.epoch;
    kiosk::Publication now = f.publication(event.replica(event.delegates_up_to(2)));
    storage::InForce in_force = *now.in_force;
    in_force.identity.place = test::west;  // the kiosk has moved: an exit
    now.in_force = std::make_shared<const storage::InForce>(std::move(in_force));
    now.secrets = f.secrets;
    f.desk->take(std::move(now));
    const auto answer = f.scan(event.badge_text(event.delegate(2)));
    REQUIRE(answer);
    CHECK(answer->direction == storage::Direction::exit);
    const storage::Fact fact = f.disk->facts().back().fact;
    CHECK(fact.epoch == epoch);
    CHECK(fact.place == test::west);
    CHECK(trouble_with(f.disk->facts(), f.event) == std::nullopt);
}

TEST_CASE("F26: the desk thread unlocks between two scans, in their order") {
    test::EventFixture event;
    Fixture f;
    std::vector<Reason> reasons;
    std::vector<std::size_t> answers_before;
    auto opened = f.publication(event.replica(event.delegates_up_to(40)));
    kiosk::DeskThread thread(
        std::move(f.desk),
        {.answer = [&](const kiosk::Answer& answer) { reasons.push_back(answer.verdict.reason); },
         .storage = [](kiosk::StorageStatus) {},
         .in_force =
             [&](const storage::InForcePtr& in_force) {
                 CHECK(in_force->list);
                 answers_before.push_back(reasons.size());
             }});
    const auto put = [&](unsigned n) {
        thread.put(f.scanned(event.badge_text(event.delegate(n))));
        thread.shown(f.clock.monotonic());
    };
    for (unsigned n = 1; n <= 20; ++n) put(n);
    thread.put(std::move(opened));
    for (unsigned n = 21; n <= 40; ++n) put(n);
    thread.drain();
    CHECK(answers_before == std::vector<std::size_t>{20});
    REQUIRE(reasons.size() == 40);
    for (std::size_t i = 0; i < reasons.size(); ++i)
        CHECK(reasons[i] == (i < 20 ? Reason::signature_only : Reason::ok));
    CHECK(trouble_with(f.disk->facts(), f.event) == std::nullopt);
}

namespace {

/// The desk's thread with a screen that shows an answer when told to; the time is the fixture's.
struct Door {
    Fixture& f;
    std::vector<kiosk::Answer> answers{};
    std::vector<std::string> again{};
    kiosk::DeskThread thread;

    explicit Door(Fixture& fixture)
        : f(fixture),
          thread(std::move(fixture.desk),
                 {.answer = [this](kiosk::Answer answer) { answers.push_back(std::move(answer)); },
                  .storage = [](kiosk::StorageStatus) {},
                  .again = [this](scanner::ScannedCode scan) { again.push_back(scan.text); }}) {}
    void put(const std::string& text, scanner::ScanSource source = scanner::ScanSource::camera) {
        thread.put(f.scanned(text, source));
        thread.drain();
    }
    void show(std::chrono::milliseconds least) {
        thread.shown(f.clock.monotonic() + least);
        thread.drain();
    }
    [[nodiscard]] int facts(FactKind kind) const {
        return static_cast<int>(std::ranges::count(
            f.disk->facts(), kind, [](const storage::StoredFact& one) { return one.fact.kind; }));
    }
};

/// A badge of this event by its looks, which nobody signed.
std::string forged_text(const test::EventFixture& event, unsigned number) {
    const auto real = storage::parse_badge(event.badge_text(event.delegate(number)));
    return storage::make_badge_text(real.value().token,
                                    storage::SigningKey(test::test_secret("thief")));
}

}  // namespace

TEST_CASE("I-22: while an answer waits for the screen the next badge is read again, not decided") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(3));
    Door door(f);
    for (unsigned n = 1; n <= 2; ++n) door.put(event.badge_text(event.delegate(n)));
    CHECK(door.answers.size() == 1);
    CHECK(door.again == std::vector<std::string>{event.badge_text(event.delegate(2))});
    CHECK(door.facts(FactKind::admitted) == 1);
    door.show(700ms);
    door.put(event.badge_text(event.delegate(2)));
    CHECK(door.answers.size() == 2);
}

TEST_CASE("I-22: of a hand scanner's codes two wait, a third has to be shown again") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(4));
    Door door(f);
    for (unsigned n = 1; n <= 4; ++n)
        door.put(event.badge_text(event.delegate(n)), scanner::ScanSource::hand_scanner);
    CHECK(door.answers.size() == 1);
    CHECK(door.again == std::vector<std::string>{event.badge_text(event.delegate(4))});
    for (std::size_t shown = 1; shown <= 3; ++shown) {
        door.show(700ms);
        CHECK(door.answers.size() == std::min<std::size_t>(shown + 1, 3));
    }
    CHECK(door.facts(FactKind::admitted) == 3);
}

TEST_CASE("F35: a flood of forged badges is one screen, two facts a second at most, all counted") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(1));
    Door door(f);
    constexpr unsigned seconds = 60, codes = 25 * seconds;
    std::size_t shown = 0;
    for (unsigned n = 0; n < codes; ++n, f.clock.advance(40ms)) {
        door.put(forged_text(event, 2 + n));
        for (; shown < door.answers.size(); ++shown)
            door.show(door.answers[shown].flood != 0 ? 0ms : 1s);
    }
    std::uint32_t counted = 0;
    const auto count = [&] {
        counted = static_cast<std::uint32_t>(door.facts(FactKind::refused));
        for (const auto& stored : f.disk->facts())
            if (stored.fact.act == storage::ActCode::flood) counted += stored.fact.argument;
    };
    CHECK(f.disk->facts().size() <= 2 * seconds + 1);
    CHECK(door.facts(FactKind::refused) <= 2);
    CHECK(door.answers.size() <= 2 + seconds / 10);
    CHECK(std::ranges::all_of(door.answers, [](const kiosk::Answer& answer) {
        return answer.verdict.kind != VerdictKind::admitted && answer.name == storage::Bilingual{};
    }));

    const auto before = door.answers.size();
    const MonotonicTime came = f.clock.monotonic();
    const std::string valid = event.badge_text(event.delegate(1));
    while (door.answers.size() == before) {
        door.put(valid);
        f.clock.advance(40ms);
        REQUIRE(f.clock.monotonic() - came < 1s);
    }
    CHECK(door.answers.back().verdict.kind == VerdictKind::admitted);
    door.show(700ms);
    f.clock.advance(11s);
    door.put("https://example.org");  // any message: the desk looks round
    count();
    CHECK(counted == codes);
    CHECK(trouble_with(f.disk->facts(), f.event) == std::nullopt);
}

TEST_CASE("who was told that they are in already is told so again, however soon they come back") {
    test::EventFixture event;
    Fixture f(event.delegates_up_to(2));
    auto code = f.scanned(event.badge_text(event.delegate(1)));
    REQUIRE(f.desk->handle(code)->verdict.kind == VerdictKind::admitted);
    REQUIRE(f.scan(event.badge_text(event.delegate(2))));
    f.clock.advance(5min);  // the badge was passed back to somebody outside
    const auto first = f.desk->handle(code);
    REQUIRE(first->verdict.kind == VerdictKind::already_in);
    REQUIRE(!first->seen_again);
    for (int more = 0; more < 3; ++more) {
        f.clock.advance(6s);
        code.again = true;
        const auto again = f.desk->handle(code);
        CHECK(again->verdict.kind == VerdictKind::already_in);
        CHECK(!again->seen_again);
    }
    SECTION("after an update of the list, too") {
        f.desk->take(f.publication(event.replica(event.delegates_up_to(2))));
        CHECK(!f.desk->handle(code)->seen_again);
    }
    SECTION("but not whoever was welcomed a moment ago, as often as they like") {
        auto other = f.scanned(event.badge_text(event.delegate(2)));
        other.again = true;
        for (int more = 0; more < 3; ++more) CHECK(f.desk->handle(other)->seen_again);
    }
}
