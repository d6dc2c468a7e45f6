#include <algorithm>

#include "kiosk/screens/columns.hpp"
#include "kiosk/screens/parts.hpp"

namespace hudoor::kiosk {
namespace {

using assets::Language;
using storage::Bilingual;

constexpr double card_top = 36, landscape_height = 40, portrait_height = 86, own_row = 18;

class Sign {
public:
    Sign(Painter& painter, const IdleScreen& idle, double lowered)
        : painter_(painter), idle_(idle), lowered_(lowered) {}

    void draw() {
        draw_card(painter_, "door sign", card_, 6);
        if (!idle_.sign) return draw_none();
        if (painter_.portrait())
            draw_portrait(*idle_.sign);
        else
            draw_landscape(*idle_.sign);
    }

private:
    void draw_none() {
        const auto none = painter_.words(idle_.is_exit ? "sign.exit" : "door.none");
        if (painter_.portrait())
            return draw_stack(painter_, none, {10, 10, 7.3, card_.inset(10), 2, 20}, colours_.ink2);
        draw_outwards(painter_, fit_pair(painter_, none, 10 * text_, false, {200, 7.3}), columns_,
                      lowered_ + 61, 0, colours_.ink2);
    }

    void draw_landscape(const SessionWords& session) {
        draw_room(session, {painter_.spine() - 15, card_.y + 5, 30, 30});
        const bool large = is_large(painter_);
        const auto only = painter_.appearance().only;
        const auto title = fit_pair(painter_, title_of(session), std::min(12.2 * text_, 21.0), true,
                                    {193, 8, 1, 1});
        draw_outwards(painter_, title, columns_,
                      large || only ? card_.centre().y + title.cap_mm() / 2 : lowered_ + 54, 0,
                      colours_.ink);
        if (only) return draw_other_side(session, *only);
        const auto second = fit_pair(painter_, second_line(session), 7.3 * text_, false,
                                     {large ? 214.0 : 193.0, 5.2});
        draw_outwards(painter_, second, columns_, large ? card_.bottom() + 14.5 : lowered_ + 68.7,
                      0, colours_.ink2);
    }

    /// One language alone: its second line where the other language would be.
    void draw_other_side(const SessionWords& session, Language only) {
        const bool arabic = only == Language::ar;
        const auto text = second_line(session);
        const auto line =
            painter_.fit(arabic ? text.ar : text.en, {only, 7.3 * text_, false}, {193, 5.2, 1, 1});
        painter_.text(
            line,
            {arabic ? columns_.left : columns_.right, card_.centre().y + line.style.cap_mm / 2,
             arabic ? Align::left : Align::right},
            colours_.ink2);
    }

    /// Room and times either side of its letter, the title under them.
    void draw_portrait(const SessionWords& session) {
        draw_room(session, {painter_.spine() - 14, card_.y + 6, 28, 28});
        const Columns columns{20, painter_.width() - 20};
        const double width = session.room_letter.empty() ? 108 : 94;
        draw_outwards(painter_, fit_pair(painter_, session.room, 9.2, true, {width, 7.3, 1, 1}),
                      columns, lowered_ + 54.3, 0, colours_.ink);
        draw_outwards(painter_,
                      fit_pair(painter_, idle_.is_exit ? session.title : times(session), 7.3, false,
                               {width, 5.2}),
                      columns, lowered_ + 66.8, 0, colours_.ink2);
        draw_stack(painter_, title_of(session),
                   {15.4 * text_,
                    11.8 * text_,
                    8,
                    {22, lowered_ + 71, painter_.width() - 44, 48},
                    1.4,
                    20},
                   colours_.ink);
    }

    void draw_room(const SessionWords& session, const Box& tile) {
        if (session.room_letter.empty()) return;
        painter_.block("room", tile, 4, colours_.deep);
        const auto letter =
            painter_.fit(session.room_letter, {Language::en, 14.9, true}, {tile.w - 4, 6, 1, 1});
        painter_.text(letter,
                      {tile.centre().x, tile.centre().y + letter.style.cap_mm / 2, Align::centre},
                      colours_.on_deep);
    }

    /// Of an exit that it is one.
    Bilingual title_of(const SessionWords& session) const {
        return idle_.is_exit ? painter_.words("sign.exit") : session.title;
    }

    Bilingual both(const Bilingual& first, const Bilingual& second) const {
        const auto in = [&](Language language, const std::string& a, const std::string& b) {
            return painter_.catalogue().text("sign.both", language, {{"first", a}, {"second", b}});
        };
        return {in(Language::ar, first.ar, second.ar), in(Language::en, first.en, second.en)};
    }

    /// "Hall A, 09:30 – 10:30"; before the doors open, when the next session begins.
    Bilingual second_line(const SessionWords& session) const {
        if (idle_.is_exit) return both(session.room, session.title);
        if (idle_.upcoming) return times(session);
        const auto from = assets::time_of_day(session.starts),
                   to = assets::time_of_day(session.ends);
        const auto in = [&](Language language, const std::string& room) {
            return painter_.catalogue().text("sign.span", language,
                                             {{"room", room}, {"from", from}, {"to", to}});
        };
        return {in(Language::ar, session.room.ar), in(Language::en, session.room.en)};
    }

    Bilingual times(const SessionWords& session) const {
        const auto from = assets::time_of_day(session.starts),
                   to = assets::time_of_day(session.ends);
        if (idle_.upcoming) return painter_.words("door.next", {{"time", from}});
        return painter_.words("sign.times", {{"from", from}, {"to", to}});
    }

    Painter& painter_;
    const IdleScreen& idle_;
    const assets::colours::Palette& colours_ = painter_.colours();
    const double text_ = painter_.text_scale();
    const double lowered_;
    const Box card_{12, card_top + lowered_, painter_.width() - 24,
                    painter_.portrait() ? portrait_height : landscape_height};
    const Columns columns_{22, painter_.width() - 22};
};

}  // namespace

void draw_sign(Painter& painter, const IdleScreen& idle, double lowered) {
    Sign(painter, idle, lowered).draw();
}

double sign_bottom(const Painter& painter, double lowered) {
    if (painter.portrait()) return lowered + card_top + portrait_height;
    return lowered + card_top + landscape_height + (is_large(painter) ? own_row : 0);
}

void draw_card(Painter& painter, std::string_view name, const Box& box, double radius) {
    painter.block(name, box, radius, painter.colours().surface);
    painter.frame(box, radius, painter.colours().card_line_mm, painter.colours().line);
}

void draw_control(Painter& painter, const Box& box, bool chosen) {
    const auto& colours = painter.colours();
    painter.block("button", box, 5,
                  chosen && !colours.high_contrast ? colours.tile : colours.surface);
    painter.frame(box, 5, chosen ? 2 * colours.control_line_mm : colours.control_line_mm,
                  colours.edge);
}

}  // namespace hudoor::kiosk
