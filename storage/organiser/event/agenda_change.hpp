/// What a newer event file changes in an event that goes on: places, rooms, sessions and categories
/// keep their numbers by their codes. Pure.
#pragma once

#include <string>
#include <vector>

#include "storage/guests/identity.hpp"

namespace hudoor::organiser {

/// `wanted` with the numbers of `ever`; what was never there is numbered on.
[[nodiscard]] storage::Identity with_numbers_of(storage::Identity wanted,
                                                const storage::Identity& ever);

enum class ChangeKind { added, changed, removed };

struct AgendaChange {
    ChangeKind kind{};
    std::string what;   ///< "session opening"
    std::string field;  ///< of one that changed, as the event file calls it
    std::string before;
    std::string after;
};

/// In the order event, categories, rooms, places, help desk, sessions. Both must have the same
/// numbers.
[[nodiscard]] std::vector<AgendaChange> compare_agendas(const storage::Identity& before,
                                                        const storage::Identity& after);

}  // namespace hudoor::organiser
