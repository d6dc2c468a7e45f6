#include "scanner/modules/grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/marks/projection.hpp"
#include "scanner/modules/function_modules.hpp"

namespace hudoor::scanner {
namespace {

constexpr float clear_fit = 40;  // grey levels; above, a grid reads mostly as it was first laid
constexpr float least_contrast = 0.8F;    // below it nothing was ever read
constexpr float finest_spread_px = 2.2F;  // a smaller module has no room for four looks
constexpr int near_reach = 5;             // modules; uneven light

// What they cost in looks, for each module.
constexpr std::int64_t taking_levels = 7, mending = 16;

}  // namespace

std::optional<FoundCode> GridReader::read(const GrayView& picture, const FinderGroup& group,
                                          Effort& effort, Paper paper) {
    effort_ = &effort;
    inverted_ = group.marks[0].inverted;
    module_px_ = group.module_px;
    const GridLayer layer(picture, group, effort);
    return paper == Paper::flat ? read_flat(layer) : read_bent(layer);
}

std::optional<FoundCode> GridReader::read_flat(const GridLayer& layer) {
    Grid best = layer.lay();
    if (best.version == 0) return std::nullopt;
    if (best.fit > clear_fit)
        if (auto code = decode(layer, best)) return code;
    layer.refine(best);
    if (auto code = decode(layer, best)) return code;
    // The alignment mark may be covered, and the fourth corner not be where it seemed to be.
    Grid flat{layer.flat_quad(), best.version, 0, {}};
    if (length(flat.quad[2] - best.quad[2]) < module_px_) return std::nullopt;
    flat.fit = layer.fit_of(flat);
    layer.refine(flat);
    return decode(layer, flat);
}

std::optional<FoundCode> GridReader::read_bent(const GridLayer& layer) {
    const Grid bent = layer.lay_bent();
    return bent.version == 0 ? std::nullopt : decode(layer, bent);
}

void GridReader::take_levels(const GridLayer& layer, int modules) {
    levels_.resize(places_.size());
    const float spread = module_px_ < finest_spread_px ? 0 : 0.22F;
    const auto place = [&](int x, int y) {
        return places_[static_cast<std::size_t>(y * modules + x)];
    };
    auto to = levels_.begin();
    for (int y = 0; y < modules; ++y)
        for (int x = 0; x < modules; ++x) {
            const Point at = place(x, y);
            if (spread == 0) {
                *to++ = layer.level_at(at);
                continue;
            }
            const Point along =
                spread * (x + 1 < modules ? place(x + 1, y) - at : at - place(x - 1, y));
            const Point down =
                spread * (y + 1 < modules ? place(x, y + 1) - at : at - place(x, y - 1));
            *to++ = (layer.level_at(at - along - down) + layer.level_at(at + along - down) +
                     layer.level_at(at - along + down) + layer.level_at(at + along + down)) /
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

std::optional<GridReader::Blur> GridReader::find_blur() const {
    float best = least_contrast;
    std::optional<Blur> found;
    for (const float across : {0.0F, 0.12F, 0.25F, 0.4F})
        for (const float down : {0.0F, 0.12F, 0.25F, 0.4F}) {
            const float apart = contrast({across, down});
            if (apart <= best) continue;
            best = apart;
            found = Blur{across, down};
        }
    return found;
}

/// How much darker a module is than the mean of what is around it, `reach` modules far.
void GridReader::take_ink(int modules, int reach) {
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
    ink_.resize(sharp_.size());
    for (int y = 0; y < modules; ++y)
        for (int x = 0; x < modules; ++x) {
            const int left = std::max(0, x - reach), right = std::min(modules, x + reach + 1);
            const int top = std::max(0, y - reach), bottom = std::min(modules, y + reach + 1);
            const float mean = (sum_to(right, bottom) - sum_to(left, bottom) - sum_to(right, top) +
                                sum_to(left, top)) /
                               static_cast<float>((right - left) * (bottom - top));
            const auto i = static_cast<std::size_t>(y * modules + x);
            ink_[i] = mean - sharp_[i];
        }
}

std::optional<FoundCode> GridReader::decode(const GridLayer& layer, const Grid& grid) {
    const int modules = modules_of(grid.version);
    if (!effort_->take(taking_levels * modules * modules)) return std::nullopt;
    GridLayer::place_modules(grid, places_);
    take_levels(layer, modules);
    take_known(grid.version);
    const auto blur = find_blur();
    if (!blur) return std::nullopt;
    sharpen(modules, *blur);
    take_ink(modules, modules);
    if (auto code = decode_ink(grid, ink_)) return code;
    take_ink(modules, near_reach);
    if (auto code = decode_ink(grid, ink_)) return code;
    const auto ink = equaliser_.equalise(levels_, grid.version, *effort_);
    return ink.empty() ? std::nullopt : decode_ink(grid, ink);
}

std::optional<FoundCode> GridReader::decode_ink(const Grid& grid, std::span<const float> ink) {
    const int modules = modules_of(grid.version);
    if (!effort_->take(mending * modules * modules)) return std::nullopt;
    const auto mended = mender_.mend(ink, grid.version);
    if (!mended) return std::nullopt;
    auto found = decode_(mended->upright);
    if (!found) return std::nullopt;
    const Projection projection(grid.quad);
    const float first = unit_of(-0.5F, modules),
                last = unit_of(static_cast<float>(modules) - 0.5F, modules);
    found->corners = {projection(first, first), projection(last, first), projection(last, last),
                      projection(first, last)};
    found->mirrored = mended->mirrored;
    if (found->mirrored) std::swap(found->corners[1], found->corners[3]);
    found->inverted = inverted_;
    return found;
}

}  // namespace hudoor::scanner
