#include "kiosk/usher/field.hpp"

#include "kiosk/desk/arrivals.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::kiosk;
using namespace std::chrono_literals;

TEST_CASE("letters go in at the caret and out before it, whole, in both scripts") {
    FieldText field;
    for (const char32_t letter : U"a\u0645\U0001F600b")
        if (letter != 0) CHECK(insert_letter(field, letter, 10));
    CHECK(field.text == "aم😀b");
    CHECK(field.caret == field.text.size());
    place_caret(field, 5);  // inside the picture
    CHECK(field.caret == 3);
    CHECK(erase_before(field));
    CHECK(field.text == "a😀b");
    CHECK(insert_letter(field, U'ك', 10));
    CHECK(field.text == "aك😀b");
    place_caret(field, 0);
    CHECK(!erase_before(field));
    place_caret(field, 1'000);
    CHECK(field.caret == field.text.size());
}

TEST_CASE(
    "a field takes no control and no direction characters, and no more than it has room for") {
    FieldText field;
    for (const char32_t letter :
         {U'\n', U'\x7f', U'\u202e', U'\u2067', U'\u200f', char32_t{0xD800}, char32_t{0x110000}})
        CHECK(!insert_letter(field, letter, 10));
    CHECK(insert_letter(field, U'م', 2));
    CHECK(insert_letter(field, U'م', 2));
    CHECK(!insert_letter(field, U'م', 2));
    CHECK(field.text == "مم");
}

TEST_CASE("the key of lam and alef types both") {
    FieldText field;
    CHECK(insert_letter(field, U'\uFEFB', 10));
    CHECK(field.text == "لا");
    CHECK(erase_before(field));
    CHECK(field.text == "ل");
}

TEST_CASE(
    "arrivals are counted by the minute, whatever the order they come in, and forgotten after half an hour") {
    Arrivals arrivals;
    const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 12 / 4} + 5h + 34min + 20s;
    for (const auto before : {0s, 20s, 21s, 60s, 29min + 0s, 31min + 0s})
        arrivals.add(now - before);
    const auto people = arrivals.until(now);
    REQUIRE(people.size() == 30);
    CHECK(people[29] == 2);
    CHECK(people[28] == 2);
    CHECK(people[0] == 1);
    CHECK(arrivals.until(now + 30min) == std::vector<int>(30, 0));
}
