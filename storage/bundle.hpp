/// Bundles: what travels on a stick between the organiser and the kiosks. Framed, never a database:
///
///   magic 8 | version u8 | kind u8 | event u16 | sender 32 (Ed25519) | count of ranges u32
///   salt 16 | secretstream header 24 | length of the sealed payload u64 | sealed payload
///   Ed25519 by the sender over BLAKE2b of all before | BLAKE2b of all before
///
/// The payload is a libsodium secretstream in pieces of 64 KiB whose first piece binds the head, under
/// a key from a passphrase (Argon2id).
#pragma once

#include <filesystem>
#include <string_view>

#include "storage/identity.hpp"

namespace hudoor::storage {

inline constexpr std::uint64_t max_bundle_bytes = std::uint64_t{256} << 20;

/// What makes a machine a kiosk.
struct EnrolmentBundle {
    Bytes identity;     ///< as signed by the organiser
    Bytes snapshot;     ///< newest guest list, sealed to the kiosk
    Bytes revocations;  ///< as signed by the organiser
    KioskSecrets secrets;
};

/// Writes NAME.kiosk: durable on return, and read back and found whole. Throws Fault: cannot_create,
/// io, bad_data (too large, or what was read back differs).
void write_enrolment_bundle(const EnrolmentBundle& bundle, EventNumber event,
                            const SigningKey& organiser, const std::filesystem::path& file,
                            std::string_view passphrase);

/// Reads it as a stream, so that a hostile file costs no memory: first the frame, then the payload.
/// Its identity and revocations are signed by the sender, which is the organiser the identity names.
/// Throws Fault: no_input, bad_data (damaged, foreign, a newer version), not_allowed (wrong passphrase).
[[nodiscard]] EnrolmentBundle read_enrolment_bundle(const std::filesystem::path& file,
                                                    std::string_view passphrase);

}  // namespace hudoor::storage
