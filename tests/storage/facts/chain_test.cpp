#include "storage/facts/chain.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "storage/facts/chain_check.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

using test::ManualClock;

Fact of_kind(FactKind kind) {
    Fact fact;
    fact.kind = kind;
    return fact;
}

/// Whether the work ends in abort(), tried in a process of its own.
template <typename Work>
bool aborts(const Work& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGABRT, SIG_DFL);
        (void)std::freopen("/dev/null", "w", stderr);
        work();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

}  // namespace

TEST_CASE("I-2: facts are numbered, linked, hashed and signed one after another") {
    const SigningKey key = test::kiosk_key();
    const ManualClock clock;
    Chain chain({.kiosk = KioskId{3}, .place = PlaceId{5}, .signing_key = &key}, clock, {});
    const StoredFact hello = chain.append(of_kind(FactKind::hello));
    Fact asked = of_kind(FactKind::admitted);
    asked.session = SessionId{9};
    asked.argument = 17;
    const StoredFact admitted = chain.append(asked);

    CHECK(hello.fact.seq == 1);
    CHECK(hello.fact.prev.is_zero());
    CHECK(admitted.fact.seq == 2);
    CHECK(admitted.fact.prev == hello.hash);
    CHECK(admitted.fact.epoch == hello.fact.epoch);
    CHECK(admitted.fact.kiosk == KioskId{3});
    CHECK(admitted.fact.place == PlaceId{5});
    CHECK(admitted.fact.session == SessionId{9});
    CHECK(admitted.fact.argument == 17);
    CHECK(admitted.fact.id != hello.fact.id);
    CHECK(admitted.fact.wall_ms == clock.wall().time_since_epoch().count());
    CHECK(admitted.encoding == encode_fact(admitted.fact));
    CHECK(admitted.hash == hash_fact(admitted.encoding));
    CHECK(verify(admitted.signature, admitted.hash.bytes, key.verify_key()));
    CHECK(chain.head().seq == 2);
    CHECK(chain.head().hash == admitted.hash);
}

TEST_CASE("a new epoch links to the head before it under another number") {
    const ManualClock clock;
    Chain first({.kiosk = KioskId{3}}, clock, {});
    (void)first.append(of_kind(FactKind::hello));
    Chain second({.kiosk = KioskId{3}}, clock, first.head());
    const StoredFact hello = second.append(of_kind(FactKind::hello));
    CHECK(hello.fact.prev == first.head().hash);
    CHECK(hello.fact.epoch != first.head().epoch);
    CHECK(hello.fact.seq == 1);
    CHECK(hello.fact.hlc > first.head().hlc);
}

TEST_CASE("without a key facts carry a zero signature, with another domain another hash") {
    const ManualClock clock;
    Chain chain({.kiosk = KioskId{0}, .domain = training_domain}, clock, {});
    const StoredFact hello = chain.append(of_kind(FactKind::hello));
    CHECK(hello.signature == Signature{});
    CHECK(hello.hash == hash_fact(hello.encoding, training_domain));
    CHECK(hello.hash != hash_fact(hello.encoding));
}

TEST_CASE("an epoch that does not begin with its one hello is a bug that aborts") {
    const ManualClock clock;
    CHECK(aborts([&] {
        Chain chain({.kiosk = KioskId{3}}, clock, {});
        (void)chain.append(of_kind(FactKind::admitted));
    }));
    CHECK(aborts([&] {
        Chain chain({.kiosk = KioskId{3}}, clock, {});
        (void)chain.append(of_kind(FactKind::hello));
        (void)chain.append(of_kind(FactKind::hello));
    }));
    CHECK_FALSE(aborts([&] {
        Chain chain({.kiosk = KioskId{3}}, clock, {});
        (void)chain.append(of_kind(FactKind::hello));
        (void)chain.append(of_kind(FactKind::admitted));
    }));
}

TEST_CASE("I-18: the hybrid clock always rises, also when the wall clock jumps back") {
    ManualClock clock;
    Chain chain({.kiosk = KioskId{3}}, clock, {});
    const auto hlc = [&](FactKind kind) { return chain.append(of_kind(kind)).fact.hlc; };
    const std::uint64_t first = hlc(FactKind::hello);
    CHECK(first >> 16 == static_cast<std::uint64_t>(clock.wall().time_since_epoch().count()));
    CHECK(hlc(FactKind::clock) == first + 1);
    clock.advance(std::chrono::hours(-12));
    CHECK(hlc(FactKind::clock) == first + 2);
    clock.set_wall(WallTime(std::chrono::milliseconds(-5)));
    CHECK(hlc(FactKind::clock) == first + 3);
    clock.set_wall(WallTime(std::chrono::milliseconds((first >> 16) + 1)));
    CHECK(hlc(FactKind::clock) == ((first >> 16) + 1) << 16);
}

TEST_CASE("I-18: the hybrid clock never falls, also at the end of all time and of its numbers") {
    ManualClock clock;
    Head last{.kiosk = KioskId{3}, .epoch = Epoch{1}, .seq = 1, .hash = {}, .hlc = 0, .wall_ms = 0};
    SECTION("of the wall clock") { clock.set_wall(WallTime::max()); }
    SECTION("of the hybrid clock") { last.hlc = ~std::uint64_t{0} - 1; }
    Chain chain({.kiosk = KioskId{3}}, clock, last);
    std::uint64_t before = std::max(last.hlc, std::uint64_t{1} << 62);
    for (const FactKind kind : {FactKind::hello, FactKind::clock, FactKind::clock}) {
        const std::uint64_t next = chain.append(of_kind(kind)).fact.hlc;
        CHECK(next >= before);
        before = next;
    }
}

TEST_CASE("a clock is unset before what certainly has passed, free unless synchronised") {
    ManualClock clock;
    Chain chain({.kiosk = KioskId{3}}, clock, {});
    CHECK(chain.clock_quality() == ClockQuality::synced);
    clock.set_synchronised(false);
    CHECK(chain.append(of_kind(FactKind::hello)).fact.clock_quality == ClockQuality::free);
    const WallTime written = clock.wall();
    clock.advance(std::chrono::hours(-12));
    CHECK(chain.append(of_kind(FactKind::clock)).fact.clock_quality == ClockQuality::unset);
    CHECK(chain.clock_quality() == ClockQuality::unset);  // the older stamp is not the newest
    clock.set_synchronised(true);
    CHECK(chain.clock_quality() == ClockQuality::synced);
    clock.set_wall(WallTime(std::chrono::milliseconds(0)));
    CHECK(chain.clock_quality() == ClockQuality::unset);

    clock.set_synchronised(false);
    Head parent = chain.head();
    parent.wall_ms = written.time_since_epoch().count();
    clock.set_wall(written - std::chrono::milliseconds(1));
    CHECK(Chain({.kiosk = KioskId{3}}, clock, parent).clock_quality() == ClockQuality::unset);
    clock.set_wall(written);
    CHECK(Chain({.kiosk = KioskId{3}}, clock, parent).clock_quality() == ClockQuality::free);
}

TEST_CASE("the check of a chain accepts what chains make and names what they do not") {
    test::FactMaker first;
    const auto facts = first.make(3);
    test::FactMaker second(first.head());
    const auto more = second.make(2);
    ChainCheck check(test::kiosk, fact_domain);
    for (const StoredFact& fact : facts) {
        REQUIRE_FALSE(check.trouble_with(fact));
        check.accept(fact);
    }
    REQUIRE(check.head());
    CHECK(check.head()->hash == facts.back().hash);
    CHECK(check.head()->hlc == facts.back().fact.hlc);
    CHECK_FALSE(check.trouble_with_signatures(test::kiosk_key().verify_key()));
    CHECK(check.trouble_with_signatures(SigningKey::generate().verify_key()));

    CHECK_FALSE(check.trouble_with(more[0]));
    CHECK(check.trouble_with(more[1]));           // its hello is missing
    CHECK(check.trouble_with(facts[2]));          // there already
    CHECK(check.trouble_with(first.make(2)[1]));  // one between is missing
    StoredFact bare = more[0];
    bare.hash.bytes[31] ^= 1;
    CHECK(check.trouble_with(bare));
    CHECK(ChainCheck(KioskId{4}, fact_domain).trouble_with(facts[0]));
    CHECK(ChainCheck(test::kiosk, training_domain).trouble_with(facts[0]));
}

TEST_CASE("I-2: an epoch links to a fact that is known, wherever it stands, or begins anew") {
    test::FactMaker first;
    const auto facts = first.make(3);
    const Head fork_at = first.head();
    const auto later = first.make(2);
    const auto fork = test::FactMaker(fork_at).make(2);
    ChainCheck check(test::kiosk, fact_domain);
    const auto take = [&](const StoredFact& fact) {
        REQUIRE_FALSE(check.trouble_with(fact));
        check.accept(fact);
    };
    SECTION("a parent that is nowhere is trouble, one that somebody vouches for is not") {
        take(fork[0]);
        CHECK(check.open_parents() == std::vector{fork_at.hash});
        const auto trouble = check.trouble_with_links();
        REQUIRE(trouble);
        CHECK(trouble->starts_with(describe_fact(fork[0].fact.epoch, 1)));
        check.know(fork_at.hash);
        CHECK_FALSE(check.trouble_with_links());
    }
    SECTION("the parent may come later") {
        for (const StoredFact& fact : fork) take(fact);
        CHECK(check.trouble_with_links());
        for (const StoredFact& fact : facts) take(fact);
        CHECK_FALSE(check.trouble_with_links());
    }
    SECTION("the parent may have ceased to be an end, then the file is asked") {
        for (const StoredFact& fact : facts) take(fact);
        for (const StoredFact& fact : later) take(fact);
        take(fork[0]);
        CHECK(check.open_parents() == std::vector{fork_at.hash});
    }
    SECTION("an epoch goes on after another began, and the head is the newest") {
        for (const StoredFact& fact : facts) take(fact);
        for (const StoredFact& fact : fork) take(fact);
        CHECK(check.head()->hash == fork[1].hash);
        for (const StoredFact& fact : later) take(fact);
        CHECK_FALSE(check.trouble_with_links());
        CHECK(check.head()->hash == later[1].hash);
    }
    SECTION("an epoch without a parent begins anew: a journal was lost while its mirror was away") {
        take(facts[0]);
        take(test::FactMaker().make(1)[0]);
        CHECK_FALSE(check.trouble_with_links());
    }
}

TEST_CASE("an epoch is signed throughout or not at all") {
    test::FactMaker maker;
    auto facts = maker.make(2);
    ChainCheck check(test::kiosk, fact_domain);
    check.accept(facts[0]);
    facts[1].signature = {};
    CHECK(check.trouble_with(facts[1]));
}

}  // namespace hudoor::storage
