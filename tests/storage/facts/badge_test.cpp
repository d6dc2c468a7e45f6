#include "storage/badge/badge.hpp"

#include <random>

#include "tests/support/catch.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view typed_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

BadgeToken some_token() {
    return {.key_id = 2,
            .number = {{0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}},
            .event = EventNumber{7},
            .issue = 3,
            .valid_until = std::chrono::sys_days{std::chrono::year{2026} / 12 / 6}};
}

std::string remove_dashes(std::string text) {
    std::erase(text, '-');
    return text;
}

bool is_accepted(std::string_view text, const std::vector<BadgeKey>& keys) {
    const auto badge = parse_badge(text);
    return badge && check_badge(*badge, keys) == BadgeCheck::ok;
}

}  // namespace

TEST_CASE("a badge says what it was made of, in 122 characters of QR alphanumeric mode") {
    const SigningKey key = SigningKey::generate();
    const std::string text = make_badge_text(some_token(), key);
    CHECK(text.size() == 122);
    CHECK(text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") ==
          std::string::npos);
    const auto badge = parse_badge(text);
    REQUIRE(badge);
    CHECK(badge->token == some_token());
    CHECK(check_badge(*badge, {{1, {}, false}, {2, key.verify_key(), false}}) == BadgeCheck::ok);
}

TEST_CASE("the first and the last day a badge can name come back") {
    const std::chrono::sys_days first{std::chrono::year{2026} / 1 / 1};
    const std::chrono::sys_days day = first + std::chrono::days(GENERATE(0, 0xffff));
    BadgeToken token = some_token();
    token.valid_until = day;
    const auto badge = parse_badge(make_badge_text(token, SigningKey::generate()));
    REQUIRE(badge);
    CHECK(badge->token.valid_until == day);
}

TEST_CASE("the check of a badge tells an unknown key, a revoked key and a bad signature apart") {
    const SigningKey key = SigningKey::generate();
    const auto badge = parse_badge(make_badge_text(some_token(), key));
    REQUIRE(badge);
    CHECK(check_badge(*badge, {}) == BadgeCheck::unknown_key);
    CHECK(check_badge(*badge, {{3, key.verify_key(), false}}) == BadgeCheck::unknown_key);
    CHECK(check_badge(*badge, {{2, key.verify_key(), true}}) == BadgeCheck::key_revoked);
    const SigningKey other = SigningKey::generate();
    CHECK(check_badge(*badge, {{2, other.verify_key(), false}}) == BadgeCheck::bad_signature);
    CHECK(check_badge(*badge, {{2, other.verify_key(), true}}) == BadgeCheck::bad_signature);
}

TEST_CASE("a badge with any one character changed is refused") {
    const SigningKey key = SigningKey::generate();
    const std::string text = make_badge_text(some_token(), key);
    const std::vector<BadgeKey> keys{{2, key.verify_key(), false}};
    REQUIRE(is_accepted(text, keys));
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char c : {'0', 'A', 'Z', ':', ' ', 'a', '\0', '\xff'}) {
            std::string changed = text;
            changed[i] = c;
            if (changed != text && is_accepted(changed, keys))
                FAIL("accepted with a change at " << i);
        }
    }
    CHECK_FALSE(is_accepted(text.substr(1), keys));
    CHECK_FALSE(is_accepted(text + "0", keys));
}

TEST_CASE("a badge with any one byte changed is refused") {
    const SigningKey key = SigningKey::generate();
    const auto badge = parse_badge(make_badge_text(some_token(), key));
    REQUIRE(badge);
    std::vector<BadgeKey> keys;  // under every key id, so that a changed id is no way out
    for (int id = 0; id < 256; ++id)
        keys.push_back({static_cast<std::uint8_t>(id), key.verify_key(), false});
    const std::size_t size = badge->signed_part.size() + badge->signature.size();
    for (std::size_t i = 0; i < size * 8; ++i) {
        SignedBadge changed = *badge;
        const auto bit = static_cast<std::uint8_t>(1U << i % 8);
        const std::size_t byte = i / 8;
        if (byte < changed.signed_part.size())
            changed.signed_part[byte] ^= bit;
        else
            changed.signature[byte - changed.signed_part.size()] ^= bit;
        if (check_badge(changed, keys) == BadgeCheck::ok) FAIL("accepted with bit " << i);
    }
}

TEST_CASE("hostile text is never a badge") {
    const std::string badge = make_badge_text(some_token(), SigningKey::generate());
    std::string lower = badge;
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    const std::vector<std::string> texts{
        "",
        "K1:",
        std::string(7'089, '7'),
        std::string(122, '\0'),
        "K1:" + std::string(119, ':'),
        "K1:" + std::string(119, '0'),  // 79 zero bytes: version 0
        "K1:\xc3\x28\xed\xa0\x80\xf8\x88\x80\x80\x80" + std::string(109, 'A'),
        "K1:\x1b[2J\r\n\t\x7f" + std::string(111, 'A'),
        "K2:" + badge.substr(3),
        " " + badge.substr(0, 121),
        badge.substr(0, 121),
        badge + badge,
        lower,
    };
    for (const std::string& text : texts) CHECK_FALSE(parse_badge(text));
}

TEST_CASE("no random text passes as a badge") {
    std::mt19937 random(20'261'204);
    const SigningKey key = SigningKey::generate();
    const std::vector<BadgeKey> keys{{0, key.verify_key(), false}, {2, key.verify_key(), false}};
    const std::string badge = make_badge_text(some_token(), key);
    for (int round = 0; round < 5'000; ++round) {
        std::string text = round % 2 == 0 ? std::string(random() % 300, ' ') : badge;
        const std::size_t from = round % 2 == 0 ? 0 : random() % text.size();
        for (std::size_t i = from; i < text.size(); ++i) text[i] = static_cast<char>(random());
        if (text != badge && is_accepted(text, keys)) FAIL("accepted in round " << round);
    }
}

TEST_CASE("a typed code is the number in Crockford's base32, 4-5-5") {
    CHECK(typed_code({{0, 0, 0, 0, 0, 0, 0, 0}}) == "0000-00000-00000");
    CHECK(typed_code({{0, 0, 0, 0, 0, 0, 0, 33}}) == "0000-00000-0011~");
    CHECK(typed_code({{0, 0, 0, 0, 0, 0, 4, 210}}) == "0000-00000-016JD");  // 1234
    CHECK(typed_code({{255, 255, 255, 255, 255, 255, 255, 255}}).substr(0, 10) == "FZZZ-ZZZZZ");
}

TEST_CASE("a drawn number comes back from its typed code, which is letters and digits") {
    for (int round = 0; round < 2'000; ++round) {
        const BadgeNumber number = draw_badge_number();
        const std::string code = typed_code(number);
        if (parse_typed_code(code) != number) FAIL(code);
        if (code.find_first_of("*~$=") != std::string::npos) FAIL(code);
    }
}

TEST_CASE("a typed code is read whatever its case, dashes and look-alike letters") {
    const BadgeNumber number{{0x08, 0x42, 0x10, 0x84, 0x21, 0x08, 0x40, 0x01}};
    const std::string code = typed_code(number);
    std::string careless;
    for (const char c : code) {
        if (c == '0')
            careless += 'o';
        else if (c == '1')
            careless += careless.size() % 2 == 0 ? 'l' : 'I';
        else if (c == '-')
            careless += "  ";
        else
            careless += static_cast<char>(std::tolower(c));
    }
    REQUIRE(careless.find('o') != std::string::npos);
    REQUIRE(careless.find_first_of("lI") != std::string::npos);
    CHECK(parse_typed_code(careless) == number);
    CHECK(parse_typed_code(remove_dashes(code)) == number);
}

TEST_CASE("the check character catches every wrong character and every swap of neighbours") {
    for (int round = 0; round < 20; ++round) {
        const std::string code = remove_dashes(typed_code(draw_badge_number()));
        for (std::size_t i = 0; i < code.size(); ++i) {
            for (const char c : typed_alphabet) {
                std::string wrong = code;
                wrong[i] = c;
                if (wrong != code && parse_typed_code(wrong)) FAIL(code << " taken as " << wrong);
            }
            std::string swapped = code;
            if (i > 0) std::swap(swapped[i - 1], swapped[i]);
            if (swapped != code && parse_typed_code(swapped)) FAIL(code << " taken as " << swapped);
        }
    }
}

TEST_CASE("text that is no typed code is refused") {
    const std::string code = remove_dashes(typed_code(draw_badge_number()));
    for (const std::string& text :
         {std::string(), std::string("-"), code.substr(1), code + "0", std::string(14, 'U'),
          std::string(14, 'Z'), std::string(14, '\0'), std::string(10'000, '0'),
          std::string("\xd9\xa1") + code.substr(2)})
        CHECK_FALSE(parse_typed_code(text));
}

TEST_CASE("the beginning of a typed code names all badges whose codes begin so, and no other") {
    for (int tries = 0; tries < 200; ++tries) {
        const BadgeNumber number = draw_badge_number();
        const std::string code = typed_code(number);
        for (std::size_t length = 4; length <= code.size(); ++length) {
            const auto range = find_codes(code.substr(0, length));
            CAPTURE(code, length);
            REQUIRE(range);
            REQUIRE(range->first <= number);
            REQUIRE(number <= range->last);
            const auto beginning = code.substr(0, std::min<std::size_t>(length, 15));
            REQUIRE(typed_code(range->first).starts_with(beginning));
            REQUIRE(typed_code(range->last).starts_with(beginning));
        }
    }
    CHECK_FALSE(find_codes("123"));
    CHECK_FALSE(find_codes("GGGG"));  // more than 64 bits
    CHECK_FALSE(find_codes("12U4"));
    CHECK_FALSE(find_codes("محمد"));
    CHECK_FALSE(find_codes("0000-00000-000000"));
}

}  // namespace hudoor::storage
