/// A crowd that comes to an event: what its kiosks record of it, the same from the same seed.
#pragma once

#include <map>
#include <vector>

#include "storage/facts/fact.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/registration.hpp"

namespace hudoor::test {

/// A kiosk of the crowd's event.
struct CrowdKiosk {
    storage::KioskId id{};
    storage::PlaceId place{};
    storage::SigningKey key;
};

struct CrowdOptions {
    std::uint64_t seed = 1;
    unsigned of_a_hundred = 88;  ///< come to a session they are registered for
    std::size_t at_least =
        0;  ///< facts of each kiosk: further scans fill up; not more kiosks than people
};

/// Facts by kiosk, in the order of their chains: a hello, arrivals before each session, some late,
/// some seen twice, some let in by an usher, some leaving where there is an exit.
[[nodiscard]] std::map<storage::KioskId, std::vector<storage::StoredFact>> play_crowd(
    const storage::Agenda& agenda, const std::vector<storage::Registration>& people,
    const std::vector<CrowdKiosk>& kiosks, const CrowdOptions& options);

}  // namespace hudoor::test
