/// What ushers type into: one line with a caret, in either script, and the keyboard on the screen.
#pragma once

#include "kiosk/usher/pages/sheet.hpp"

namespace hudoor::kiosk {

/// How a field shows its text: in the direction of its first letter, else of the keyboard.
[[nodiscard]] assets::TextStyle field_style(const FieldText& field, Keys keys);
/// The caret's next place to the right as it is seen (`by` 1) or to the left (-1), for a keyboard's
/// arrows.
[[nodiscard]] std::size_t field_caret_beside(const Painter& painter, const FieldText& field,
                                             Keys keys, int by);

struct FieldBox {
    Box box;
    std::optional<assets::IconName> icon{};
    Said note{};  ///< at the end, before the sign that clears
};
void draw_field(Sheet& sheet, const FieldText& field, Keys keys, const FieldBox& place);

/// From here down lies the keyboard.
[[nodiscard]] double keyboard_top(const Sheet& sheet);
/// Its last key is the page's. Keys lie as on every keyboard of their script, whatever the
/// language.
void draw_keyboard(Sheet& sheet, Keys keys, Button last);

}  // namespace hudoor::kiosk
