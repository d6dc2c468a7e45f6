#include "storage/facts/hello.hpp"

#include "storage/facts/chain.hpp"
#include "storage/facts/known_editions.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::storage;

namespace {

const Edition numbers{.list = 3, .refusals = 12, .roster = 2, .agenda = 9, .created = {}};

}  // namespace

TEST_CASE("a hello says how new everything is, and which unsigned facts are its own") {
    Hash head;
    head.bytes[5] = 7;
    const Fact fact = make_hello({.edition = numbers, .own_unsigned = 17, .own_head = head});
    CHECK(fact.kind == FactKind::hello);
    CHECK(fact.replica_revision == 3);
    CHECK(fact.argument == 17);
    CHECK(fact.payload.size() == 1 + 4 * 8 + 32);
    const auto back = read_hello(fact);
    REQUIRE(back);
    CHECK(back->edition == numbers);
    CHECK(back->own_unsigned == 17);
    CHECK(back->own_head == head);
}

TEST_CASE("a hello of before says nothing, and neither does one that is malformed") {
    Fact fact;
    fact.kind = FactKind::hello;
    CHECK_FALSE(read_hello(fact));
    fact = make_hello({.edition = numbers, .own_head = {}});
    fact.payload.push_back(0);
    CHECK_FALSE(read_hello(fact));
    fact.payload.resize(20);
    CHECK_FALSE(read_hello(fact));
    fact = make_hello({.edition = numbers, .own_head = {}});
    fact.payload[0] = 2;
    CHECK_FALSE(read_hello(fact));
    fact.payload[0] = 1;
    fact.kind = FactKind::act;
    CHECK_FALSE(read_hello(fact));
}

TEST_CASE("with a rule broken, an older list is not known for one", "[.][broken-I-21]") {
    const SigningKey key(Secret<32>(Bytes(32, 7)));
    const SystemClock clock;
    Chain chain({.kiosk = KioskId{3}, .signing_key = &key}, clock, {});
    KnownEditions known(key.verify_key());
    known.add(chain.append(make_hello({.edition = numbers, .own_head = {}})));
    Edition older = numbers;
    older.refusals -= 1;
    CHECK(describe_older(older, known.newest()).empty());
}

TEST_CASE("an act that brings newer lists says their numbers") {
    Fact fact;
    fact.kind = FactKind::act;
    fact.payload = encode_edition(numbers);
    CHECK(read_edition(fact) == numbers);
    fact.payload.pop_back();
    CHECK_FALSE(read_edition(fact));
}

TEST_CASE("an edition with any lower number is older, and with the same ones an earlier list") {
    const auto lower =
        GENERATE(&Edition::list, &Edition::refusals, &Edition::roster, &Edition::agenda);
    Edition one = numbers;
    one.*lower -= 1;
    CHECK(is_older(one, numbers));
    CHECK_FALSE(is_older(numbers, one));
    CHECK(newest_of(one, numbers) == numbers);
    Edition later = numbers;
    later.created = WallTime(std::chrono::milliseconds(5));
    CHECK(is_older(numbers, later));
    CHECK_FALSE(is_older(numbers, numbers));
}

TEST_CASE("I-21: what is older is named, number by number") {
    CHECK(describe_older(numbers, numbers).empty());
    Edition older = numbers;
    older.list = 2;
    older.roster = 1;
    older.agenda = 10;
    CHECK(describe_older(older, numbers) == "guest list 2 (here 3), roster 1 (here 2)");
    CHECK(describe_older(numbers, older) == "agenda 9 (here 10)");
}

TEST_CASE("an edition comes into force by a hello, an update's end or a supervisor's word alone") {
    CHECK(find_edition(make_hello({.edition = numbers, .own_head = {}})) == numbers);
    Fact act;
    act.kind = FactKind::act;
    act.payload = encode_edition(numbers);
    for (const ActCode code : {ActCode::outcome, ActCode::update_taken, ActCode::list_accepted}) {
        act.act = code;
        CHECK(find_edition(act) == numbers);
    }
    act.act = ActCode::list_rolled_back;
    CHECK_FALSE(find_edition(act));
    CHECK(read_edition(act) == numbers);
}
