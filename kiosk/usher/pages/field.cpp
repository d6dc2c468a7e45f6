#include "kiosk/usher/pages/field.hpp"

#include <algorithm>

#include "storage/names/folding.hpp"

namespace hudoor::kiosk {
namespace {

using assets::IconName;
using assets::Language;

constexpr double text_cap = 8.6, padding = 8, clear_width = 24;

/// The language of the first letter.
std::optional<Language> first_language(const std::string& text) {
    for (const auto& letter : storage::fold_letters(text)) {
        if (storage::is_arabic(letter.text)) return Language::ar;
        if (letter.text[0] > '9') return Language::en;
    }
    return std::nullopt;
}

/// The text lies at the start of its space; what is longer is moved so that the caret is seen.
double left_of_text(const Box& space, double width, double caret, bool from_right) {
    if (width <= space.w) return from_right ? space.right() - width : space.x;
    const double least = space.right() - width;
    const double start = from_right ? least : space.x;
    return std::clamp(start + std::min(0.0, space.right() - (start + caret)) +
                          std::max(0.0, space.x - (start + caret)),
                      least, space.x);
}

void draw_text(Sheet& sheet, const FieldText& field, const assets::TextStyle& style,
               const Box& space) {
    Painter& painter = sheet.painter();
    const auto& colours = sheet.colours();
    const double width = painter.advance(field.text, style),
                 caret = painter.caret_x(field.text, style, field.caret);
    const double left = left_of_text(space, width, caret, sheet.arabic());
    const double baseline = space.centre().y + text_cap / 2 + 0.4;
    // The caret may stand a little outside of the letters.
    painter.clip({space.x - 2, space.y, space.w + 4, space.h});
    if (!field.text.empty()) painter.label(field.text, style, {left, baseline}, colours.ink);
    // Behind the last letter there is air before it.
    const double air = field.caret < field.text.size()  ? 0
                       : style.language == Language::ar ? -0.9
                                                        : 0.9;
    painter.block("caret", {left + caret + air - 0.35, space.centre().y - 6.6, 0.7, 13.2}, 0,
                  colours.ink);
    painter.unclip();
    if (const auto spot = painter.touched_at("field", space)) {
        const std::size_t at =
            painter.by_key() ? field.caret : painter.caret_at(field.text, style, spot->x - left);
        sheet.keep({PanelAct::caret, static_cast<int>(at)});
    }
}

void draw_clear(Sheet& sheet, const Box& box) {
    const Spot c = box.centre();
    sheet.icon(IconName::cross, {c.x - 5.4, c.y - 5.4, 10.8, 10.8}, sheet.colours().ink2,
               sheet.colours().surface);
    sheet.touch("clear", box, {PanelAct::clear});
}

}  // namespace

assets::TextStyle field_style(const FieldText& field, Keys keys) {
    const Language keyboard = keys == Keys::arabic ? Language::ar : Language::en;
    return {first_language(field.text).value_or(keyboard), text_cap, true};
}

std::size_t field_caret_beside(const Painter& painter, const FieldText& field, Keys keys, int by) {
    return painter.caret_beside(field.text, field_style(field, keys), field.caret, by);
}

void draw_field(Sheet& sheet, const FieldText& field, Keys keys, const FieldBox& where) {
    const Box& box = where.box;
    sheet.block("field", box, 5, sheet.colours().surface);
    sheet.frame(box, 5, 1, sheet.colours().deep);
    double start = box.x + padding;
    if (where.icon) {
        sheet.icon(*where.icon, {start, box.centre().y - 5.4, 10.8, 10.8}, sheet.colours().ink2,
                   sheet.colours().surface);
        start += 17;
    }
    double end = box.right() - padding;
    if (!field.text.empty()) {
        const Box clear{box.right() - clear_width, box.y, clear_width, box.h};
        draw_clear(sheet, clear);
        end = clear.x;
    }
    if (!where.note.text.empty())
        end -= sheet.write(where.note, {5.8, false, sheet.colours().ink2},
                           {end - 1, box.centre().y + 2.9}, Side::end, {box.w / 2}) +
               5;
    draw_text(sheet, field, field_style(field, keys),
              sheet.mirrored(Box{start, box.y + 1, end - start, box.h - 2}));
}

}  // namespace hudoor::kiosk
