/// What countries are called: on badges, in the search, and by people who fill in lists.
#pragma once

#include <optional>
#include <string>

#include "storage/guests/agenda.hpp"

namespace hudoor::storage {

/// The country's name in both languages; empty for an empty code. ISO 3166 alpha-2; anything else
/// is the name itself.
[[nodiscard]] Bilingual country_name(const std::string& iso_code);

/// The code of a country by its code of two or three letters, by its name in any of a dozen
/// languages, with or without what kind of state it is, or by what people call it: UAE, KSA,
/// Holland, سلطنة عمان.
[[nodiscard]] std::optional<std::string> find_country(const std::string& text);

/// "; did you mean Germany (DE)?" for a slip of the hand in one letter; nothing where it could mean
/// two.
[[nodiscard]] std::string suggest_country(const std::string& text);

}  // namespace hudoor::storage
