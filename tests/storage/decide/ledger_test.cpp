#include "storage/decide/ledger.hpp"

#include <algorithm>
#include <limits>
#include <random>

#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

namespace hudoor::test {

using namespace storage;
using namespace std::chrono_literals;

namespace {

const Agenda& agenda() {
    static const Agenda agenda = EventFixture().identity.agenda;
    return agenda;
}

void add(Ledger& ledger, const Fact& fact) { ledger.add(fact, hash_fact(encode_fact(fact))); }

Ledger ledger_of(const std::vector<Fact>& facts) {
    Ledger ledger;
    for (const Fact& fact : facts) add(ledger, fact);
    return ledger;
}

Person person_of(const Registration& delegate) { return {delegate.id, delegate.badge, {}}; }

PersonState state_in(const Ledger& ledger, const Person& person, SessionId session,
                     const Agenda& of = agenda()) {
    return ledger.state_of(person, *of.find_session(session), of);
}

PersonState in_opening(const Ledger& ledger, const Registration& delegate) {
    return state_in(ledger, person_of(delegate), opening);
}

const Registration& someone() {
    static const Registration delegate = EventFixture().delegate(1);
    return delegate;
}

/// Facts of a day in which much goes on: entries, exits, overrides, undone ones, badges before the
/// list.
std::vector<Fact> a_busy_day(std::mt19937& random, std::size_t size) {
    const EventFixture event;
    const auto people = event.delegates_up_to(12);
    const auto draw = [&](int last) { return std::uniform_int_distribution<int>(0, last)(random); };
    const SessionId sessions[] = {opening, workshop, keynote, SessionId{}};
    const FactKind kinds[] = {FactKind::admitted, FactKind::admitted, FactKind::left,
                              FactKind::refused};
    std::vector<Fact> facts;
    while (facts.size() < size) {
        const Registration& who = people[static_cast<std::size_t>(draw(11))];
        Fact fact = make_fact(kinds[draw(3)], who, sessions[draw(3)],
                              dubai(4, 9, 0) + std::chrono::milliseconds(draw(200)));
        if (fact.kind == FactKind::refused) fact.reason = static_cast<Reason>(2 + draw(20));
        fact.issue = static_cast<std::uint8_t>(draw(3));
        fact.place = PlaceId{static_cast<std::uint16_t>(draw(3))};
        fact.kiosk = KioskId{static_cast<std::uint16_t>(draw(2))};
        fact.clock_offset_ms = draw(3) * 50;
        if (draw(3) == 0) fact.registration = {};
        if (draw(9) == 0) fact.badge = people[static_cast<std::size_t>(draw(11))].badge;
        if (draw(9) == 0) fact.override_reason = Override::vip;
        if (draw(5) == 0 && !facts.empty())
            fact = make_undone(facts[static_cast<std::size_t>(draw(99)) % facts.size()],
                               dubai(4, 9, 5));
        if (draw(30) == 0 && !facts.empty()) fact.id = facts.back().id;  // a copied kiosk
        facts.push_back(fact);
    }
    return facts;
}

}  // namespace

TEST_CASE(
    "I-18: facts from the ends of all time have their place in the order, and no sum overflows") {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const auto at = [&](FactKind kind, std::int64_t wall_ms, std::int64_t offset_ms) {
        Fact fact = make_fact(kind, someone(), opening, dubai(4, 9, 20));
        fact.wall_ms = wall_ms;
        fact.clock_offset_ms = offset_ms;
        return fact;
    };
    const Fact early = at(FactKind::admitted, least, least);
    const Fact now = make_fact(FactKind::left, someone(), opening, dubai(4, 9, 20));
    const Fact late = at(FactKind::admitted, most, most);
    const Ledger ledger = ledger_of({late, now, early});
    CHECK(ledger.digest(agenda()) == ledger_of({early, late, now}).digest(agenda()));
    CHECK(in_opening(ledger, someone()).inside);
    CHECK(in_opening(ledger, someone()).admitted_at > dubai(5, 0, 0));
    CHECK(in_opening(ledger_of({early, now}), someone()).admitted_at < dubai(4, 0, 0));
    CHECK_FALSE(in_opening(ledger_of({now, early}), someone()).inside);
    CHECK(ledger.everybody_inside(agenda()).at(0).since > dubai(5, 0, 0));
}

TEST_CASE("who was admitted has attended and is inside, since then and through that door") {
    const Ledger ledger =
        ledger_of({make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20))});
    const PersonState state = in_opening(ledger, someone());
    CHECK(state.attended);
    CHECK(state.inside);
    CHECK(state.admitted_at == dubai(4, 9, 20));
    CHECK(state.admitted_place == north);
    CHECK_FALSE(state_in(ledger, person_of(someone()), keynote).attended);
    CHECK(state_in(ledger, person_of(someone()), keynote).inside);
    CHECK_FALSE(state_in(ledger, person_of(someone()), workshop).inside);
    CHECK_FALSE(in_opening(ledger, EventFixture().delegate(2)).attended);
}

TEST_CASE("who left has attended but is not inside, and may be inside again") {
    Ledger ledger = ledger_of({make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20)),
                               make_fact(FactKind::left, someone(), opening, dubai(4, 9, 40))});
    CHECK(in_opening(ledger, someone()).attended);
    CHECK_FALSE(in_opening(ledger, someone()).inside);
    add(ledger, make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 50)));
    CHECK(in_opening(ledger, someone()).inside);
    CHECK(in_opening(ledger, someone()).admitted_at == dubai(4, 9, 50));
}

TEST_CASE("a fact of before, when who was early was refused, is read and proved as it is") {
    Fact refused = make_fact(FactKind::refused, someone(), opening, dubai(4, 9, 0));
    refused.verdict = VerdictKind::refused;
    refused.reason = Reason::too_early;
    const auto back = decode_fact(encode_fact(refused));
    REQUIRE(back);
    CHECK(*back == refused);
}

TEST_CASE("a refusal changes nobody's state") {
    Fact refused = make_fact(FactKind::refused, someone(), opening, dubai(4, 9, 0));
    refused.reason = Reason::too_early;
    const Ledger ledger = ledger_of({refused});
    CHECK_FALSE(in_opening(ledger, someone()).attended);
    CHECK(ledger.attended(opening, agenda()) == 0);
    CHECK(ledger.facts() == 1);
}

TEST_CASE("an undone entry never happened, whichever of the two arrives first") {
    const Fact entry = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    const Fact undone = make_undone(entry, dubai(4, 9, 21));
    for (const auto& facts : {std::vector{entry, undone}, std::vector{undone, entry}}) {
        const Ledger ledger = ledger_of(facts);
        CHECK_FALSE(in_opening(ledger, someone()).attended);
        CHECK_FALSE(in_opening(ledger, someone()).inside);
        CHECK(ledger.inside(hall_a, agenda()) == 0);
        CHECK(ledger.attended(opening, agenda()) == 0);
    }
}

TEST_CASE("an undone exit leaves the person inside") {
    const Fact entry = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    const Fact exit = make_fact(FactKind::left, someone(), opening, dubai(4, 9, 40));
    const Ledger ledger = ledger_of({entry, exit, make_undone(exit, dubai(4, 9, 41))});
    CHECK(in_opening(ledger, someone()).inside);
    CHECK(ledger.inside(hall_a, agenda()) == 1);
}

TEST_CASE("what was undone cannot be brought back by undoing the undoing") {
    const Fact entry = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    const Fact undone = make_undone(entry, dubai(4, 9, 21));
    const Ledger ledger = ledger_of({entry, undone, make_undone(undone, dubai(4, 9, 22))});
    CHECK_FALSE(in_opening(ledger, someone()).attended);
}

TEST_CASE("of two entries the other remains when one is undone") {
    const Fact first = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    const Fact second = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 25));
    const Ledger ledger = ledger_of({first, second, make_undone(second, dubai(4, 9, 26))});
    CHECK(in_opening(ledger, someone()).admitted_at == dubai(4, 9, 20));
    CHECK(ledger.attended(opening, agenda()) == 1);
}

TEST_CASE("facts are ordered by corrected time, not by arrival and not by a wrong clock") {
    const Fact entry = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    Fact exit = make_fact(FactKind::left, someone(), opening, dubai(4, 8, 40));
    exit.clock_offset_ms = std::chrono::milliseconds(1h).count();  // its clock was an hour late
    CHECK_FALSE(in_opening(ledger_of({entry, exit}), someone()).inside);
    CHECK_FALSE(in_opening(ledger_of({exit, entry}), someone()).inside);
    exit.clock_offset_ms = 0;
    CHECK(in_opening(ledger_of({entry, exit}), someone()).inside);
}

TEST_CASE("at the same corrected time the order is hlc, kiosk, epoch, number") {
    const WallTime at = dubai(4, 9, 20);
    const Fact entry = make_fact(FactKind::admitted, someone(), opening, at);
    Fact exit = make_fact(FactKind::left, someone(), opening, at);
    const auto inside = [&] {
        const bool one = in_opening(ledger_of({entry, exit}), someone()).inside;
        CHECK(in_opening(ledger_of({exit, entry}), someone()).inside == one);
        return one;
    };
    CHECK_FALSE(inside());  // the later number
    exit.epoch = Epoch{static_cast<std::uint32_t>(entry.epoch) - 1};
    CHECK(inside());
    exit.kiosk = KioskId{2};
    CHECK_FALSE(inside());
    exit.hlc = entry.hlc - 1;
    CHECK(inside());
}

TEST_CASE("counts are of distinct people, never of scans") {
    const EventFixture event;
    Ledger ledger;
    for (int i = 0; i < 3; ++i) {
        add(ledger, make_fact(FactKind::admitted, event.delegate(1), opening, dubai(4, 9, 20 + i)));
        add(ledger, make_fact(FactKind::admitted, event.delegate(2), opening, dubai(4, 9, 20 + i)));
    }
    add(ledger, make_fact(FactKind::left, event.delegate(2), opening, dubai(4, 9, 50)));
    CHECK(ledger.attended(opening, agenda()) == 2);
    CHECK(ledger.inside(hall_a, agenda()) == 1);
    CHECK(ledger.seated(opening, agenda()) == 1);
    CHECK(ledger.inside(hall_b, agenda()) == 0);
}

TEST_CASE("a place counts those it admitted") {
    const EventFixture event;
    Ledger ledger;
    Fact elsewhere = make_fact(FactKind::admitted, event.delegate(2), opening, dubai(4, 9, 21));
    elsewhere.place = foyer;
    add(ledger, make_fact(FactKind::admitted, event.delegate(1), opening, dubai(4, 9, 20)));
    add(ledger, elsewhere);
    CHECK(ledger.attended(opening, agenda()) == 2);
    CHECK(ledger.attended(opening, agenda(), north) == 1);
    CHECK(ledger.attended(opening, agenda(), foyer) == 1);
    CHECK(ledger.attended(opening, agenda(), south) == 0);
    // Back in by the other door: attended by both, seated by the last.
    Fact again = make_fact(FactKind::admitted, event.delegate(1), opening, dubai(4, 9, 30));
    again.place = foyer;
    add(ledger, again);
    CHECK(ledger.attended(opening, agenda(), north) == 1);
    CHECK(ledger.attended(opening, agenda(), foyer) == 2);
    CHECK(ledger.seated(opening, agenda(), north) == 0);
    CHECK(ledger.seated(opening, agenda(), foyer) == 2);
}

TEST_CASE(
    "who never scanned out of the morning's session takes no seat of the next in the same room") {
    const EventFixture event;
    Ledger ledger;
    add(ledger, make_fact(FactKind::admitted, event.delegate(1), opening, dubai(4, 9, 20)));
    add(ledger, make_fact(FactKind::admitted, event.delegate(2), keynote, dubai(4, 10, 50)));
    CHECK(ledger.inside(hall_a, agenda()) == 2);
    CHECK(ledger.seated(keynote, agenda()) == 1);
}

TEST_CASE("the newest issue is remembered from what its signature vouched for") {
    Fact fact = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    const auto newest = [&](const std::vector<Fact>& facts) {
        return ledger_of(facts).newest_issue(someone().badge);
    };
    fact.issue = 3;
    CHECK(newest({fact}) == 3);
    Fact older = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 30));
    CHECK(newest({fact, older}) == 3);
    Fact forged = make_fact(FactKind::refused, someone(), opening, dubai(4, 9, 30));
    forged.issue = 200;
    forged.reason = Reason::bad_signature;
    CHECK(newest({fact, forged}) == 3);
    forged.kind = FactKind::admitted;  // though an usher let it in
    CHECK(newest({fact, forged}) == 3);
    Fact early = make_fact(FactKind::refused, someone(), opening, dubai(4, 9, 0));
    early.issue = 4;
    early.reason = Reason::too_early;
    CHECK(newest({fact, early}) == 4);
    CHECK(newest({fact, early, make_undone(fact, dubai(4, 9, 40))}) == 4);
}

TEST_CASE("I-12: what a badge that was not proved came to is nobody's, whatever its number") {
    const test::EventFixture event;
    const auto delegate = event.delegate(1);
    Fact forged =
        test::make_fact(FactKind::admitted, delegate, test::opening, test::dubai(4, 9, 31));
    forged.registration = {};
    forged.reason = GENERATE(Reason::bad_signature, Reason::unknown_key, Reason::key_revoked);
    forged.override_reason = Override::vip;
    Ledger ledger;
    ledger.add(forged, hash_fact(encode_fact(forged)));
    const Person person{delegate.id, delegate.badge, delegate.code};
    ledger.tell(person);
    const Agenda& agenda = event.identity.agenda;
    CHECK_FALSE(ledger.state_of(person, agenda.sessions.front(), agenda).attended);
    CHECK(ledger.newest_issue(delegate.badge) == 0);
    CHECK(ledger.everybody_inside(agenda).empty());
}

TEST_CASE("an override answers its reason for this person and session until it is undone") {
    const EventFixture event;
    Fact let_in = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    let_in.reason = Reason::wrong_session;
    let_in.override_reason = Override::changed;
    const Person person = person_of(someone());
    Ledger ledger = ledger_of({let_in});
    CHECK(ledger.overridden_at(person, Reason::wrong_session, opening) == dubai(4, 9, 20));
    CHECK(ledger.overridden_at(person, Reason::wrong_session, std::nullopt) == dubai(4, 9, 20));
    CHECK_FALSE(ledger.overridden_at(person, Reason::wrong_session, keynote));
    CHECK_FALSE(ledger.overridden_at(person, Reason::attention, opening));
    CHECK_FALSE(ledger.overridden_at(person_of(event.delegate(2)), Reason::wrong_session, opening));
    add(ledger, make_undone(let_in, dubai(4, 9, 21)));
    CHECK_FALSE(ledger.overridden_at(person, Reason::wrong_session, opening));
}

TEST_CASE("what a badge did before the guest list was there counts for its owner") {
    Fact by_badge = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    by_badge.registration = {};
    Ledger ledger = ledger_of({by_badge});
    CHECK(in_opening(ledger, someone()).attended);
    CHECK(in_opening(ledger, someone()).inside);
    // The exit names both, so from here on it is known whose badge it is.
    add(ledger, make_fact(FactKind::left, someone(), opening, dubai(4, 9, 30)));
    CHECK_FALSE(in_opening(ledger, someone()).inside);
    CHECK(ledger.inside(hall_a, agenda()) == 0);
    add(ledger, make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 40)));
    CHECK(ledger.attended(opening, agenda()) == 1);
    CHECK(ledger.inside(hall_a, agenda()) == 1);
    const Person badge_alone{{}, someone().badge, {}};
    CHECK(state_in(ledger, badge_alone, opening).admitted_at == dubai(4, 9, 40));
}

TEST_CASE("an imported code let in by an usher is a person of its own, and nobody is nobody") {
    Registration unknown;
    Fact first = make_fact(FactKind::admitted, unknown, opening, dubai(4, 9, 20));
    first.code.bytes[0] = 1;
    Fact second = make_fact(FactKind::admitted, unknown, opening, dubai(4, 9, 21));
    second.code.bytes[0] = 2;
    const Fact nobody = make_fact(FactKind::admitted, unknown, opening, dubai(4, 9, 22));
    const Ledger ledger = ledger_of({first, second, nobody});
    CHECK(ledger.attended(opening, agenda()) == 2);
    CHECK(state_in(ledger, {{}, {}, first.code}, opening).attended);
    CHECK_FALSE(state_in(ledger, {}, opening).attended);
}

TEST_CASE("a fact known already changes nothing") {
    const Fact entry = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    Ledger ledger = ledger_of({entry});
    const Hash before = ledger.digest(agenda());
    add(ledger, entry);
    CHECK(ledger.digest(agenda()) == before);
    CHECK(ledger.facts() == 1);
}

TEST_CASE("different states have different digests") {
    const Fact entry = make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20));
    const Fact exit = make_fact(FactKind::left, someone(), opening, dubai(4, 9, 40));
    const Hash none = ledger_of({}).digest(agenda());
    const Hash in = ledger_of({entry}).digest(agenda());
    const Hash out = ledger_of({entry, exit}).digest(agenda());
    CHECK(none != in);
    CHECK(in != out);
    CHECK(none != out);
}

TEST_CASE("facts in any order, repeated at will, give the state of those rebuilt in order") {
    const unsigned seed = GENERATE(range(1U, 41U));
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<Fact> facts = a_busy_day(random, 150);
    const Ledger rebuilt = ledger_of(facts);
    for (int round = 0; round < 4; ++round) {
        std::vector<Fact> delivered = facts;
        std::copy_n(facts.begin(), 40, std::back_inserter(delivered));
        std::shuffle(delivered.begin(), delivered.end(), random);
        const Ledger arrived = ledger_of(delivered);
        CHECK(arrived.digest(agenda()) == rebuilt.digest(agenda()));
        CHECK(arrived.facts() == rebuilt.facts());
    }
}

TEST_CASE("the counts kept on the way are those of counting every person afresh") {
    const unsigned seed = GENERATE(range(1U, 21U));
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::vector<Fact> facts = a_busy_day(random, 200);
    // Distinct badges of known owners only, so that people can be counted from outside.
    const EventFixture event;
    const auto people = event.delegates_up_to(12);
    std::erase_if(facts, [&](const Fact& fact) {
        return fact.kind != FactKind::undone &&
               std::none_of(people.begin(), people.end(), [&](const Registration& who) {
                   return who.id == fact.registration && who.badge == fact.badge;
               });
    });
    const Ledger ledger = ledger_of(facts);
    std::uint32_t attended = 0;
    std::uint32_t inside = 0;
    std::uint32_t seated = 0;
    for (const Registration& who : people) {
        const PersonState state = in_opening(ledger, who);
        attended += state.attended;
        inside += state.inside;
        // Seated: inside, and nothing later brought the person into the room for another session.
        const PersonState other = state_in(ledger, person_of(who), keynote);
        seated += state.attended && state.inside &&
                  (!other.attended || *other.admitted_at < *state.admitted_at);
    }
    CHECK(ledger.attended(opening, agenda()) == attended);
    CHECK(ledger.inside(hall_a, agenda()) == inside);
    CHECK(ledger.seated(opening, agenda()) == seated);
}

TEST_CASE("an imported code let in by an usher is its owner's once a fact has told whose it is") {
    Registration unknown;
    Fact by_code = make_fact(FactKind::admitted, unknown, opening, dubai(4, 9, 20));
    by_code.code.bytes[0] = 1;
    Fact named = make_fact(FactKind::left, someone(), opening, dubai(4, 9, 30));
    named.badge = {};
    named.code = by_code.code;
    for (const auto& facts : {std::vector{by_code, named}, std::vector{named, by_code}}) {
        const Ledger ledger = ledger_of(facts);
        CHECK(ledger.attended(opening, agenda()) == 1);
        CHECK(ledger.inside(hall_a, agenda()) == 0);
        CHECK(in_opening(ledger, someone()).attended);
        CHECK_FALSE(state_in(ledger, {{}, {}, by_code.code}, opening).inside);
    }
}

TEST_CASE("the guest list says whose a badge is, whatever facts say and whenever it comes") {
    const EventFixture event;
    const Registration first = event.delegate(1);
    const Registration second = event.delegate(2);
    Fact alone = make_fact(FactKind::admitted, first, opening, dubai(4, 9, 20));
    alone.registration = {};
    Fact mistaken = make_fact(FactKind::refused, second, opening, dubai(4, 9, 10));
    mistaken.badge = first.badge;
    const Person listed = person_of(first);
    const auto owner = [&](const Person& asked) {
        return asked.badge == first.badge ? first.id : RegistrationId{};
    };
    Ledger told = ledger_of({mistaken, alone});
    CHECK(told.everybody_inside(agenda()).front().person.registration == second.id);
    told.tell(listed);
    Ledger followed = ledger_of({alone, mistaken});
    CHECK(followed.attended(opening, agenda()) == 1);
    followed.follow_list(owner);
    for (const Ledger* ledger : {&told, &followed}) {
        CHECK(in_opening(*ledger, first).inside);
        CHECK_FALSE(in_opening(*ledger, second).inside);
        CHECK(ledger->everybody_inside(agenda()).front().person.registration == first.id);
    }
    CHECK(told.digest(agenda()) == followed.digest(agenda()));
    followed.follow_list([](const Person&) { return RegistrationId{}; });
    CHECK(followed.everybody_inside(agenda()).front().person.registration == second.id);
}

TEST_CASE("a session's room is that of the agenda at hand, not of the one when it was recorded") {
    const Ledger ledger = ledger_of(
        {make_fact(FactKind::admitted, someone(), opening, dubai(4, 9, 20)),
         make_fact(FactKind::admitted, EventFixture().delegate(2), opening, dubai(4, 9, 20)),
         make_fact(FactKind::left, someone(), workshop, dubai(4, 9, 40))});
    CHECK(ledger.inside(hall_a, agenda()) == 2);
    Agenda moved = agenda();
    for (Session& session : moved.sessions)
        if (session.id == opening) session.room = hall_b;
    for (int round = 0; round < 2; ++round) {
        CHECK(ledger.inside(hall_a, moved) == 0);
        CHECK(ledger.inside(hall_b, moved) == 1);
        CHECK(ledger.seated(opening, moved) == 1);
        CHECK_FALSE(state_in(ledger, person_of(someone()), opening, moved).inside);
        CHECK(ledger.everybody_inside(moved).size() == 1);
        CHECK(ledger.inside(hall_a, agenda()) == 2);
        CHECK(ledger.everybody_inside(agenda()).size() == 2);
    }
    CHECK(ledger.digest(moved) != ledger.digest(agenda()));
    std::erase_if(moved.sessions, [](const Session& one) { return one.id == opening; });
    CHECK(ledger.inside(RoomId{}, moved) == 2);  // nobody knows where, but not nowhere
}

TEST_CASE("every order of arrival gives one state, though a kiosk is asked all the while") {
    const EventFixture event;
    const Registration first = event.delegate(1);
    const Registration second = event.delegate(2);
    Fact by_badge = make_fact(FactKind::admitted, first, opening, dubai(4, 9, 20));
    by_badge.registration = {};
    Fact also_second = make_fact(FactKind::admitted, second, workshop, dubai(4, 9, 25));
    also_second.badge = first.badge;  // a badge with two names
    Fact by_code = make_fact(FactKind::admitted, Registration(), keynote, dubai(4, 10, 50));
    by_code.code.bytes[3] = 7;
    Fact code_of_second = make_fact(FactKind::left, second, keynote, dubai(4, 11, 0));
    code_of_second.badge = {};
    code_of_second.code = by_code.code;
    const std::vector<Fact> facts{
        by_badge, also_second,    make_fact(FactKind::left, first, opening, dubai(4, 9, 40)),
        by_code,  code_of_second, make_undone(code_of_second, dubai(4, 11, 1))};
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
    const Hash expected = ledger_of(facts).digest(agenda());
    do {
        Ledger ledger;
        for (const std::size_t at : order) {
            add(ledger, facts[at]);
            (void)ledger.inside(hall_a, agenda());
        }
        CHECK(ledger.digest(agenda()) == expected);
    } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace hudoor::test
