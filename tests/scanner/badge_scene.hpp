/// Frames of badges as a kiosk's webcam sees them, with everything that makes them hard to read.
#pragma once

#include <optional>
#include <string>

#include "tests/feed/geometry.hpp"
#include "tests/scanner/badge_wear.hpp"
#include "tests/scanner/code_picture.hpp"

namespace hudoor::test {

struct SceneBadge {
    std::string text;                ///< of its code; empty: the back of a badge, without one
    double module_px = 4;            ///< seen from straight above
    double x = 0.5;                  ///< of the middle of the code, in widths of the frame
    double y = 0.5;                  ///< in heights
    double turned = 0;               ///< degrees in its own plane
    double leant = 0;                ///< degrees out of the frame's plane
    double leant_towards = 0;        ///< degrees in the frame
    feed::Point smear_px{};          ///< moved while the shutter was open
    double defocus_px = 0.6;         ///< standard deviation
    double glare = 0;                ///< 1 is white at its middle
    feed::Point glare_at{0.5, 0.5};  ///< in sides of the code, from its top left
    double glare_size = 0.18;        ///< standard deviation, in sides of the code
    bool inverted = false;
    bool mirrored = false;
    bool round_marks = false;  ///< rings and discs in the corners
    int level = 0;             ///< of correction, as draw_code() takes it
    Wear wear;
};

struct Scene {
    feed::Size size{1280, 720};
    std::vector<SceneBadge> badges;
    double light = 1;   ///< above 1 what is light is white, and eats into what is thin
    double bands = 0;   ///< of a lamp that goes with the mains: how much darker every other one is
    int carpet_px = 0;  ///< a module of the finder marks all over the wall behind; 0: a hall
    double noise = 3;   ///< standard deviation, grey levels
    std::uint64_t seed = 1;  ///< of the hall and the noise
};

[[nodiscard]] Picture draw_scene(const Scene& scene);

/// Capital letters and digits, as many as a badge's token has unless said otherwise.
[[nodiscard]] std::string make_token(std::uint64_t seed, std::size_t length = 116);

}  // namespace hudoor::test
