/// What stands under a finger on a page of the panel, as words: whoever touches it must have been
/// able to read them.
#pragma once

#include <string>

#include "kiosk/usher/panel_view.hpp"

namespace hudoor::test {

/// The page, and of a list the row that the touch is of.
[[nodiscard]] std::string words_of_page(const kiosk::PanelView& view, kiosk::PanelTouch touch);

}  // namespace hudoor::test
