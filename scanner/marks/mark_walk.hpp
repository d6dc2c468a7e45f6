/// Walks over a finder mark from its middle, to the sub-pixel.
#pragma once

#include <optional>

#include "scanner/camera/frame.hpp"
#include "scanner/marks/geometry.hpp"

namespace hudoor::scanner {

/// A straight cut through a mark.
struct MarkCut {
    float middle = 0;  ///< along the walk, from where it began, in steps
    float module = 0;  ///< a seventh of the cut, in steps
};

struct MarkWalk {
    GrayView picture;
    int threshold = 128;    ///< between dark and light
    bool inverted = false;  ///< the core is light
    float most_module = 0;  ///< in steps; a mark that is larger is none

    /// Both ways from `from` by steps of `step` pixels; nothing if what lies there is not
    /// 1:1:3:1:1.
    [[nodiscard]] std::optional<MarkCut> cut(Point from, Point step) const;
};

}  // namespace hudoor::scanner
