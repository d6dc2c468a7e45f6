/// A morning played before it comes: the people of the event come to the doors of its first
/// session by a curve, kiosks take so long for each, and every answer is the real decision. Pure:
/// the same from the same seed; no clock is asked.
#pragma once

#include <map>
#include <optional>

#include "storage/facts/fact.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/organiser/event/store.hpp"
#include "storage/organiser/rehearse/arrivals.hpp"

namespace hudoor::organiser {

/// Seconds that people wait for a kiosk, over many mornings.
struct QueueFigures {
    double mean_s = 0;
    double p50_s = 0;
    double p95_s = 0;
    double longest_s = 0;  ///< of a usual morning: half of the mornings have a longer one
    std::optional<WallTime> longest_at;  ///< who comes then waits longest; nothing: nobody comes
    std::uint32_t line = 0;              ///< the most people in line, of a usual morning
};

struct DoorRehearsal {
    const storage::Place* place = nullptr;
    std::uint32_t kiosks = 0;
    std::uint32_t enrolled = 0;  ///< that the event has there
    std::uint32_t people = 0;    ///< of the first morning, as all below
    std::map<storage::Reason, std::uint32_t> answers;
    QueueFigures queue;
    std::uint32_t kiosks_needed =
        0;  ///< in 19 of 20 mornings nobody waits longer than the patience
    /// With one kiosk less. Where it was the only one, its people go to the session's other doors:
    /// these are the figures of the worst of them; nothing where there is none.
    std::optional<QueueFigures> one_dead;
};

/// Points into the event.
struct Rehearsal {
    std::vector<DoorRehearsal> doors;
    std::size_t people = 0;
    std::size_t invented = 0;  ///< of them: the list has not so many for this session
    std::size_t mornings = 0;
};

struct RehearsalSources {
    const storage::Identity& event;
    const std::vector<OrganiserRegistration>& registrations;
    const std::vector<Kiosk>& kiosks;
    const storage::RefusalList& refusals;
};

struct RehearsalOptions {
    std::optional<ArrivalCurve> arrivals;  ///< nothing: everybody who is expected, as is usual
    std::uint32_t kiosks = 0;              ///< at every door; 0: those enrolled, at least one
    double seconds = 6;                    ///< that one person takes
    double patience_s = 120;
    std::uint64_t seed = 1;
};

/// Throws Fault(bad_data) if the event has no session with an entrance, or nobody to come.
[[nodiscard]] Rehearsal rehearse(const RehearsalSources& sources, const RehearsalOptions& options);

}  // namespace hudoor::organiser
