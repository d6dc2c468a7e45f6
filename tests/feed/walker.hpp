/// Somebody who walks through the hall: where they are in every frame.
#pragma once

#include <optional>
#include <vector>

#include "tests/feed/geometry.hpp"
#include "tests/feed/look.hpp"

namespace hudoor::feed {

struct Walker {
    /// Somewhere on the floor: right of the camera's axis, and how far from it.
    struct Step {
        int frame = 0;
        double right_mm = 0;
        double away_mm = 0;
    };
    Look look;
    std::vector<Step> steps;  ///< at least two; there from the first to the last
    double phase = 0;         ///< of the swaying
};

/// Of a webcam: 49 degrees wide.
constexpr double focal_length_in_widths = 1.1;

struct Stand {
    Point top;  ///< of the head, px
    double px_per_mm = 0;
};
/// Nothing before the first step and after the last.
[[nodiscard]] std::optional<Stand> stand_at(const Walker& walker, int frame, Size size, int fps);

}  // namespace hudoor::feed
