/// What an event knows of another one, so that its badges are told apart from forged ones.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "storage/guests/identity.hpp"

namespace hudoor::organiser {

/// Number, name and public badge keys of each event: its event.db, or the folder of it, which stays
/// as it is. Two with one number are one. Throws Fault: no_input (none there), bad_data (no event,
/// or with the number of `own`: its badges could not be told from own ones).
[[nodiscard]] std::vector<storage::KnownEvent> read_known_events(
    std::span<const std::filesystem::path> files, storage::EventNumber own);

}  // namespace hudoor::organiser
