#include "scanner/codes/third_mark.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/marks/mark_walk.hpp"

namespace hudoor::scanner {
namespace {

constexpr float fewest_modules = 13, most_modules = 60;  // between two marks; up to version 11
constexpr float reach = 0.25F;  // of their distance, from where the third is in a flat code
constexpr float least_likeness = 0.6F;
constexpr int least_coarse = 9;  // of 8 + 8 places, how many more are right than wrong

/// Which of the three is missing, and where it would be.
struct Guess {
    const Finder* first;
    const Finder* second;
    std::size_t missing;  ///< 0: top left, 1: top right, 2: bottom left
    Point at;

    [[nodiscard]] std::array<Point, 3> marks_with(Point third) const {
        if (missing == 2) return {first->centre, second->centre, third};
        if (missing == 1) return {first->centre, third, second->centre};
        return {third, first->centre, second->centre};
    }
};

/// Two marks along a side have the third at either end and on either side; along the diagonal, the
/// corner lies on either side.
std::array<Guess, 6> make_guesses(const Finder& a, const Finder& b) {
    const Point way = b.centre - a.centre;
    const Point turned{-way.y, way.x};
    const Point middle = 0.5F * (a.centre + b.centre);
    return {Guess{&a, &b, 2, a.centre + turned},      Guess{&b, &a, 2, b.centre - turned},
            Guess{&b, &a, 1, b.centre + turned},      Guess{&a, &b, 1, a.centre - turned},
            Guess{&a, &b, 0, middle + 0.5F * turned}, Guess{&b, &a, 0, middle - 0.5F * turned}};
}

class ThirdMarkSearch {
public:
    ThirdMarkSearch(const GrayView& picture, const Finder& a, const Finder& b, Effort& effort)
        : picture_(picture), a_(a), b_(b), effort_(effort) {
        const Point way = b.centre - a.centre;
        distance_ = length(way);
        const Point direction = (1 / distance_) * way;
        between_ = 2 * distance_ / (module_along(a, direction) + module_along(b, direction));
    }

    [[nodiscard]] std::optional<FinderGroup> find() {
        if (between_ < fewest_modules || between_ > most_modules) return std::nullopt;
        float best = least_likeness;
        std::optional<FinderGroup> found;
        for (const Guess& guess : make_guesses(a_, b_)) {
            const auto at = look_around(guess);
            if (!at) continue;
            const auto [place, likeness] = climb(guess, *at);
            if (likeness <= best) continue;
            best = likeness;
            found = make_group(guess, place);
        }
        return found;
    }

private:
    [[nodiscard]] float module_along(const Finder& mark, Point direction) const {
        const MarkWalk walk{picture_, mark.threshold, mark.inverted, 3 * mark.module_px};
        const auto cut = walk.cut(mark.centre, direction);
        return cut ? cut->module : mark.module_px;
    }

    /// More where it is darker (lighter, for a light mark).
    [[nodiscard]] int ink_at(Point at) const {
        const int x = std::clamp(static_cast<int>(at.x), 0, picture_.width_px - 1);
        const int y = std::clamp(static_cast<int>(at.y), 0, picture_.height_px - 1);
        const int level = picture_.pixels[std::ptrdiff_t{y} * picture_.stride_bytes + x];
        return a_.inverted ? level : 255 - level;
    }

    /// A module of the code that would have its third mark there.
    [[nodiscard]] std::array<Point, 2> module_at(const Guess& guess, Point third) const {
        const auto marks = guess.marks_with(third);
        return {(1 / between_) * (marks[1] - marks[0]), (1 / between_) * (marks[2] - marks[0])};
    }

    /// Eight places of the ring and eight of the gap within: how many are on their side of the
    /// mean.
    [[nodiscard]] int coarse_likeness(Point at, const std::array<Point, 2>& module) const {
        static constexpr std::array<std::array<int, 2>, 8> ways{
            {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};
        std::array<int, 16> ink{};
        int sum = 0;
        for (std::size_t i = 0; i < ways.size(); ++i) {
            const Point way = static_cast<float>(ways[i][0]) * module[0] +
                              static_cast<float>(ways[i][1]) * module[1];
            ink[i] = ink_at(at + 3.0F * way);
            ink[i + 8] = ink_at(at + 2.0F * way);
            sum += ink[i] + ink[i + 8];
        }
        if (16 * ink_at(at) <= sum) return 0;
        int right = 0;
        for (std::size_t i = 0; i < ink.size(); ++i)
            right += (16 * ink[i] > sum) == (i < 8) ? 1 : -1;
        return right;
    }

    /// The place around the guess that looks most like a mark at first sight.
    [[nodiscard]] std::optional<Point> look_around(const Guess& guess) const {
        const int far = static_cast<int>(between_ * reach);
        const std::int64_t places = std::int64_t{2 * far + 1} * (2 * far + 1);
        if (!effort_.take(places * 9)) return std::nullopt;
        const float module = distance_ / between_ * (guess.missing == 0 ? 0.7071F : 1.0F);
        int most = least_coarse;
        std::optional<Point> found;
        for (int y = -far; y <= far; ++y)
            for (int x = -far; x <= far; ++x) {
                const Point at =
                    guess.at + module * Point{static_cast<float>(x), static_cast<float>(y)};
                const int likeness = coarse_likeness(at, module_at(guess, at));
                if (likeness <= most) continue;
                most = likeness;
                found = at;
            }
        return found;
    }

    /// How like a mark with its light frame it is: the correlation, 1 for a perfect one.
    [[nodiscard]] float likeness(const Guess& guess, Point at) const {
        const auto module = module_at(guess, at);
        float count = 0, sum = 0, squares = 0, dark = 0, both = 0;
        for (int y = -4; y <= 4; ++y)
            for (int x = -4; x <= 4; ++x) {
                const int ring = std::max(std::abs(x), std::abs(y));
                if (ring == 4 && std::abs(x) == std::abs(y)) continue;
                const float wanted = ring == 2 || ring == 4 ? 0.0F : 1.0F;
                const auto ink = static_cast<float>(ink_at(at + static_cast<float>(x) * module[0] +
                                                           static_cast<float>(y) * module[1]));
                count += 1, sum += ink, squares += ink * ink, dark += wanted, both += wanted * ink;
            }
        const float variance = squares - sum * sum / count;
        if (variance < 16 * count) return 0;
        return (both - sum * dark / count) / std::sqrt(variance * (dark - dark * dark / count));
    }

    [[nodiscard]] std::pair<Point, float> climb(const Guess& guess, Point at) const {
        const float module = distance_ / between_ * (guess.missing == 0 ? 0.7071F : 1.0F);
        float seen = likeness(guess, at);
        for (const float step : {0.5F, 0.25F, 0.125F}) {
            if (!effort_.take(8 * 80)) break;
            for (const Point move :
                 {Point{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}}) {
                const Point moved = at + step * module * move;
                const float likelier = likeness(guess, moved);
                if (likelier > seen) seen = likelier, at = moved;
            }
        }
        return {at, seen};
    }

    [[nodiscard]] FinderGroup make_group(const Guess& guess, Point at) const {
        Finder third = a_;
        third.centre = at;
        third.module_px = 0.5F * (a_.module_px + b_.module_px);
        const auto [right, below] = module_at(guess, at);
        const auto marks = guess.marks_with(at);
        FinderGroup group;
        group.marks = {*guess.first, *guess.second, *guess.second};
        if (guess.missing == 2) group.marks = {*guess.first, *guess.second, third};
        if (guess.missing == 1) group.marks = {*guess.first, third, *guess.second};
        if (guess.missing == 0) group.marks = {third, *guess.first, *guess.second};
        const Point out = 3.5F * right, under = 3.5F * below;
        group.corners = {marks[0] - out - under, marks[1] + out - under,
                         marks[1] + marks[2] - marks[0] + out + under, marks[2] - out + under};
        group.module_px = std::min(length(right), length(below));
        group.modules = between_ + 7;
        group.doubt = 0.1F;
        return group;
    }

    const GrayView& picture_;
    const Finder& a_;
    const Finder& b_;
    Effort& effort_;
    float distance_ = 0;
    float between_ = 0;  ///< modules
};

}  // namespace

std::optional<FinderGroup> find_third_mark(const GrayView& picture, const Finder& a,
                                           const Finder& b, Effort& effort) {
    return ThirdMarkSearch(picture, a, b, effort).find();
}

}  // namespace hudoor::scanner
