#include "scanner/marks/mark_walk.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hudoor::scanner {
namespace {

/// Where the walk leaves the core, the gap and the ring, in steps.
using Crossings = std::array<float, 3>;

/// Follows the levels that `next` gives, `steps` of them at most, until the ring is behind it.
template <typename Next>
std::optional<Crossings> follow(const MarkWalk& mark, int steps, Next next) {
    const int sign = mark.inverted ? -1 : 1;
    const int bias = mark.threshold * sign + (mark.inverted ? 1 : 0);
    // More than 0: of the mark's own colour.
    const auto next_ink = [&] { return bias - sign * static_cast<int>(next()); };
    if (steps == 0) return std::nullopt;
    int before = next_ink();
    if (before <= 0) return std::nullopt;
    Crossings crossings{};
    int i = 1;
    for (std::size_t crossed = 0; crossed < crossings.size(); ++crossed) {
        const bool own = crossed % 2 == 0;
        for (;; ++i) {
            if (i >= steps) return std::nullopt;
            const int ink = next_ink();
            if ((ink > 0) == own) {
                before = ink;
                continue;
            }
            crossings[crossed] = static_cast<float>(i - 1) +
                                 static_cast<float>(before) / static_cast<float>(before - ink);
            before = ink;
            ++i;
            break;
        }
    }
    return crossings;
}

// Places and steps are in 65,536ths of a pixel: walking is all that is done with most of what looks
// like a mark, and truncating floats is slow.
constexpr float fixed_one = 65'536;

struct FixedWay {
    int at = 0;
    int step = 0;

    FixedWay(float from, float by)
        : at(static_cast<int>(std::floor(from * fixed_one))),
          step(static_cast<int>(std::lrint(by * fixed_one))) {}

    /// From `at` on, itself included, before 0 or `size_px` is left; `most` where it never is.
    [[nodiscard]] int steps_within(int size_px, int most) const {
        const int end = size_px << 16;
        if (at < 0 || at >= end) return 0;
        if (step == 0) return most;
        return std::min(most, (step > 0 ? (end - 1 - at) / step : at / -step) + 1);
    }
};

std::optional<Crossings> walk(const MarkWalk& mark, Point from, Point step) {
    const GrayView& picture = mark.picture;
    FixedWay along(from.x, step.x), down(from.y, step.y);
    const int most_steps = static_cast<int>(mark.most_module * 4) + 3;
    const int steps = std::min(along.steps_within(picture.width_px, most_steps),
                               down.steps_within(picture.height_px, most_steps));
    const std::ptrdiff_t stride = picture.stride_bytes;
    if ((along.step & 0xffff) == 0 && (down.step & 0xffff) == 0) {
        std::ptrdiff_t at = (down.at >> 16) * stride + (along.at >> 16);
        const std::ptrdiff_t by = (down.step >> 16) * stride + (along.step >> 16);
        return follow(mark, steps, [&] { return picture.pixels[std::exchange(at, at + by)]; });
    }
    return follow(mark, steps, [&] {
        const std::uint8_t level = picture.pixels[(down.at >> 16) * stride + (along.at >> 16)];
        along.at += along.step;
        down.at += down.step;
        return level;
    });
}

}  // namespace

std::optional<MarkCut> MarkWalk::cut(Point from, Point step) const {
    const auto ahead = walk(*this, from, step);
    if (!ahead) return std::nullopt;
    const auto behind = walk(*this, from, -1.0F * step);
    if (!behind) return std::nullopt;
    const float module = ((*ahead)[2] + (*behind)[2]) / 7;
    const float core = (*ahead)[0] + (*behind)[0];
    const float slack = 0.5F * module + 0.35F;
    if (module > most_module || std::abs(core - 3 * module) > 1.5F * slack) return std::nullopt;
    for (const auto* half : {&*ahead, &*behind}) {
        if (std::abs((*half)[1] - (*half)[0] - module) > slack) return std::nullopt;
        if (std::abs((*half)[2] - (*half)[1] - module) > slack) return std::nullopt;
    }
    const float by_ring = ((*ahead)[2] - (*behind)[2]) / 2;
    const float by_core = ((*ahead)[0] - (*behind)[0]) / 2;
    return MarkCut{(by_ring + by_core) / 2, module};
}

}  // namespace hudoor::scanner
