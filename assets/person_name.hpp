/// Shorter forms of a person's name, for where there is little room: as a person would write them,
/// in Arabic and in letters that know capitals. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hudoor::assets {

/// From the name as it is to the family name alone, each shorter than the one before. Long titles
/// become short ones first; then the names between the first and the family name go, from the
/// innermost on: as initials where the script has them, the fathers' names of a "bin" chain and
/// Arabic ones altogether. The first and the family name stay as they are until nothing else is
/// left. Never empty, unless the name is.
[[nodiscard]] std::vector<std::string> name_forms(std::string_view name);

}  // namespace hudoor::assets
