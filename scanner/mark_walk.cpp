#include "scanner/mark_walk.hpp"

#include <array>
#include <cmath>

namespace hudoor::scanner {
namespace {

/// Where the walk leaves the core, the gap and the ring, in steps.
using Crossings = std::array<float, 3>;

std::optional<Crossings> walk(const MarkWalk& mark, Point from, Point step) {
    const GrayView& picture = mark.picture;
    const int sign = mark.inverted ? -1 : 1;
    const int most_steps = static_cast<int>(mark.most_module * 4) + 2;
    Crossings crossings{};
    std::size_t crossed = 0;
    int before = -1;
    for (int i = 0; i <= most_steps; ++i) {
        const int x = static_cast<int>(std::floor(from.x + static_cast<float>(i) * step.x));
        const int y = static_cast<int>(std::floor(from.y + static_cast<float>(i) * step.y));
        if (x < 0 || y < 0 || x >= picture.width_px || y >= picture.height_px) return std::nullopt;
        const int level = picture.pixels[std::ptrdiff_t{y} * picture.stride_bytes + x];
        const int ink = sign * (mark.threshold - level) + (mark.inverted ? 1 : 0);  // more than 0: of the mark's colour
        if (i == 0 && ink <= 0) return std::nullopt;
        const bool leaves = crossed % 2 == 0 ? ink <= 0 : ink > 0;
        if (leaves) {
            const auto change = static_cast<float>(before - ink);
            crossings[crossed] = static_cast<float>(i - 1) + static_cast<float>(before) / change;
            if (++crossed == crossings.size()) return crossings;
        }
        before = ink;
    }
    return std::nullopt;
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
