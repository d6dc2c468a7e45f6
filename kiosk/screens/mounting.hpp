/// How high a panel hangs, which decides who reaches its buttons.
#pragma once

namespace hudoor::kiosk {

/// From the floor to the lower edge of an upright panel, as the README asks for it.
inline constexpr double upright_mounting_mm = 900;
/// What a hand in a wheelchair reaches, from the floor: EN 301 549, 8.3.3.
inline constexpr double highest_button_mm = 1'200;

}  // namespace hudoor::kiosk
