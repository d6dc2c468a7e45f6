#include "tests/kiosk/screens/stage.hpp"

#include <algorithm>
#include <cmath>

#include "assets/assets_dir.hpp"
#include "kiosk/screens/screens.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::kiosk {

Stage::Stage(const WindowOptions& options)
    : window(open_headless(options)),
      painter(assets::find_assets_dir(), *window, {"Noto Sans CJK SC"}) {}

Intent Stage::show(const View& view) {
    window->begin_frame(ground_colour(view));
    const Intent intent = draw(painter, view);
    window->end_frame({});
    return intent;
}

const std::vector<Drawn>& Stage::lay_out(const View& view) {
    window->begin_frame(ground_colour(view));
    static_cast<void>(draw(painter, view));
    window->end_frame(Region{0, 0, 1, 1});
    return painter.drawn();
}

PanelTouch Stage::show(const PanelView& view) {
    window->begin_frame(panel_ground(view));
    const PanelTouch touch = draw_panel(painter, view);
    window->end_frame({});
    return touch;
}

const std::vector<Drawn>& Stage::lay_out(const PanelView& view) {
    static_cast<void>(answer(view));
    return painter.drawn();
}

PanelTouch Stage::answer(const PanelView& view) {
    window->begin_frame(panel_ground(view));
    const PanelTouch touch = draw_panel(painter, view);
    window->end_frame(Region{0, 0, 1, 1});
    return touch;
}

std::string without_isolates(std::string text) {
    for (const std::string isolate : {"\u2068", "\u2069"}) {
        for (auto at = text.find(isolate); at != std::string::npos; at = text.find(isolate)) {
            text.erase(at, isolate.size());
        }
    }
    return text;
}

const Drawn* find(const std::vector<Drawn>& drawn, const std::string& what) {
    const auto found = std::find_if(drawn.begin(), drawn.end(), [&](const Drawn& each) {
        return without_isolates(each.what) == what;
    });
    return found == drawn.end() ? nullptr : &*found;
}

Drawn get(const std::vector<Drawn>& drawn, const std::string& what) {
    INFO(what);
    const Drawn* found = find(drawn, what);
    REQUIRE(found != nullptr);
    return *found;
}

bool near(double a, double b) { return std::abs(a - b) <= 2; }

bool near(const Box& a, const Box& b) {
    return near(a.x, b.x) && near(a.y, b.y) && near(a.w, b.w) && near(a.h, b.h);
}

bool overlap(const Drawn& a, const Drawn& b) {
    const double across = std::min(a.box.right(), b.box.right()) - std::max(a.box.x, b.box.x);
    const double down = std::min(a.box.bottom(), b.box.bottom()) - std::max(a.box.y, b.box.y);
    return across > 0 && down > 0.3 * std::max(a.cap_mm, b.cap_mm);
}

}  // namespace hudoor::kiosk
