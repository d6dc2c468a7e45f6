/// Names and notes from outside, made harmless (trust.md "Hostile text").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hudoor::organiser {

inline constexpr int max_text_signs = 80;  ///< code points

struct CleanText {
    std::string text;        ///< NFC, one line, no space at its ends
    bool shortened = false;  ///< it was longer than max_text_signs
};

/// Nothing if it is not UTF-8. Control, bidi-control, zero-width (but joiners between letters that
/// need them), tag, private-use and unassigned characters are dropped, more than 3 combining marks
/// in a row too; any white space becomes one space.
[[nodiscard]] std::optional<CleanText> clean_text(std::string_view text);

/// A value to show in a message, whatever it holds: clean, and at most 40 signs.
[[nodiscard]] std::string quote(std::string_view text);

/// "1 badge", "3 badges"; `many` only where it is not `one` with an s.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view one,
                                  std::string_view many = {});

/// Whether any letter of it is Arabic: it belongs in the Arabic field.
[[nodiscard]] bool has_arabic(std::string_view text);

/// For comparing words that people type; composition does not matter either.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Whether `text` contains `part`; case and composition do not matter.
[[nodiscard]] bool contains_folded(std::string_view text, std::string_view part);

}  // namespace hudoor::organiser
