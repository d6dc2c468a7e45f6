#include "storage/badge/code.hpp"

#include <cmath>

#include "storage/badge/guessing.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

namespace hudoor::test {

using namespace storage;

namespace {

const CodeShape pretix{.min_length = 32,
                       .max_length = 32,
                       .prefix = {},
                       .alphabet = "23456789abcdefghjkmnpqrstuvwxyz",
                       .json_key = {}};
const CodeShape eventbrite{
    .min_length = 19, .max_length = 22, .prefix = {}, .alphabet = "0123456789", .json_key = {}};
const CodeShape indico{
    .min_length = 20, .max_length = 40, .prefix = {}, .alphabet = {}, .json_key = "i"};
const CodeShape alfio{.min_length = 36,
                      .max_length = 36,
                      .prefix = {},
                      .alphabet = "-0123456789abcdef",
                      .json_key = {},
                      .cut_at = '/'};
const CodeShape hi_events{
    .min_length = 3, .max_length = 12, .prefix = "A-", .alphabet = {}, .json_key = {}};
const std::vector<CodeShape> all_shapes{pretix, eventbrite, indico, alfio, hi_events};

const std::string pretix_secret = "xa3k9mh2wqz7p5tc8vdn4rsb6yfegjux";
const std::string alfio_uuid = "0d1f2a34-5b6c-7d8e-9f01-23456789abcd";

ByteView key() {
    static const Secret<32> secret = test_secret("code key");
    return secret.view();
}

bool is_other(const std::string& text) {
    const bool other = std::holds_alternative<OtherCode>(recognise(text, all_shapes, key()));
    CHECK(may_be_ours(text, all_shapes) == !other);
    return other;
}

CodeHash hash_read(const std::string& text, const std::vector<CodeShape>& shapes) {
    const Code code = recognise(text, shapes, key());
    REQUIRE(std::holds_alternative<ImportedCode>(code));
    CHECK(may_be_ours(text, shapes));
    return std::get<ImportedCode>(code).hash;
}

}  // namespace

TEST_CASE("an own badge is recognised before any shape") {
    const EventFixture event;
    const std::string text = event.badge_text(event.delegate(1));
    const CodeShape anything{
        .min_length = 1, .max_length = 500, .prefix = {}, .alphabet = {}, .json_key = {}};
    const Code code = recognise(text, {anything}, key());
    REQUIRE(std::holds_alternative<SignedBadge>(code));
    CHECK(std::get<SignedBadge>(code).token == event.token(event.delegate(1)));
    CHECK(may_be_ours(text, {}));
}

TEST_CASE("a pretix secret is read whole") {
    CHECK(hash_read(pretix_secret, {pretix}) == hash_code(pretix_secret, key()));
    CHECK(match_shape(pretix_secret + "x", pretix) == std::nullopt);
    CHECK(match_shape("X" + pretix_secret.substr(1), pretix) == std::nullopt);
}

TEST_CASE("an Eventbrite barcode is read whole") {
    CHECK(hash_read("1234567890123456789001", {eventbrite}) ==
          hash_code("1234567890123456789001", key()));
    CHECK(match_shape("12345678901234567890o1", eventbrite) == std::nullopt);
}

TEST_CASE("the last text of Indico's list is the code, however the JSON is spaced") {
    const std::string secret = "AZ8x1pO3cRWnbS0tLS0tLQ==";
    CHECK(hash_read(R"({"i":[2,"indico.example.org","AZ8x1pO3cRWnbS0tLS0tLQ=="]})", {indico}) ==
          hash_code(secret, key()));
    CHECK(match_shape(R"({ "i" : "AZ8x1pO3cRWnbS0tLS0tLQ==" })", indico) == secret);
}

TEST_CASE("JSON without the key, of another type or not an object fits no shape") {
    for (const char* text :
         {R"({"j":[2,"h","AZ8x1pO3cRWnbS0tLS0tLQ=="]})", R"({"i":[]})", R"({"i":[2,"h",7]})",
          R"({"i":{"i":"AZ8x1pO3cRWnbS0tLS0tLQ=="}})", R"(["i","AZ8x1pO3cRWnbS0tLS0tLQ=="])",
          R"({"i":null})", R"({"i")", "{", ""})
        CHECK(match_shape(text, indico) == std::nullopt);
}

TEST_CASE("an alf.io code is what stands before the slash, with or without one") {
    CHECK(hash_read(alfio_uuid + "/6f1ed002ab5595859014ebf0951522d9", {alfio}) ==
          hash_code(alfio_uuid, key()));
    CHECK(match_shape(alfio_uuid, alfio) == alfio_uuid);
    CHECK(match_shape("/" + alfio_uuid, alfio) == std::nullopt);
}

TEST_CASE("JSON blown up beyond any real code is not even read") {
    const std::string padding(600, ' ');
    CHECK(match_shape(R"({"i":)" + padding + R"("AZ8x1pO3cRWnbS0tLS0tLQ=="})", indico) ==
          std::nullopt);
}

TEST_CASE("a prefix must be there") {
    CHECK(match_shape("A-7KQ2", hi_events) == "A-7KQ2");
    CHECK(match_shape("B-7KQ2", hi_events) == std::nullopt);
}

TEST_CASE("the first shape that fits gives the code") {
    CHECK(hash_read(pretix_secret, all_shapes) == hash_code(pretix_secret, key()));
}

TEST_CASE("the hash depends on code and key") {
    const Secret<32> other = test_secret("another code key");
    CHECK(hash_code("one", key()) != hash_code("two", key()));
    CHECK(hash_code("one", key()) != hash_code("one", other.view()));
}

TEST_CASE("without a guest list an imported code is recognised but leaves no hash") {
    const Code code = recognise(pretix_secret, {pretix}, {});
    REQUIRE(std::holds_alternative<ImportedCode>(code));
    CHECK(std::get<ImportedCode>(code).hash.is_zero());
}

TEST_CASE("ordinary codes of the street are other codes") {
    CHECK(is_other("https://example.org/ticket?id=1"));
    CHECK(is_other("WIFI:S:venue;T:WPA;P:secret;;"));
    CHECK(is_other("K1:"));
    CHECK(is_other(""));
}

TEST_CASE("what readers put around a text is no part of it") {
    for (const char* around : {"A-1", " A-1", "A-1 ", "\r\nA-1\n", "]Q1A-1", "]d2 A-1",
                               "\\000026A-1", "]Q2\\000003 A-1\t"})
        CHECK(without_reader_marks(around) == "A-1");
    for (const char* part_of_it : {"A-1]Q1", "A\\000026", "]Q1", "]-1A", "\\00002A-1", "A -1"})
        CHECK(without_reader_marks(part_of_it) == part_of_it);
    CHECK(without_reader_marks(" \n ").empty());
    CHECK(without_reader_marks(std::string(7'000, ' ') + "A").size() == 1);
    const EventFixture event;
    const std::string badge = event.badge_text(event.delegate(1));
    CHECK(std::holds_alternative<SignedBadge>(recognise("]Q1" + badge + "\n", {}, {})));
    CHECK(may_be_ours("\\000026" + badge, {}));
}

TEST_CASE("hostile texts are other codes") {
    const EventFixture event;
    std::string almost = event.badge_text(event.delegate(1));
    almost.back() = '!';
    std::string deep = R"({"i":)";
    for (int i = 0; i < 200; ++i) deep += '[';
    for (int i = 0; i < 200; ++i) deep += ']';
    deep += '}';
    CHECK(is_other(almost));
    CHECK(is_other(std::string(7'089, '7')));
    CHECK(is_other(std::string(200, '\x1b')));
    CHECK(is_other(std::string("A-\0secret", 9)));
    CHECK(is_other("A-\xc3\x28\xff"));
    CHECK(is_other("A-\xd9\x85\xd8\xad"));
    CHECK(is_other("A\n-1"));
    CHECK(is_other(deep));
    CHECK(is_other(std::string(6'000, '[')));
    CHECK(is_other("{\"i\":\"\xff\xfe broken text of good length\"}"));
    CHECK(is_other(R"({"i":"\u0000\u0001 control characters in it"})"));
    CHECK(is_other(R"({"i":1e999999})"));
}

TEST_CASE("codes that differ in few places, or are many of what there can be, are easily guessed") {
    std::vector<std::string> counted;
    std::vector<std::string> random;
    std::vector<std::string> hexadecimal;
    for (int i = 0; i < 500; ++i) {
        counted.push_back("TICKET-" + std::to_string(1'000 + i));
        random.push_back("A-" + to_hex(random_bytes(16)));
        hexadecimal.push_back(to_hex(random_bytes(4)));
    }
    CHECK(guessing_bits(counted) < 2);
    CHECK(guessing_bits(random) > 110);
    CHECK(std::abs(guessing_bits(hexadecimal) - (8 * 4 - std::log2(500))) < 0.01);
    CHECK(guessing_bits({}) == 0);

    SECTION("a constant place counts nothing, however long it is") {
        for (std::string& code : counted) code = std::string(100, 'Q') + code;
        CHECK(guessing_bits(counted) < 2);
    }
    SECTION("long codes hide no short ones") {
        random.insert(random.end(), counted.begin(), counted.end());
        CHECK(guessing_bits(random) < 2);
    }
    SECTION("of a few codes every place counts: where they agree the next need not") {
        const std::vector<std::string> two{"0b6ad0a1-2c5e-4a1b-9b6e-5a6c2f9d1e34",
                                           "0b6ad0a1-2c5e-4a1b-9b6e-5a6c2f9d1e35"};
        CHECK(guessing_bits(two) > 100);
        CHECK(guessing_bits(std::vector<std::string>{"101", "102", "103"}) < 9);
        CHECK(guessing_bits(std::vector<std::string>{"7"}) < 4);
        CHECK(guessing_bits(std::vector<std::string>{"k3Jw9vQx2LmZ"}) > 50);
    }
}

}  // namespace hudoor::test
