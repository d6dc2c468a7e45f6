#include "storage/badge/badge.hpp"

#include <algorithm>

#include "config/fault.hpp"
#include "storage/badge/base45.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view text_prefix = "K1:";
constexpr std::string_view signing_domain = "hudoor-badge-1";
constexpr std::uint8_t format_version = 1;
constexpr std::size_t text_size = 122;
constexpr std::chrono::sys_days day_zero{std::chrono::year{2026} / 1 / 1};

/// Crockford's base32 and, from 32 on, the five signs only a check character can be.
constexpr std::string_view typed_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
constexpr std::size_t typed_digits = 13, fewest_typed = 4;
constexpr std::uint64_t check_modulus = 37;

Bytes message_to_sign(ByteView signed_part) {
    ByteWriter out;
    out.raw(as_bytes(signing_domain));
    out.raw(signed_part);
    return out.take();
}

Bytes encode_token(const BadgeToken& token) {
    const auto days = (token.valid_until - day_zero).count();
    ENSURE(days >= 0 && days <= 0xffff);
    ByteWriter out;
    out.u8(format_version);
    out.u8(token.key_id);
    out.raw(token.number.bytes);
    out.u16(static_cast<std::uint16_t>(token.event));
    out.u8(token.issue);
    out.u16(static_cast<std::uint16_t>(days));
    return out.take();
}

std::uint64_t number_value(BadgeNumber number) { return ByteReader(number.bytes).u64(); }

BadgeNumber badge_number(std::uint64_t value) {
    ByteWriter out;
    out.u64(value);
    return ByteReader(out.bytes()).id<BadgeNumber>();
}

char check_character(std::uint64_t value) { return typed_alphabet[value % check_modulus]; }

/// What a person typed as the alphabet has it; separators become nothing.
std::string normalise_typed(std::string_view typed) {
    std::string text;
    for (char c : typed) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        text += c;
    }
    return text;
}

/// The number before the check character; nothing if it needs more than 64 bits.
std::optional<std::uint64_t> digits_value(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        const std::size_t digit = typed_alphabet.substr(0, 32).find(c);
        if (digit == std::string_view::npos || value >> 59 != 0) return std::nullopt;
        value = value << 5 | digit;
    }
    return value;
}

}  // namespace

std::string make_badge_text(const BadgeToken& token, const SigningKey& key) {
    Bytes bytes = encode_token(token);
    const Signature signature = key.sign(message_to_sign(bytes));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return std::string(text_prefix) + encode_base45(bytes);
}

std::optional<SignedBadge> parse_badge(std::string_view text) {
    if (text.size() != text_size || !text.starts_with(text_prefix)) return std::nullopt;
    const auto bytes = decode_base45(text.substr(text_prefix.size()));
    if (!bytes) return std::nullopt;

    SignedBadge badge;
    std::copy_n(bytes->begin(), badge.signed_part.size(), badge.signed_part.begin());
    ByteReader in(*bytes);
    const std::uint8_t version = in.u8();
    badge.token.key_id = in.u8();
    badge.token.number = in.id<BadgeNumber>();
    badge.token.event = static_cast<EventNumber>(in.u16());
    badge.token.issue = in.u8();
    badge.token.valid_until = day_zero + std::chrono::days(in.u16());
    const ByteView signature = in.raw(badge.signature.size());
    if (!in.finished() || version != format_version) return std::nullopt;
    std::copy(signature.begin(), signature.end(), badge.signature.begin());
    return badge;
}

BadgeCheck check_badge(const SignedBadge& badge, const std::vector<BadgeKey>& keys) {
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const BadgeKey& candidate) {
        return candidate.id == badge.token.key_id;
    });
    if (key == keys.end()) return BadgeCheck::unknown_key;
    if (!is_signed_by(badge, key->key)) return BadgeCheck::bad_signature;
    return key->revoked ? BadgeCheck::key_revoked : BadgeCheck::ok;
}

bool is_signed_by(const SignedBadge& badge, const VerifyKey& key) {
    return verify(badge.signature, message_to_sign(badge.signed_part), key);
}

BadgeNumber draw_badge_number() {
    for (;;) {
        const Bytes bytes = random_bytes(sizeof(BadgeNumber::bytes));
        const auto number = ByteReader(bytes).id<BadgeNumber>();
        const std::uint64_t value = number_value(number);
        const char check = check_character(value);
        const bool typable = (check >= '0' && check <= '9') || (check >= 'A' && check <= 'Z');
        if (typable && value != 0) return number;  // zero means "no badge"
    }
}

std::string typed_code(BadgeNumber number) {
    const std::uint64_t value = number_value(number);
    std::string code;
    for (std::size_t i = 0; i < typed_digits; ++i)
        code += typed_alphabet[value >> (5 * (typed_digits - 1 - i)) & 31];
    code += check_character(value);
    return code.substr(0, 4) + "-" + code.substr(4, 5) + "-" + code.substr(9);
}

std::optional<BadgeNumber> parse_typed_code(std::string_view typed) {
    const std::string text = normalise_typed(typed);
    if (text.size() != typed_digits + 1) return std::nullopt;
    const auto value = digits_value(std::string_view(text).substr(0, typed_digits));
    if (!value || check_character(*value) != text.back()) return std::nullopt;
    return badge_number(*value);
}

std::optional<BadgeRange> find_codes(std::string_view beginning) {
    const std::string text = normalise_typed(beginning);
    if (text.size() < fewest_typed || text.size() > typed_digits + 1) return std::nullopt;
    const std::string_view digits = std::string_view(text).substr(0, typed_digits);
    const auto value = digits_value(digits);
    const std::size_t open_bits = 5 * (typed_digits - digits.size());
    if (!value || (open_bits > 0 && *value >> (64 - open_bits) != 0)) return std::nullopt;
    const std::uint64_t first = *value << open_bits;
    return BadgeRange{badge_number(first), badge_number(first | ((1ULL << open_bits) - 1))};
}

}  // namespace hudoor::storage
