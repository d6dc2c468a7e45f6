/// event.keys: the organiser's secrets (badge signing keys, Ed25519, X25519), sealed by a
/// passphrase.
#pragma once

#include <filesystem>
#include <map>
#include <string_view>

#include "storage/base/crypto.hpp"

namespace hudoor::organiser {

struct EventKeys {
    std::map<std::uint8_t, storage::SigningKey> badge_keys;  ///< by key id
    std::uint8_t current_badge_key = 1;                      ///< signs new badges
    storage::SigningKey signing;   ///< identities, snapshots, refusals, rosters
    storage::OpeningKey opening;   ///< opens sealed notes
    storage::Secret<32> code_key;  ///< keys the hashes of imported codes

    [[nodiscard]] static EventKeys generate();
};

/// Writes `file` 0600 through a temporary name, fsynced. Throws Fault(cannot_create) if it exists.
void write_event_keys(const EventKeys& keys, const std::filesystem::path& file,
                      std::string_view passphrase);

/// The same over a file that is there: the old one or the new one, never a part.
void replace_event_keys(const EventKeys& keys, const std::filesystem::path& file,
                        std::string_view passphrase);

/// Throws Fault: no_input, bad_data (damaged), not_allowed (wrong passphrase).
[[nodiscard]] EventKeys open_event_keys(const std::filesystem::path& file,
                                        std::string_view passphrase);

}  // namespace hudoor::organiser
