/// The badge: what our QR says, how it is made and checked, and the code printed under it for
/// typing. Format in data.md: "K1:" + base45 (RFC 9285) of 79 bytes. No personal data in it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/crypto.hpp"
#include "storage/base/ids.hpp"

namespace hudoor::storage {

/// What the organiser signs. `valid_until` is the last day the badge is good for.
struct BadgeToken {
    std::uint8_t key_id = 0;
    BadgeNumber number;
    EventNumber event{};
    std::uint8_t issue = 1;  ///< counts reprints; a higher one replaces the lower
    std::chrono::sys_days valid_until;

    auto operator<=>(const BadgeToken&) const = default;
};

/// A badge as read: well-formed, its signature not yet looked at.
struct SignedBadge {
    BadgeToken token;
    std::array<std::uint8_t, 15> signed_part{};
    Signature signature{};
};

/// A badge signing key as a kiosk knows it.
struct BadgeKey {
    std::uint8_t id = 0;
    VerifyKey key{};
    bool revoked = false;
};

enum class BadgeCheck { ok, bad_signature, unknown_key, key_revoked };

/// 122 characters of QR alphanumeric mode. `valid_until` must lie within 2026-01-01 + 65,535 days.
[[nodiscard]] std::string make_badge_text(const BadgeToken& token, const SigningKey& key);

/// Nothing if the text is not a badge of this format, whatever it holds. Never throws.
[[nodiscard]] std::optional<SignedBadge> parse_badge(std::string_view text);

[[nodiscard]] BadgeCheck check_badge(const SignedBadge& badge, const std::vector<BadgeKey>& keys);

/// By this key, whatever its id.
[[nodiscard]] bool is_signed_by(const SignedBadge& badge, const VerifyKey& key);

/// A random number whose typed code has no check sign outside letters and digits.
[[nodiscard]] BadgeNumber draw_badge_number();

/// "XXXX-XXXXX-XXXXX": 13 characters of Crockford base32 and its check character, 4-5-5.
[[nodiscard]] std::string typed_code(BadgeNumber number);

/// The badges whose typed codes begin as this, from the first to the last.
struct BadgeRange {
    BadgeNumber first;
    BadgeNumber last;
};
/// Of four characters or more, read as parse_typed_code reads them; nothing for what begins no
/// code. A fourteenth character is not looked at.
[[nodiscard]] std::optional<BadgeRange> find_codes(std::string_view beginning);

/// Reads a typed code: case, spaces and dashes do not matter, O is 0, I and L are 1. Nothing if the
/// length, an alphabet or the check character is wrong.
[[nodiscard]] std::optional<BadgeNumber> parse_typed_code(std::string_view typed);

}  // namespace hudoor::storage
