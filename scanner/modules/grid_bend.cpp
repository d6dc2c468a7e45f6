#include <algorithm>
#include <array>

#include "scanner/modules/function_modules.hpp"
#include "scanner/modules/grid_layer.hpp"

namespace hudoor::scanner {
namespace {

constexpr float most_bent = 0.14F;  // of the side
constexpr float step = 0.4F;        // modules
constexpr int slid = 3;             // steps along the line
constexpr int squeezed = 2;         // twice as many steps, for a line that is denser at its ends
constexpr int line_modules = 177;   // of the largest version
constexpr float clearly = 1.05F;    // better than not bent

}  // namespace

/// Of a timing line that is bent so: its light less its dark.
float GridLayer::timing_of(std::span<const Point> line, const Bend& bend) const {
    float sum = 0;
    const auto modules = static_cast<int>(line.size());
    for (int i = 8; i < modules - 8; ++i) {
        const float level = level_at(line[static_cast<std::size_t>(i)] +
                                     bend.at(unit_of(static_cast<float>(i), modules)));
        sum += i % 2 == 0 ? -level : level;
    }
    return sum / static_cast<float>(modules - 16);
}

Grid GridLayer::lay_bent() const {
    const int nearest = nearest_version(group_->modules);
    const auto quad = leaning_quad();
    Grid best;
    for (int version = std::max(1, nearest - 1); version <= std::min(40, nearest + 1); ++version) {
        Grid grid{quad, version, 0, {}};
        bend(grid);
        grid.fit = fit_of(grid);
        if (grid.fit > best.fit) best = grid;
    }
    if (best.version > 1) find_fourth_corner(best);
    if (best.version > 0) refine(best);
    return best;
}

void GridLayer::bend(Grid& grid) const {
    const int modules = modules_of(grid.version);
    const auto side = static_cast<float>(modules - 7);
    const int far = static_cast<int>(most_bent * side / step);
    const std::int64_t ways = std::int64_t{2 * far + 1} * (2 * slid + 1) * (2 * squeezed + 1);
    std::array<Point, line_modules> places{};
    const std::span line(places.data(), static_cast<std::size_t>(modules));
    for (const std::size_t way : {0U, 1U, 0U}) {
        if (!effort_->take(modules * ways)) return;
        Grid straight = grid;
        straight.bends[way] = {};
        for (int i = 0; i < modules; ++i)
            line[static_cast<std::size_t>(i)] =
                way == 0 ? place_of(straight, i, 6) : place_of(straight, 6, i);
        const Point with = (step / side) * (grid.quad[way == 0 ? 1 : 3] - grid.quad[0]);
        const Point across = (step / side) * (grid.quad[way == 0 ? 3 : 1] - grid.quad[0]);
        float best = timing_of(line, {}) * clearly;
        grid.bends[way] = {};
        for (int i = -far; i <= far; ++i)
            for (int k = -slid; k <= slid; ++k)
                for (int j = -squeezed; j <= squeezed; ++j) {
                    const Bend bend{static_cast<float>(i) * across + static_cast<float>(k) * with,
                                    static_cast<float>(2 * j) * with};
                    const float seen = timing_of(line, bend);
                    if (seen > best) best = seen, grid.bends[way] = bend;
                }
    }
}

}  // namespace hudoor::scanner
