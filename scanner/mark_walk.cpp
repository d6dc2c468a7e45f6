#include "scanner/mark_walk.hpp"

#include <array>
#include <cmath>

namespace hudoor::scanner {
namespace {

/// Where the walk leaves the core, the gap and the ring, in steps.
using Crossings = std::array<float, 3>;

/// Follows the levels that `next` gives, -1 outside the picture, until the ring is behind it.
template <typename Next>
std::optional<Crossings> follow(const MarkWalk& mark, Next next) {
    const int sign = mark.inverted ? -1 : 1;
    const int bias = mark.threshold * sign + (mark.inverted ? 1 : 0);
    const int most_steps = static_cast<int>(mark.most_module * 4) + 2;
    Crossings crossings{};
    std::size_t crossed = 0;
    int before = 0;
    for (int i = 0; i <= most_steps; ++i) {
        const int level = next();
        if (level < 0) return std::nullopt;
        const int ink = bias - sign * level;  // more than 0: of the mark's own colour
        if (i == 0 && ink <= 0) return std::nullopt;
        if ((ink > 0) == (crossed % 2 != 0)) {
            crossings[crossed] =
                static_cast<float>(i - 1) + static_cast<float>(before) / static_cast<float>(before - ink);
            if (++crossed == crossings.size()) return crossings;
        }
        before = ink;
    }
    return std::nullopt;
}

bool is_whole(float value) { return value == std::trunc(value); }

std::optional<Crossings> walk(const MarkWalk& mark, Point from, Point step) {
    const GrayView& picture = mark.picture;
    const auto level_at = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= picture.width_px || y >= picture.height_px) return -1;
        return static_cast<int>(picture.pixels[std::ptrdiff_t{y} * picture.stride_bytes + x]);
    };
    if (is_whole(step.x) && is_whole(step.y)) {
        int x = static_cast<int>(std::floor(from.x));
        int y = static_cast<int>(std::floor(from.y));
        const int along = static_cast<int>(step.x);
        const int down = static_cast<int>(step.y);
        return follow(mark, [&] {
            const int level = level_at(x, y);
            x += along;
            y += down;
            return level;
        });
    }
    return follow(mark, [&] {
        const int level = level_at(static_cast<int>(std::floor(from.x)), static_cast<int>(std::floor(from.y)));
        from = from + step;
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
