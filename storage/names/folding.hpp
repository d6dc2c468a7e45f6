/// Folds names for the search: letters without marks, and the consonants that stay the same in
/// every spelling and script.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hudoor::storage {

/// Words in lower case without marks, tatweel and format characters; alefs, hamzas, ya and ta
/// marbuta made one, digits ASCII (NFKD first, Unicode 15 by ICU). "Al-", "El " and "ال" are left
/// out, a servant of a name ("Abdul Rahman", "عبد الرحمن") is one word. UTF-8 in and out; what is
/// not UTF-8 is skipped.
[[nodiscard]] std::vector<std::string> fold_words(std::string_view text);

/// One letter of a text as it folds, and the bytes of the text that it stands for, marks behind it
/// included.
struct FoldedLetter {
    std::string text;  ///< one letter or several
    std::size_t begin = 0;
    std::size_t end = 0;
    bool begins_word = false;
};
/// The same letters as fold_words, but nothing is left out for what it means.
[[nodiscard]] std::vector<FoldedLetter> fold_letters(std::string_view text);

/// Those letters and digits in one piece, as an id or a code is compared: without spaces, dashes
/// and cases, digits of any script ASCII.
[[nodiscard]] std::string fold_id(std::string_view text);

/// The consonants of one folded word, a small Latin letter each, the same for محمد, Mohammed and
/// Muhammad. Empty for a word of vowels alone.
[[nodiscard]] std::string skeleton(std::string_view folded);

/// What the consonants leave out and both scripts show roughly: begins with a vowel, ends with one,
/// has an h, a w or long o or u, a y or long i; a bit each. To tell apart what has the same
/// consonants.
[[nodiscard]] unsigned shape(std::string_view folded);

/// Whether the word has an Arabic letter.
[[nodiscard]] bool is_arabic(std::string_view word);

/// Characters, not bytes.
[[nodiscard]] std::size_t count_letters(std::string_view text);

}  // namespace hudoor::storage
