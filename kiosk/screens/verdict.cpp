#include <algorithm>
#include <cmath>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/mark_row.hpp"
#include "kiosk/screens/next_step.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/verdict_look.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::IconName;
using storage::Bilingual;
using storage::VerdictKind;

const VerdictWords& words_for(const Answer& answer) {
    return verdict_words(answer.verdict.kind, answer.verdict.reason, answer.direction);
}

/// Where things lie, by the window's shape.
struct Layout {
    Box icon;
    Box middle;
    Box panel;
    double disc = 48;
};

Layout layout_of(bool portrait, bool band) {
    if (!portrait) {
        const double lift = band ? 18 : 0;
        return {{panel_long / 2 - 42, 14, 84, 84},
                {12, 101 - lift / 3, 452, 88 - lift * 2 / 3},
                {12, 192 - lift, 452, 64}};
    }
    if (band)
        return {{panel_short / 2 - 48, 20, 96, 96}, {12, 219, 244, 91}, {12, 318, 244, 126}, 48};
    return {{panel_short / 2 - 48, 20, 96, 96}, {12, 219, 244, 95}, {12, 324, 244, 140}, 56};
}

class VerdictPage {
public:
    VerdictPage(Painter& painter, const View& view, const VerdictScreen& screen)
        : painter_(painter),
          view_(view),
          screen_(screen),
          words_(words_for(screen.answer)),
          look_(verdict_look(words_.shown, view.appearance)),
          layout_(layout_of(painter.portrait(), view.band.has_value())) {}

    void draw() {
        if (look_.frame_mm > 0)
            painter_.frame(painter_.whole_window(), 0, look_.frame_mm, look_.frame);
        const auto step = next_step(painter_, words_.next, answer_);
        if (is_discreet_welcome()) {
            draw_discreet(step.has_value());
        } else {
            draw_head();
            draw_middle();
        }
        if (step) draw_panel(*step);
        const bool on_amber =
            words_.shown != VerdictKind::admitted && words_.shown != VerdictKind::refused;
        draw_band(painter_, view_,
                  on_amber && !look_.outlined ? colours::warnd : painter_.colours().warn);
        draw_small_marks(painter_, view_.marks);
        if (words_.shown != VerdictKind::admitted) draw_dwell();
    }

private:
    /// The icon and the verdict in words: either side of it, or under it where the window is
    /// narrow.
    void draw_head() {
        const auto text = chosen(painter_, painter_.words(words_.word, {{"time", since()}}));
        if (painter_.portrait()) {
            draw_icon(layout_.icon);
            const double cap = look_.cap_mm * 1.15 * std::min(size_, 1.1);
            draw_stack(painter_, text,
                       {cap, cap, 12.2, {12, 122, painter_.width() - 24, 90}, 1.72, 32}, look_.ink);
            return painter_.block("rule", {painter_.spine() - 30, 215.8, 60, 1}, 0, look_.ink);
        }
        if (text.ar.empty() || text.en.empty()) return draw_head_beside(text);
        draw_icon(layout_.icon);
        // In two lines as soon as both languages have more than one word and one would be too long.
        const bool two = std::min(assets::count_words(text.ar), assets::count_words(text.en)) > 1;
        const auto pair = fit_pair(painter_, text, look_.cap_mm * std::min(size_, 1.3), true,
                                   {161, 12.2, two ? 2 : 1, 2});
        draw_lines_centred(pair, {100, 376});
    }

    void draw_lines_centred(const FittedPair& pair, const Columns& middles) {
        constexpr double middle_y = 56.6, pitch = 1.87;
        const double cap = pair.cap_mm();
        const double height = cap * (1 + pitch * static_cast<double>(pair.lines() - 1));
        draw_centred(painter_, pair, middles, middle_y - height / 2 + cap, pitch * cap, look_.ink);
    }

    /// One language alone: the icon on the side where reading begins, the two together in the
    /// middle.
    void draw_head_beside(const Bilingual& text) {
        constexpr double gap = 18;
        const bool arabic = !text.ar.empty();
        const auto pair =
            fit_pair(painter_, text, 22 * std::min(size_, 1.25), true, {340, 12.2, 1, 2});
        const auto& fitted = arabic ? pair.ar : pair.en;
        double width = 0;
        for (const auto& line : fitted.lines)
            width = std::max(width, painter_.advance(line, fitted.style));
        const double left = painter_.spine() - (layout_.icon.w + gap + width) / 2;
        Box icon = layout_.icon;
        icon.x = arabic ? left + width + gap : left;
        draw_icon(icon);
        const double words = arabic ? left + width / 2 : icon.right() + gap + width / 2;
        draw_lines_centred(pair, {words, words});
    }

    void draw_icon(const Box& box) {
        constexpr double settle_ms = 180, smallest = 0.86;
        const double left =
            view_.appearance.still
                ? 0
                : 1 - std::clamp(static_cast<double>(screen_.shown_for.count()) / settle_ms, 0.0,
                                 1.0);
        const double grown = box.w * (1 - (1 - smallest) * left * left * left);
        painter_.icon(look_.icon, box.inset((box.w - grown) / 2), look_.sign, look_.field);
    }

    void draw_middle() {
        switch (words_.middle) {
            case Middle::person:
                return draw_person();
            case Middle::since:
                return draw_since();
            case Middle::detail:
                return draw_detail();
            case Middle::right_session:
                return draw_right_session();
            case Middle::this_session:
                if (answer_.session) stack(answer_.session->title, 15.4, 14.4);
                return;
            case Middle::nothing:
                return;
        }
    }

    void draw_person() {
        const bool nameless = answer_.name.ar.empty() && answer_.name.en.empty();
        stack(nameless ? answer_.category : answer_.name, 20, 18.3);
    }

    [[nodiscard]] bool is_discreet_welcome() const {
        return answer_.discreet && words_.middle == Middle::person;
    }

    /// Neither name nor role: the words themselves take the name's place, as large as they can be,
    /// over the seat and the way.
    void draw_discreet(bool has_panel) {
        const bool narrow = painter_.portrait();
        const double bottom =
            has_panel ? layout_.panel.y : painter_.height() - (view_.band ? band_height : 0) - 12;
        const double top = narrow ? 0.09 * bottom : 14, side = narrow ? 108 : has_panel ? 76 : 92;
        draw_icon({painter_.spine() - side / 2, top, side, side});
        const double under = top + side + (narrow ? 14 : 8);
        const double cap = (narrow ? 27 : 25) * std::min(size_, 1.3);
        draw_stack(painter_, painter_.words(words_.word),
                   {cap,
                    cap * 0.92,
                    12.2,
                    {12, under, painter_.width() - 24, bottom - under - 4},
                    narrow ? 1.9 : 1.72,
                    narrow ? 32.0 : 30.0},
                   look_.ink);
    }

    void draw_since() {
        const double cap = 22 * std::min(size_, 1.2);
        const double baseline = layout_.middle.centre().y + (answer_.discreet ? cap / 2 : -8);
        if (answer_.since) draw_time(since(), {assets::Language::en, cap, true}, baseline);
        if (!answer_.discreet) draw_small_name(baseline);
    }

    /// The time between its words; with one language alone both together in the middle.
    void draw_time(const std::string& time, const assets::TextStyle& style, double baseline) {
        constexpr double gap = 9.5;
        const double half = painter_.advance(time, style) / 2 + gap;
        const double space = std::min(100.0, painter_.spine() - half - 12);
        const auto words =
            fit_pair(painter_, painter_.words(words_.detail), 12.4 * size_, false, {space, 7.3});
        const auto width = [&](const assets::FittedText& text) {
            return text.lines.empty() ? 0.0
                                      : painter_.advance(text.lines.front(), text.style) + gap;
        };
        const bool both = !words.ar.lines.empty() && !words.en.lines.empty();
        const double x = painter_.spine() + (both ? 0 : (width(words.en) - width(words.ar)) / 2);
        painter_.label(time, style, {x, baseline, Align::centre}, look_.ink);
        draw_inwards(painter_, words, {x - half, x + half}, baseline, look_.ink);
    }

    /// Both names on one line, or the only one there is in its middle; one over the other where it
    /// is narrow.
    void draw_small_name(double since_baseline) {
        if (painter_.portrait()) {
            const Box under{12, since_baseline + 9, painter_.width() - 24,
                            layout_.middle.bottom() - since_baseline - 9};
            return draw_stack(painter_, answer_.name, {12.4, 11.4, 7.3, under, 1.9, 19}, look_.ink);
        }
        const double baseline = since_baseline + 31.6;
        const auto pair = fit_pair(painter_, answer_.name, 12.4 * size_, true, {205, 7.3});
        if (pair.ar.lines.empty() || pair.en.lines.empty())
            return draw_centred(painter_, pair, {painter_.spine(), painter_.spine()}, baseline, 0,
                                look_.ink);
        draw_inwards(painter_, pair, {painter_.spine() - 15, painter_.spine() + 15}, baseline,
                     look_.ink);
    }

    void draw_detail() {
        Bilingual day;
        if (answer_.valid_day) day = painter_.day(std::chrono::year_month_day(*answer_.valid_day));
        const auto& catalogue = painter_.catalogue();
        stack({catalogue.text(words_.detail, assets::Language::ar, {{"date", day.ar}}),
               catalogue.text(words_.detail, assets::Language::en, {{"date", day.en}})},
              13.4, 13);
    }

    void draw_right_session() {
        if (!answer_.instead) return stack(painter_.words("see.word"), 13.4, 13);
        const double now = layout_.middle.y + 18.3, x = painter_.spine();
        const auto words = fit_pair(painter_, painter_.words(words_.detail),
                                    9.4 * std::min(size_, 1.2), false, {x - 24, 6.2});
        const bool both = !words.ar.lines.empty() && !words.en.lines.empty();
        if (both) {
            draw_inwards(painter_, words, {x - 9, x + 9}, now, look_.ink);
            painter_.disc({x, now - 5.4}, 1, look_.ink);
        } else {
            draw_centred(painter_, words, {x, x}, now, 0, look_.ink);
        }
        Box under = layout_.middle;
        under.y = now + 3;
        under.h = layout_.middle.bottom() - under.y;
        draw_stack(painter_, answer_.instead->title,
                   {15.4 * std::min(size_, 1.2), 14.4 * std::min(size_, 1.2), 9.5, under},
                   look_.ink);
    }

    void stack(const Bilingual& text, double ar_cap_mm, double en_cap_mm) {
        const double size = std::min(size_, 1.3) * (painter_.appearance().only ? 1.15 : 1);
        draw_stack(painter_, text,
                   {ar_cap_mm * size, en_cap_mm * size, std::min(12.2, en_cap_mm), layout_.middle,
                    painter_.portrait() ? 1.9 : 2},
                   look_.ink);
    }

    void draw_panel(const Step& step) {
        const Box& panel = layout_.panel;
        painter_.block("panel", panel, 8, look_.dark);
        if (look_.outlined) painter_.frame(panel, 8, 1, look_.ink);
        if (painter_.portrait()) {
            draw_sign({painter_.spine(), panel.y + 12 + layout_.disc / 2}, step);
            return draw_lines(step, {24.2, painter_.width() - 24.2}, 104,
                              panel.y + layout_.disc + 12 + 23.6, 22.2);
        }
        const auto only = painter_.appearance().only;
        if (only) return draw_panel_alone(step, *only == assets::Language::ar);
        draw_sign(panel.centre(), step);
        draw_lines_between(step, {26, 450}, 176);
    }

    /// One language alone: the arrow where reading begins, the words beside it.
    void draw_panel_alone(const Step& step, bool arabic) {
        const Box& panel = layout_.panel;
        const double from = 14 + layout_.disc;
        draw_sign({arabic ? panel.right() - 10 - layout_.disc / 2 : panel.x + 10 + layout_.disc / 2,
                   panel.centre().y},
                  step);
        draw_lines_between(step, {panel.x + from + 8, panel.right() - from - 8},
                           panel.w - from - 24);
    }

    void draw_sign(Spot centre, const Step& step) {
        const double radius = layout_.disc / 2;
        const Box disc{centre.x - radius, centre.y - radius, layout_.disc, layout_.disc};
        painter_.disc(centre, radius, look_.sign);
        if (step.arrow)
            painter_.icon(IconName::arrow, disc.inset(radius * (1 - 0.62)), look_.dark, look_.sign,
                          45.0 * static_cast<int>(*step.arrow));
        else
            painter_.icon(step.icon, disc.inset(radius * 0.42), look_.dark, look_.sign);
    }

    /// Two lines, or one in at most two, in the middle of the panel's height.
    void draw_lines_between(const Step& step, const Columns& columns, double width) {
        const bool two = !step.second.ar.empty() || !step.second.en.empty();
        const double cap = 12.4 * size_, pitch = two ? 19.6 * size_ : 18 * size_;
        const auto first = fit_pair(painter_, step.first, cap, true, {width, 8, 1, two ? 1 : 2});
        const double lines = two ? 2 : static_cast<double>(first.lines());
        const double baseline = layout_.panel.centre().y - (cap + pitch * (lines - 1)) / 2 + cap;
        draw_lines(step, columns, width, baseline, pitch);
    }

    void draw_lines(const Step& step, const Columns& columns, double width, double baseline,
                    double pitch) {
        const bool two = !step.second.ar.empty() || !step.second.en.empty(),
                   narrow = painter_.portrait();
        const auto first = fit_pair(painter_, step.first, 12.4 * size_, true,
                                    {width, 8, 1, two && !narrow ? 1 : 2});
        const bool wrapped = two && first.lines() > 1;  // only where it is narrow, and high
        draw_outwards(painter_, first, columns, baseline - (wrapped ? 8 : 0),
                      wrapped ? 15.5 : 18 * size_, look_.ink);
        if (!two) return;
        const auto second = fit_pair(painter_, step.second, 10 * size_, false,
                                     {width, narrow ? 8 : 6.6, 1, narrow ? 2 : 1});
        const double up = second.lines() > 1 ? 3 : 0;
        draw_outwards(painter_, second, columns, baseline + pitch - up + (wrapped ? 4 : 0), 13.5,
                      look_.ink);
    }

    /// What is left of the time, shrinking from both ends to the spine.
    void draw_dwell() {
        constexpr double height = 3;
        if (screen_.dwell.count() <= 0) return;
        const double passed = static_cast<double>(screen_.shown_for.count()) /
                              static_cast<double>(screen_.dwell.count());
        const Box whole = painter_.whole_window();
        const double width = whole.w * std::clamp(1 - passed, 0.0, 1.0);
        painter_.block("dwell",
                       {painter_.spine() - width / 2, whole.bottom() - height, width, height}, 0,
                       look_.ink);
    }

    std::string since() const {
        return answer_.since ? assets::time_of_day(*answer_.since) : std::string();
    }

    Painter& painter_;
    const View& view_;
    const VerdictScreen& screen_;
    const Answer& answer_ = screen_.answer;
    const VerdictWords& words_;
    const VerdictLook look_;
    const Layout layout_;
    const double size_ = painter_.text_scale();
};

}  // namespace

Rgb verdict_field(const VerdictScreen& verdict, const Appearance& appearance) {
    return verdict_look(words_for(verdict.answer).shown, appearance).field;
}

Intent draw_verdict(Painter& painter, const View& view, const VerdictScreen& verdict) {
    VerdictPage(painter, view, verdict).draw();
    return Intent::none;
}

}  // namespace hudoor::kiosk
