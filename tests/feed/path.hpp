/// How a card is held and moved before the camera: where every point of it is in a frame.
#pragma once

#include "tests/feed/plan.hpp"

namespace hudoor::feed {

/// The card's own measures, in millimetres from its top left.
struct CardShape {
    Size card_mm;
    Point code_mm;  ///< top left of the code, without its quiet zone
    double code_side_mm = 0;

    [[nodiscard]] Point code_end() const { return code_mm + Point{code_side_mm, code_side_mm}; }
};
[[nodiscard]] CardShape card_shape(bool phone);

/// From millimetres of the card to pixels of the frame at this moment; `frame` may lie between two.
[[nodiscard]] Projection card_to_frame(const Appearance& appearance, std::size_t code, double frame,
                                       const PlanOptions& options);

/// Whether its back is to the camera.
[[nodiscard]] bool shows_back(const Appearance& appearance, double frame, int fps);

/// How far the card moves while the shutter is open, px.
[[nodiscard]] Point smear_at(const Appearance& appearance, int frame, const PlanOptions& options);

/// The code with its quiet zone of four modules, or without it.
[[nodiscard]] Quad code_quad(const Appearance& appearance, std::size_t code, int frame,
                             const PlanOptions& options, bool with_quiet_zone);

/// Where the reflection stands over a code: it covers one finder on arrival and slides off it.
[[nodiscard]] std::optional<Point> glare_at(const Appearance& appearance, int frame,
                                            const PlanOptions& options);

}  // namespace hudoor::feed
