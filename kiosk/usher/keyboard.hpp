/// What a key of a real keyboard means on the panel.
#pragma once

#include "kiosk/display/window.hpp"
#include "kiosk/usher/panel_view.hpp"

namespace hudoor::kiosk {

/// `field`: what is being typed into; none: digits, enter and back are all there is.
[[nodiscard]] PanelTouch touch_of_key(const KeyPress& press, const FieldText* field);

}  // namespace hudoor::kiosk
