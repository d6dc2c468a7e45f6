/// Fits a person's name into a space.
#pragma once

#include "kiosk/display/painter.hpp"

namespace hudoor::kiosk {

/// The longest form of the name that has room (assets/person_name.hpp). Rather than lose letters of
/// the family name its letters become smaller than the space's floor.
[[nodiscard]] assets::FittedText fit_name(Painter& painter, std::string_view name,
                                          const assets::TextStyle& style,
                                          const assets::TextSpace& space);

}  // namespace hudoor::kiosk
