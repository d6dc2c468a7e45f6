#include "kiosk/usher/pages/sheet.hpp"

#include <algorithm>

#include "kiosk/display/name_fit.hpp"
#include "kiosk/screens/parts.hpp"
#include "kiosk/screens/pictogram.hpp"
#include "kiosk/screens/verdict_look.hpp"
#include "storage/names/marks.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using assets::Language;
using storage::VerdictKind;

constexpr double control_radius = 5, icon_to_words = 4.4, beside_words = 4;

struct ButtonColours {
    Rgb ground;
    Rgb ink;
    std::optional<Rgb> edge;
};

ButtonColours colours_of(Button::Look look, const assets::colours::Palette& colours) {
    switch (look) {
        case Button::Look::solid:
            return {colours.deep, colours.on_deep, std::nullopt};
        case Button::Look::danger:
            return {colours.surface, colours.wrong, colours.wrong};
        case Button::Look::off:
            return {colours.sunk, mix(colours.sunk, colours.ink, 0.4), std::nullopt};
        case Button::Look::plain:
            break;
    }
    return {colours.surface, colours.ink, colours.edge};
}

double icon_side_of(const Button& button) { return std::min(13.0, button.cap_mm * 1.9); }

/// Inserted text keeps its own direction.
std::string isolated(const std::string& text) { return "\u2068" + text + "\u2069"; }

}  // namespace

Sheet::Sheet(Painter& painter, const PanelView& view)
    : painter_(painter), view_(view), language_(view.appearance.only.value_or(Language::ar)) {}

Box Sheet::mirrored(const Box& box) const {
    return arabic() ? Box{width() - box.right(), box.y, box.w, box.h} : box;
}
Spot Sheet::mirrored(Spot spot) const { return {arabic() ? width() - spot.x : spot.x, spot.y}; }

Said Sheet::say(std::string_view id, std::initializer_list<assets::Field> fields) const {
    return {painter_.catalogue().text(id, language_, fields), language_};
}
Said Sheet::count(std::string_view id, std::uint32_t n) const {
    return {painter_.catalogue().count(id, n, language_), language_};
}
Said Sheet::of(const storage::Bilingual& text) const {
    const std::string& own = arabic() ? text.ar : text.en;
    if (!own.empty()) return {own, language_};
    return arabic() ? Said{text.en, Language::en} : Said{text.ar, Language::ar};
}
Said Sheet::list(const Said& first, const Said& second) const {
    if (first.text.empty() || second.text.empty()) return first.text.empty() ? second : first;
    return {isolated(first.text) + (arabic() ? "، " : ", ") + isolated(second.text), language_};
}

Said Sheet::with(Said said, const std::string& behind) {
    said.text += " " + isolated(behind);
    return said;
}

double Sheet::advance(const Said& said, const Type& type) {
    return said.text.empty() ? 0
                             : painter_.advance(said.text, {said.language, type.cap_mm, type.bold});
}

assets::FittedText Sheet::fit(const Said& said, const Type& type, const Space& space) {
    const assets::TextStyle style{said.language, type.cap_mm, type.bold};
    // Several lines are for what is too long for one.
    const bool one = space.lines > 1 && painter_.advance(said.text, style) <= space.width;
    const assets::TextSpace room{space.width, std::min(space.floor_mm, type.cap_mm),
                                 one ? 1 : space.lines,
                                 std::max(space.lines, space.lines_at_floor)};
    return space.name ? fit_name(painter_, said.text, style, room)
                      : painter_.fit(said.text, style, room);
}

double Sheet::write(const Said& said, const Type& type, Spot at, Side side, const Space& space) {
    const auto fitted = fit(said, type, space);
    const bool from_left = (side == Side::start) != arabic();
    const Align align = side == Side::middle ? Align::centre
                        : from_left          ? Align::left
                                             : Align::right;
    const Spot spot = mirrored(at);
    const double pitch = space.pitch > 0 ? space.pitch : 1.75 * fitted.style.cap_mm;
    painter_.text(fitted, {spot.x, spot.y, align, pitch}, type.colour);
    double widest = 0;
    for (const auto& line : fitted.lines)
        widest = std::max(widest, painter_.advance(line, fitted.style));
    return widest;
}

void Sheet::write_lines(const Line& above, const Line& below, Spot at, double pitch, Side side) {
    constexpr double may_reach = 0.05;  // into each other, between letters
    const auto first = fit(above.said, above.type, above.space),
               second = fit(below.said, below.type, below.space);
    double more = 0;
    if (!first.lines.empty() && !second.lines.empty()) {
        const double descent = painter_.measure(first.lines.back(), first.style).bottom;
        const double ascent = -painter_.measure(second.lines.front(), second.style).top;
        more = std::max(0.0, descent + ascent - may_reach * first.style.cap_mm - pitch);
    }
    write_line(above, {at.x, at.y - more / 2}, side);
    write_line(below, {at.x, at.y + pitch + more / 2}, side);
}

void Sheet::write_line(const Line& words, Spot at, Side side) {
    const auto fitted = fit(words.said, words.type, words.space);
    if (!words.typed.empty() && !fitted.lines.empty()) {
        const std::string& line = fitted.lines.front();
        const double cap = fitted.style.cap_mm, advance = painter_.advance(line, fitted.style);
        const double left = mirrored(at).x - (arabic() ? advance : 0);
        // Yellow letters cannot be told from yellow ground: there a line under them is the mark.
        const Box strip = colours().high_contrast ? Box{0, at.y + 0.26 * cap, 0, 1}
                                                  : Box{0, at.y - 1.2 * cap, 0, 1.36 * cap};
        for (const auto& part : storage::matched_parts(line, words.typed))
            for (const auto& span : painter_.spans(line, fitted.style, part.begin, part.end))
                painter_.block("match",
                               {left + span.left, strip.y, span.right - span.left, strip.h}, 0,
                               colours().mark);
    }
    write(words.said, words.type, at, side, words.space);
}

void Sheet::block(std::string_view name, const Box& box, double radius, Rgb colour) {
    Box drawn = mirrored(box);
    if (box.w >= width()) {
        const Box whole = painter_.whole_window();
        const double top = box.y <= 0 ? whole.y : box.y,
                     bottom = box.bottom() >= height() ? whole.bottom() : box.bottom();
        drawn = {whole.x, top, whole.w, bottom - top};
    }
    painter_.block(name, drawn, radius, colour);
}
void Sheet::frame(const Box& box, double radius, double line_width, Rgb colour) {
    painter_.frame(mirrored(box), radius, line_width, colour);
}
void Sheet::card(std::string_view name, const Box& box) {
    draw_card(painter_, name, mirrored(box), 6);
}

void Sheet::icon(IconName name, const Box& box, Rgb colour, Rgb ground, bool turns, double turned) {
    painter_.icon(name, mirrored(box), colour, ground, turned + (turns && arabic() ? 180 : 0));
}

void Sheet::rule(Spot from, double length) {
    painter_.block("rule", mirrored(Box{from.x, from.y - 0.2, length, 0.4}), 0, colours().line);
}

void Sheet::verdict_icon(VerdictKind kind, Spot centre, double side, storage::Reason reason) {
    const Box box{centre.x - side / 2, centre.y - side / 2, side, side};
    const bool early = kind == VerdictKind::see_usher && reason == storage::Reason::too_early;
    const IconName name = early ? IconName::early : verdict_look(kind, view_.appearance).icon;
    if (kind == VerdictKind::admitted) return icon(name, box, colours().good, colours().surface);
    if (kind == VerdictKind::refused) return icon(name, box, colours().wrong, colours().surface);
    block("verdict", box.inset(-side / 10), 0.18 * side, colours().warn);
    icon(name, box.inset(side / 20), colours().on_warn, colours().warn);
}

void Sheet::touch(std::string_view name, const Box& box, PanelTouch touch) {
    if (painter_.touched(name, mirrored(box))) keep(touch);
}

void Sheet::button(const Button& button, const Box& box) {
    const auto [ground, ink, edge] = colours_of(button.look, colours());
    block("button", box, control_radius, ground);
    if (edge) frame(box, control_radius, colours().control_line_mm, *edge);
    const Type type{button.cap_mm, true, ink};
    const double gap = button.icon ? icon_to_words : 0,
                 left_over = box.w - 2 * beside_words - gap - advance(button.words, type);
    // Where there is little space the icon shrinks before the words do.
    const double icon_side =
        button.icon
            ? std::clamp(left_over, std::min(8.4, icon_side_of(button)), icon_side_of(button))
            : 0;
    const Space space{box.w - 2 * beside_words - icon_side - gap, box.h > 20 ? 2 : 1, 9, 5.2};
    auto fitted = fit(button.words, type, {space.width, 1, 0, 5.2});
    if (fitted.shortened) fitted = fit(button.words, {5.6, true, ink}, space);
    double words = 0;
    for (const auto& line : fitted.lines)
        words = std::max(words, painter_.advance(line, fitted.style));
    const double start = box.centre().x - (icon_side + gap + words) / 2;
    if (button.icon)
        icon(*button.icon, {start, box.centre().y - icon_side / 2, icon_side, icon_side}, ink,
             ground);
    const double above = space.pitch * (static_cast<double>(fitted.lines.size()) - 1) / 2;
    const Spot middle = mirrored(Spot{start + icon_side + gap + words / 2,
                                      box.centre().y + fitted.style.cap_mm / 2 - above});
    painter_.text(fitted, {middle.x, middle.y, Align::centre, space.pitch}, ink);
    if (button.look != Button::Look::off) touch(button.name, box, button.touch);
}

void Sheet::buttons(const std::vector<Button>& all, const Box& box, bool alike) {
    constexpr double gap = 4;
    if (upright()) return buttons_in_pairs(all, box);
    std::vector<double> natural;
    double sum = 0;
    for (const Button& each : all) {
        const double icon_side = each.icon ? icon_side_of(each) + icon_to_words : 0;
        natural.push_back(alike ? 1 : icon_side + advance(each.words, {each.cap_mm, true, 0}));
        sum += natural.back();
    }
    const auto count = static_cast<double>(all.size());
    const double apart = alike ? 2 * gap : gap, rest = box.w - apart * (count - 1) - sum;
    double x = box.x;
    for (std::size_t i = 0; i < all.size(); ++i) {
        // Too little space is shared out by what each asks for, so that none has to shrink alone.
        const double least = 2 * beside_words, share = natural[i] / sum * (rest - least * count);
        const Box own{x, box.y, natural[i] + (rest > least * count ? rest / count : least + share),
                      box.h};
        x = own.right() + apart;
        button(all[i], own);
    }
}

void Sheet::buttons_in_pairs(const std::vector<Button>& all, const Box& box) {
    constexpr double gap = 4;
    const std::size_t pairs = (all.size() + 1) / 2;
    const double wide = (box.w - gap) / 2, rows = static_cast<double>(pairs);
    const double high = (box.h - gap * (rows - 1)) / rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t pairs_above = i / 2;
        const bool alone = i + 1 == all.size() && i % 2 == 0;
        button(all[i], {box.x + static_cast<double>(i % 2) * (wide + gap),
                        box.y + static_cast<double>(pairs_above) * (high + gap),
                        alone ? box.w : wide, high});
    }
}

void Sheet::pager_key(int to, const Pager& pager, const Box& box, double turned) {
    const bool on = to >= 0 && to<pager.pages, next = to> pager.page;
    block("button", box, control_radius, on ? colours().surface : colours().sunk);
    if (on) frame(box, control_radius, colours().control_line_mm, colours().edge);
    const Box chevron{box.centre().x - 5, box.centre().y - 5, 10, 10};
    icon(IconName::chevron, chevron, on ? colours().ink : mix(colours().sunk, colours().ink, 0.4),
         colours().surface, turned == 0 || turned == 180, turned);
    if (on)
        touch(next ? "next page" : "previous page", box,
              {next ? PanelAct::next_page : PanelAct::previous_page, 0});
}

void Sheet::pager(const Pager& pager, Spot top_end) {
    constexpr double key = 24, high = 20, between = 36.3;
    if (pager.pages <= 1) return;
    const double x = top_end.x - 2 * key - between;
    const auto page = std::to_string(pager.page + 1), pages = std::to_string(pager.pages);
    pager_key(pager.page - 1, pager, {x, top_end.y, key, high}, 0);
    write(say("list.page", {{"a", page}, {"b", pages}}), {5.8, false, colours().ink2},
          {x + key + between / 2, top_end.y + high / 2 + 2.9}, Side::middle, {between - 4});
    pager_key(pager.page + 1, pager, {top_end.x - key, top_end.y, key, high}, 180);
}

void Sheet::pager_beside(const Pager& pager, const Box& column) {
    constexpr double high = 26, air = 8;  // beside it; for "14 / 70"
    if (pager.pages <= 1) return;
    const auto page = std::to_string(pager.page + 1), pages = std::to_string(pager.pages);
    pager_key(pager.page - 1, pager, {column.x, column.y, column.w, high}, 90);
    write(say("list.page", {{"a", page}, {"b", pages}}), {5.4, false, colours().ink2},
          {column.centre().x, column.centre().y + 2.7}, Side::middle, {column.w + air});
    pager_key(pager.page + 1, pager, {column.x, column.bottom() - high, column.w, high}, 270);
}

Box grid_cell(const Box& area, int columns, double gap, double height, int number) {
    const int column = number % columns, row = number / columns;
    const double width = (area.w - gap * (columns - 1)) / columns;
    return {area.x + column * (width + gap), area.y + row * (height + gap), width, height};
}

Notice draw_notice(Sheet& sheet) {
    constexpr double gap = 8;
    const bool upright = sheet.upright();
    const Box card{12, 40, sheet.width() - 24, upright ? 330.0 : 148.0};
    const Box foot{card.x, card.bottom() + gap, card.w, upright ? 60.0 : 48.0};
    const double half = (foot.w - gap) / 2;
    sheet.card("card", card);
    return {card,
            card.centre().x,
            card.centre().y - 58,
            foot,
            {foot.x, foot.y, half, foot.h},
            {foot.x + half + gap, foot.y, half, foot.h}};
}

}  // namespace hudoor::kiosk
