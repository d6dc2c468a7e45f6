/// The pictograms of the idle screen: a badge on its lanyard, the aim guide, the acts of the hints.
#pragma once

#include "kiosk/display/painter.hpp"

namespace hudoor::kiosk {

/// Four corner brackets in the tile; `under` is drawn first and wider where it is not the same.
void draw_aim_guide(Painter& painter, const Box& tile, Rgb colour, Rgb under);

/// A badge `width` wide around `centre`.
struct BadgeLook {
    Rgb ink = 0;
    Rgb ground = 0;    ///< of the tile it lies on
    double shown = 1;  ///< 0 to 1, fades into the ground
};
void draw_badge(Painter& painter, Spot centre, double width, const BadgeLook& look);
/// The same, turned by `degrees` clockwise.
void draw_turned_badge(Painter& painter, Spot centre, double width, double degrees,
                       const BadgeLook& look);
/// The same, bowed so that its code is.
void draw_bent_badge(Painter& painter, Spot centre, double width, const BadgeLook& look);
/// The same, with fingers over its code.
void draw_covered_badge(Painter& painter, Spot centre, double width, const BadgeLook& look);
/// The side without a code.
void draw_badge_back(Painter& painter, Spot centre, double width, const BadgeLook& look);
void draw_lanyard(Painter& painter, Spot top, double width, double tile_top, Rgb colour);
/// The code alone, `width` wide.
void draw_code(Painter& painter, Spot top_left, double width, Rgb ink, Rgb ground);

[[nodiscard]] Rgb mix(Rgb from, Rgb to, double part);

}  // namespace hudoor::kiosk
