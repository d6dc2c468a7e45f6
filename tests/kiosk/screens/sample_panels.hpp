/// Panels of the ushers with the people and sessions of the design's pictures, for tests and for
/// looking at.
#pragma once

#include <string>
#include <vector>

#include "kiosk/usher/panel_view.hpp"

namespace hudoor::kiosk::samples {

struct NamedPanel {
    std::string name;
    PanelView view;
};

/// Every page there is, with what may be on it. A list that is as long as it gets has as many rows
/// as the shape of the panel takes.
[[nodiscard]] std::vector<NamedPanel> panels(bool portrait = false);

/// A way to show them all.
struct PanelVariant {
    std::string name;
    Appearance appearance;
    bool portrait = false;
};
[[nodiscard]] std::vector<PanelVariant> panel_variants();

}  // namespace hudoor::kiosk::samples
