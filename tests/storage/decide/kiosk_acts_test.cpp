#include "storage/decide/kiosk_acts.hpp"

#include <algorithm>
#include <random>

#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::storage;
using namespace std::chrono_literals;

namespace {

constexpr UsherNumber seven = test::usher_seven, twelve = test::supervisor_twelve;

/// The acts of one kiosk, a second apart.
struct Acts {
    KioskActs kiosk_acts;
    WallTime now = test::dubai(4, 9, 30);
    std::vector<Fact> written{};

    void act(ActCode code, UsherNumber by = seven, std::uint32_t argument = 0) {
        Fact fact;
        fact.kind = FactKind::act;
        fact.act = code;
        fact.usher = by;
        fact.argument = argument;
        write(fact);
    }
    void write(Fact fact) {
        fact.wall_ms = now.time_since_epoch().count();
        fact.hlc = fact.seq = written.size() + 1;
        kiosk_acts.add(fact);
        written.push_back(fact);
    }
    void miss(int times, UsherNumber by = seven) {
        for (int miss = 0; miss < times; ++miss) act(ActCode::pin_wrong, by);
    }
    [[nodiscard]] PinLock lock(UsherNumber who = seven, UsherRole role = UsherRole::usher) const {
        return kiosk_acts.pin_lock({who}, role, now);
    }
};

}  // namespace

TEST_CASE("five misses lock for 30 s, eight for 5 minutes, twelve until a supervisor comes") {
    Acts acts;
    acts.miss(4);
    CHECK(acts.lock().is_open());
    acts.miss(1);
    CHECK(acts.lock().until == acts.now + 30s);
    acts.now += 30s;
    CHECK(acts.lock().is_open());
    acts.miss(3);
    CHECK(acts.lock().until == acts.now + 5min);
    acts.now += 5min;
    acts.miss(4);
    CHECK(acts.lock().needs_supervisor);
    acts.now += 24h;
    CHECK(acts.lock().needs_supervisor);
    acts.act(ActCode::unlocked, twelve, static_cast<std::uint32_t>(UsherRole::supervisor));
    CHECK(acts.lock().is_open());
}

TEST_CASE("a supervisor is delayed and never locked out for good") {
    Acts acts;
    acts.miss(40, twelve);
    CHECK(!acts.lock(twelve, UsherRole::supervisor).needs_supervisor);
    CHECK(acts.lock(twelve, UsherRole::supervisor).until == acts.now + 5min);
    acts.now += 5min;
    CHECK(acts.lock(twelve, UsherRole::supervisor).is_open());
}

TEST_CASE("five misses of different numbers pause the pad for everybody") {
    Acts acts;
    for (std::uint16_t number = 20; number < 25; ++number) acts.miss(1, UsherNumber{number});
    CHECK(acts.lock().until == acts.now + 30s);
    acts.now += 31s;
    CHECK(acts.lock().is_open());
}

TEST_CASE(
    "misses at a number that was typed hold back nobody who shows its badge, nor the other way") {
    Acts acts;
    const bool by_badge = GENERATE(false, true);
    for (int miss = 0; miss < 7; ++miss)
        acts.act(ActCode::pin_wrong, twelve, by_badge ? storage::pin_by_badge : 0);
    const auto lock = [&](bool badge) {
        return acts.kiosk_acts.pin_lock({twelve, badge}, UsherRole::supervisor, acts.now);
    };
    CHECK(lock(by_badge).until == acts.now + 30s);
    CHECK(lock(!by_badge).is_open());
    acts.act(ActCode::unlocked, twelve, static_cast<std::uint32_t>(UsherRole::supervisor));
    CHECK(lock(by_badge).is_open());
}

TEST_CASE("five misses in a row pause the pad for whoever types, and for no badge") {
    Acts acts;
    for (std::uint16_t number = 20; number < 25; ++number) acts.miss(1, UsherNumber{number});
    CHECK(!acts.kiosk_acts.pin_lock({twelve}, UsherRole::supervisor, acts.now).is_open());
    CHECK(acts.kiosk_acts.pin_lock({twelve, true}, UsherRole::supervisor, acts.now).is_open());
}

TEST_CASE(
    "a wrong PIN after a badge neither ends the pad's pause for who types nor counts to one") {
    Acts acts;
    for (std::uint16_t number = 20; number < 24; ++number) acts.miss(1, UsherNumber{number});
    acts.act(ActCode::pin_wrong, twelve, storage::pin_by_badge);
    CHECK(acts.lock().is_open());
    acts.miss(1, UsherNumber{24});
    acts.act(ActCode::pin_wrong, twelve, storage::pin_by_badge);
    CHECK(acts.lock().until == acts.now + 30s);
}

TEST_CASE("a supervisor who was called has come when one has unlocked the kiosk") {
    Acts acts;
    acts.act(ActCode::supervisor_called);
    acts.act(ActCode::unlocked, seven, static_cast<std::uint32_t>(UsherRole::usher));
    CHECK(acts.kiosk_acts.supervisor_called() == acts.now);
    acts.act(ActCode::unlocked, twelve, static_cast<std::uint32_t>(UsherRole::supervisor));
    CHECK(!acts.kiosk_acts.supervisor_called());
}

TEST_CASE("a right PIN forgives the misses of that usher alone") {
    Acts acts;
    acts.miss(4, seven);
    acts.miss(4, UsherNumber{8});
    acts.act(ActCode::unlocked, seven, static_cast<std::uint32_t>(UsherRole::usher));
    CHECK(acts.kiosk_acts.misses({seven}) == 0);
    CHECK(acts.kiosk_acts.misses({UsherNumber{8}}) == 4);
}

TEST_CASE("a clock that is set back makes no lock longer") {
    Acts acts;
    acts.miss(5);
    acts.now -= 12h;
    CHECK(acts.lock().until == acts.now + 30s);
}

TEST_CASE("the newest choice holds: session, direction, service, accepted list") {
    Acts acts;
    Fact chosen;
    chosen.kind = FactKind::act;
    chosen.act = ActCode::session_chosen;
    chosen.session = test::keynote;
    acts.write(chosen);
    CHECK(acts.kiosk_acts.chosen_session() == test::keynote);
    acts.act(ActCode::follow_agenda);
    CHECK(!acts.kiosk_acts.chosen_session());
    acts.act(ActCode::out_of_service);
    CHECK(!acts.kiosk_acts.in_service());
    acts.act(ActCode::in_service);
    CHECK(acts.kiosk_acts.in_service());
    Fact accepted;
    accepted.kind = FactKind::act;
    accepted.act = ActCode::list_accepted;
    accepted.replica_revision = 3;
    acts.write(accepted);
    CHECK(acts.kiosk_acts.accepted_list() == 3U);
}

TEST_CASE("acts in any order, some of them twice, amount to the same") {
    Acts acts;
    acts.act(ActCode::out_of_service);
    acts.miss(7);
    acts.act(ActCode::in_service);
    acts.act(ActCode::unlocked, twelve, static_cast<std::uint32_t>(UsherRole::supervisor));
    acts.miss(3, UsherNumber{8});
    acts.now -= 12h;  // the wall clock is no measure of what came later
    acts.act(ActCode::session_chosen);
    acts.act(ActCode::follow_agenda);
    acts.miss(2);
    acts.act(ActCode::out_of_service);
    acts.act(ActCode::export_taken);
    std::mt19937 random(7);
    for (int round = 0; round < 50; ++round) {
        std::vector<Fact> delivered = acts.written;
        delivered.insert(delivered.end(), acts.written.begin(), acts.written.begin() + 5);
        std::shuffle(delivered.begin(), delivered.end(), random);
        KioskActs kiosk_acts;
        for (const Fact& fact : delivered) kiosk_acts.add(fact);
        CHECK_FALSE(kiosk_acts.in_service());
        CHECK_FALSE(kiosk_acts.chosen_session());
        CHECK(kiosk_acts.exported_at() == acts.kiosk_acts.exported_at());
        for (const UsherNumber usher : {seven, UsherNumber{8}, twelve}) {
            CHECK(kiosk_acts.misses({usher}) == acts.kiosk_acts.misses({usher}));
            CHECK(kiosk_acts.pin_lock({usher}, UsherRole::usher, acts.now) ==
                  acts.kiosk_acts.pin_lock({usher}, UsherRole::usher, acts.now));
        }
    }
}

TEST_CASE("I-18: a PIN that was missed at the end of all time locks for 30 s and no longer") {
    Acts acts;
    acts.now = GENERATE(WallTime::max(), WallTime::min());
    acts.miss(5);
    acts.now = test::dubai(4, 9, 30);
    const auto until = acts.lock().until;
    if (until) CHECK(*until == acts.now + 30s);
    Fact copy;
    copy.kind = FactKind::act;
    copy.act = ActCode::export_taken;
    copy.id.bytes[0] = 7;
    acts.write(copy);
    CHECK_FALSE(acts.kiosk_acts.exported_at());  // begun is not done
    Fact outcome;
    outcome.kind = FactKind::act;
    outcome.act = ActCode::outcome;
    outcome.reference = copy.id;
    acts.write(outcome);
    CHECK(acts.kiosk_acts.exported_at() == acts.now);
}
