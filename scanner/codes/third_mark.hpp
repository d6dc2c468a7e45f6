/// Two marks of a code of which the third shines, is damaged or half covered: where it must be.
#pragma once

#include <optional>

#include "scanner/marks/finders.hpp"
#include "scanner/modules/effort.hpp"

namespace hudoor::scanner {

/// The likeliest third mark of all that `a` and `b` (of the picture, in its pixels) could have;
/// nothing where nothing looks like one.
[[nodiscard]] std::optional<FinderGroup> find_third_mark(const GrayView& picture, const Finder& a,
                                                         const Finder& b, Effort& effort);

}  // namespace hudoor::scanner
