#include "kiosk/screens/step_panel.hpp"

#include <algorithm>

#include "kiosk/screens/columns.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using assets::Language;

class StepPanel {
public:
    StepPanel(Painter& painter, const VerdictLook& look, const Box& panel, double disc_mm)
        : painter_(painter), look_(look), panel_(panel), disc_(disc_mm) {}

    void draw(const Step& step) {
        draw_ground();
        if (painter_.portrait()) {
            const double above = is_low() ? 7 : 12, to_words = is_low() ? 17.5 : 23.6;
            draw_sign({painter_.spine(), panel_.y + above + disc_ / 2}, step);
            return draw_lines(step, {24.2, painter_.width() - 24.2}, 104,
                              panel_.y + above + disc_ + to_words, is_low() ? 19.5 : 22.2);
        }
        const auto only = painter_.appearance().only;
        if (only) return draw_alone(step, *only == Language::ar);
        draw_sign(panel_.centre(), step);
        draw_lines_between(step, {26, 450}, 176);
    }

    void draw_row(const Step& desk) {
        constexpr double cap = 7.3, floor = 5.2;
        draw_ground();
        const auto only = painter_.appearance().only;
        const bool arabic = only == Language::ar;
        const double beside = disc_ + 2 * gap;
        if (!only && !painter_.portrait()) {
            draw_sign(panel_.centre(), desk);
            const double side = panel_.w / 2 - disc_ / 2 - 2 * gap;
            const auto pair = fit_pair(painter_, desk.first, cap, true, {side, floor, 1, 1}, size_);
            return draw_outwards(painter_, pair, {panel_.x + gap, panel_.right() - gap},
                                 panel_.centre().y + pair.cap_mm() / 2, 0, look_.ink);
        }
        draw_sign({arabic ? panel_.right() - beside / 2 : panel_.x + beside / 2, panel_.centre().y},
                  desk);
        const Box words{panel_.x + (arabic ? gap : beside), panel_.y, panel_.w - beside - gap,
                        panel_.h};
        const auto pair = fit_pair(painter_, desk.first, cap, true, {words.w, floor, 1, 1}, size_);
        const bool both = !pair.ar.lines.empty() && !pair.en.lines.empty();
        // Half of what lies between the two baselines.
        const double apart = both ? std::min(panel_.h / 4.6, 1.1 * pair.cap_mm()) : 0;
        const Align align = both ? Align::centre : arabic ? Align::right : Align::left;
        const double x = both ? words.centre().x : arabic ? words.right() : words.x;
        const double baseline = panel_.centre().y + pair.cap_mm() / 2;
        painter_.text(pair.ar, {x, baseline - apart, align}, look_.ink);
        painter_.text(pair.en, {x, baseline + apart, align}, look_.ink);
    }

private:
    static constexpr double gap = 14;

    void draw_ground() {
        painter_.block("panel", panel_, 8, look_.dark);
        if (look_.outlined) painter_.frame(panel_, 8, 1, look_.ink);
    }

    /// One language alone: the arrow where reading begins, the words beside it.
    void draw_alone(const Step& step, bool arabic) {
        const double from = 14 + disc_;
        draw_sign({arabic ? panel_.right() - 10 - disc_ / 2 : panel_.x + 10 + disc_ / 2,
                   panel_.centre().y},
                  step);
        draw_lines_between(step, {panel_.x + from + 8, panel_.right() - from - 8},
                           panel_.w - from - 24);
    }

    void draw_sign(Spot centre, const Step& step) {
        const double radius = disc_ / 2;
        const Box disc{centre.x - radius, centre.y - radius, disc_, disc_};
        painter_.disc(centre, radius, look_.sign);
        if (step.arrow)
            painter_.icon(IconName::arrow, disc.inset(radius * (1 - 0.62)), look_.dark, look_.sign,
                          45.0 * static_cast<int>(*step.arrow));
        else
            painter_.icon(step.icon, disc.inset(radius * 0.42), look_.dark, look_.sign);
    }

    /// Two lines, or one in at most two, in the middle of the panel's height.
    void draw_lines_between(const Step& step, const Columns& columns, double width) {
        const double size = std::min(size_, panel_.h / height_of_two);
        const bool two = has_second(step);
        const double pitch = two ? 19.6 * size : 18 * size;
        const auto first =
            fit_pair(painter_, step.first, usual_cap, true, {width, 8, 1, two ? 1 : 2}, size);
        const double cap = usual_cap * size, lines = two ? 2 : static_cast<double>(first.lines());
        const double baseline = panel_.centre().y - (cap + pitch * (lines - 1)) / 2 + cap;
        draw_lines(step, columns, width, baseline, pitch);
    }

    void draw_lines(const Step& step, const Columns& columns, double width, double baseline,
                    double pitch) {
        const bool two = has_second(step), narrow = painter_.portrait();
        const double size = narrow ? std::min(size_, is_low() ? 1.1 : size_)
                                   : std::min(size_, panel_.h / height_of_two);
        const auto first = fit_pair(painter_, step.first, usual_cap, true,
                                    {width, 8, 1, two && !narrow ? 1 : 2}, size);
        const bool wrapped = two && first.lines() > 1;  // only where it is narrow, and high
        draw_outwards(painter_, first, columns, baseline - (wrapped ? 8 : 0),
                      wrapped ? 15.5 : 18 * size, look_.ink);
        if (!two) return;
        const auto second = fit_pair(painter_, step.second, 10, false,
                                     {width, narrow ? 8 : 6.6, 1, narrow ? 2 : 1}, size);
        const double up = second.lines() > 1 ? 3 : 0;
        draw_outwards(painter_, second, columns, baseline + pitch - up + (wrapped ? 7 : 0), 13.5,
                      look_.ink);
    }

    /// Upright, with a row under it.
    [[nodiscard]] bool is_low() const { return panel_.h < 120; }
    static bool has_second(const Step& step) {
        return !step.second.ar.empty() || !step.second.en.empty();
    }

    static constexpr double usual_cap = 12.4;
    static constexpr double height_of_two = 44;  // lines as large as designed
    Painter& painter_;
    const VerdictLook& look_;
    const Box panel_;
    const double disc_;
    const double size_ = painter_.text_scale();
};

}  // namespace

void draw_step(Painter& painter, const VerdictLook& look, const Step& step, const Box& panel,
               double disc_mm) {
    StepPanel(painter, look, panel, disc_mm).draw(step);
}

void draw_desk_row(Painter& painter, const VerdictLook& look, const Step& desk, const Box& row) {
    StepPanel(painter, look, row, std::min(24.0, row.h - 4)).draw_row(desk);
}

}  // namespace hudoor::kiosk
