/// Enrolment: what makes this machine a kiosk. Reads NAME.kiosk into the state directory once, and
/// at every start reads the state directory back:
///
///   identity, refusals, roster signed by the organiser, not secret
///   identity.sealed            the kiosk's own secrets, under the kiosk key
///   replica.snapshot           the newest guest list, sealed to the kiosk
///   update                     newer ones of all these but the secrets, if an update was taken
///   kiosk.key.tpm              the kiosk key, which this machine's TPM alone opens; or
///   kiosk.key                  the key itself, 0600; or neither of them, where systemd brings it
///   kiosk.salt                 makes the key out of twelve digits a supervisor types at the start
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/enrol/digits.hpp"
#include "storage/bundle/enrolment_bundle.hpp"
#include "storage/bundle/update_bundle.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/replica.hpp"

namespace hudoor::kiosk {

/// Where the kiosk key comes from at later starts: one of these, else a file in the state
/// directory.
struct KeyChoice {
    std::filesystem::path key_out{};      ///< a file elsewhere
    std::string_view start_passphrase{};  ///< twelve digits
    std::string tpm{};                    ///< what find_tpm says
};

/// What is opened with digits instead of a key that is there.
struct DigitLock {
    storage::Bytes salt;
    storage::Bytes sealed;
};

/// What a kiosk knows about itself at the start.
struct Enrolment {
    storage::Identity identity;
    /// None: signature-only mode (no key, or one that does not open identity.sealed).
    std::optional<storage::KioskSecrets> secrets;
    storage::RefusalList refusals;
    storage::Roster roster;
    std::optional<storage::Bytes> snapshot;  ///< sealed; not looked at yet
    std::string trouble;                     ///< why secrets or snapshot are missing, else empty
    std::optional<DigitLock> digit_lock;     ///< no secrets yet, but digits open them
};

/// Throws Fault(usage) for anything but twelve digits.
void check_start_passphrase(std::string_view text);

/// Every file is written whole or not at all, in an order in which whatever is there at a power cut
/// opens with the old key or the new one, the identity last. A state directory that belongs to
/// another kiosk is refused. Throws Fault: those of check_start_passphrase and
/// read_enrolment_bundle and of Tpm::seal, cannot_create, io, not_allowed (another kiosk's state),
/// bad_data (older than what is here or was, by the journal), try_again (the kiosk is running).
storage::Identity enrol(const std::filesystem::path& bundle, std::string_view passphrase,
                        const std::filesystem::path& state_dir, const KeyChoice& key = {});

/// The same from a bundle that is open already; its start passphrase is right.
storage::Identity enrol(const storage::EnrolmentBundle& bundle,
                        const std::filesystem::path& state_dir, const KeyChoice& key = {});

/// Whether there is anything load_enrolment could read.
[[nodiscard]] bool is_enrolled(const std::filesystem::path& state_dir);

/// The kiosk key comes from $CREDENTIALS_DIRECTORY/kiosk.key, state_dir/kiosk.key or the TPM, which
/// may take a second or two. Throws Fault: no_input (never enrolled), bad_data (identity, refusals
/// or roster damaged: enrol again).
[[nodiscard]] Enrolment load_enrolment(const std::filesystem::path& state_dir);

/// How new everything it has is.
[[nodiscard]] storage::Edition edition_of(const Enrolment& enrolment);

/// What the kiosk key opens.
struct Opened {
    storage::KioskSecrets secrets;
    storage::Secret<32> key;
    std::optional<storage::Replica> replica{};  ///< none: missing or damaged, the log says why
};

/// Tries digits on the digit_lock; nothing if they are wrong. Reads no files; takes about 0.2 s and
/// 64 MiB for the key, and the time to open the guest list. Throws Fault(unavailable) without
/// memory.
[[nodiscard]] std::optional<Opened> open_with_digits(const Enrolment& enrolment,
                                                     std::string_view digits);

/// Tries a key in place of digits on the digit_lock, which is gone if it fits, and the secrets are
/// there.
[[nodiscard]] bool open_with_key(Enrolment& enrolment, const storage::Secret<32>& key);

/// The guest list; without one (no key, or damaged) the kiosk works by signatures alone, and the
/// log says so.
[[nodiscard]] std::optional<storage::Replica> open_guest_list(const Enrolment& enrolment,
                                                              const storage::OpeningKey* reader);

}  // namespace hudoor::kiosk
