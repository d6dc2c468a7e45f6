/// Words that lists use for the same thing, compared as people mean them: case, marks, spaces and
/// the letters that Arabic writes in several ways make no difference.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hudoor::organiser {

/// As names of columns are compared: clean, lower case, dashes and underscores as spaces.
[[nodiscard]] std::string folded_header(std::string_view text);

/// Letters and digits alone, as words that mean the same are compared: "V.I.P." is vip.
[[nodiscard]] std::string folded_word(std::string_view text);

/// "; did you mean opening?" where one of the words is near enough to be a slip of the hand.
[[nodiscard]] std::string suggest(const std::string& word, const std::vector<std::string>& words);

/// So many bytes of a hash in hex: the same for the same text, which it does not tell.
[[nodiscard]] std::string short_digest(std::string_view text, std::size_t bytes);

/// "1,234.00", "1.23457E+15", "#N/A", "4-Dec": what a spreadsheet makes of an id; empty if it is
/// none of these, else why it cannot be taken.
[[nodiscard]] std::string spreadsheet_damage(std::string_view id);
/// "#N/A" and its like, in any column.
[[nodiscard]] bool is_spreadsheet_error(std::string_view text);
/// ="00042" is how a spreadsheet is told to keep a text: 00042.
[[nodiscard]] std::string without_formula(const std::string& text);

/// Why a text was broken before it came here: read in a wrong encoding, or signs lost; empty: it
/// was not.
[[nodiscard]] std::string broken_text(const std::string& text);

/// "-", "N/A", "TBC", "Info Requested": what stands for a name that is not known yet.
[[nodiscard]] bool is_placeholder(std::string_view name);
/// The first cell of a line of sums, or "End of report".
[[nodiscard]] bool is_total(std::string_view text);

/// Whether a column of this name says who may come in: Paid, Ticket state, Blocked, Valid until.
[[nodiscard]] bool sounds_deciding(std::string_view header);
[[nodiscard]] bool sounds_like_mail(std::string_view header);
[[nodiscard]] bool is_mail_address(std::string_view text);

/// How ids are compared: digits of any script, case, spaces, and letters that look the same in
/// Latin, Greek and Cyrillic make no difference.
[[nodiscard]] std::string same_id(std::string_view id);
/// What people take for the same besides: lost zeros, O and 0, l and 1, dashes.
[[nodiscard]] std::string alike_id(std::string_view id);

}  // namespace hudoor::organiser
