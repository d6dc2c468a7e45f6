/// Where the whole picture lies at an hour of the day: it wanders by a few pixels, so that nothing
/// burns into the panel. Pure.
#pragma once

#include "config/clock.hpp"
#include "kiosk/display/appearance.hpp"

namespace hudoor::kiosk {

inline constexpr int most_drift_px = 2;  ///< to every side
inline constexpr std::chrono::minutes drifts_every{15};

/// One pixel to one side after another; everywhere within the bound once in twelve hours.
[[nodiscard]] PixelShift drift_at(WallTime now);

}  // namespace hudoor::kiosk
