/// Editing the text of a field: insert, erase, place the caret. Offsets are bytes of UTF-8; the
/// caret never stands inside a character.
#pragma once

#include "kiosk/usher/panel_view.hpp"

namespace hudoor::kiosk {

/// Whether it went in: control characters do not, and nothing does past `most_letters`.
bool insert_letter(FieldText& field, char32_t letter, std::size_t most_letters);
/// The character before the caret; whether there was one.
bool erase_before(FieldText& field);
/// Before the character that `byte` is of.
void place_caret(FieldText& field, std::size_t byte);

[[nodiscard]] std::string utf8_of(char32_t letter);

}  // namespace hudoor::kiosk
