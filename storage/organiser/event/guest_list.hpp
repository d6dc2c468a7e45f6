/// What enrolment and update bundles are made of: who a kiosk is, and the guest list for all of
/// them.
#pragma once

#include <span>

#include "storage/organiser/event/keys.hpp"
#include "storage/organiser/event/store.hpp"

namespace hudoor::organiser {

/// What is signed for every kiosk alike.
struct ForKiosks {
    storage::Identity event;  ///< with its number; no kiosk in it
    storage::Bytes refusals;
    storage::Bytes roster;
};
/// Gives numbers, so it may write event.db.
[[nodiscard]] ForKiosks make_for_kiosks(EventStore& store, const EventKeys& keys,
                                        std::span<const Kiosk> kiosks);

/// The event as this kiosk shall know it.
[[nodiscard]] storage::Identity identity_of(storage::Identity event, const Kiosk& kiosk);

/// Those that may open what is made now.
[[nodiscard]] std::vector<Kiosk> enabled_of(std::vector<Kiosk> kiosks);

/// Everybody of the event, for these kiosks. Throws like EventStore::refuse_purged(): a list
/// without names is none.
[[nodiscard]] storage::Bytes make_guest_list(const EventStore& store, const EventKeys& keys,
                                             WallTime created, std::span<const Kiosk> readers);

}  // namespace hudoor::organiser
