/// What a key of a real keyboard does on the panel.
#pragma once

#include "kiosk/display/window.hpp"
#include "kiosk/usher/panel_view.hpp"

namespace hudoor::kiosk {

/// `field`: what is being typed into; without one only digits, enter and back do anything.
[[nodiscard]] PanelTouch touch_of_key(const KeyPress& press, const FieldText* field);

}  // namespace hudoor::kiosk
