#include "scanner/modules/grid_layer.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/marks/mark_walk.hpp"
#include "scanner/marks/projection.hpp"
#include "scanner/modules/function_modules.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::size_t alignment_modules = 25;
constexpr int largest_version = 40;
constexpr float least_depth = 0.4F, most_depth = 2.5F;  // of the fourth corner against the first

std::int64_t looks_of_fit(int version) {
    return static_cast<std::int64_t>(corner_modules(version).size());
}

/// From a module to the picture.
class Placing {
public:
    explicit Placing(const Grid& grid)
        : projection_(grid.quad), bends_(grid.bends), modules_(modules_of(grid.version)) {}

    [[nodiscard]] Point operator()(int x, int y) const {
        const float u = unit_of(static_cast<float>(x), modules_),
                    v = unit_of(static_cast<float>(y), modules_);
        return projection_(u, v) + bends_[0].at(u) + bends_[1].at(v);
    }

private:
    Projection projection_;
    std::array<Bend, 2> bends_;
    int modules_;
};

}  // namespace

Grid GridLayer::lay() const {
    const int nearest = nearest_version(group_->modules);
    const int off = 1 + nearest / 12;  // modules are counted to some five in a hundred
    const auto flat = flat_quad();
    const auto leaning = leaning_quad();
    const bool leans = length(leaning[2] - flat[2]) > group_->module_px;
    std::array<Grid, 2> best{};  // of different versions
    for (int version = std::max(1, nearest - off);
         version <= std::min(largest_version, nearest + off); ++version) {
        if (!effort_->take(2 * looks_of_fit(version))) break;
        Grid grid{flat, version, 0, {}};
        grid.fit = fit_of(grid);
        if (Grid leant{leaning, version, 0, {}}; leans && (leant.fit = fit_of(leant)) > grid.fit)
            grid = leant;
        if (grid.fit > best[0].fit) {
            best[1] = best[0];
            best[0] = grid;
        } else if (grid.fit > best[1].fit) {
            best[1] = grid;
        }
    }
    for (Grid& grid : best) {
        if (grid.version <= 1) continue;
        const Grid before = grid;
        find_fourth_corner(grid);
        if (grid.fit < before.fit) grid = before;  // it is covered, and something else is like it
    }
    return best[0].fit >= best[1].fit ? best[0] : best[1];
}

std::array<Point, 4> GridLayer::flat_quad() const {
    const auto& marks = group_->marks;
    return {marks[0].centre, marks[1].centre, marks[1].centre + marks[2].centre - marks[0].centre,
            marks[2].centre};
}

/// Along a side seen at an angle a module is as long as the square of how near it is.
std::array<Point, 4> GridLayer::leaning_quad() const {
    auto quad = flat_quad();
    const auto& marks = group_->marks;
    const auto along = [&](const Finder& mark, Point to) -> float {
        const Point way = to - mark.centre;
        const MarkWalk walk{picture_, mark.threshold, mark.inverted, 3 * mark.module_px};
        const auto cut = walk.cut(mark.centre, (1 / length(way)) * way);
        return cut ? cut->module : 0;
    };
    const auto depth_of = [&](const Finder& far) -> float {
        const float here = along(marks[0], far.centre), there = along(far, marks[0].centre);
        if (here > 0 && there > 0) return std::sqrt(here / there);
        return std::pow(marks[0].module_px / far.module_px, 2.0F / 3);
    };
    const float right = depth_of(marks[1]), below = depth_of(marks[2]);
    const float opposite = right + below - 1;
    if (opposite < least_depth || opposite > most_depth) return quad;
    quad[2] =
        (1 / opposite) * (right * marks[1].centre + below * marks[2].centre - marks[0].centre);
    return quad;
}

float GridLayer::level_at(Point at) const {
    const float x = std::clamp(at.x - 0.5F, 0.0F, static_cast<float>(picture_.width_px) - 1.001F);
    const float y = std::clamp(at.y - 0.5F, 0.0F, static_cast<float>(picture_.height_px) - 1.001F);
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    const float across = x - static_cast<float>(left);
    const float down = y - static_cast<float>(top);
    const std::uint8_t* upper =
        picture_.pixels + std::ptrdiff_t{top} * picture_.stride_bytes + left;
    const std::uint8_t* lower = upper + picture_.stride_bytes;
    const float above =
        static_cast<float>(upper[0]) + across * static_cast<float>(upper[1] - upper[0]);
    const float below =
        static_cast<float>(lower[0]) + across * static_cast<float>(lower[1] - lower[0]);
    return sign_ * (above + down * (below - above));
}

float GridLayer::fit_of(const Grid& grid) const {
    const Placing place(grid);
    float dark = 0, light = 0;
    int darks = 0, lights = 0;
    for (const auto& module : corner_modules(grid.version)) {
        const float level = level_at(place(module.x, module.y));
        if (module.dark)
            dark += level, ++darks;
        else
            light += level, ++lights;
    }
    return light / static_cast<float>(lights) - dark / static_cast<float>(darks);
}

/// How well the alignment mark shows in the fourth corner: its light less its dark.
float GridLayer::alignment_of(const Grid& grid) const {
    const auto& known = corner_modules(grid.version);
    const Placing place(grid);
    float score = 0;
    for (std::size_t k = known.size() - alignment_modules; k < known.size(); ++k) {
        const float level = level_at(place(known[k].x, known[k].y));
        score += known[k].dark ? -level / 17 : level / 8;
    }
    return score;
}

/// Where the alignment mark shows best, from the nearest places outwards until it shows clearly.
void GridLayer::find_fourth_corner(Grid& grid) const {
    const int modules = modules_of(grid.version);
    const float unit = 1 / static_cast<float>(modules - 7);
    const Point along = 0.5F * unit * (grid.quad[1] - grid.quad[0]);
    const Point down = 0.5F * unit * (grid.quad[3] - grid.quad[0]);
    const Point from = grid.quad[2];
    const int reach = std::min(12, 4 + modules / 8);
    const float clear = 0.7F * grid.fit;
    float best = 0;
    Grid moved = grid;
    for (int ring = 0; ring <= reach; ++ring) {
        if (!effort_->take(std::int64_t{25} * std::max(1, 8 * ring))) break;
        for (int j = -ring; j <= ring; ++j)
            for (int i = -ring; i <= ring; i += std::abs(j) == ring || ring == 0 ? 1 : 2 * ring) {
                moved.quad[2] = from + static_cast<float>(i) * along + static_cast<float>(j) * down;
                const float score =
                    alignment_of(moved) - 0.4F * static_cast<float>(std::abs(i) + std::abs(j));
                if (score <= best) continue;
                best = score;
                grid.quad[2] = moved.quad[2];
            }
        if (best > clear && ring > 1) break;
    }
    grid.fit = fit_of(grid);
}

void GridLayer::refine(Grid& grid) const {
    const float unit = 1 / static_cast<float>(modules_of(grid.version) - 7);
    const Point along = unit * (grid.quad[1] - grid.quad[0]);
    const Point down = unit * (grid.quad[3] - grid.quad[0]);
    const bool is_bent = length(grid.bends[0].middle) + length(grid.bends[1].middle) > 0;
    for (const float step : {0.4F, 0.2F, 0.1F}) {
        if (!effort_->take((is_bent ? 24 : 16) * looks_of_fit(grid.version))) return;
        for (std::size_t corner = 0; corner < 4; ++corner)
            for (const Point way : {step * along, -step * along, step * down, -step * down}) {
                Grid moved = grid;
                moved.quad[corner] = moved.quad[corner] + way;
                moved.fit = fit_of(moved);
                if (moved.fit > grid.fit) grid = moved;
            }
        for (const std::size_t bend : {0U, 1U})
            for (const Point way : {step * along, -step * along, step * down, -step * down}) {
                if (!is_bent) break;
                Grid moved = grid;
                moved.bends[bend].middle = moved.bends[bend].middle + way;
                moved.fit = fit_of(moved);
                if (moved.fit > grid.fit) grid = moved;
            }
    }
}

Point GridLayer::place_of(const Grid& grid, int x, int y) { return Placing(grid)(x, y); }

void GridLayer::place_modules(const Grid& grid, std::vector<Point>& places) {
    const Placing place(grid);
    const int modules = modules_of(grid.version);
    places.resize(static_cast<std::size_t>(modules * modules));
    auto to = places.begin();
    for (int y = 0; y < modules; ++y)
        for (int x = 0; x < modules; ++x) *to++ = place(x, y);
}

}  // namespace hudoor::scanner
