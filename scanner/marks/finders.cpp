#include "scanner/marks/finders.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "scanner/marks/crowds.hpp"
#include "scanner/marks/filters.hpp"
#include "scanner/marks/mark_walk.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::size_t most_finders = 1'024;
constexpr float near_modules = 1.3F;  // of a mark's middle: the same mark
constexpr int px_a_check = 32;        // of a line, on average: print has far fewer
constexpr int most_saved_lines = 16;  // whose unused checks a line may use, too
constexpr float most_module_px = 12;  // of a level; larger marks are found in the next
constexpr float most_leaning = 4;     // times as many modules across as along
constexpr int smallest_level_px = 32;
constexpr int most_unproved_noise = 40;
constexpr float root_two = 1.41421356F;

bool can_hold_mark(const GrayView& picture) {
    return picture.pixels != nullptr && picture.width_px >= smallest_level_px &&
           picture.height_px >= smallest_level_px && picture.stride_bytes >= picture.width_px;
}

/// The last five runs of a line, in pixels; runs[4] is the newest.
struct Runs {
    std::array<int, 5> runs{};
    void push(int run) {
        for (std::size_t i = 0; i + 1 < runs.size(); ++i) runs[i] = runs[i + 1];
        runs.back() = run;
    }
    [[nodiscard]] bool are_mark() const {
        const int total = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
        const int core = runs[2];
        if (core * 100 < total * 26 || core * 100 > total * 60) return false;
        // In sevenths of a pixel; a run may be off by half of itself and half a pixel more.
        const int slack = total / 2 + 5;
        for (const std::size_t i : {0U, 1U, 3U, 4U})
            if (std::abs(7 * runs[i] - total) > slack) return false;
        return total >= 7 && total <= static_cast<int>(7 * most_module_px);
    }
    /// Across; the mark may lean.
    [[nodiscard]] float most_module() const {
        return std::min(most_module_px, most_leaning * static_cast<float>(runs[2]) / 3 + 1);
    }
};

}  // namespace

FinderSearch::FinderSearch() : crowds_(std::make_unique<CrowdSearch>()) {}
FinderSearch::~FinderSearch() = default;

const Findings& FinderSearch::search(const GrayView& picture) {
    findings_.finders.clear();
    findings_.groups.clear();
    findings_.pairs.clear();
    checks_ = suspects_ = 0;
    Levels& levels = levels_;
    levels = {};
    if (can_hold_mark(picture)) levels[0] = picture;
    if (can_hold_mark(levels[0])) levels[1] = halve(levels[0], half_);
    if (can_hold_mark(levels[1])) levels[2] = halve(levels[1], quarter_);
    cells_.clear(levels[0].width_px, levels[0].height_px);
    for (std::size_t i = 0; i < levels.size(); ++i) inks_[i].measure(levels[i]);
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i].pixels == nullptr) break;
        inks_[i].choose_thresholds(noise_of(i));
        search_level(inks_[i], levels[i], 1 << i);
    }
    auto& finders = findings_.finders;
    findings_.alone = crowds_->put_crowds_last(finders);
    std::sort(finders.begin(), finders.begin() + static_cast<std::ptrdiff_t>(findings_.alone),
              [](const Finder& a, const Finder& b) { return a.rows > b.rows; });
    grouping_.group(levels, findings_);
    return findings_;
}

/// Noise is half as much in half the picture; where it is not, it is the code, filling the picture.
int FinderSearch::noise_of(std::size_t level) const {
    const int range = inks_[level].noise_range();
    const bool halves = level + 1 < inks_.size() && 4 * inks_[level + 1].noise_range() < 3 * range;
    return halves ? range : std::min(range, most_unproved_noise);
}

void FinderSearch::search_level(InkMap& ink, const GrayView& level, int scale) {
    const int line_step = scale == 1 ? 2 : 1;
    const int checks = level.width_px / px_a_check + 1;
    checks_left_ = 0;
    for (int y = 0; y < level.height_px; y += line_step) {
        checks_left_ = std::min(checks_left_ + checks, most_saved_lines * checks);
        search_line(ink, level, y, scale);
    }
}

void FinderSearch::search_line(InkMap& ink, const GrayView& level, int y, int scale) {
    const auto& bits = ink.line(y);
    Runs runs;
    int last = 0;
    std::uint64_t carry = 0;
    for (std::size_t word = 0; word < bits.size(); ++word) {
        std::uint64_t edges = bits[word] ^ (bits[word] << 1U | carry);
        carry = bits[word] >> 63U;
        for (; edges != 0; edges &= edges - 1) {
            const int at = static_cast<int>(word * 64) + std::countr_zero(edges);
            runs.push(at - last);
            last = at;
            if (!runs.are_mark()) continue;
            if (--checks_left_ < 0) return;
            const auto core = static_cast<float>(runs.runs[2]);
            const auto right = static_cast<float>(runs.runs[3] + runs.runs[4]);
            // What begins at the edge is the colour after the mark's own.
            const bool inverted = (bits[word] >> (static_cast<unsigned>(at) % 64U) & 1U) != 0;
            const Point middle{static_cast<float>(at) - right - core / 2,
                               static_cast<float>(y) + 0.5F};
            check(MarkWalk{level, ink.threshold_at(static_cast<int>(middle.x), y), inverted,
                           runs.most_module()},
                  middle, scale);
        }
    }
}

bool FinderSearch::is_known(Point at, bool inverted) {
    for (const std::uint16_t mark : cells_.at(at)) {
        if (mark == MarkCells::none) return false;
        Finder& known = findings_.finders[mark];
        const float near = near_modules * known.module_px;
        if (known.inverted == inverted && std::abs(known.centre.x - at.x) < near &&
            std::abs(known.centre.y - at.y) < near) {
            ++known.rows;
            return true;
        }
    }
    return false;
}

/// `at` in pixels of the level, somewhere in the core.
void FinderSearch::check(const MarkWalk& walk, Point at, int scale) {
    const auto factor = static_cast<float>(scale);
    ++checks_;
    if (is_known(factor * at, walk.inverted) || findings_.finders.size() == most_finders) return;
    const auto down = walk.cut(at, {0, 1});
    if (!down) return;
    ++suspects_;
    at.y += down->middle;
    const auto across = walk.cut(at, {1, 0});
    if (!across) return;
    at.x += across->middle;
    const auto falling = walk.cut(at, {1, 1});
    const auto rising = walk.cut(at, {1, -1});
    if (!falling || !rising || is_known(factor * at, walk.inverted)) return;
    const float upright = std::sqrt(down->module * across->module);
    const float slanted = std::sqrt(falling->module * rising->module) * root_two;
    const Finder found{factor * at,  factor * std::min(upright, slanted), walk.threshold, scale, 1,
                       walk.inverted};
    cells_.add(findings_.finders.size(), found.centre, near_modules * found.module_px);
    findings_.finders.push_back(found);
}

}  // namespace hudoor::scanner
