#include <algorithm>
#include <cmath>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/mark_row.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/step_panel.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using storage::Bilingual;
using storage::VerdictKind;

const VerdictWords& words_for(const Answer& answer) {
    return verdict_words(answer.verdict, answer.direction);
}

/// Where things lie, by the window's shape.
struct Layout {
    Box icon;
    Box middle;
    Box panel;
    double disc = 48;
    Box desk{};  ///< the row of the way to the help desk
};

/// `desk`: the way to the help desk has a row of its own.
Layout lying(bool band, bool desk) {
    const double lift = band ? 18 : 0;
    const Box icon{panel_long / 2 - 42, 14, 84, 84};
    const double bottom = 256 - lift, top = 101 - lift / 3;
    if (!desk) return {icon, {12, top, 452, bottom - 67 - top}, {12, bottom - 64, 452, 64}};
    return {icon,
            {12, top, 452, bottom - 77 - top},
            {12, bottom - 74, 452, 50},
            38,
            {12, bottom - 20, 452, 22}};
}

Layout upright(bool band, bool desk) {
    const Box icon{panel_short / 2 - 48, 20, 96, 96};
    const double bottom = band ? 444 : 464;
    if (!desk) {
        const double high = band ? 126 : 140;
        return {icon,
                {12, 219, 244, bottom - high - 8 - 219},
                {12, bottom - high, 244, high},
                band ? 48.0 : 56.0};
    }
    const double high = band ? 102 : 108, row = band ? 34 : 40;
    const double panel = bottom - row - 6 - high;
    return {icon,
            {12, 219, 244, panel - 6 - 219},
            {12, panel, 244, high},
            band ? 31.0 : 36.0,
            {12, bottom - row, 244, row}};
}

class VerdictPage {
public:
    VerdictPage(Painter& painter, const View& view, const VerdictScreen& screen)
        : painter_(painter),
          view_(view),
          screen_(screen),
          words_(words_for(screen.answer)),
          look_(verdict_look(words_, view.appearance)),
          step_(next_step(painter, words_.next, answer_)),
          desk_(way_to_desk(painter, words_.next, answer_)),
          layout_(painter.portrait() ? upright(view.band.has_value(), desk_.has_value())
                                     : lying(view.band.has_value(), desk_.has_value())) {}

    void draw() {
        if (look_.frame_mm > 0)
            painter_.frame(painter_.whole_window(), 0, look_.frame_mm, look_.frame);
        if (is_discreet_welcome()) {
            draw_discreet();
        } else {
            draw_head();
            draw_middle();
        }
        if (step_) draw_step(painter_, look_, *step_, layout_.panel, layout_.disc);
        if (desk_) draw_desk_row(painter_, look_, *desk_, layout_.desk);
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
            const double cap = look_.cap_mm * 1.15;
            draw_stack(painter_, text,
                       {.ar_cap_mm = cap,
                        .en_cap_mm = cap,
                        .floor_mm = 12.2,
                        .box = {12, 122, painter_.width() - 24, 90},
                        .between = 1.72,
                        .grown = std::min(size_, 1.1)},
                       look_.ink);
            return painter_.block("rule", {painter_.spine() - 30, 215.8, 60, 1}, 0, look_.ink);
        }
        if (text.ar.empty() || text.en.empty()) return draw_head_beside(text);
        draw_icon(layout_.icon);
        // In two lines as soon as both languages have more than one word and one would be too long.
        const bool two = std::min(assets::count_words(text.ar), assets::count_words(text.en)) > 1;
        const auto pair = fit_pair(painter_, text, look_.cap_mm, true, {161, 12.2, two ? 2 : 1, 2},
                                   std::min(size_, 1.3));
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
            fit_pair(painter_, text, 22, true, {340, 12.2, 1, 2}, std::min(size_, 1.25));
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
            case Middle::doors:
                return draw_wait();
            case Middle::nothing:
                return;
        }
    }

    void draw_person() {
        const bool nameless = answer_.name.ar.empty() && answer_.name.en.empty();
        stack(nameless ? answer_.category : answer_.name, 20, 18.3,
              nameless ? TextOf::words : TextOf::name);
    }

    /// How long it is until the doors open; far off nobody counts minutes.
    void draw_wait() {
        constexpr std::chrono::minutes most_minutes{180};
        if (!answer_.doors_in) return;
        const auto in = *answer_.doors_in;
        const auto hours = std::chrono::round<std::chrono::hours>(in);
        const bool far = in > most_minutes;
        stack(painter_.count(far ? "n.doors_in_hours" : "n.doors_in",
                             static_cast<std::uint32_t>(far ? hours.count() : in.count())),
              20, 18.3);
    }

    [[nodiscard]] bool is_discreet_welcome() const {
        return answer_.discreet && words_.middle == Middle::person;
    }

    /// Neither name nor role: the words themselves take the name's place, as large as they can be,
    /// over the seat and the way.
    void draw_discreet() {
        const bool narrow = painter_.portrait();
        const double bottom =
            step_ ? layout_.panel.y : painter_.height() - (view_.band ? band_height : 0) - 12;
        const double top = narrow ? 0.09 * bottom : 14, side = narrow ? 108 : step_ ? 76 : 92;
        draw_icon({painter_.spine() - side / 2, top, side, side});
        const double under = top + side + (narrow ? 14 : 8);
        const double alone = painter_.appearance().only ? 1.25 : 1;
        const double cap = (narrow ? 27 : 25) * alone;
        draw_stack(painter_, painter_.words(words_.word),
                   {.ar_cap_mm = cap,
                    .en_cap_mm = cap * 0.92,
                    .floor_mm = 12.2,
                    .box = {12, under, painter_.width() - 24, bottom - under - 4},
                    .between = narrow ? 1.9 : 1.72,
                    .least_between_mm = narrow ? 32.0 : 30.0,
                    .grown = std::min(size_, 1.3)},
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
        const auto words = fit_pair(painter_, painter_.words(words_.detail), 12.4, false,
                                    {space, 7.3}, std::min(size_, 1.5));
        const auto width = [&](const assets::FittedText& text) {
            return text.lines.empty() ? 0.0
                                      : painter_.advance(text.lines.front(), text.style) + gap;
        };
        const bool both = !words.ar.lines.empty() && !words.en.lines.empty();
        const double x = painter_.spine() + (both ? 0 : (width(words.en) - width(words.ar)) / 2);
        painter_.label(time, style, {x, baseline, Align::centre}, look_.ink);
        draw_inwards(painter_, words, {x - half, x + half}, baseline, look_.ink);
    }

    /// Both names beside each other, or the only one there is in the middle; one over the other
    /// where it is narrow. They wrap before they become small.
    void draw_small_name(double since_baseline) {
        const double top = since_baseline + 9, cap = 12.4;
        const Box under{12, top, painter_.width() - 24, layout_.middle.bottom() - top};
        if (painter_.portrait())
            return draw_stack(painter_, answer_.name,
                              {.ar_cap_mm = cap,
                               .en_cap_mm = 11.4,
                               .floor_mm = 8.6,
                               .box = under,
                               .between = 1.9,
                               .least_between_mm = 19,
                               .of = TextOf::name},
                              look_.ink);
        constexpr double small = 9.4, apart = 15;
        const auto text = chosen(painter_, answer_.name);
        const bool both = !text.ar.empty() && !text.en.empty();
        const auto pair = fit_pair(painter_, text, cap, true, {both ? 205.0 : 430.0, small, 1, 2},
                                   std::min(size_, 1.3), TextOf::name);
        const double pitch = 2 * pair.cap_mm();
        const double high = pair.cap_mm() + pitch * static_cast<double>(pair.lines() - 1);
        const double baseline = under.centre().y - high / 2 + pair.cap_mm();
        const double x = painter_.spine();
        if (!both) return draw_centred(painter_, pair, {x, x}, baseline, pitch, look_.ink);
        draw_inwards(painter_, pair, {x - apart, x + apart}, baseline, look_.ink, pitch);
    }

    void draw_detail() {
        Bilingual day;
        if (answer_.valid_day) day = painter_.day(std::chrono::year_month_day(*answer_.valid_day));
        std::string_view id = words_.detail;
        std::string time;
        if (answer_.valid_time) {
            id = answer_.was_valid ? "no.until" : "no.from";
            time = assets::time_of_day(*answer_.valid_time);
        }
        const auto in = [&](assets::Language language, const std::string& date) {
            return painter_.catalogue().text(id, language, {{"date", date}, {"time", time}});
        };
        stack({in(assets::Language::ar, day.ar), in(assets::Language::en, day.en)}, 13.4, 13);
    }

    void draw_right_session() {
        if (!answer_.instead) return stack(painter_.words("see.word"), 13.4, 13);
        const double now = layout_.middle.y + (layout_.middle.h < 80 ? 14.3 : 18.3);
        const double x = painter_.spine();
        const auto words = fit_pair(painter_, painter_.words(words_.detail), 9.4, false,
                                    {x - 24, 6.2}, std::min(size_, 1.2));
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
                   {.ar_cap_mm = 15.4,
                    .en_cap_mm = 14.4,
                    .floor_mm = 9.5,
                    .box = under,
                    .grown = std::min(size_, 1.2)},
                   look_.ink);
    }

    void stack(const Bilingual& text, double ar_cap_mm, double en_cap_mm,
               TextOf of = TextOf::words) {
        const double usual = painter_.appearance().only ? 1.15 : 1;
        draw_stack(painter_, text,
                   {.ar_cap_mm = ar_cap_mm * usual,
                    .en_cap_mm = en_cap_mm * usual,
                    .floor_mm = std::min(12.2, en_cap_mm * usual),
                    .box = layout_.middle,
                    .between = painter_.portrait() ? 1.9 : 2,
                    .grown = std::min(size_, 1.3),
                    .of = of},
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
    const std::optional<Step> step_;
    const std::optional<Step> desk_;  ///< the way there, where the step leads elsewhere
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
