#include <algorithm>
#include <cmath>

#include "kiosk/screen/hint_words.hpp"
#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/mark_row.hpp"
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
        draw_marks(painter_, view_.marks);
        draw_sign(painter_, idle_, lowered_);
        if (painter_.portrait())
            draw_words_above();
        else
            draw_words_beside();
        draw_tiles();
        const Intent door = idle_.door ? draw_doors() : Intent::none;
        const Intent foot = draw_foot(painter_, view_);
        draw_band(painter_, view_, colours_.warn);
        const Intent staff = draw_staff(painter_, view_);
        if (staff != Intent::none) return staff;
        return door != Intent::none ? door : foot;
    }

private:
    void draw_event() {
        painter_.icon(IconName::star, {12, 13.5, 12.8, 12.8}, colours_.brand, colours_.on_brand);
        const bool narrow = painter_.portrait();
        // A wrong time would be taken for the right one.
        const auto time =
            view_.clock_set ? assets::time_of_day(view_.time_of_day) : std::string("--:--");
        const double scale = narrow ? 1 : std::min(painter_.text_scale(), 1.25);
        painter_.label(time, {Language::en, 10.2 * scale, true},
                       {painter_.spine(), 25.1, Align::centre}, colours_.ink);
        const Columns columns{narrow ? 30.1 : 29, painter_.width() - 12};
        const bool dates = !narrow && !large_ && view_.date.ok() && view_.clock_set;
        const assets::TextSpace space{narrow  ? 76.0
                                      : dates ? 124.0
                                              : 170.0,
                                      5.2, 1, narrow ? 2 : 1};
        const auto names = narrow ? two_rows(view_.event_name, space)
                                  : fit_pair(painter_, view_.event_name, 7 * scale, true, space);
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

    /// What stands beside the tiles: large words, one or a few to a line, and smaller ones under
    /// them.
    struct WordBlock {
        FittedPair words;
        FittedPair sub;
        double pitch = 0;
        double to_sub = 0;
        double sub_pitch = 0;

        [[nodiscard]] double to_last() const {
            return pitch * static_cast<double>(words.lines() - 1);
        }
        [[nodiscard]] double height() const {
            const double second =
                sub.lines() == 0 ? 0 : to_sub + sub_pitch * static_cast<double>(sub.lines() - 1);
            return words.cap_mm() + to_last() + second;
        }
    };

    WordBlock fit_block(double size) {
        const double width = large_ ? 160 : 104, pitch = 34.0 / 16.8, to_sub = 22.0 / 16.8;
        const int lines = large_ ? 2 : 3;
        WordBlock block;
        block.words = fit_pair(painter_, painter_.words(words_.word), 16.8 * size, true,
                               {width, std::min(12.2, 16.8 * size), lines, large_ ? 3 : 4});
        const double cap = block.words.cap_mm();
        block.pitch = pitch * std::min(cap, 21.6);
        block.to_sub = to_sub * std::min(cap, 20.2);
        block.sub_pitch = 12.8 * std::clamp(size, 0.9, 1.3);
        const bool alone = painter_.appearance().only.has_value();
        if (!words_.sub.empty() && !alone)
            block.sub = second_words(6.6 * std::max(1.0, size), large_ ? 163 : 104);
        return block;
    }

    /// As large as wanted, or as there is room for: first the smaller words go.
    WordBlock block_for(double room) {
        constexpr int largest = 145, least = 75, step = 5;  // percent
        const int wanted = static_cast<int>(std::lround(100 * painter_.text_scale()));
        for (int size = std::min(wanted, largest); size > least; size -= step)
            if (WordBlock block = fit_block(size / 100.0); block.height() <= room) return block;
        WordBlock block = fit_block(least / 100.0);
        block.sub = {};
        return block;
    }

    /// One language alone has its second words on the other side.
    void draw_words_beside() {
        const double top = hero_top(), room = hero_height() - (idle_.door ? door_takes : 0);
        // What hangs below the last line must not reach the buttons.
        const double middle_y = top + room / 2 + (idle_.door ? -1 : 3);
        const WordBlock block = block_for(room - (idle_.door ? 5 : 0));
        const Columns columns{12, painter_.width() - 12};
        const double first = middle_y - block.height() / 2 + block.words.cap_mm(),
                     last = first + block.to_last();
        draw_outwards(painter_, block.words, columns, first, block.pitch, colours_.ink);
        draw_outwards(painter_, block.sub, columns, last + block.to_sub, block.sub_pitch,
                      colours_.ink2);
        if (painter_.appearance().only && !words_.sub.empty())
            draw_other_side(middle_y, large_ ? 160 : 92);
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
        const double top = 130 + lowered_, bottom = lowered_ + (words_.sub.empty() ? 210 : 197);
        const double cap = 18.3 * std::min(painter_.text_scale(), 1.5);
        draw_stack(painter_, painter_.words(words_.word),
                   {cap, cap, 12.2, {12, top, painter_.width() - 24, bottom - top}, 1.72, 32},
                   colours_.ink);
        if (words_.sub.empty()) return;
        const auto sub =
            fit_pair(painter_, painter_.words(words_.sub), 6.6, false, {122, 5.2, 1, 1});
        const double baseline = lowered_ + 206.2;
        if (painter_.appearance().only)
            return draw_centred(painter_, sub, {painter_.spine(), painter_.spine()}, baseline, 0,
                                colours_.ink2);
        draw_outwards(painter_, sub, {16, painter_.width() - 16}, baseline, 0, colours_.ink2);
    }

    /// In large letters, lying, words take the pictogram's room; how far away the badge belongs is
    /// said all the same.
    void draw_tiles() {
        const double y = hero_top(), h = tiles_height(), middle = painter_.spine();
        const double width = painter_.portrait() ? 118 : 110;
        if (large_ && !painter_.portrait()) {
            const Box distance{middle - width / 2, y + h - distance_height, width, distance_height};
            draw_mirror(painter_, view_, idle_,
                        {distance.x, y, width, h - distance_height - tile_gap});
            return draw_distance_tile(painter_, idle_, distance);
        }
        draw_mirror(painter_, view_, idle_, {middle - 4 - width, y, width, h});
        draw_pictogram(painter_, idle_, {middle + 4, y, width, h});
    }

    /// Under the words, or under the tiles where it is narrow.
    Intent draw_doors() {
        const double y = hero_top() + hero_height() - door_height, width = painter_.portrait() ? 118
                                                                           : large_            ? 160
                                                                                    : 104;
        return draw_door(painter_, *idle_.door,
                         {painter_.width() - 12 - width, y, width, door_height},
                         {12, y, width, door_height});
    }

    double hero_top() const {
        if (!painter_.portrait()) return sign_bottom(painter_, lowered_) + 8;
        return 214 + lowered_;
    }
    double hero_height() const {
        const double bottom = painter_.portrait() ? 380 : 224;
        return bottom - hero_top() - lifted();
    }
    double tiles_height() const {
        return hero_height() - (idle_.door && painter_.portrait() ? door_takes : 0);
    }
    /// A band at the bottom takes its height from the tiles.
    double lifted() const { return !view_.band ? 0 : painter_.portrait() ? 24 : 12; }

    static constexpr double door_height = 38, door_takes = door_height + 6, tile_gap = 4;

    Painter& painter_;
    const View& view_;
    const IdleScreen& idle_;
    const HintWords words_;
    const assets::colours::Palette& colours_ = painter_.colours();
    const bool large_ = is_large(painter_);
    const double lowered_ = marks_height(painter_, view_.marks);
};

}  // namespace

Intent draw_idle(Painter& painter, const View& view, const IdleScreen& idle) {
    return IdlePage(painter, view, idle).draw();
}

}  // namespace hudoor::kiosk
