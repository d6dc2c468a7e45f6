/// What a single frame says about a code that was not read in it.
#pragma once

#include <optional>

#include "scanner/guide/hints.hpp"
#include "scanner/guide/patch.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// Keeps its memory.
class SignSearch {
public:
    /// closer, farther, still, glare, one_badge or nothing. `search` has just searched `frame`.
    /// Where nothing is `moving`, print without finder marks is a poster on the wall.
    [[nodiscard]] std::optional<Sign> find(const GrayView& frame, FinderSearch& search,
                                           bool moving);

private:
    [[nodiscard]] std::optional<Sign> find_patch(const GrayView& frame, FinderSearch& search);

    PatchSearch patches_;
};

}  // namespace hudoor::scanner
