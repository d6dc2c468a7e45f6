/// NAME.update: what the organiser tells kiosks that have no network: places and agenda, badge
/// keys, the guest list with its ushers, refusals. One file for all kiosks of the event, signed
/// by the organiser and sealed to the enabled ones. A kiosk keeps the one it took as the single
/// file `update` of its state directory, so that either all of it is in force or nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "config/fault.hpp"
#include "storage/facts/hello.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/replica.hpp"
#include "storage/guests/roster.hpp"

namespace hudoor::storage {

/// What goes into NAME.update.
struct UpdateContent {
    std::vector<Bytes> identities;  ///< of every enabled kiosk, as signed by the organiser
    Bytes snapshot;                 ///< newest guest list, sealed to each of them
    Bytes refusals;                 ///< as signed by the organiser
    Bytes roster;                   ///< likewise
};

/// Durable on return, and read back and found whole. Throws Fault: cannot_create, io, bad_data (too
/// large, or what was read back differs).
void write_update_bundle(const UpdateContent& content, EventNumber event,
                         const SigningKey& organiser, std::span<const SealKey> kiosks,
                         const std::filesystem::path& file);

/// An update that is older than what is in force, or as old.
class OlderUpdate : public Fault {
public:
    using Fault::Fault;
};

/// An update as one kiosk knows it.
struct KioskUpdate {
    Identity identity;
    RefusalList refusals;
    Roster roster;
    Bytes snapshot;  ///< sealed
    Edition edition;
};

struct TakenUpdate {
    KioskUpdate update;
    Replica replica;  ///< the guest list, opened
};

/// Reads the bundle, looks at all of it, and only then keeps it in `state_dir` by one rename:
/// durable on return, in force from the next start, or at once for a caller who goes on with what
/// is returned. Reads and writes files, so not on the desk's thread. Throws Fault, having changed
/// nothing: no_input, bad_data (damaged, another event's, older than `now`), not_allowed (not made
/// for this kiosk, for example because it is disabled), cannot_create, io.
[[nodiscard]] TakenUpdate take_update(const std::filesystem::path& bundle,
                                      const std::filesystem::path& state_dir, const Identity& kiosk,
                                      const Edition& now, const OpeningKey& reader);

/// The update kept in `state_dir`; nothing if none was taken. Throws Fault: bad_data (damaged), io.
[[nodiscard]] std::optional<KioskUpdate> find_update(const std::filesystem::path& state_dir,
                                                     const Identity& kiosk);
/// For an enrolment, which brings all of it anew.
void forget_update(const std::filesystem::path& state_dir);

}  // namespace hudoor::storage
