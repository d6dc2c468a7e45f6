/// Everything that is known of an event after the last merge, in one value: what the report, the
/// incidents, and the answers about one person are made of.
#pragma once

#include "storage/organiser/report/incidents.hpp"

namespace hudoor::organiser {

struct Gathered {
    storage::Identity event;  ///< as it is, and the sessions it had once as far as facts name them
    std::vector<Kiosk> kiosks;
    Timeline timeline;
    PeopleIndex people;
    std::vector<Incident> incidents;
};
/// `now`: no kiosk has recorded anything later.
[[nodiscard]] Gathered gather(const EventStore& store, const FactStore& facts, WallTime now);

/// "north-1", empty for a kiosk the event does not have.
[[nodiscard]] std::string name_of_kiosk(const std::vector<Kiosk>& kiosks, storage::KioskId id);

}  // namespace hudoor::organiser
