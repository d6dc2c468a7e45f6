/// What ushers type into: one line with a caret, in either script, and the keyboard on the screen.
#pragma once

#include "kiosk/usher/pages/sheet.hpp"

namespace hudoor::kiosk {

/// How a field shows its text: in the direction of its first letter, else of the keyboard.
[[nodiscard]] assets::TextStyle field_style(const FieldText& field, Keys keys);
/// Where a keyboard's arrow takes the caret: to the right as it is seen (`by` 1) or left (-1).
[[nodiscard]] std::size_t field_caret_beside(const Painter& painter, const FieldText& field,
                                             Keys keys, int by);

struct FieldBox {
    Box box;
    std::optional<assets::IconName> icon{};
    Said note{};  ///< at the end, before the cross that clears the field
};
void draw_field(Sheet& sheet, const FieldText& field, Keys keys, const FieldBox& where);

/// From here down lies the keyboard.
[[nodiscard]] double keyboard_top(const Sheet& sheet);
/// `last`: the key of the page, in the corner. Keys lie as on every keyboard of their script,
/// whatever the panel's language.
void draw_keyboard(Sheet& sheet, Keys keys, const Button& last);

}  // namespace hudoor::kiosk
