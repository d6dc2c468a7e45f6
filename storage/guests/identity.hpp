/// Who a kiosk is and which event it serves. `identity` is signed by the organiser and not secret:
/// event, public keys, places, agenda. `identity.sealed` holds the kiosk's own secrets.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/badge/badge.hpp"
#include "storage/badge/code.hpp"
#include "storage/base/crypto.hpp"
#include "storage/guests/agenda.hpp"

namespace hudoor::storage {

struct Category {
    CategoryId id{};
    std::string code;
    Bilingual name;
    std::uint32_t colour_rgb = 0;
};

/// Another event whose badges may be shown here: they are told apart from forged ones.
struct KnownEvent {
    EventNumber number{};
    Bilingual name;
    std::vector<VerifyKey> badge_keys;
};

struct Identity {
    bool demo = false;  ///< allows --fake-time and --screenshots
    EventNumber event{};
    Bilingual event_name;
    std::chrono::sys_days first_day;
    std::chrono::sys_days last_day;
    KioskId kiosk{};
    std::string kiosk_name;
    PlaceId place{};
    VerifyKey organiser{};     ///< signs snapshots, identities, refusals
    SealKey organiser_seal{};  ///< readers of sealed notes
    VerifyKey kiosk_key{};     ///< signs this kiosk's facts
    SealKey kiosk_seal{};      ///< snapshots are sealed to this
    std::vector<BadgeKey> badge_keys;
    std::vector<Category> categories;
    std::vector<CodeShape> code_shapes;
    Agenda agenda;
    std::uint64_t number = 0;  ///< rises with every change of what it says; 0: of version 1
    std::vector<KnownEvent> known_events;
    /// How long badges made now are good past the last day; the organiser's alone, not encoded.
    std::chrono::days badge_days_after{30};

    /// The last day of a badge that is made now.
    [[nodiscard]] std::chrono::sys_days badges_valid_until() const {
        return last_day + badge_days_after;
    }
    /// From then on nothing that belongs to the event is in force: guest lists, above all.
    [[nodiscard]] WallTime end() const {
        return begin_of_day(last_day + std::chrono::days(2), agenda);
    }
};

/// The kiosk's own secrets.
struct KioskSecrets {
    SigningKey signing;
    OpeningKey opening;
};

/// Signed encodings. Parsing checks the organiser's signature; nothing if it does not hold or the
/// bytes are not exactly one such value.
[[nodiscard]] Bytes encode_identity(const Identity& identity, const SigningKey& organiser);
/// An identity names its own organiser key: first trust comes from the enrolment passphrase; later
/// ones must carry the same key (`expected`).
[[nodiscard]] std::optional<Identity> parse_identity(ByteView bytes,
                                                     const std::optional<VerifyKey>& expected = {});
/// The content of identity.sealed; while the kiosk key changes it is two of these, one after the
/// other, under the new key and the old one.
[[nodiscard]] Bytes seal_secrets(const KioskSecrets& secrets, const Secret<32>& kiosk_key);
[[nodiscard]] std::optional<KioskSecrets> open_secrets(ByteView sealed,
                                                       const Secret<32>& kiosk_key);

}  // namespace hudoor::storage
