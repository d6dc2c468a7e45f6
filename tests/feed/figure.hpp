/// People as the camera sees them, from the knees up: guests in kandura, abaya, suit or robe, drawn
/// once and then only scaled. The faces are invented.
#pragma once

#include <vector>

#include "tests/feed/look.hpp"
#include "tests/feed/picture.hpp"

namespace hudoor::feed {

struct Figure {
    struct Level {
        TexturePair textures;
        double texels_per_mm = 0;
    };
    std::vector<Level> levels;  ///< the finest first
    Point top_mm;               ///< the top of the head, from the top left of the drawing
    double height_mm = 0;       ///< of the person, feet to head
};

[[nodiscard]] Figure draw_figure(const Look& look);

/// The figure with the top of its head at `top` of the picture, this large, in this light.
/// Thread-safe.
void paint_figure(const Figure& figure, Point top, double px_per_mm, double light,
                  Picture& picture);

}  // namespace hudoor::feed
