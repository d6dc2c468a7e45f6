/// A list of another system, or of one's own in other words, with our header.
#pragma once

#include <string>
#include <vector>

#include "storage/organiser/lists/preset.hpp"
#include "storage/organiser/sheets/rows.hpp"

namespace hudoor::organiser {

/// What a map may name: our columns, and name, organisation and title, which go to the Arabic or
/// the English column by their letters.
[[nodiscard]] std::vector<std::string> mapped_columns();

/// Where the header stands: a list may have a title above it. `preset` or `map`: null: any.
[[nodiscard]] std::size_t find_header(const Rows& rows, const ImportPreset* preset);

/// The same list with our header: columns of the preset under our names, all others as they are; of
/// columns with the same name the second is "Name (2)" and so on. Throws Fault(bad_data) as
/// file:line:column of a map that names what the list does not have.
[[nodiscard]] Rows translate_list(const Rows& rows, const ImportPreset& preset,
                                  std::size_t header = 0);

}  // namespace hudoor::organiser
