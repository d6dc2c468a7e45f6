#include <algorithm>
#include <cmath>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/verdict_words.hpp"

namespace hudoor::kiosk {
namespace {

namespace colours = assets::colours;
using assets::IconName;
using storage::Bilingual;
using storage::VerdictKind;

struct Look {
    Rgb field;
    Rgb dark;
    Rgb ink;
    IconName icon;
    double cap_mm;   ///< of the large words
};

Look look_of(VerdictKind shown) {
    switch (shown) {
        case VerdictKind::admitted:
            return {colours::ok, colours::okd, colours::white, IconName::ok, 20};
        case VerdictKind::already_in:
            return {colours::warn, colours::warnd, colours::black, IconName::already_in, 20};
        case VerdictKind::refused:
            return {colours::no, colours::nod, colours::white, IconName::no, 18.3};
        case VerdictKind::see_usher:
        case VerdictKind::none: break;
    }
    return {colours::warn, colours::warnd, colours::black, IconName::warn, 20};
}

/// What the panel says: one or two lines, and an arrow where the way is known.
struct Step {
    Bilingual first;
    Bilingual second;
    std::optional<storage::Arrow> arrow;
    IconName icon = IconName::person;   ///< where there is no arrow
};

class VerdictPage {
public:
    VerdictPage(Painter& painter, const View& view, const VerdictScreen& screen)
        : painter_(painter),
          view_(view),
          screen_(screen),
          answer_(screen.answer),
          words_(verdict_words(answer_.verdict.kind, answer_.verdict.reason)),
          look_(look_of(words_.shown)) {}

    void draw() {
        draw_icon();
        draw_words();
        draw_middle();
        if (const auto step = next_step()) draw_panel(*step);
        draw_band(painter_, view_, words_.shown == VerdictKind::admitted || words_.shown == VerdictKind::refused
                                       ? colours::warn
                                       : colours::warnd);
        if (words_.shown != VerdictKind::admitted) draw_dwell();
    }

private:
    void draw_icon() {
        constexpr double settle_ms = 180, smallest = 0.86, size = 84, y = 14;
        const double left = 1 - std::clamp(static_cast<double>(screen_.shown_for.count()) / settle_ms, 0.0, 1.0);
        const double grown = size * (1 - (1 - smallest) * left * left * left);
        painter_.icon(look_.icon, {spine - grown / 2, y + (size - grown) / 2, grown, grown}, look_.ink, look_.field);
    }

    /// The verdict in words, either side of the icon: in two lines as soon as both languages have
    /// more than one word for it and one of them would be too long.
    void draw_words() {
        constexpr double middle_y = 56.6, pitch = 1.87;
        const auto text = painter_.words(words_.word, {{"time", since()}});
        const bool two = std::min(assets::count_words(text.ar), assets::count_words(text.en)) > 1;
        const auto pair = fit_pair(painter_, text, look_.cap_mm, true, {161, 12.2, two ? 2 : 1, 2});
        const double cap = pair.cap_mm();
        const double height = cap * (1 + pitch * static_cast<double>(pair.lines() - 1));
        draw_centred(painter_, pair, {100, 376}, middle_y - height / 2 + cap, pitch * cap, look_.ink);
    }

    void draw_middle() {
        switch (words_.middle) {
            case Middle::person: return draw_person();
            case Middle::since: return draw_since();
            case Middle::detail: return draw_detail();
            case Middle::right_session: return draw_right_session();
            case Middle::this_session:
                if (answer_.session) stack(answer_.session->title, 15.4, 14.4);
                return;
            case Middle::nothing: return;
        }
    }

    /// The name; of a discreet person the role alone.
    void draw_person() {
        const bool nameless = answer_.discreet || (answer_.name.ar.empty() && answer_.name.en.empty());
        stack(nameless ? answer_.category : answer_.name, 20, 18.3);
    }

    void draw_since() {
        constexpr double cap = 22, gap = 11, baseline_up = 9.6;
        const double baseline = middle_y() - baseline_up;
        const assets::TextStyle style{assets::Language::en, cap, true};
        if (answer_.since) {
            painter_.label(since(), style, {spine, baseline, Align::centre}, look_.ink);
            const double half = painter_.advance(since(), style) / 2 + gap - 1.5;
            draw_inwards(painter_, fit_pair(painter_, painter_.words(words_.detail), 12.4, false, {100, 7.3}),
                         {spine - half, spine + half}, baseline, look_.ink);
        }
        if (answer_.discreet) return;
        draw_small_name(baseline + 31.6);
    }

    /// Both names on one line, or the only one there is in its middle.
    void draw_small_name(double baseline) {
        const auto pair = fit_pair(painter_, answer_.name, 12.4, true, {205, 7.3});
        if (pair.ar.lines.empty() || pair.en.lines.empty()) {
            return draw_centred(painter_, pair, {spine, spine}, baseline, 0, look_.ink);
        }
        draw_inwards(painter_, pair, {spine - 15, spine + 15}, baseline, look_.ink);
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
        const double now = middle_y() - 27.5;
        draw_inwards(painter_, fit_pair(painter_, painter_.words(words_.detail), 9.4, false, {200, 6.2}),
                     {spine - 9, spine + 9}, now, look_.ink);
        painter_.disc({spine, now - 5.4}, 1, look_.ink);
        draw_stack(painter_, answer_.instead->title, {15.4, 14.4, 9.5, 452, middle_y() + 8.2}, look_.ink);
    }

    void stack(const Bilingual& text, double ar_cap_mm, double en_cap_mm) {
        draw_stack(painter_, text, {ar_cap_mm, en_cap_mm, std::min(12.2, en_cap_mm), 452, middle_y()}, look_.ink);
    }

    std::optional<Step> next_step() const {
        switch (words_.next) {
            case NextStep::seat: return answer_.discreet ? std::nullopt : seat();
            case NextStep::see_usher: return see_usher();
            case NextStep::right_room: return answer_.instead ? other_room(*answer_.instead) : help_desk();
            case NextStep::doors: return answer_.session ? times(*answer_.session) : help_desk();
            case NextStep::next_session: return answer_.instead ? next(*answer_.instead) : help_desk();
            case NextStep::help_desk: break;
        }
        return help_desk();
    }

    std::optional<Step> seat() const {
        if (!answer_.session) return std::nullopt;
        if (answer_.seat.empty()) return room(*answer_.session);
        return Step{painter_.words("next.seat", {{"code", answer_.seat}}), room_and_way(*answer_.session),
                    arrow(*answer_.session)};
    }

    Step see_usher() const {
        const auto text = painter_.words("again.next");
        const auto ar = assets::split_at_comma(text.ar), en = assets::split_at_comma(text.en);
        return {{ar.first, en.first}, {ar.second, en.second}, {}};
    }

    /// Without a known way no arrow: a wrong one sends people astray.
    Step other_room(const SessionWords& session) const {
        if (session.way) return room(session);
        return {session.room, painter_.words("no.other_room"), {}, IconName::swap};
    }

    /// The room, then the way. Without a way the room is this one: straight on.
    Step room(const SessionWords& session) const {
        return {session.room, way(session), arrow(session)};
    }

    Step times(const SessionWords& session) const {
        return {session.room,
                painter_.words("sign.times", {{"from", assets::time_of_day(session.starts)},
                                              {"to", assets::time_of_day(session.ends)}}),
                {}, IconName::clock};
    }

    Step next(const SessionWords& session) const {
        return {session.title, painter_.words("door.next", {{"time", assets::time_of_day(session.starts)}}),
                {}, IconName::clock};
    }

    Step help_desk() const { return {painter_.words("see.desk"), {}, {}}; }

    Bilingual way(const SessionWords& session) const {
        return session.way ? session.way->words : painter_.words("dir.ahead");
    }

    static storage::Arrow arrow(const SessionWords& session) {
        return session.way ? session.way->arrow : storage::Arrow::ahead;
    }

    Bilingual room_and_way(const SessionWords& session) const {
        const auto& catalogue = painter_.catalogue();
        const auto ways = way(session);
        return {catalogue.text("next.room_way", assets::Language::ar, {{"room", session.room.ar}, {"way", ways.ar}}),
                catalogue.text("next.room_way", assets::Language::en, {{"room", session.room.en}, {"way", ways.en}})};
    }

    void draw_panel(const Step& step) {
        const Box panel{12, view_.band ? 174.0 : 192.0, 452, 64};
        painter_.block("panel", panel, 8, look_.dark);
        const Box disc{spine - 24, panel.y + 8, 48, 48};
        painter_.disc(disc.centre(), 24, look_.ink);
        if (step.arrow) {
            painter_.icon(IconName::arrow, disc.inset(24 * (1 - 0.62)), look_.dark, look_.ink,
                          45.0 * static_cast<int>(*step.arrow));
        } else {
            painter_.icon(step.icon, disc.inset(10), look_.dark, look_.ink);
        }
        const Columns columns{26, 450};
        const bool two = !step.second.ar.empty() || !step.second.en.empty();
        const auto first = fit_pair(painter_, step.first, 12.4, true, {176, 8, 1, two ? 1 : 2});
        const bool wrapped = !two && first.lines() > 1;
        draw_outwards(painter_, first, columns, panel.y + (two || wrapped ? 28.4 : 38.2), 18, look_.ink);
        if (!two) return;
        draw_outwards(painter_, fit_pair(painter_, step.second, 10, false, {176, 7.3}), columns,
                      panel.y + 48, 0, look_.ink);
    }

    /// What is left of the time, shrinking from both ends to the spine.
    void draw_dwell() {
        constexpr double height = 3;
        if (screen_.dwell.count() <= 0) return;
        const double passed = static_cast<double>(screen_.shown_for.count()) / static_cast<double>(screen_.dwell.count());
        const Box whole = painter_.whole_window();
        const double width = whole.w * std::clamp(1 - passed, 0.0, 1.0);
        painter_.block("dwell", {spine - width / 2, whole.bottom() - height, width, height}, 0, look_.ink);
    }

    double middle_y() const { return view_.band ? 135 : 146.8; }
    std::string since() const { return answer_.since ? assets::time_of_day(*answer_.since) : std::string(); }

    Painter& painter_;
    const View& view_;
    const VerdictScreen& screen_;
    const Answer& answer_;
    const VerdictWords& words_;
    Look look_;
};

}  // namespace

Rgb verdict_field(const VerdictScreen& verdict) {
    return look_of(verdict_words(verdict.answer.verdict.kind, verdict.answer.verdict.reason).shown).field;
}

Intent draw_verdict(Painter& painter, const View& view, const VerdictScreen& verdict) {
    VerdictPage(painter, view, verdict).draw();
    return Intent::none;
}

}  // namespace hudoor::kiosk
