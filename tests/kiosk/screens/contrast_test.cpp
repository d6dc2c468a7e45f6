#include <algorithm>
#include <cmath>
#include <map>

#include "tests/kiosk/screens/sample_panels.hpp"
#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;

namespace {

/// Relative luminance, WCAG 2.2.
double luminance(Rgb rgb) {
    const auto part = [](unsigned value) {
        const double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part((rgb >> 16) & 255) + 0.7152 * part((rgb >> 8) & 255) +
           0.0722 * part(rgb & 255);
}

double contrast(Rgb a, Rgb b) {
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

/// The ground of a text is the colour most of its box has; the ink, of the colours that are not
/// rare, the one farthest from it.
double contrast_of(const Picture& picture, const Box& box, double px_per_mm) {
    std::map<Rgb, int> counts;
    const auto x0 = static_cast<int>(box.x * px_per_mm),
               x1 = static_cast<int>(box.right() * px_per_mm);
    const auto y0 = static_cast<int>(box.y * px_per_mm),
               y1 = static_cast<int>(box.bottom() * px_per_mm);
    for (int y = std::max(0, y0); y < std::min(picture.height_px, y1); ++y)
        for (int x = std::max(0, x0); x < std::min(picture.width_px, x1); ++x) {
            const auto at = static_cast<std::size_t>(3 * (y * picture.width_px + x));
            ++counts[static_cast<Rgb>(picture.rgb[at] << 16 | picture.rgb[at + 1] << 8 |
                                      picture.rgb[at + 2])];
        }
    const auto ground =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    double best = 1;
    for (const auto& [colour, count] : counts)
        if (count * 100 >= ground->second) best = std::max(best, contrast(colour, ground->first));
    return best;
}

bool overlap_of(const Box& a, const Box& b) {
    return std::min(a.right(), b.right()) > std::max(a.x, b.x) &&
           std::min(a.bottom(), b.bottom()) > std::max(a.y, b.y);
}

}  // namespace

TEST_CASE("every text stands out from its ground by 4.5 to 1 in the picture itself") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 1072 : 1904, .height_px = portrait ? 1904 : 1072});
    constexpr double px_per_mm = 4;
    double worst = 21;
    for (const auto& variant : samples::variants()) {
        if (variant.portrait != portrait || variant.appearance.only || variant.appearance.text > 1)
            continue;  // the same colours
        for (auto [name, view] : samples::all()) {
            view.appearance = variant.appearance;
            static_cast<void>(stage.show(view));
            const Picture picture = stage.window->read_picture();
            const auto* pad = std::get_if<PassphraseScreen>(&view.screen);
            const bool keys_off = pad != nullptr && (pad->checking || pad->paused_for);
            for (const Drawn& each : stage.painter.drawn()) {
                if (each.kind != Drawn::Kind::text || (keys_off && each.what.size() == 1))
                    continue;  // keys that do nothing
                const double found = contrast_of(picture, each.box, px_per_mm);
                INFO(variant.name << " " << name << ": " << each.what << " " << found);
                CHECK(found >= 4.5);
                worst = std::min(worst, found);
            }
        }
    }
    CHECK(worst < 15);  // not all of it is black on white: something was measured
}

TEST_CASE(
    "every text of the usher's panel stands out from its ground by 4.5 to 1 in the picture itself") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 1072 : 1904, .height_px = portrait ? 1904 : 1072});
    constexpr double px_per_mm = 4;
    const auto language = portrait ? hudoor::assets::Language::en : hudoor::assets::Language::ar;
    double worst = 21;
    for (const auto& variant : samples::panel_variants()) {
        if (variant.portrait != portrait || variant.appearance.only != language)
            continue;  // the same colours
        for (auto [name, view] : samples::panels(portrait)) {
            view.appearance = variant.appearance;
            static_cast<void>(stage.show(view));
            const Picture picture = stage.window->read_picture();
            std::vector<Box>
                off;  // places that do nothing now: what looks like a button and cannot be touched
            const auto& drawn = stage.painter.drawn();
            for (const Drawn& each : drawn) {
                const bool button = each.what == "button" || each.what == "tile";
                const auto touches = [&](const Drawn& touch) {
                    return touch.kind == Drawn::Kind::touch && overlap_of(touch.box, each.box);
                };
                if (button && !std::holds_alternative<HealthPage>(view.page) &&
                    std::none_of(drawn.begin(), drawn.end(), touches))
                    off.push_back(each.box);
            }
            const auto* pin = std::get_if<PinPage>(&view.page);
            const bool keys_off = pin != nullptr && (pin->checking || pin->locked_for);
            for (const Drawn& each : drawn) {
                if (each.kind != Drawn::Kind::text || (keys_off && each.what.size() == 1)) continue;
                if (std::any_of(off.begin(), off.end(),
                                [&](const Box& box) { return overlap_of(box, each.box); }))
                    continue;
                const double found = contrast_of(picture, each.box, px_per_mm);
                INFO(variant.name << " " << name << ": " << each.what << " " << found);
                CHECK(found >= 4.5);
                worst = std::min(worst, found);
            }
        }
    }
    CHECK(worst < 15);
}
