/// event.toml: the event as its organisers write it down (commands.md).
#pragma once

#include <filesystem>

#include "storage/guests/identity.hpp"

namespace hudoor::organiser {

/// Event, categories, rooms, places and sessions, numbered from 1 in the order they appear; no keys
/// and no kiosk. Throws Fault: no_input, bad_data as file:line:column: what is wrong there.
[[nodiscard]] storage::Identity read_event_file(const std::filesystem::path& file);

}  // namespace hudoor::organiser
