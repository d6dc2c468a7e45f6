#include <array>
#include <cmath>
#include <numbers>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/pictogram.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using assets::Language;

struct FootButton {
    std::string_view id;
    IconName icon{};
    Intent intent{};
    Box box;
    bool chosen = false;  ///< not as the settings have it
};

class Foot {
public:
    Foot(Painter& painter, const View& view)
        : painter_(painter),
          view_(view),
          portrait_(painter.portrait()),
          y_(top_of(painter, view)) {}

    Intent draw() {
        Intent intent = Intent::none;
        for (const FootButton& button : buttons()) {
            draw_control(painter_, button.box, button.chosen);
            draw_words(button);
            if (button.intent == Intent::change_volume) draw_loudness(button.box);
            if (painter_.touched(button.id, button.box)) intent = button.intent;
        }
        if (!view_.band && view_.offline) draw_status();
        return intent;
    }

    /// On a band its sign stands alone, in the same corner.
    Intent draw_staff() {
        const double y = staff_y(), right = painter_.width() - 12, window = painter_.height();
        const Rgb ink = view_.band ? assets::colours::black : colours_.ink2;
        const Box lock = view_.band ? Box{right - 9, window - 16.5, 9.1, 9.1}
                                    : Box{right - 9, y + 7.5, 9.1, 9.1};
        painter_.icon(IconName::lock, lock, ink, view_.band ? colours_.warn : colours_.paper);
        if (!view_.band) draw_two_rows("status.staff", {right - 12.5, y, Align::right}, false);
        const bool held = painter_.held(
            "staff", {painter_.width() - 28, y, 28, std::max(staff_corner, window - y)});
        draw_hold(painter_, lock.centre(), 8, painter_.held_part(), ink);
        return held ? Intent::staff : Intent::none;
    }

private:
    static double top_of(const Painter& painter, const View& view) {
        if (painter.portrait()) return view.band ? 368 : 392;
        return view.band ? 217 : 232;
    }

    std::array<FootButton, 4> buttons() const {
        const Appearance& look = view_.appearance;
        std::array<FootButton, 4> all{
            FootButton{"acc.volume",
                       view_.volume == Volume::silent ? IconName::volume_off : IconName::volume,
                       Intent::change_volume,
                       {},
                       view_.volume != Volume::usual},
            FootButton{"acc.contrast",
                       IconName::contrast,
                       Intent::change_contrast,
                       {},
                       look.theme != Theme::light},
            FootButton{
                "acc.text", IconName::text_size, Intent::change_text_size, {}, look.text > 1},
            FootButton{"acc.lang",
                       IconName::language,
                       Intent::change_language,
                       {},
                       look.only.has_value()}};
        if (!portrait_) {
            for (std::size_t i = 0; i < all.size(); ++i)
                all[i].box = {98 + 71.0 * static_cast<double>(i), y_, 67, 24};
            return all;
        }
        const Box top{12, y_, 120, 24}, under{12, y_ + 28, 120, 24};
        const auto beside = [](Box box) { return Box{box.x + 124, box.y, box.w, box.h}; };
        all[0].box = under;
        all[1].box = beside(under);
        all[2].box = top;
        all[3].box = beside(top);
        return all;
    }

    void draw_words(const FootButton& button) {
        const Box& box = button.box;
        const Rgb ground =
            button.chosen && !colours_.high_contrast ? colours_.tile : colours_.surface;
        if (!portrait_) {
            painter_.icon(button.icon, {box.right() - 17, box.y + 6, 12, 12}, colours_.ink, ground);
            return draw_two_rows(button.id, {box.right() - 21, box.y, Align::right}, true);
        }
        painter_.icon(button.icon, {box.right() - 19.4, box.y + 6, 12, 12}, colours_.ink, ground);
        const auto text = painter_.words(button.id);
        const double scale = std::min(painter_.text_scale(), 1.1);
        const auto ar = painter_.fit(text.ar, {Language::ar, 6.6 * scale, true}, {44, 5.2, 1, 1});
        const auto en = painter_.fit(text.en, {Language::en, 6.2 * scale, false}, {38, 5.2, 1, 1});
        painter_.text(ar, {box.right() - 25.6, box.y + 15.4, Align::right}, colours_.ink);
        painter_.text(en, {box.x + 6.5, box.y + 15.4},
                      colours_.high_contrast ? colours_.ink : colours_.ink2);
    }

    /// Three steps under the sign of the loudspeaker, as many filled as it is loud.
    void draw_loudness(const Box& box) {
        const double icon_x = box.right() - (portrait_ ? 13.4 : 11), y = box.bottom() - 4;
        for (int step = 0; step < 2; ++step) {
            const Box pip{icon_x - 5.2 + 5.6 * step, y, 4.8, 1.2};
            const bool on = static_cast<int>(view_.volume) > step;
            painter_.block("loudness", pip, 0.6,
                           on ? colours_.ink : mix(colours_.surface, colours_.ink, 0.25));
        }
    }

    /// Arabic over English, both on the same side, in a box that begins at `anchor.baseline`; bold
    /// on a button, plain beside one.
    void draw_two_rows(std::string_view id, const Anchor& anchor, bool bold) {
        const auto text = painter_.words(id);
        const double space = bold ? 43 : 68, text_scale = std::min(painter_.text_scale(), 1.1);
        const auto ar = painter_.fit(text.ar, {Language::ar, (bold ? 5.5 : 5.2) * text_scale, bold},
                                     {space, 5, 1, 1});
        const auto en = painter_.fit(text.en, {Language::en, (bold ? 5.2 : 5) * text_scale, false},
                                     {space, 5, 1, 1});
        painter_.text(ar, {anchor.x, anchor.baseline + 10, anchor.align},
                      bold ? colours_.ink : colours_.ink2);
        painter_.text(en, {anchor.x, anchor.baseline + 19.3, anchor.align}, colours_.ink2);
    }

    void draw_status() {
        const double y = staff_y();
        painter_.icon(IconName::offline, {12, y + 7, 10, 10}, colours_.ink2, colours_.paper);
        draw_two_rows("status.offline", {27, y, Align::left}, false);
    }

    double staff_y() const { return portrait_ ? 445.5 : 232; }

    Painter& painter_;
    const View& view_;
    bool portrait_;
    double y_;
    const assets::colours::Palette& colours_ = painter_.colours();
};

}  // namespace

Intent draw_foot(Painter& painter, const View& view) { return Foot(painter, view).draw(); }

Intent draw_staff(Painter& painter, const View& view) { return Foot(painter, view).draw_staff(); }

void draw_hold(Painter& painter, Spot centre, double radius, double part, Rgb ink) {
    if (part <= 0) return;
    constexpr int steps = 48;
    std::vector<Spot> points;
    for (int i = 0; i <= static_cast<int>(std::ceil(steps * part)); ++i) {
        const double angle = 2 * std::numbers::pi * std::min(part, static_cast<double>(i) / steps) -
                             std::numbers::pi / 2;
        points.push_back(
            {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    painter.line(points, 2, ink);
}

}  // namespace hudoor::kiosk
