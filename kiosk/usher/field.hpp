/// Editing of a text field; pure. Offsets are bytes of UTF-8, the caret never stands inside a
/// character.
#pragma once

#include "kiosk/usher/panel_view.hpp"

namespace hudoor::kiosk {

/// Whether it went in: control characters do not, and nothing does past `most_letters`.
bool insert_letter(FieldText& field, char32_t letter, std::size_t most_letters);
/// The character before the caret; whether there was one.
bool erase_before(FieldText& field);
/// To the nearest character's begin at or before `byte`.
void place_caret(FieldText& field, std::size_t byte);

}  // namespace hudoor::kiosk
