/// What a country is called on badges and in the search.
#pragma once

#include <string>

#include "storage/guests/agenda.hpp"

namespace hudoor::storage {

/// The country's name in both languages; empty for an empty code. ISO 3166 alpha-2.
[[nodiscard]] Bilingual country_name(const std::string& iso_code);

}  // namespace hudoor::storage
