#include "scanner/guide/surface.hpp"

#include <algorithm>
#include <limits>

#include "scanner/modules/function_modules.hpp"
#include "scanner/modules/grid_layer.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::int64_t most_looks = 150'000;
constexpr float least_contrast = 24;     // grey levels
constexpr float fits_above = 0.84F;      // of the contrast; a flat grid on flat paper
constexpr float least_range = 0.35F;     // of it, among any five by five modules of a code
constexpr float paper_slack = 0.15F;     // of it; as light as the paper around the code
constexpr int fewest_at_edge = 4;        // plain places, of what reaches over the code
constexpr int fewest_per_thousand = 15;  // of all places
constexpr int edge_modules = 3;

struct Tones {
    float paper = 0;
    float contrast = 0;  ///< paper less ink
};

/// By the marks: a dark middle and a light ring.
Tones tones_of(const GridLayer& layer, const FinderGroup& group) {
    float paper = 0, ink = 0;
    for (const auto& mark : group.marks) {
        ink += layer.level_at(mark.centre) / 3;
        const float out = 2 * mark.module_px;
        const Point way = group.marks[1].centre - group.marks[0].centre;
        const Point along = (out / length(way)) * way, down{-along.y, along.x};
        for (const Point step : {along, -1.0F * along, down, -1.0F * down})
            paper += layer.level_at(mark.centre + step) / 12;
    }
    return {paper, paper - ink};
}

}  // namespace

std::optional<Advice> SurfaceCheck::judge(const GrayView& frame, const FinderGroup& group) {
    Effort effort(most_looks);
    const GridLayer layer(frame, group, effort);
    const Grid grid = layer.lay();
    const Tones tones = tones_of(layer, group);
    if (grid.version == 0 || tones.contrast < least_contrast) return std::nullopt;
    modules_ = modules_of(grid.version);
    const int across = modules_ + 2 * margin;
    if (!effort.take(std::int64_t{across} * across)) return std::nullopt;
    levels_.clear();
    for (int y = -margin; y < modules_ + margin; ++y)
        for (int x = -margin; x < modules_ + margin; ++x)
            levels_.push_back(layer.level_at(GridLayer::place_of(grid, x, y)));
    // A grid that does not fit has some of the paper around the code in it, which covers nothing.
    const bool fits = grid.fit >= fits_above * tones.contrast;
    const float paper =
        fits ? std::numeric_limits<float>::max() : tones.paper - paper_slack * tones.contrast;
    if (is_covered(least_range * tones.contrast, paper)) return HintKind::covered;
    if (!fits) return HintKind::bent;
    return std::nullopt;
}

bool SurfaceCheck::is_covered(float least_range, float paper) const {
    int plain = 0, at_edge = 0;
    for (int y = 0; y < modules_; ++y)
        for (int x = 0; x < modules_; ++x) {
            if (!is_plain(x, y, least_range, paper)) continue;
            ++plain;
            const int inwards = std::min({x, y, modules_ - 1 - x, modules_ - 1 - y});
            at_edge += inwards < edge_modules ? 1 : 0;
        }
    return at_edge >= fewest_at_edge && plain * 1000 >= fewest_per_thousand * modules_ * modules_;
}

/// No code has five by five modules alike, even at its edge.
bool SurfaceCheck::is_plain(int x, int y, float least_range, float paper) const {
    float least = level_of(x, y), most = least;
    if (least > paper) return false;
    for (int j = y - margin; j <= y + margin; ++j)
        for (int i = x - margin; i <= x + margin; ++i) {
            const float level = level_of(i, j);
            least = std::min(least, level);
            most = std::max(most, level);
            if (most - least > least_range) return false;
        }
    return true;
}

}  // namespace hudoor::scanner
