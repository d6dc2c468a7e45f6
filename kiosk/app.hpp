/// The kiosk at work: opens everything in order (state, journal, guest list, window, camera), runs
/// the UI loop until the end, and closes it all in reverse. The one place where the rooms meet.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "config/clock.hpp"
#include "config/settings.hpp"

namespace hudoor::kiosk {

struct AppOptions {
    config::Settings settings;
    std::filesystem::path state;
    std::filesystem::path assets;
    bool headless = false;
    bool until_end = false;  ///< stop when a file feed ends
    bool training = false;   ///< everything as usual, and nothing recorded
    bool results = false;    ///< result lines on stdout
    std::optional<std::filesystem::path> screenshots;  ///< a PNG per result; demo events only
    std::optional<WallTime> fake_time;                 ///< demo events only
};

/// Returns when the window was closed, the feed ended, or SIGTERM or SIGINT came. Throws Fault when
/// the kiosk cannot begin its work at all; what goes wrong later is on the screen.
void run_kiosk(const AppOptions& options);

}  // namespace hudoor::kiosk
