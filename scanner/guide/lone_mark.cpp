#include "scanner/guide/lone_mark.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace hudoor::scanner {
namespace {

constexpr int rays = 24;
constexpr int quarter = rays / 4;
constexpr int fewest_printed = 4;  // of the rays in the code's quarter
constexpr int fewest_clear = 10;   // of the others
constexpr float first = 4.5F;      // modules from the middle; the mark ends at 3.5
constexpr float quiet = 7;         // at least so far there is paper
constexpr float far = 11, farther = 19;
constexpr float step = 0.4F;
constexpr float small_side = 29;  // of a code of version 3

using Rays = std::array<int, rays>;

Point direction(float ray) {
    const float angle = ray * 2 * std::numbers::pi_v<float> / rays;
    return {std::cos(angle), std::sin(angle)};
}

class Surroundings {
public:
    Surroundings(const GrayView& frame, const Finder& mark) : frame_(frame), mark_(mark) {
        const int middle = level_at(mark.centre);
        slack_ = std::max(8, std::abs(middle - mark.threshold) / 3);
    }

    /// Between dark and light, from so many modules to so many.
    [[nodiscard]] int changes(Point way, float from, float to) const {
        int count = 0, side = 0;
        const int steps = static_cast<int>((to - from) / step);
        for (int i = 0; i <= steps; ++i) {
            const float at = from + static_cast<float>(i) * step;
            const int above =
                level_at(mark_.centre + (at * mark_.module_px) * way) - mark_.threshold;
            const int now = above > slack_ ? 1 : above < -slack_ ? -1 : side;
            count += side != 0 && now != side ? 1 : 0;
            side = now;
        }
        return count;
    }

private:
    [[nodiscard]] int level_at(Point at) const {
        const int x = std::clamp(static_cast<int>(at.x), 0, frame_.width_px - 1);
        const int y = std::clamp(static_cast<int>(at.y), 0, frame_.height_px - 1);
        return frame_.pixels[std::ptrdiff_t{y} * frame_.stride_bytes + x];
    }

    const GrayView& frame_;
    const Finder& mark_;
    int slack_ = 0;
};

int count_from(const Rays& marked, int from, int count) {
    int sum = 0;
    for (int i = 0; i < count; ++i) sum += marked[static_cast<std::size_t>((from + i) % rays)];
    return sum;
}

}  // namespace

std::optional<Outline> find_code_at(const GrayView& frame, const Finder& mark) {
    const Surroundings around(frame, mark);
    Rays printed{}, clear{};
    for (std::size_t i = 0; i < rays; ++i) {
        const Point way = direction(static_cast<float>(i));
        printed[i] = around.changes(way, first, far) >= 2 ? 1 : 0;
        clear[i] = around.changes(way, first, quiet) <= 1 ? 1 : 0;
    }
    int best = 0;
    for (int from = 1; from < rays; ++from)
        if (count_from(printed, from, quarter) > count_from(printed, best, quarter)) best = from;
    if (count_from(printed, best, quarter) < fewest_printed ||
        count_from(clear, best + quarter + 1, rays - quarter - 2) < fewest_clear)
        return std::nullopt;
    const float inwards = static_cast<float>(best) + (quarter - 1) / 2.0F;
    if (around.changes(direction(inwards), far, farther) < 2) return std::nullopt;
    const Point right = direction(inwards - quarter / 2.0F),
                below = direction(inwards + quarter / 2.0F);
    const Point corner = mark.centre - (3.5F * mark.module_px) * (right + below);
    const float side = small_side * mark.module_px;
    return Outline{corner, corner + side * right, corner + side * (right + below),
                   corner + side * below};
}

}  // namespace hudoor::scanner
