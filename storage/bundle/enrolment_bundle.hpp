/// NAME.kiosk: the bundle that makes a machine a kiosk, sealed by a passphrase (Argon2id).
#pragma once

#include <filesystem>
#include <string_view>

#include "storage/bundle/frame.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/roster.hpp"

namespace hudoor::storage {

/// What makes a machine a kiosk.
struct EnrolmentBundle {
    Bytes identity;  ///< as signed by the organiser
    Bytes snapshot;  ///< newest guest list, sealed to the kiosk
    Bytes refusals;  ///< as signed by the organiser
    Bytes roster;    ///< likewise
    KioskSecrets secrets;
};

/// Writes NAME.kiosk: durable on return, and read back and found whole. Throws Fault:
/// cannot_create, io, bad_data (too large, or what was read back differs).
void write_enrolment_bundle(const EnrolmentBundle& bundle, EventNumber event,
                            const SigningKey& organiser, const std::filesystem::path& file,
                            std::string_view passphrase);

/// Reads it as a stream, so that a hostile file costs no memory: first the frame, then the payload.
/// Its identity, refusals and roster are signed by the sender, which is the organiser the identity
/// names. Throws Fault: no_input, bad_data (damaged, foreign, a newer version), not_allowed (wrong
/// passphrase).
[[nodiscard]] EnrolmentBundle read_enrolment_bundle(const std::filesystem::path& file,
                                                    std::string_view passphrase);

}  // namespace hudoor::storage
