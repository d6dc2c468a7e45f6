#include "storage/decide/flat_map.hpp"

#include <variant>

#include "tests/support/catch.hpp"
#include "tests/support/seeded_random.hpp"

namespace hudoor::test {

using namespace storage;

namespace {

/// Many of them differ in one byte only.
FactId id_of(std::uint64_t number) {
    FactId id;
    for (std::size_t i = 0; i < 8; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

}  // namespace

TEST_CASE("an empty table has nothing") {
    const FlatMap<FactId, int> map;
    CHECK(map.find(id_of(0)) == nullptr);
    CHECK(map.size() == 0);
}

TEST_CASE(
    "every key keeps its number and its value however the table grows, and no other is found") {
    constexpr std::uint32_t keys = 5'000;
    FlatMap<FactId, std::uint64_t> map;
    for (std::uint32_t i = 0; i < keys; ++i) {
        REQUIRE(map.insert(id_of(3 * i)) == std::pair(i, true));
        map[i].value = i * 7;
    }
    REQUIRE(map.size() == keys);
    REQUIRE(map.entries().size() == keys);
    for (std::uint32_t i = 0; i < keys; ++i) {
        REQUIRE(map.insert(id_of(3 * i)) == std::pair(i, false));
        const auto* found = map.find(id_of(3 * i));
        REQUIRE(found == &map.entries()[i]);
        REQUIRE(found->value == i * 7);
        REQUIRE(map.find(id_of(3 * i + 1)) == nullptr);
    }
    CHECK(map.size() == keys);
}

TEST_CASE("a key without a value costs what the key does") {
    using Set = FlatMap<Hash, std::monostate>;
    CHECK(sizeof(Set::Entry) == sizeof(Hash));
}

}  // namespace hudoor::test
