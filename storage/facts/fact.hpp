/// A fact: something that happened at a kiosk, written once, never changed, never deleted. The
/// numbers and the encoding stand in data.md and are never renumbered.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "config/clock.hpp"
#include "storage/base/crypto.hpp"
#include "storage/base/ids.hpp"

namespace hudoor::storage {

enum class FactKind : std::uint8_t {
    hello = 1,
    admitted = 2,
    left = 3,
    refused = 4,
    undone = 5,
    note = 6,
    act = 7,
    clock = 8,
    key = 9,
    fault = 10,
    guest = 11,
};
enum class Direction : std::uint8_t { none = 0, entry = 1, exit = 2 };
enum class Method : std::uint8_t {
    none = 0,
    badge = 1,
    imported_code = 2,
    search = 3,
    typed = 4,
    hand_scanner = 5,
};
enum class Override : std::uint8_t {
    none = 0,
    speaker = 1,
    vip = 2,
    forgot = 3,
    reprint = 4,
    late = 5,
    changed = 6,
    fault = 7,
    other = 8,
};
enum class ActCode : std::uint16_t {
    none = 0,
    session_chosen = 1,
    follow_agenda = 2,
    direction = 3,
    out_of_service = 4,
    in_service = 5,
    export_taken = 6,
    update_taken = 7,
    evacuation_shown = 8,
    self_test = 9,
    pin_locked = 10,
    unlocked = 11,
    settings_shown = 12,
    exit_program = 13,
    pin_wrong = 14,
    list_accepted = 15,
    flood = 16,  ///< the argument: how many codes were left out
    supervisor_called = 17,
    refusal_withdrawn = 18,  ///< given in error; the reference; changes no attendance
    hand_over = 19,          ///< from one usher to the next
    outcome = 20,            ///< of the act that is the reference; the argument is an exit code
    list_rolled_back = 21,   ///< older than before; the payload says what there was
};
enum class VerdictKind : std::uint8_t {
    none = 0,
    admitted = 1,
    already_in = 2,
    see_usher = 3,
    refused = 4
};
enum class Reason : std::uint8_t {
    none = 0,
    ok = 1,
    bad_signature = 2,
    unknown_key = 3,
    key_revoked = 4,
    wrong_event = 5,
    badge_expired = 6,
    revoked = 7,
    signature_only = 8,
    not_on_list = 9,
    unknown_code = 10,
    badge_replaced = 11,
    cancelled = 12,
    blocked = 13,
    pending = 14,
    not_valid_today = 15,
    no_session_here = 16,
    wrong_session = 17,
    too_early = 18,
    session_over = 19,
    attention = 20,
    already_in = 21,
    session_full = 22,
    refused_by_list = 23,  ///< without a guest list; it does not say why
    guessable_code = 24,
};

/// Whether a decision for this reason rested on the badge it names: anybody can print a number.
[[nodiscard]] constexpr bool is_of_proved_badge(Reason reason) {
    return reason != Reason::bad_signature && reason != Reason::unknown_key &&
           reason != Reason::key_revoked;
}

/// The stable names used in result lines, logs and reports ("already_in").
[[nodiscard]] std::string_view name_of(VerdictKind verdict);
[[nodiscard]] std::string_view name_of(Reason reason);
[[nodiscard]] std::string_view name_of(Method method);
[[nodiscard]] std::string_view name_of(FactKind kind);
[[nodiscard]] std::string_view name_of(Override reason);

inline constexpr std::size_t max_payload_bytes = 1'024;
inline constexpr std::string_view fact_domain = "hudoor-fact-1";
inline constexpr std::string_view training_domain = "hudoor-training-1";

/// One fact as data.md orders its fields. Times are UTC milliseconds.
struct Fact {
    std::uint8_t version = 1;
    FactKind kind{};
    KioskId kiosk{};
    Epoch epoch{};
    std::uint64_t seq = 0;  ///< from 1 within the epoch, no gaps
    FactId id;
    std::uint64_t hlc = 0;  ///< hybrid logical clock: 48-bit ms, 16-bit counter
    std::int64_t wall_ms = 0;
    ClockQuality clock_quality = ClockQuality::unset;
    std::int64_t clock_offset_ms = 0;
    RegistrationId registration;
    BadgeNumber badge;
    std::uint8_t issue = 0;
    CodeHash code;
    PlaceId place{};
    SessionId session{};
    Direction direction = Direction::none;
    VerdictKind verdict = VerdictKind::none;
    Reason reason = Reason::none;
    Method method = Method::none;
    Override override_reason = Override::none;
    UsherNumber usher{};
    FactId reference;  ///< the fact this one speaks of
    std::uint64_t replica_revision = 0;
    ActCode act = ActCode::none;
    std::uint32_t argument = 0;  ///< admitted, left, refused: ms from frame to decision; act
                                 ///< unlocked: the role; guest: the category
    Bytes payload;               ///< at most max_payload_bytes
    Hash prev;                   ///< hash of the fact before it; hello: the newest known head

    bool operator==(const Fact&) const = default;
};

/// A fact as kept: with its hash and the kiosk's signature of the hash (zero in signature-only
/// mode).
struct StoredFact {
    Fact fact;
    Bytes encoding;
    Hash hash;
    Signature signature{};
};

/// Where a fact stands among all others, whoever told it first (data.md "Derived state").
struct FactOrder {
    std::int64_t corrected_ms = 0;  ///< wall clock and what the kiosk knew it to be off, bounded
    std::uint64_t hlc = 0;
    KioskId kiosk{};
    Epoch epoch{};
    std::uint64_t seq = 0;
    Hash hash;

    auto operator<=>(const FactOrder&) const = default;
    [[nodiscard]] WallTime at() const { return WallTime(std::chrono::milliseconds(corrected_ms)); }
};
[[nodiscard]] FactOrder order_of(const Fact& fact, const Hash& hash);

[[nodiscard]] Bytes encode_fact(const Fact& fact);
/// Nothing if the bytes are not exactly one fact of a known version.
[[nodiscard]] std::optional<Fact> decode_fact(ByteView encoding);
/// How many bytes the encoding takes that begins here, if it is one, and is not cut.
[[nodiscard]] std::optional<std::size_t> find_encoding_size(ByteView bytes);
[[nodiscard]] Hash hash_fact(ByteView encoding, std::string_view domain = fact_domain);

}  // namespace hudoor::storage
