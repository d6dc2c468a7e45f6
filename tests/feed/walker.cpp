#include "tests/feed/walker.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hudoor::feed {
namespace {

constexpr double camera_height_mm = 1560;
/// The camera looks up a little, so that faces and not chests are seen.
constexpr double horizon_in_heights = 0.56;
constexpr double paces_per_second = 1.9;
constexpr double bob_mm = 16;
constexpr double sway_mm = 5;

struct Position {
    double right_mm = 0;
    double away_mm = 0;
    double speed = 0;  ///< share of a brisk walk
};

Position position_at(const Walker& walker, int frame, int fps) {
    const auto after =
        std::upper_bound(walker.steps.begin(), walker.steps.end() - 1, frame,
                         [](int wanted, const Walker::Step& step) { return wanted < step.frame; });
    const Walker::Step& to = *after;
    const Walker::Step& from = after == walker.steps.begin() ? to : *(after - 1);
    const double length = std::max(1, to.frame - from.frame);
    const double linear = std::clamp((frame - from.frame) / length, 0.0, 1.0);
    const double eased = linear * linear * (3 - 2 * linear);
    const double way = std::hypot(to.right_mm - from.right_mm, to.away_mm - from.away_mm);
    const double pace = 6 * linear * (1 - linear) * way / (length / fps);
    return {std::lerp(from.right_mm, to.right_mm, eased),
            std::lerp(from.away_mm, to.away_mm, eased), std::min(1.0, pace / 1000)};
}

}  // namespace

std::optional<Stand> stand_at(const Walker& walker, int frame, Size size, int fps) {
    if (frame < walker.steps.front().frame || frame > walker.steps.back().frame)
        return std::nullopt;
    const Position position = position_at(walker, frame, fps);
    const double px_per_mm = focal_length_in_widths * size.width / position.away_mm;
    const double seconds = static_cast<double>(frame) / fps;
    const double turn = 2 * std::numbers::pi * seconds;
    const double bob = bob_mm * position.speed * std::abs(std::sin(paces_per_second / 2 * turn));
    const double sway = sway_mm * std::sin(0.31 * turn + walker.phase) +
                        0.8 * bob_mm * position.speed * std::sin(paces_per_second / 2 * turn);
    const double up = walker.look.height_mm + bob - camera_height_mm;
    return Stand{{size.width / 2.0 + (position.right_mm + sway) * px_per_mm,
                  size.height * horizon_in_heights - up * px_per_mm},
                 px_per_mm};
}

}  // namespace hudoor::feed
