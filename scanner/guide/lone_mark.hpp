/// Where the code lies of which one finder mark is seen and the others are not: print begins in one
/// of the mark's corners, and around the rest of it there is paper, or what covers the code.
#pragma once

#include <optional>

#include "scanner/guide/hints.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// About, and of a small code; nothing where the mark is in no corner of print.
[[nodiscard]] std::optional<Outline> find_code_at(const GrayView& frame, const Finder& mark);

}  // namespace hudoor::scanner
