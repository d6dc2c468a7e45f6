#include "scanner/guide/advice.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "scanner/guide/held_still.hpp"
#include "scanner/guide/lone_mark.hpp"

namespace hudoor::scanner {
namespace {

constexpr float certain_doubt = 0.14F;      // of a group, to speak of it
constexpr float most_doubt = 0.35F;         // of a group whose code is bent
constexpr float smallest_judged_px = 2;     // a module, to tell whether anything covers the code
constexpr std::size_t most_judged = 8;      // marks in view
constexpr int fewest_rows = 4;              // a mark was seen in, to stand for a code alone
constexpr float smallest_module_px = 1.3F;  // read below that in good light only
constexpr float alike = 1.5F;               // modules of two badges side by side
constexpr float largest_side = 0.8F;        // of the frame's height
constexpr int saturated = 250;
constexpr int cells = 32;  // along a code, when looking for glare
constexpr int fewest_glaring = cells * cells / 80;
constexpr float smallest_side_px = 80;
constexpr double least_even = 0.3;
constexpr float softest = 1.0F;  // modules from light to dark

int level_at(const GrayView& frame, Point at) {
    const int x = std::clamp(static_cast<int>(at.x), 0, frame.width_px - 1);
    const int y = std::clamp(static_cast<int>(at.y), 0, frame.height_px - 1);
    return frame.pixels[std::ptrdiff_t{y} * frame.stride_bytes + x];
}

Point between(const Outline& corners, float across, float down) {
    const Point upper = (1 - across) * corners[0] + across * corners[1];
    const Point lower = (1 - across) * corners[3] + across * corners[2];
    return (1 - down) * upper + down * lower;
}

float longest_side(const Outline& corners) {
    float longest = 0;
    for (std::size_t i = 0; i < corners.size(); ++i)
        longest = std::max(longest, length(corners[(i + 1) % corners.size()] - corners[i]));
    return longest;
}

/// Paper may be saturated; two and a half modules around in every direction there is ink.
bool glares_at(const GrayView& frame, Point at, float radius) {
    for (const float x : {-1.0F, -0.5F, 0.0F, 0.5F, 1.0F})
        for (const float y : {-1.0F, -0.5F, 0.0F, 0.5F, 1.0F})
            if (level_at(frame, at + Point{radius * x, radius * y}) < saturated) return false;
    return true;
}

bool has_glare(const GrayView& frame, const Outline& corners, float module_px) {
    int glaring = 0;
    for (int row = 3; row < cells - 3; ++row)
        for (int column = 3; column < cells - 3; ++column) {
            const Point at = between(corners, static_cast<float>(column) / cells,
                                     static_cast<float>(row) / cells);
            glaring += glares_at(frame, at, 2.2F * module_px) ? 1 : 0;
        }
    return glaring >= fewest_glaring;
}

/// How many pixels an edge of the mark takes from light to dark, the softer of both ways.
float softness_px(const GrayView& frame, const Finder& finder) {
    float softest_px = 0;
    const float reach = 4.5F * finder.module_px;
    for (const Point step : {Point{1, 0}, Point{0, 1}}) {
        int least = 255;
        int most = 0;
        int steepest = 1;
        int before = level_at(frame, finder.centre - reach * step);
        const int steps = static_cast<int>(std::ceil(2 * reach - 1));
        for (int i = 0; i < steps; ++i) {
            const float way = 1 - reach + static_cast<float>(i);
            const int level = level_at(frame, finder.centre + way * step);
            least = std::min(least, level);
            most = std::max(most, level);
            steepest = std::max(steepest, std::abs(level - before));
            before = level;
        }
        softest_px =
            std::max(softest_px, static_cast<float>(most - least) / static_cast<float>(steepest));
    }
    return softest_px;
}

bool share_mark(const FinderGroup& a, const FinderGroup& b) {
    for (const auto& mark : a.marks)
        for (const auto& other : b.marks)
            if (length(mark.centre - other.centre) < 2 * mark.module_px) return true;
    return false;
}

/// The code beside the first that is about as large, if any.
bool has_rival(const std::vector<FinderGroup>& groups) {
    return std::ranges::any_of(groups, [&](const FinderGroup& other) {
        const auto [least, most] = std::minmax(other.module_px, groups[0].module_px);
        return other.doubt <= certain_doubt && most <= alike * least &&
               !share_mark(groups[0], other);
    });
}

bool is_cut(const GrayView& frame, const FinderGroup& group) {
    const float slack = group.module_px;
    return std::ranges::any_of(group.corners, [&](Point corner) {
        return corner.x < -slack || corner.y < -slack ||
               corner.x > static_cast<float>(frame.width_px) + slack ||
               corner.y > static_cast<float>(frame.height_px) + slack;
    });
}

std::optional<Advice> advise_on_group(const GrayView& frame, const FinderGroup& group) {
    const Outline& outline = group.corners;
    const bool fills = longest_side(outline) > largest_side * static_cast<float>(frame.height_px);
    if (is_cut(frame, group) || fills) return HintKind::farther;
    if (group.module_px < smallest_module_px) return HintKind::closer;
    if (has_glare(frame, outline, group.module_px)) return HintKind::glare;
    float soft_px = 0;
    for (const auto& mark : group.marks) soft_px = std::max(soft_px, softness_px(frame, mark));
    if (soft_px > softest * group.module_px && soft_px > 3) return HintKind::still;
    return std::nullopt;
}

/// Where a code with these two marks may lie: on either side of them, or around them. Clockwise.
std::array<Outline, 3> guess_outlines(const Finder& a, const Finder& b) {
    const Point way = b.centre - a.centre;
    const Point side{-way.y, way.x};
    const Point half = 0.5F * (way + side);
    const float far = length(way);
    const auto around = [&](Point first, Point along, Point down, float modules) {
        const Point out = (3.5F / modules) * along;
        const Point under = (3.5F / modules) * down;
        return Outline{first - out - under, first + along + out - under,
                       first + along + down + out + under, first + down - out + under};
    };
    const float module = std::max(1.0F, (a.module_px + b.module_px) / 2);
    const float modules = std::max(14.0F, far / module);
    return {around(a.centre, way, side, modules),
            around(b.centre, -1.0F * way, -1.0F * side, modules),
            around(a.centre, half - side, half, modules * 0.7071F)};
}

bool is_inside(const GrayView& frame, Point at) {
    return at.x >= 0 && at.y >= 0 && at.x < static_cast<float>(frame.width_px) &&
           at.y < static_cast<float>(frame.height_px);
}

struct Guess {
    Outline outline{};
    float print = 0;  ///< share of what is in the frame that holds print, or a reflection
    bool cut = false;
};

Guess judge_guess(const GrayView& frame, const InkMap& ink, int scale, const Outline& outline) {
    constexpr int steps = 12;
    int inside = 0;
    int print = 0;
    for (int row = 0; row < steps; ++row)
        for (int column = 0; column < steps; ++column) {
            const Point at = between(outline, (static_cast<float>(column) + 0.5F) / steps,
                                     (static_cast<float>(row) + 0.5F) / steps);
            if (!is_inside(frame, at)) continue;
            ++inside;
            const int x = static_cast<int>(at.x) / (scale * InkMap::block_px);
            const int y = static_cast<int>(at.y) / (scale * InkMap::block_px);
            if (x >= ink.columns() || y >= ink.rows()) continue;
            print += ink.has_print(x, y) || ink.mean_of(x, y) >= saturated ? 1 : 0;
        }
    return {outline, static_cast<float>(print) / static_cast<float>(std::max(inside, 1)),
            inside < steps * steps * 19 / 20};
}

/// Two marks of a code, and where the rest of it may lie: the third is hidden, blurred, bent out of
/// place or out of the frame.
struct Pair {
    const Finder& a;
    const Finder& b;
    Guess guess{};

    [[nodiscard]] float module_px() const { return (a.module_px + b.module_px) / 2; }
    [[nodiscard]] Point middle() const { return between(guess.outline, 0.5F, 0.5F); }
};

std::optional<Pair> find_pair(const GrayView& frame, const InkMap& ink, const Finder& a,
                              const Finder& b) {
    std::optional<Guess> best;
    for (const auto& outline : guess_outlines(a, b)) {
        const Guess guess = judge_guess(frame, ink, a.scale, outline);
        if (guess.print >= 0.5F && (!best || guess.print > best->print)) best = guess;
    }
    return best ? std::optional(Pair{a, b, *best}) : std::nullopt;
}

std::optional<Advice> advise_on_pair(const GrayView& frame, const Pair& pair) {
    if (pair.guess.cut) return HintKind::farther;
    const float module = pair.module_px();
    if (has_glare(frame, pair.guess.outline, module)) return HintKind::glare;
    const float soft = std::max(softness_px(frame, pair.a), softness_px(frame, pair.b));
    if (soft > softest * module && soft > 3) return HintKind::still;
    return std::nullopt;
}

bool are_same(const Finder& one, const Finder& other) {
    return one.centre.x == other.centre.x && one.centre.y == other.centre.y;
}

/// Whether the third mark is there after all, somewhere in the code.
bool has_third(const std::vector<Finder>& finders, const Pair& pair) {
    const float reach = 1.3F * length(pair.guess.outline[0] - pair.middle());
    return std::ranges::any_of(finders, [&](const Finder& mark) {
        const auto [least, most] = std::minmax(mark.module_px, pair.module_px());
        return !are_same(mark, pair.a) && !are_same(mark, pair.b) && most <= 2 * least &&
               mark.inverted == pair.a.inverted && length(mark.centre - pair.middle()) <= reach;
    });
}

/// How the levels change in a patch: nearly as much within three pixels as within twelve where it
/// is sharp, and about as much in one direction as in any other where nothing moved.
bool is_blurred(const GrayView& frame, const Outline& outline) {
    double across = 0, down = 0, both = 0;
    std::array<int, 2> most{};
    const auto level = [&](int x, int y) {
        return level_at(frame, {static_cast<float>(x), static_cast<float>(y)});
    };
    // A patch is made of whole blocks, so its corners are whole pixels.
    const auto bottom = static_cast<int>(outline[2].y), far = static_cast<int>(outline[2].x);
    for (int y = static_cast<int>(outline[0].y); y < bottom; y += 2)
        for (int x = static_cast<int>(outline[0].x); x < far; x += 2) {
            const int here = level(x, y);
            const int right = level(x + 3, y) - here;
            const int below = level(x, y + 3) - here;
            across += right * right;
            down += below * below;
            both += right * below;
            most[0] = std::max({most[0], std::abs(right), std::abs(below)});
            most[1] = std::max(
                {most[1], std::abs(level(x + 12, y) - here), std::abs(level(x, y + 12) - here)});
        }
    const double spread = std::sqrt((across - down) * (across - down) + 4 * both * both);
    const double evenness = (across + down - spread) / std::max(1.0, across + down + spread);
    return evenness < least_even || most[0] * 10 < most[1] * 7;
}

/// In the mirror, which shows the middle of the frame.
bool is_aimed(const GrayView& frame, Point at) {
    const auto box = aim_box(frame.width_px, frame.height_px);
    const float slack = (box.right - box.left) / 8;
    return at.x > box.left - slack && at.x < box.right + slack;
}

/// Print without any mark.
std::optional<Advice> advise_on_patch(const GrayView& frame, const Outline& outline) {
    const float side = longest_side(outline);
    if (!is_aimed(frame, between(outline, 0.5F, 0.5F))) return std::nullopt;
    if (side < smallest_side_px) return std::nullopt;
    if (side > largest_side * static_cast<float>(frame.height_px)) return HintKind::farther;
    if (has_glare(frame, outline, side / 41)) return HintKind::glare;
    if (is_blurred(frame, outline)) return HintKind::still;
    return std::nullopt;
}

/// Near enough to tell what is over a code.
bool is_judged(const GrayView& frame, Point middle, float module_px) {
    return module_px >= smallest_judged_px && is_aimed(frame, middle);
}

/// One mark of a code, and nothing of the others.
std::optional<Advice> advise_on_mark(const GrayView& frame, const Finder& mark) {
    if (mark.rows < fewest_rows || !is_judged(frame, mark.centre, mark.module_px))
        return std::nullopt;
    const auto outline = find_code_at(frame, mark);
    if (!outline) return std::nullopt;
    if (has_glare(frame, *outline, mark.module_px)) return HintKind::glare;
    const float soft_px = softness_px(frame, mark);
    return soft_px > softest * mark.module_px && soft_px > 3 ? HintKind::still : HintKind::covered;
}

std::size_t level_of(const Finder& finder) {
    return static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(finder.scale)));
}

/// Marks so large that a code of them has no room in the frame.
bool is_too_large(const GrayView& frame, const Finder& finder) {
    return finder.rows > 2 && 25 * finder.module_px > static_cast<float>(frame.height_px);
}

}  // namespace

std::optional<Advice> Adviser::advise(const GrayView& frame, FinderSearch& search, bool moving) {
    const auto& finders = search.findings().finders;
    const auto& groups = search.findings().groups;
    // Where marks stand in crowds they are a pattern of something, and no advice helps.
    const bool crowded = search.findings().alone < finders.size() || finders.size() > most_judged;
    const bool judges = moving && !crowded;
    if (!groups.empty() && groups[0].doubt <= certain_doubt) {
        if (has_rival(groups)) return HintKind::one_badge;
        if (auto advice = advise_on_group(frame, groups[0])) return advice;
        return judges ? advise_on_surface(frame, groups[0]) : std::nullopt;
    }
    if (std::ranges::any_of(finders,
                            [&](const Finder& finder) { return is_too_large(frame, finder); }))
        return HintKind::farther;
    std::optional<Advice> of_paper;
    bool whole = false;  // all three marks
    for (const auto& [a, b] : search.findings().pairs) {
        const auto pair =
            find_pair(frame, search.ink(level_of(finders[a])), finders[a], finders[b]);
        if (!pair) continue;
        if (auto advice = advise_on_pair(frame, *pair)) return advice;
        if (!judges || whole || !is_judged(frame, pair->middle(), pair->module_px())) continue;
        whole = has_third(finders, *pair);
        of_paper = whole ? advise_on_bent(frame, groups, pair->a, pair->b) : HintKind::covered;
    }
    if (whole || of_paper || !judges) return of_paper;
    for (const auto& finder : finders)
        if (auto advice = advise_on_mark(frame, finder)) return advice;
    return advise_on_print(frame, search);
}

std::optional<Advice> Adviser::advise_on_surface(const GrayView& frame, const FinderGroup& group) {
    if (!is_judged(frame, between(group.corners, 0.5F, 0.5F), group.module_px)) return std::nullopt;
    return surface_.judge(frame, group);
}

/// Of the code that two marks and a third are of: it may be covered as well.
std::optional<Advice> Adviser::advise_on_bent(const GrayView& frame,
                                              const std::vector<FinderGroup>& groups,
                                              const Finder& a, const Finder& b) {
    for (const auto& group : groups) {
        if (group.doubt > most_doubt) break;
        const auto holds = [&](const Finder& mark) {
            return std::ranges::any_of(group.marks,
                                       [&](const Finder& one) { return are_same(one, mark); });
        };
        if (holds(a) && holds(b)) return surface_.judge(frame, group);
    }
    return HintKind::bent;
}

std::optional<Advice> Adviser::advise_on_print(const GrayView& frame, FinderSearch& search) {
    search.ink(0).count_changes();
    if (const auto tiny = patches_.find_tiny(search.ink(0)); tiny && is_aimed(frame, (*tiny)[0]))
        return HintKind::closer;
    for (const std::size_t level : {0U, 1U, 2U}) {
        if (level > 0) search.ink(level).count_changes();
        const auto patch = patches_.find(search.ink(level));
        if (!patch) continue;
        Outline outline = *patch;
        for (auto& corner : outline) corner = static_cast<float>(1 << level) * corner;
        if (auto advice = advise_on_patch(frame, outline)) return advice;
    }
    if (fills_frame(search.ink(2))) return HintKind::farther;
    return std::nullopt;
}

}  // namespace hudoor::scanner
