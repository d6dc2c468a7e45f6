#include "kiosk/screens/mark_row.hpp"

#include <algorithm>

#include "kiosk/screens/columns.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using assets::Language;
using storage::Bilingual;

constexpr double lying_top = 30.5, upright_top = 32.8, lying_height = 20, lying_takes = 18,
                 upright_height = 10.5, upright_pitch = 12;
constexpr double small_height = 9.6, small_icon = 6.4;

/// One text in both languages with a field that has words of its own in each.
Bilingual filled(const Painter& painter, std::string_view id, std::string_view name,
                 const Bilingual& value, const std::string& time = {}) {
    const auto in = [&](Language language, const std::string& own) {
        return painter.catalogue().text(id, language, {{name, own}, {"time", time}});
    };
    return {in(Language::ar, value.ar), in(Language::en, value.en)};
}

MarkColours draw_ground(Painter& painter, const Box& box, bool grave) {
    const auto colours = mark_colours(painter, grave);
    painter.block("mark", box, std::min(4.0, box.h / 3), colours.ground);
    // On a field of its own colour it would have no edge.
    painter.frame(box, std::min(4.0, box.h / 3), 0.6, colours.ink);
    return colours;
}

void draw_icon(Painter& painter, const Mark& mark, const Box& box, const MarkColours& colours) {
    const MarkLook look = mark_look(mark.kind);
    painter.icon(look.icon, box, colours.ink, colours.ground, look.turned);
}

/// Arabic over English beside the icon.
void draw_lying(Painter& painter, const Mark& mark, const Box& box) {
    constexpr double icon = 11;
    const MarkColours colours = draw_ground(painter, box, mark_look(mark.kind).grave);
    draw_icon(painter, mark, {box.x + 5, box.centre().y - icon / 2, icon, icon}, colours);
    const double space = box.w - icon - 16;
    const auto words = chosen(painter, mark_words(painter, mark));
    const auto pair = fit_pair(painter, words, 5.6, true, {space, 5.2, 1, 1});
    const double middle = box.x + icon + 8 + space / 2, y = box.centre().y;
    const bool both = !pair.ar.lines.empty() && !pair.en.lines.empty();
    const double single = y + pair.cap_mm() / 2;
    painter.text(pair.ar, {middle, both ? y - 2 : single, Align::centre}, colours.ink);
    painter.text(pair.en, {middle, both ? y + 1.8 + pair.cap_mm() : single, Align::centre},
                 colours.ink);
}

/// The icon on the spine, English left and Arabic right of it.
void draw_upright(Painter& painter, const Mark& mark, const Box& box) {
    constexpr double icon = 8, gap = 5;
    const MarkColours colours = draw_ground(painter, box, mark_look(mark.kind).grave);
    const double x = painter.spine(), y = box.centre().y;
    draw_icon(painter, mark, {x - icon / 2, y - icon / 2, icon, icon}, colours);
    const auto pair = fit_pair(painter, mark_words(painter, mark), 5.6, true,
                               {x - box.x - icon / 2 - gap - 4, 5.2, 1, 1});
    draw_inwards(painter, pair, {x - icon / 2 - gap, x + icon / 2 + gap}, y + pair.cap_mm() / 2,
                 colours.ink);
}

/// A mark of one line, as wide as its words.
struct SmallMark {
    const Mark& mark;
    assets::FittedText ar;
    assets::FittedText en;
    double ar_mm = 0;
    double en_mm = 0;

    [[nodiscard]] double width() const {
        constexpr double around = 3, gap = 2.4;
        return 2 * around + small_icon + (ar_mm > 0 ? gap + ar_mm : 0) +
               (en_mm > 0 ? gap + en_mm : 0);
    }
};

SmallMark measure(Painter& painter, const Mark& mark, double space) {
    const auto words = chosen(painter, mark_words(painter, mark, true));
    const auto fit = [&](const std::string& text, Language language) {
        return painter.fit(text, {language, 5.4, true}, {space, 5.2, 1, 1});
    };
    SmallMark small{mark, fit(words.ar, Language::ar), fit(words.en, Language::en)};
    const auto width = [&](const assets::FittedText& text) {
        return text.lines.empty() ? 0 : painter.advance(text.lines.front(), text.style);
    };
    small.ar_mm = width(small.ar);
    small.en_mm = width(small.en);
    return small;
}

void draw_small(Painter& painter, const SmallMark& small, const Box& box) {
    const MarkColours colours = draw_ground(painter, box, mark_look(small.mark.kind).grave);
    const double y = box.centre().y, baseline = y + 2.6;
    painter.text(small.en, {box.x + 3, baseline, Align::left}, colours.ink);
    const double icon = box.x + 3 + small.en_mm + (small.en_mm > 0 ? 2.4 : 0);
    draw_icon(painter, small.mark, {icon, y - small_icon / 2, small_icon, small_icon}, colours);
    painter.text(small.ar, {box.right() - 3, baseline, Align::right}, colours.ink);
}

void draw_line_of(Painter& painter, const std::vector<Mark>& marks, double top) {
    constexpr double gap = 4;
    std::vector<SmallMark> all;
    double total = -gap;
    for (const Mark& mark : marks) {
        all.push_back(measure(painter, mark, painter.width() / 4));
        total += gap + all.back().width();
    }
    double x = painter.spine() - total / 2;
    for (const SmallMark& small : all) {
        draw_small(painter, small, {x, top, small.width(), small_height});
        x += small.width() + gap;
    }
}

/// One side of a mark that stands in both corners.
void draw_corner(Painter& painter, const Mark& mark, const assets::FittedText& text,
                 const Box& box) {
    if (text.lines.empty()) return;
    const bool english = text.style.language == Language::en;
    const MarkColours colours = draw_ground(painter, box, mark_look(mark.kind).grave);
    const double icon = english ? box.x + 3 : box.right() - 3 - small_icon;
    draw_icon(painter, mark, {icon, box.centre().y - small_icon / 2, small_icon, small_icon},
              colours);
    const bool two = text.lines.size() > 1;
    painter.text(text,
                 {english ? icon + small_icon + 2.4 : icon - 2.4,
                  box.centre().y + (two ? -1.6 : 2.6), english ? Align::left : Align::right, 8.6},
                 colours.ink);
}

/// English in the left and Arabic in the right one; gives back the height.
double draw_in_corners(Painter& painter, const Mark& mark, double top) {
    constexpr double width = 70;
    const double space = width - small_icon - 8.4;
    const auto pair =
        fit_pair(painter, mark_words(painter, mark, true), 5.4, true, {space, 5.2, 1, 2});
    const double height = pair.lines() > 1 ? 19 : small_height;
    draw_corner(painter, mark, pair.en, {12, top, width, height});
    draw_corner(painter, mark, pair.ar, {painter.width() - 12 - width, top, width, height});
    return height;
}

}  // namespace

MarkLook mark_look(MarkKind kind) {
    switch (kind) {
        case MarkKind::out_of_service:
            return {IconName::barred, 0, true};
        case MarkKind::training:
            return {IconName::training, 0, true};
        case MarkKind::clock_unset:
            return {IconName::clock, 0, true};
        case MarkKind::exit:
            return {IconName::arrow, 180, false};
        case MarkKind::entry:
            return {IconName::arrow, 0, false};
        case MarkKind::by_hand:
            return {IconName::touch, 0, false};
        case MarkKind::old_list:
            return {IconName::records, 0, true};
        case MarkKind::supervisor_called:
            return {IconName::person, 0, true};
        case MarkKind::one_device:
            break;
    }
    return {IconName::disk, 0, true};
}

Bilingual mark_words(const Painter& painter, const Mark& mark, bool in_short) {
    switch (mark.kind) {
        case MarkKind::out_of_service:
            return painter.words("mark.service");
        case MarkKind::training:
            return painter.words("mark.training");
        case MarkKind::clock_unset:
            return painter.words("mark.clock");
        case MarkKind::exit:
            return painter.words("mark.exit");
        case MarkKind::entry:
            return painter.words("mark.entry");
        case MarkKind::by_hand:
            return in_short ? painter.words("mark.session")
                            : filled(painter, "mark.by_hand", "session", mark.session);
        case MarkKind::old_list:
            return filled(painter, in_short ? "mark.list_day" : "mark.list", "day",
                          painter.day(mark.day), assets::time_of_day(mark.time));
        case MarkKind::supervisor_called:
            return painter.words("mark.called");
        case MarkKind::one_device:
            break;
    }
    return painter.words("mark.one_device");
}

MarkColours mark_colours(const Painter& painter, bool grave) {
    const auto& colours = painter.colours();
    if (grave) return {colours.warn, colours.on_warn};
    return {colours.deep, colours.on_deep};
}

double marks_height(const Painter& painter, const std::vector<Mark>& marks) {
    if (marks.empty()) return 0;
    return painter.portrait() ? upright_pitch * static_cast<double>(marks.size()) : lying_takes;
}

void draw_marks(Painter& painter, const std::vector<Mark>& marks) {
    constexpr double gap = 4, widest = 222;
    const auto count = static_cast<double>(marks.size());
    const double whole = painter.width() - 24;
    const double width = std::min(widest, (whole - gap * (count - 1)) / std::max(1.0, count));
    double x = painter.spine() - (width * count + gap * (count - 1)) / 2,
           y = painter.portrait() ? upright_top : lying_top;
    for (const Mark& mark : marks) {
        if (painter.portrait()) {
            draw_upright(painter, mark, {12, y, whole, upright_height});
            y += upright_pitch;
        } else {
            draw_lying(painter, mark, {x, y, width, lying_height});
            x += width + gap;
        }
    }
}

void draw_small_marks(Painter& painter, const std::vector<Mark>& marks, double top) {
    if (!painter.portrait()) return draw_line_of(painter, marks, top);
    for (double y = top + 11; const Mark& mark : marks)
        y += draw_in_corners(painter, mark, y) + 1.6;
}

void draw_marks_in_lines(Painter& painter, const std::vector<Mark>& marks) {
    constexpr double top = 4, pitch = 11;
    if (!painter.portrait()) return draw_line_of(painter, marks, top);
    for (double y = top; const Mark& mark : marks) {
        draw_line_of(painter, {mark}, y);
        y += pitch;
    }
}

}  // namespace hudoor::kiosk
