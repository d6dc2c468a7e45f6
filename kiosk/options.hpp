/// What a kiosk is started with: its settings file and the command line.
#pragma once

#include <filesystem>
#include <optional>

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

}  // namespace hudoor::kiosk
