#include "storage/badge/base45.hpp"

#include "tests/support/catch.hpp"

namespace hudoor::storage {

TEST_CASE("base45 is that of RFC 9285") {
    struct Example {
        std::string_view plain;
        std::string_view text;
    };
    const auto example =
        GENERATE(Example{"AB", "BB8"}, Example{"Hello!!", "%69 VD92EX0"},
                 Example{"base-45", "UJCLQE7W581"}, Example{"ietf!", "QED8WEX0"}, Example{"", ""});
    CHECK(encode_base45(as_bytes(example.plain)) == example.text);
    const auto decoded = decode_base45(example.text);
    REQUIRE(decoded);
    CHECK(as_text(*decoded) == example.plain);
}

TEST_CASE("base45 gives back every pair of bytes") {
    for (unsigned value = 0; value <= 0xffff; ++value) {
        const Bytes bytes{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
        const auto decoded = decode_base45(encode_base45(bytes));
        if (decoded != bytes) FAIL("not given back: " << value);
    }
    CHECK(encode_base45(Bytes{0xff, 0xff}) == "FGW");
}

TEST_CASE("text that base45 does not make of any bytes is refused") {
    // too large by one, too large, one byte too large, a length no bytes have, foreign characters
    for (const std::string_view text :
         {"GGW", ":::", "V5", "A", "BB8A", "bb8", "B\n8", "B\xd9\xa1"})
        CHECK_FALSE(decode_base45(text));
}

}  // namespace hudoor::storage
