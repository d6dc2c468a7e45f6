#include "scanner/codes/grid.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/codes/function_modules.hpp"
#include "scanner/marks/projection.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::size_t alignment_modules = 25;
constexpr int quiet = 2;
constexpr float clear_fit = 40;  // grey levels; above, a grid reads mostly as it was first laid
constexpr float least_contrast = 0.8F;  // below it nothing was ever read

/// The place of a module's middle in the unit square between the middles of the marks.
float unit_of(float module, int modules) {
    return (module + 0.5F - 3.5F) / static_cast<float>(modules - 7);
}

}  // namespace

std::optional<FoundCode> GridReader::read(const GrayView& picture, const FinderGroup& group) {
    picture_ = picture;
    sign_ = group.marks[0].inverted ? -1.0F : 1.0F;
    module_px_ = group.module_px;
    const int nearest = nearest_version(group.modules);
    const int off = 1 + nearest / 12;  // modules are counted to some five in a hundred
    Grid best;
    for (int version = std::max(1, nearest - off); version <= std::min(40, nearest + off);
         ++version) {
        const Grid grid = lay_grid(group, version);
        if (grid.fit > best.fit) best = grid;
    }
    if (best.version == 0) return std::nullopt;
    if (best.fit > clear_fit)
        if (auto code = decode(best)) return code;
    refine(best);
    if (auto code = decode(best)) return code;
    // The alignment mark may be covered, and the fourth corner not be where it seemed to be.
    best.quad = flat_quad(group);
    best.fit = fit_of(best);
    refine(best);
    return decode(best);
}

std::array<Point, 4> GridReader::flat_quad(const FinderGroup& group) {
    const auto& marks = group.marks;
    return {marks[0].centre, marks[1].centre, marks[1].centre + marks[2].centre - marks[0].centre,
            marks[2].centre};
}

GridReader::Grid GridReader::lay_grid(const FinderGroup& group, int version) const {
    Grid grid;
    grid.version = version;
    grid.quad = flat_quad(group);
    grid.fit = fit_of(grid);
    if (version > 1) find_fourth_corner(grid);
    return grid;
}

/// Bilinear; the sign makes light modules large, whatever the code's colours.
float GridReader::level_at(Point at) const {
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

float GridReader::fit_of(const Grid& grid) const {
    const Projection projection(grid.quad);
    const int modules = modules_of(grid.version);
    float dark = 0, light = 0;
    int darks = 0, lights = 0;
    for (const auto& module : corner_modules(grid.version)) {
        const float level = level_at(projection(unit_of(static_cast<float>(module.x), modules),
                                                unit_of(static_cast<float>(module.y), modules)));
        if (module.dark)
            dark += level, ++darks;
        else
            light += level, ++lights;
    }
    return light / static_cast<float>(lights) - dark / static_cast<float>(darks);
}

/// How well the alignment mark shows in the fourth corner: its light less its dark.
float GridReader::alignment_of(const Grid& grid) const {
    const auto& known = corner_modules(grid.version);
    const int modules = modules_of(grid.version);
    const Projection projection(grid.quad);
    float score = 0;
    for (std::size_t k = known.size() - alignment_modules; k < known.size(); ++k) {
        const float level = level_at(projection(unit_of(static_cast<float>(known[k].x), modules),
                                                unit_of(static_cast<float>(known[k].y), modules)));
        score += known[k].dark ? -level / 17 : level / 8;
    }
    return score;
}

/// Where the alignment mark shows best, from the nearest places outwards until it shows clearly.
void GridReader::find_fourth_corner(Grid& grid) const {
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

/// Every corner to where the known modules show best.
void GridReader::refine(Grid& grid) const {
    const float unit = 1 / static_cast<float>(modules_of(grid.version) - 7);
    const Point along = unit * (grid.quad[1] - grid.quad[0]);
    const Point down = unit * (grid.quad[3] - grid.quad[0]);
    for (const float step : {0.4F, 0.2F, 0.1F}) {
        for (std::size_t corner = 0; corner < 4; ++corner)
            for (const Point way : {step * along, -step * along, step * down, -step * down}) {
                Grid moved = grid;
                moved.quad[corner] = moved.quad[corner] + way;
                moved.fit = fit_of(moved);
                if (moved.fit > grid.fit) grid = moved;
            }
    }
}

void GridReader::take_levels(const Grid& grid) {
    const Projection projection(grid.quad);
    const int modules = modules_of(grid.version);
    levels_.resize(static_cast<std::size_t>(modules * modules));
    const float spread = module_px_ < 2.2F ? 0 : 0.22F;
    auto to = levels_.begin();
    for (int y = 0; y < modules; ++y)
        for (int x = 0; x < modules; ++x) {
            const auto level = [&](float across, float down) {
                return level_at(projection(unit_of(static_cast<float>(x) + across, modules),
                                           unit_of(static_cast<float>(y) + down, modules)));
            };
            *to++ = spread == 0 ? level(0, 0)
                                : (level(-spread, -spread) + level(spread, -spread) +
                                   level(-spread, spread) + level(spread, spread)) /
                                      4;
        }
}

/// A module has some of its neighbours' ink in it; that much of them is taken away.
void GridReader::sharpen(int modules, Blur blur) {
    sharp_.resize(levels_.size());
    const auto at = [&](int x, int y) {
        return levels_[static_cast<std::size_t>(std::clamp(y, 0, modules - 1) * modules +
                                                std::clamp(x, 0, modules - 1))];
    };
    auto to = sharp_.begin();
    for (int y = 0; y < modules; ++y)
        for (int x = 0; x < modules; ++x)
            *to++ = at(x, y) * (1 + 2 * blur.across + 2 * blur.down) -
                    blur.across * (at(x - 1, y) + at(x + 1, y)) -
                    blur.down * (at(x, y - 1) + at(x, y + 1));
}

/// What the sharpening needs of the known modules, to try many ways of it.
void GridReader::take_known(int version) {
    const int modules = modules_of(version);
    const auto at = [&](int x, int y) {
        return levels_[static_cast<std::size_t>(std::clamp(y, 0, modules - 1) * modules +
                                                std::clamp(x, 0, modules - 1))];
    };
    known_.clear();
    for (const auto& module : function_modules(version))
        known_.push_back({at(module.x, module.y),
                          at(module.x - 1, module.y) + at(module.x + 1, module.y),
                          at(module.x, module.y - 1) + at(module.x, module.y + 1), module.dark});
}

/// How well the known modules would stand apart: the distance of their means in deviations.
float GridReader::contrast(Blur blur) const {
    double sum[2] = {}, squares[2] = {};
    int count[2] = {};
    for (const auto& module : known_) {
        const double level = module.level * (1 + 2 * blur.across + 2 * blur.down) -
                             blur.across * module.beside - blur.down * module.above;
        sum[module.dark] += level;
        squares[module.dark] += level * level;
        ++count[module.dark];
    }
    const double light = sum[0] / count[0], dark = sum[1] / count[1];
    const double deviation = std::sqrt(std::max(1.0, squares[0] / count[0] - light * light)) +
                             std::sqrt(std::max(1.0, squares[1] / count[1] - dark * dark));
    return static_cast<float>((light - dark) / deviation);
}

/// Into one pixel a module: darker than the mean of what is around it, `reach` modules far.
void GridReader::draw(int version, int reach) {
    const int modules = modules_of(version);
    const int side = modules + 2 * quiet;
    const int width = modules + 1;
    sums_.assign(static_cast<std::size_t>(width * width), 0);
    for (int y = 0; y < modules; ++y) {
        float sum = 0;
        for (int x = 0; x < modules; ++x) {
            sum += sharp_[static_cast<std::size_t>(y * modules + x)];
            sums_[static_cast<std::size_t>((y + 1) * width + x + 1)] =
                sums_[static_cast<std::size_t>(y * width + x + 1)] + sum;
        }
    }
    const auto sum_to = [&](int x, int y) {
        return sums_[static_cast<std::size_t>(y * width + x)];
    };
    upright_.assign(static_cast<std::size_t>(side * side), 255);
    const auto pixel = [&](int x, int y) -> std::uint8_t& {
        return upright_[static_cast<std::size_t>((y + quiet) * side + x + quiet)];
    };
    for (int y = 0; y < modules; ++y)
        for (int x = 0; x < modules; ++x) {
            const int left = std::max(0, x - reach), right = std::min(modules, x + reach + 1);
            const int top = std::max(0, y - reach), bottom = std::min(modules, y + reach + 1);
            const float mean = (sum_to(right, bottom) - sum_to(left, bottom) - sum_to(right, top) +
                                sum_to(left, top)) /
                               static_cast<float>((right - left) * (bottom - top));
            if (sharp_[static_cast<std::size_t>(y * modules + x)] < mean) pixel(x, y) = 0;
        }
    for (const auto& module : function_modules(version))
        pixel(module.x, module.y) = module.dark ? 0 : 255;
    pixel(8, modules - 8) = 0;
}

std::optional<FoundCode> GridReader::decode(const Grid& grid) {
    const int modules = modules_of(grid.version);
    take_levels(grid);
    take_known(grid.version);
    float best = 0;
    Blur blur;
    for (const float across : {0.0F, 0.12F, 0.25F, 0.4F})
        for (const float down : {0.0F, 0.12F, 0.25F, 0.4F}) {
            const float apart = contrast({across, down});
            if (apart <= best) continue;
            best = apart;
            blur = {across, down};
        }
    if (best < least_contrast) return std::nullopt;
    sharpen(modules, blur);
    const int side = modules + 2 * quiet;
    std::optional<FoundCode> found;
    for (const int reach : {modules, 5}) {
        draw(grid.version, reach);
        if ((found = decode_({upright_.data(), side, side, side}))) break;
    }
    if (!found) return std::nullopt;
    const Projection projection(grid.quad);
    const float first = unit_of(-0.5F, modules),
                last = unit_of(static_cast<float>(modules) - 0.5F, modules);
    found->corners = {projection(first, first), projection(last, first), projection(last, last),
                      projection(first, last)};
    if (found->mirrored) std::swap(found->corners[1], found->corners[3]);
    found->inverted = sign_ < 0;
    return found;
}

}  // namespace hudoor::scanner
