#include "kiosk/usher/field.hpp"

#include <algorithm>

namespace hudoor::kiosk {

namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

bool is_text(char32_t letter) {
    const bool control = letter < 0x20 || (letter >= 0x7F && letter < 0xA0);
    const bool direction = (letter >= 0x200B && letter <= 0x200F) ||
                           (letter >= 0x2028 && letter <= 0x202E) ||
                           (letter >= 0x2066 && letter <= 0x2069);
    const bool no_character = letter > 0x10FFFF || (letter >= 0xD800 && letter <= 0xDFFF);
    return !control && !direction && !no_character;
}

}  // namespace

std::string utf8_of(char32_t letter) {
    const auto part = [letter](unsigned shift, unsigned mask, unsigned mark) {
        return static_cast<char>(((letter >> shift) & mask) | mark);
    };
    if (letter < 0x80) return {static_cast<char>(letter)};
    if (letter < 0x800) return {part(6, 0x1F, 0xC0), part(0, 0x3F, 0x80)};
    if (letter < 0x10000) return {part(12, 0x0F, 0xE0), part(6, 0x3F, 0x80), part(0, 0x3F, 0x80)};
    return {part(18, 0x07, 0xF0), part(12, 0x3F, 0x80), part(6, 0x3F, 0x80), part(0, 0x3F, 0x80)};
}

bool insert_letter(FieldText& field, char32_t letter, std::size_t most_letters) {
    constexpr char32_t lam_alef = U'\uFEFB';  // one key, two letters
    if (letter == lam_alef)
        return insert_letter(field, U'\u0644', most_letters) &&
               insert_letter(field, U'\u0627', most_letters);
    const auto letters = static_cast<std::size_t>(
        std::count_if(field.text.begin(), field.text.end(), begins_character));
    if (!is_text(letter) || letters >= most_letters) return false;
    const std::string bytes = utf8_of(letter);
    field.text.insert(field.caret, bytes);
    field.caret += bytes.size();
    return true;
}

bool erase_before(FieldText& field) {
    if (field.caret == 0) return false;
    const std::size_t end = field.caret;
    place_caret(field, end - 1);
    field.text.erase(field.caret, end - field.caret);
    return true;
}

void place_caret(FieldText& field, std::size_t byte) {
    field.caret = std::min(byte, field.text.size());
    while (field.caret > 0 && field.caret < field.text.size() &&
           !begins_character(field.text[field.caret]))
        --field.caret;
}

}  // namespace hudoor::kiosk
