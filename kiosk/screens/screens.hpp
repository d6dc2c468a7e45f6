/// The delegate's screens: reads the View, draws it, returns what a finger did. Changes nothing.
#pragma once

#include <cstdint>

#include "kiosk/display/painter.hpp"
#include "kiosk/screen/view.hpp"

namespace hudoor::kiosk {

/// What Window::begin_frame clears the field to, 0xRRGGBB.
[[nodiscard]] std::uint32_t ground_colour(const View& view);

/// Draws one of every result where nobody sees it: fonts and drawing code are loaded before the
/// first person comes, not when.
void warm_up(Window& window, Painter& painter);

/// Between Window::begin_frame and end_frame.
[[nodiscard]] Intent draw(Painter& painter, const View& view);

}  // namespace hudoor::kiosk
