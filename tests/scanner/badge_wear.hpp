/// What happens to a badge before it is shown: it is bent, covered, put into a sleeve, printed with
/// a logo.
#pragma once

#include <cstdint>

#include "tests/feed/picture.hpp"

namespace hudoor::test {

/// Lengths in sides of the code; 0: not at all.
struct Wear {
    double logo = 0;     ///< a white square in the middle, with a dark sign in it
    double cover = 0;    ///< a thumb over this much of the edge
    int covered = 0;     ///< 0: right, 1: below, 2: left, 3: above, 4: the corner without a mark
    double hand = 0;     ///< fingers from `covered` reach this far over it
    double lanyard = 0;  ///< a printed ribbon across, as wide as this
    double rim = 0;      ///< the straight edge of a sleeve from `covered` on, as wide as this
    double curl = 0;     ///< bent about an upright axis: how far the middle stands out of place
    double cup = 0;      ///< around a cup: the share of its half that the code takes, below 1
    double crumple = 0;  ///< how far the paper is out of place here and there, with shadows
    double haze = 0;     ///< a sleeve's share of white, with a sheen across
    double streak = 0;   ///< a white band across, as wide as this
    std::uint64_t seed = 1;
};

/// Where the code stands on the card, in texels.
struct CodePlace {
    double left = 0, top = 0, side = 0;
};

void wear_out(feed::Texture& card, const CodePlace& code, const Wear& wear);

}  // namespace hudoor::test
