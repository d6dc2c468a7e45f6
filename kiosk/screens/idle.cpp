#include <algorithm>

#include "kiosk/screen/hint_words.hpp"
#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using assets::Language;

class IdlePage {
public:
    IdlePage(Painter& painter, const View& view, const IdleScreen& idle)
        : painter_(painter), view_(view), idle_(idle), words_(idle_words(idle)) {}

    Intent draw() {
        draw_event();
        draw_sign(painter_, idle_);
        if (painter_.portrait())
            draw_words_above();
        else if (idle_.door)
            draw_words_below();
        else
            draw_words_beside();
        const Intent hero = draw_hero();
        const Intent foot = draw_foot(painter_, view_);
        draw_band(painter_, view_, colours_.warn);
        return hero != Intent::none ? hero : foot;
    }

private:
    void draw_event() {
        painter_.icon(IconName::star, {12, 13.5, 12.8, 12.8}, colours_.brand, colours_.on_brand);
        const bool narrow = painter_.portrait();
        const auto time = assets::time_of_day(view_.time_of_day);
        painter_.label(time, {Language::en, 10.2, true}, {painter_.spine(), 25.1, Align::centre},
                       colours_.ink);
        const Columns columns{narrow ? 30.1 : 29, painter_.width() - 12};
        const bool dates = !narrow && !large_ && view_.date.ok();
        const assets::TextSpace space{narrow  ? 76.0
                                      : dates ? 124.0
                                              : 170.0,
                                      5.2, 1, narrow ? 2 : 1};
        const auto names = narrow ? two_rows(view_.event_name, space)
                                  : fit_pair(painter_, view_.event_name, 7, true, space);
        draw_outwards(painter_, names, columns, names.lines() > 1 ? 18 : 23.5, 11.1, colours_.ink);
        if (!dates) return;
        const auto days = fit_pair(painter_, painter_.day(view_.date), 5.5, false, {64, 5.2, 1, 1});
        draw_inwards(painter_, days, {painter_.spine() - 22, painter_.spine() + 22}, 22.7,
                     colours_.ink2);
    }

    /// At full size in two rows rather than small in one.
    FittedPair two_rows(const storage::Bilingual& text, assets::TextSpace space) {
        auto one = fit_pair(painter_, text, 7, true, space);
        if (one.cap_mm() == 7 && one.lines() == 1) return one;
        space.lines = 2;
        return fit_pair(painter_, text, 7, true, space);
    }

    /// Large words, one or a few to a line, and smaller ones under them; the block is centred. One
    /// language alone has its second words on the other side.
    void draw_words_beside() {
        const bool alone = painter_.appearance().only.has_value();
        const double middle_y = sign_bottom(painter_) + 8 + hero_height() / 2 + 3 - lifted() / 4;
        const double size = std::min(painter_.text_scale(), 1.45), pitch = 34 * (large_ ? 1.28 : 1);
        const double width = large_ ? 160 : 92, to_sub = 22 * (large_ ? 1.2 : 1),
                     sub_pitch = 12.8 * (large_ ? 1.3 : 1);
        const Columns columns{12, painter_.width() - 12};
        const int lines = large_ ? 2 : 3;
        const auto words = fit_pair(painter_, painter_.words(words_.word), 16.8 * size, true,
                                    {width, 12.2, lines, 3});
        FittedPair sub;
        double height = words.cap_mm() + pitch * static_cast<double>(words.lines() - 1);
        if (!words_.sub.empty() && !alone) {
            sub = second_words(6.6 * size, large_ ? 163 : 104);
            height += to_sub + sub_pitch * static_cast<double>(sub.lines() - 1);
        }
        const double first = middle_y - height / 2 + words.cap_mm();
        draw_outwards(painter_, words, columns, first, pitch, colours_.ink);
        const double last = first + pitch * static_cast<double>(words.lines() - 1);
        draw_outwards(painter_, sub, columns, last + to_sub, sub_pitch, colours_.ink2);
        if (alone && !words_.sub.empty()) draw_other_side(middle_y, width);
    }

    void draw_other_side(double middle_y, double width) {
        constexpr double pitch = 21;
        const auto sub =
            fit_pair(painter_, painter_.words(words_.sub), 10.5, false, {width, 8, 3, 4});
        const double first =
            middle_y - (pitch * static_cast<double>(sub.lines() - 1) - sub.cap_mm()) / 2;
        const bool is_arabic = !sub.ar.lines.empty();
        painter_.text(is_arabic ? sub.ar : sub.en,
                      {is_arabic ? 12 : painter_.width() - 12, first,
                       is_arabic ? Align::left : Align::right, pitch},
                      colours_.ink2);
    }

    /// Both languages in as many lines as the longer one needs.
    FittedPair second_words(double cap, double width) {
        const auto text = painter_.words(words_.sub);
        const auto one = fit_pair(painter_, text, cap, false, {width, std::min(cap, 6.6), 1, 2});
        return fit_pair(painter_, text, cap, false,
                        {width, std::min(cap, 6.6), static_cast<int>(one.lines()), 2});
    }

    void draw_words_above() {
        const bool tall = large_ && !idle_.door;
        const double bottom = tall ? 268 : words_.sub.empty() ? 210 : 197;
        const double cap = 18.3 * painter_.text_scale();
        draw_stack(painter_, painter_.words(words_.word),
                   {cap,
                    cap,
                    12.2,
                    {12, 130, painter_.width() - 24, bottom - 130},
                    1.79,
                    tall ? 30.0 : 32.7,
                    tall ? 2 : 1},
                   colours_.ink);
        if (words_.sub.empty() || tall) return;
        const auto sub =
            fit_pair(painter_, painter_.words(words_.sub), 6.6, false, {122, 5.2, 1, 1});
        if (painter_.appearance().only)
            return draw_centred(painter_, sub, {painter_.spine(), painter_.spine()}, 206.2, 0,
                                colours_.ink2);
        draw_outwards(painter_, sub, {16, painter_.width() - 16}, 206.2, 0, colours_.ink2);
    }

    void draw_words_below() {
        const auto words = fit_pair(painter_, painter_.words(words_.word),
                                    12.2 * painter_.text_scale(), true, {216, 9, 1, 2});
        draw_outwards(painter_, words, {12, painter_.width() - 12}, hero_top() + door_height() + 21,
                      18, colours_.ink);
    }

    Intent draw_hero() {
        const double y = hero_top(), h = hero_height(), middle = painter_.spine();
        if (idle_.door) {
            const Box left{12, y, middle - 16, door_height()};
            if (painter_.portrait()) {
                const Box top{12, y, painter_.width() - 24, (h - 8) / 2};
                return draw_door(painter_, *idle_.door, top,
                                 {top.x, top.bottom() + 8, top.w, top.h});
            }
            return draw_door(painter_, *idle_.door, {middle + 4, y, left.w, left.h}, left);
        }
        const double width = painter_.portrait() ? 118 : 110;
        if (large_) {
            draw_mirror(painter_, view_, idle_, {middle - width / 2, y, width, h});
            return Intent::none;
        }
        draw_mirror(painter_, view_, idle_, {middle - 4 - width, y, width, h});
        draw_pictogram(painter_, idle_, {middle + 4, y, width, h});
        return Intent::none;
    }

    double hero_top() const {
        if (!painter_.portrait()) return sign_bottom(painter_) + 8;
        return large_ && !idle_.door ? 274 : 214;
    }
    double hero_height() const {
        const double bottom = painter_.portrait() ? 380 : 224;
        return bottom - hero_top() - lifted();
    }
    double door_height() const { return std::min(100.0, hero_height() - 32); }
    /// A band at the bottom takes its height from the tiles.
    double lifted() const { return !view_.band ? 0 : painter_.portrait() ? 24 : 12; }

    Painter& painter_;
    const View& view_;
    const IdleScreen& idle_;
    const HintWords words_;
    const assets::colours::Palette& colours_ = painter_.colours();
    const bool large_ = is_large(painter_);
};

}  // namespace

Intent draw_idle(Painter& painter, const View& view, const IdleScreen& idle) {
    return IdlePage(painter, view, idle).draw();
}

}  // namespace hudoor::kiosk
