#include <variant>

#include "kiosk/usher/pages/pages.hpp"

namespace hudoor::kiosk {

std::uint32_t panel_ground(const PanelView& view) {
    return view.appearance.theme == Theme::light ? assets::colours::light.paper
                                                 : assets::colours::high_contrast.paper;
}

PanelTouch draw_panel(Painter& painter, const PanelView& view) {
    Appearance appearance = view.appearance;
    // Whoever types a PIN has not said yet which language is theirs.
    if (std::holds_alternative<PinPage>(view.page)) appearance.only.reset();
    painter.begin(appearance, view.fade);
    Sheet sheet(painter, view);
    std::visit([&](const auto& page) { draw_page(sheet, page); }, view.page);
    painter.end();
    return sheet.touched();
}

}  // namespace hudoor::kiosk
