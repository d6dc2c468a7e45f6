/// Enrolment: what makes this machine a kiosk. Reads NAME.kiosk into the state directory once, and at
/// every start reads the state directory back:
///
///   identity, revocations      signed by the organiser, not secret
///   identity.sealed            the kiosk's own secrets, under the kiosk key
///   replica.snapshot           the newest guest list, sealed to the kiosk
///   kiosk.key                  0600; absent where systemd credentials bring it
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "storage/identity.hpp"

namespace hudoor::kiosk {

/// What a kiosk knows about itself at the start.
struct Enrolment {
    storage::Identity identity;
    /// None: signature-only mode (no key, or one that does not open identity.sealed).
    std::optional<storage::KioskSecrets> secrets;
    storage::RevocationList revocations;
    std::optional<storage::Bytes> snapshot;  ///< sealed; not looked at yet
    std::string trouble;                     ///< why secrets or snapshot are missing, else empty
};

/// Every file is written whole or not at all, the identity last. A state directory that belongs to
/// another kiosk is refused. `key_out` empty: kiosk.key in the state directory. Throws Fault: those of
/// read_enrolment_bundle, cannot_create, io, not_allowed (another kiosk's state), bad_data (an older
/// guest list than the one here).
storage::Identity enrol(const std::filesystem::path& bundle, std::string_view passphrase,
                        const std::filesystem::path& state_dir,
                        const std::filesystem::path& key_out = {});

/// Whether there is anything load_enrolment could read.
[[nodiscard]] bool is_enrolled(const std::filesystem::path& state_dir);

/// The kiosk key comes from $CREDENTIALS_DIRECTORY/kiosk.key or state_dir/kiosk.key. Throws Fault:
/// no_input (never enrolled), bad_data (identity or revocations damaged: enrol again).
[[nodiscard]] Enrolment load_enrolment(const std::filesystem::path& state_dir);

}  // namespace hudoor::kiosk
