#include "storage/decide/verdict_fact.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

using namespace hudoor;
using namespace hudoor::storage;
using namespace std::chrono_literals;

namespace {

struct Case {
    VerdictKind verdict;
    Direction direction;
    FactKind fact;
};

}  // namespace

TEST_CASE("a verdict is recorded as what it is: in, out or refused") {
    const auto [kind, direction, expected] =
        GENERATE(Case{VerdictKind::admitted, Direction::entry, FactKind::admitted},
                 Case{VerdictKind::admitted, Direction::exit, FactKind::left},
                 Case{VerdictKind::already_in, Direction::entry, FactKind::refused},
                 Case{VerdictKind::see_usher, Direction::entry, FactKind::refused},
                 Case{VerdictKind::refused, Direction::exit, FactKind::refused});
    const test::EventFixture event;
    const auto person = event.delegate(1);
    const Code code = event.sign(event.token(person, 3));
    Verdict verdict;
    verdict.kind = kind;
    verdict.reason = Reason::attention;
    verdict.session = test::opening;
    verdict.person.registration = person.id;
    const Fact fact = make_verdict_fact({.code = code,
                                         .verdict = verdict,
                                         .direction = direction,
                                         .method = Method::hand_scanner,
                                         .usher = test::usher_seven,
                                         .replica_revision = 9,
                                         .took = 12'345us});
    CHECK(fact.kind == expected);
    CHECK(fact.verdict == kind);
    CHECK(fact.direction == direction);
    CHECK(fact.registration == person.id);
    CHECK(fact.badge == person.badge);
    CHECK(fact.issue == 3);
    CHECK(fact.session == test::opening);
    CHECK(fact.reason == Reason::attention);
    CHECK(fact.method == Method::hand_scanner);
    CHECK(fact.usher == test::usher_seven);
    CHECK(fact.replica_revision == 9);
    CHECK(fact.argument == 12);
}

TEST_CASE("an override goes the way of the refusal, and names it") {
    const auto direction = GENERATE(Direction::entry, Direction::exit);
    Fact refusal = test::make_fact(FactKind::refused, test::EventFixture().delegate(2),
                                   test::workshop, test::dubai(4, 10, 0));
    refusal.direction = direction;
    refusal.reason = Reason::badge_replaced;
    const Fact fact = make_override(refusal, Override::forgot, test::supervisor_twelve);
    CHECK(fact.kind == (direction == Direction::exit ? FactKind::left : FactKind::admitted));
    CHECK(fact.direction == direction);
    CHECK(fact.verdict == VerdictKind::admitted);
    CHECK(fact.reason == Reason::badge_replaced);
    CHECK(fact.override_reason == Override::forgot);
    CHECK(fact.usher == test::supervisor_twelve);
    CHECK(fact.reference == refusal.id);
    CHECK(fact.registration == refusal.registration);
    CHECK(fact.badge == refusal.badge);
    CHECK(fact.session == refusal.session);
}

TEST_CASE("I-12: an override of a badge that was not proved bears no number of it") {
    Fact refusal = test::make_fact(FactKind::refused, test::EventFixture().delegate(2),
                                   test::workshop, test::dubai(4, 10, 0));
    refusal.registration = {};
    refusal.reason = GENERATE(Reason::bad_signature, Reason::unknown_key, Reason::key_revoked);
    const Fact fact = make_override(refusal, Override::forgot, test::supervisor_twelve);
    CHECK(fact.badge.is_zero());
    CHECK(fact.issue == 0);
    CHECK(fact.reason == refusal.reason);
}
