/// The evening before: what of an event is not as it must be when doors open. Pure.
#pragma once

#include <span>
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

/// What a kiosk said last, by the facts brought home.
struct HeardOfKiosk {
    storage::KioskId kiosk{};
    WallTime at;
    std::uint64_t list = 0;  ///< revision
    ClockQuality clock = ClockQuality::unset;
    std::chrono::milliseconds clock_offset{};
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
    std::uint64_t revision = 0;    ///< of the guest list that would be made now
    std::uint64_t refusals = 0;    ///< number of the refusal list, likewise
    std::span<const GivenToKiosk> given{};
    std::span<const HeardOfKiosk> heard{};
};

/// At least one note for every part: event, clock, sessions, help desk, people, badges, keys,
/// kiosks, ushers, disk.
[[nodiscard]] std::vector<ReadinessNote> check_readiness(const EventState& state);

/// What will go wrong when at each session to come, as far as it lies with what a kiosk has: its
/// list, the keys and the agenda it knows, its clock. By the settings a kiosk has if it is told no
/// others.
[[nodiscard]] std::vector<ReadinessNote> check_kiosk(const Kiosk& kiosk, const EventState& state);

/// A sentence for every session that lets people in again after they left (reentry = "after_exit"),
/// where a kiosk at its doors cannot know that they did: without a hub each knows its own door.
[[nodiscard]] std::vector<std::string> find_unknown_exits(const storage::Agenda& agenda);

}  // namespace hudoor::organiser
