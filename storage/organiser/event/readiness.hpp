/// The evening before: what of an event is not as it must be when doors open. Pure.
#pragma once

#include <string>
#include <vector>

#include "storage/organiser/event/store.hpp"

namespace hudoor::organiser {

enum class Readiness { good, look, wrong };

struct ReadinessNote {
    Readiness readiness{};
    std::string part;  ///< "sessions"
    std::string what;
};

/// What it is judged by.
struct EventState {
    const storage::Identity& event;
    const std::vector<OrganiserRegistration>& registrations;
    const std::vector<storage::Usher>& ushers;
    const std::vector<Kiosk>& kiosks;
    WallTime now;
    bool clock_synchronised = false;
    bool has_keys = false;         ///< event.keys is there
    std::uint64_t free_bytes = 0;  ///< where the event is kept
};

/// At least one note for every part: clock, sessions, people, badges, keys, kiosks, ushers, disk.
[[nodiscard]] std::vector<ReadinessNote> check_readiness(const EventState& state);

}  // namespace hudoor::organiser
