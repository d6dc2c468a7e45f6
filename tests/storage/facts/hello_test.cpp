#include "storage/facts/hello.hpp"

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
