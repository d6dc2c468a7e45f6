#include <algorithm>
#include <bit>
#include <optional>
#include <tuple>

#include "scanner/marks/finders.hpp"
#include "scanner/marks/mark_walk.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::size_t most_grouped = 28;  // three of them make 3,276 groups
constexpr std::size_t most_groups = 32;
constexpr float fewest_between = 12;     // modules from mark to mark; 14 in version 1
constexpr float most_between = 190;      // 170 in version 40
constexpr float most_unlike = 2.0F;      // the modules of two marks, seen from the side
constexpr float flattest_corner = 0.4F;  // sine; a code that leans by 65 degrees
constexpr float most_doubt = 0.22F;
constexpr float unmeasured_doubt = 0.03F;
constexpr float root_two = 1.41421356F;

const GrayView& level_of(const Finder& finder, const Levels& levels) {
    return levels[static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(finder.scale)))];
}

/// A seventh of the mark as seen along `direction` (of length 1), in picture pixels.
std::optional<float> module_along(const Finder& finder, const Levels& levels, Point direction) {
    const auto scale = static_cast<float>(finder.scale);
    const MarkWalk walk{level_of(finder, levels), finder.threshold, finder.inverted,
                        3 * finder.module_px / scale};
    const auto cut = walk.cut((1 / scale) * finder.centre, direction);
    if (!cut) return std::nullopt;
    return cut->module * scale;
}

/// 0 where the two cannot belong to the same code.
float count_between(const Finder& a, const Finder& b, const Levels& levels) {
    if (a.inverted != b.inverted) return 0;
    const auto [least, most] = std::minmax(a.module_px, b.module_px);
    const Point way = b.centre - a.centre;
    const float distance = length(way);
    if (most > most_unlike * least || distance < 7 * least || distance > most_between * most)
        return 0;
    const Point direction = (1 / distance) * way;
    const auto at_a = module_along(a, levels, direction);
    const auto at_b = module_along(b, levels, direction);
    if (!at_a || !at_b) return 0;
    const float modules = 2 * distance / (*at_a + *at_b);
    return modules >= fewest_between && modules <= most_between ? modules : 0;
}

FinderGroup make_group(const Finder& corner, const Finder& right, const Finder& below,
                       float between, float doubt) {
    const Point along = (1 / between) * (right.centre - corner.centre);
    const Point down = (1 / between) * (below.centre - corner.centre);
    const Point out = 3.5F * along;
    const Point under = 3.5F * down;
    FinderGroup group;
    group.marks = {corner, right, below};
    group.corners = {corner.centre - out - under, right.centre + out - under,
                     right.centre + (below.centre - corner.centre) + out + under,
                     below.centre - out + under};
    group.module_px = std::min(length(along), length(down));
    group.modules = between + 7;
    group.doubt = doubt;
    return group;
}

/// The three with the one first where the angle is nearest to a right one.
std::array<std::size_t, 3> with_best_corner(const std::vector<Finder>& finders,
                                            std::array<std::size_t, 3> three) {
    const auto sine_at = [&](std::size_t i) {
        const Point corner = finders[three[i]].centre;
        const Point a = finders[three[(i + 1) % 3]].centre - corner;
        const Point b = finders[three[(i + 2) % 3]].centre - corner;
        return std::abs(cross(a, b)) / (length(a) * length(b));
    };
    std::size_t best = 0;
    for (const std::size_t i : {1U, 2U})
        if (sine_at(i) > sine_at(best)) best = i;
    return {three[best], three[(best + 1) % 3], three[(best + 2) % 3]};
}

}  // namespace

void FinderGrouping::group(const Levels& levels, Findings& findings) {
    auto& finders = findings.finders;
    auto& groups = findings.groups;
    auto& pairs = findings.pairs;
    groups.clear();
    pairs.clear();
    count_ = std::min(findings.alone, most_grouped);
    measure_pairs(finders, levels);
    for (std::size_t a = 0; a < count_; ++a) {
        for (std::size_t b = a + 1; b < count_; ++b) {
            if (between(a, b) == 0) continue;
            pairs.emplace_back(a, b);
        }
    }
    for (std::size_t corner = 0; corner < count_; ++corner)
        for (std::size_t a = 0; a < count_; ++a)
            for (std::size_t b = a + 1; b < count_; ++b)
                if (between(corner, a) > 0 && between(corner, b) > 0)
                    try_corner(finders, {corner, a, b}, groups);
    std::ranges::sort(groups, {}, &FinderGroup::doubt);
    if (groups.size() > most_groups) groups.resize(most_groups);
}

void FinderGrouping::measure_pairs(const std::vector<Finder>& finders, const Levels& levels) {
    between_.assign(count_ * count_, 0);
    for (std::size_t a = 0; a < count_; ++a) {
        for (std::size_t b = a + 1; b < count_; ++b)
            between(a, b) = between(b, a) = count_between(finders[a], finders[b], levels);
    }
}

/// However a code is turned and leant, there are as many modules along the diagonal as along the
/// sides when each is measured by the marks as seen from there. (Along the diagonal they cannot
/// always be measured.) The corner is where the angle is nearest to a right one.
void FinderGrouping::try_corner(const std::vector<Finder>& finders,
                                std::array<std::size_t, 3> three,
                                std::vector<FinderGroup>& groups) {
    const float right_count = between(three[0], three[1]);
    const float below_count = between(three[0], three[2]);
    const float across = between(three[1], three[2]);
    const float mean = (right_count + below_count) / 2;
    auto [least, most] = std::minmax({right_count, below_count, across > 0 ? across : mean});
    if (most - least > most_doubt * most + 1) {
        // A module of a round mark is as long along the diagonal as along the sides.
        std::tie(least, most) = std::minmax({right_count, below_count, across / root_two});
        if (across == 0 || most - least > most_doubt * most + 1) return;
    }
    // Where one side could not be measured, the two that were may be a side and the diagonal.
    if (across == 0) three = with_best_corner(finders, three);
    const Finder& corner = finders[three[0]];
    const Finder* right = &finders[three[1]];
    const Finder* below = &finders[three[2]];
    const Point a = right->centre - corner.centre;
    const Point b = below->centre - corner.centre;
    const float sine = cross(a, b) / (length(a) * length(b));
    if (std::abs(sine) < flattest_corner) return;
    if (sine < 0) std::swap(right, below);
    const float doubt =
        (most - least) / most + 0.5F * (1 - std::abs(sine)) + (across > 0 ? 0 : unmeasured_doubt);
    groups.push_back(make_group(corner, *right, *below, mean, doubt));
}

}  // namespace hudoor::scanner
