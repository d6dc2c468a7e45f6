/// A code that was read in a picture.
#pragma once

#include <array>
#include <string>

#include "scanner/marks/geometry.hpp"

namespace hudoor::scanner {

/// Corners in frame pixels, clockwise from the code's own top left.
struct FoundCode {
    std::string text;  ///< UTF-8; what the code says, whatever that is
    std::array<Point, 4> corners;
    bool inverted = false;  ///< light on dark
    bool mirrored = false;
};

/// Of the quadrilateral between the corners.
[[nodiscard]] float area_px(const FoundCode& code);

}  // namespace hudoor::scanner
