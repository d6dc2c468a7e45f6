#include "storage/facts/known_editions.hpp"

#include "storage/facts/chain.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace hudoor::storage;
using namespace hudoor::test;

namespace {

Edition edition(std::uint64_t list, std::uint64_t refusals) {
    return {.list = list, .refusals = refusals, .roster = 1, .agenda = 1, .created = {}};
}

Fact act_saying(ActCode act, const Edition& now) {
    Fact fact;
    fact.kind = FactKind::act;
    fact.act = act;
    fact.payload = encode_edition(now);
    return fact;
}

struct Kiosk {
    ManualClock clock;
    SigningKey key{test_secret("kiosk")};
    std::vector<StoredFact> facts;
    std::optional<Head> head;

    void start(const Edition& now, std::vector<Fact> acts = {}, bool is_signed = true) {
        Chain chain({.kiosk = KioskId{1}, .signing_key = is_signed ? &key : nullptr}, clock, head);
        facts.push_back(chain.append(make_hello({.edition = now, .own_head = {}})));
        for (Fact& act : acts) facts.push_back(chain.append(std::move(act)));
        head = chain.head();
    }
    [[nodiscard]] Edition newest() const {
        KnownEditions known(key.verify_key());
        for (const StoredFact& fact : facts) known.add(fact);
        KnownEditions backwards(key.verify_key());
        for (auto fact = facts.rbegin(); fact != facts.rend(); ++fact) backwards.add(*fact);
        CHECK(backwards.newest() == known.newest());
        return known.newest();
    }
};

}  // namespace

TEST_CASE("I-21: what was in force once is remembered number by number, in any order of facts") {
    Kiosk kiosk;
    CHECK(kiosk.newest() == Edition{});
    kiosk.start(edition(6, 5));
    kiosk.start(edition(4, 3));
    CHECK(kiosk.newest() == edition(6, 5));
    kiosk.start(edition(4, 3), {act_saying(ActCode::outcome, edition(7, 4))});
    CHECK(kiosk.newest() == edition(7, 5));
}

TEST_CASE("I-21: an edition that no signature, or another's, says is none") {
    Kiosk kiosk;
    kiosk.start(edition(2, 2));
    kiosk.start(edition(9, 9), {}, false);
    CHECK(kiosk.newest() == edition(2, 2));
    kiosk.key = SigningKey(test_secret("thief"));
    kiosk.start(edition(9, 9));
    kiosk.key = SigningKey(test_secret("kiosk"));
    CHECK(kiosk.newest() == edition(2, 2));
    kiosk.facts.back().signature = kiosk.facts.front().signature;
    CHECK(kiosk.newest() == edition(2, 2));
}

TEST_CASE("I-21: a supervisor takes older ones, and from there they rise again") {
    Kiosk kiosk;
    kiosk.start(edition(6, 5));
    kiosk.start(edition(4, 3), {act_saying(ActCode::list_accepted, edition(4, 3))});
    CHECK(kiosk.newest() == edition(4, 3));
    kiosk.start(edition(4, 4));
    CHECK(kiosk.newest() == edition(4, 4));
}

TEST_CASE("I-21: who goes on without a list takes none that is older") {
    Kiosk kiosk;
    kiosk.start(edition(6, 5));
    kiosk.start(edition(0, 5), {act_saying(ActCode::list_accepted, edition(0, 5))});
    KnownEditions known(kiosk.key.verify_key());
    for (const StoredFact& fact : kiosk.facts) known.add(fact);
    CHECK(known.may_lack_list());
    CHECK(known.newest() == edition(6, 5));
    kiosk.start(edition(6, 5));
    known.add(kiosk.facts.back());
    CHECK_FALSE(known.may_lack_list());
}
