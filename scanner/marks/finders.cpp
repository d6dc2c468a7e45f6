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
constexpr std::size_t most_at_once = 48;  // marks of a picture that is not full of them
constexpr float near_modules = 1.3F;      // of a mark's middle: the same mark
constexpr int line_step = 2;              // of the picture itself; of the smaller ones every line
constexpr int px_a_check = 32;            // of a line, on average: print has far fewer
constexpr int most_saved_lines = 16;      // whose unused checks a line may use, too
constexpr float most_module_px = 12;      // of a level; larger marks are found in the next
constexpr float most_leaning = 4;         // times as many modules across as along
constexpr int smallest_level_px = 32;
constexpr int most_unproved_noise = 40;
constexpr float root_two = 1.41421356F;

bool can_hold_mark(const GrayView& picture) {
    return picture.pixels != nullptr && picture.width_px >= smallest_level_px &&
           picture.height_px >= smallest_level_px && picture.stride_bytes >= picture.width_px;
}

/// The last six edges of a line, the newest last, and the five runs between them.
struct Edges {
    int first = 0, ring = 0, core = 0, core_end = 0, ring_start = 0, last = 0;

    void push(int at) {
        first = ring;
        ring = core;
        core = core_end;
        core_end = ring_start;
        ring_start = last;
        last = at;
    }
    [[nodiscard]] bool are_mark() const {
        const int total = last - first;
        const int middle = core_end - core;
        if (middle * 100 < total * 26 || middle * 100 > total * 60) return false;
        // In sevenths of a pixel; a run may be off by half of itself and half a pixel more.
        const int slack = total / 2 + 5;
        for (const int run : {ring - first, core - ring, ring_start - core_end, last - ring_start})
            if (std::abs(7 * run - total) > slack) return false;
        return total >= 7 && total <= static_cast<int>(7 * most_module_px);
    }
    /// Across; the mark may lean.
    [[nodiscard]] float most_module() const {
        return std::min(most_module_px, most_leaning * static_cast<float>(core_end - core) / 3 + 1);
    }
};

}  // namespace

FinderSearch::FinderSearch() : crowds_(std::make_unique<CrowdSearch>()) {}
FinderSearch::~FinderSearch() = default;

const Findings& FinderSearch::search(const GrayView& picture) {
    begin(picture);
    search_levels(0, line_step);
    return finish();
}

const Findings& FinderSearch::search_half(const GrayView& picture) {
    begin(picture);
    most_ = most_at_once + 1;
    search_levels(0, 2 * line_step);
    if (findings_.finders.size() <= most_at_once) return finish();
    findings_.groups.clear();  // which of so many make a code is asked once
    findings_.pairs.clear();
    return findings_;
}

const Findings& FinderSearch::search_rest() {
    cells_.clear(levels_[0].width_px, levels_[0].height_px);
    most_ = most_finders;
    if (findings_.finders.size() > most_at_once) {  // it was given up: from the start
        findings_.finders.clear();
        search_levels(0, line_step);
        return finish();
    }
    for (std::size_t i = 0; i < findings_.finders.size(); ++i) remember(i);
    if (levels_[0].pixels != nullptr) search_level(0, line_step, 2 * line_step);
    return finish();
}

void FinderSearch::begin(const GrayView& picture) {
    findings_.finders.clear();
    most_ = most_finders;
    checks_ = suspects_ = 0;
    levels_ = {};
    if (can_hold_mark(picture)) levels_[0] = picture;
    if (can_hold_mark(levels_[0])) levels_[1] = halve(levels_[0], half_);
    if (can_hold_mark(levels_[1])) levels_[2] = halve(levels_[1], quarter_);
    cells_.clear(levels_[0].width_px, levels_[0].height_px);
    for (std::size_t i = 0; i < levels_.size(); ++i) inks_[i].measure(levels_[i]);
}

void FinderSearch::search_levels(int first_line, int step) {
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        if (levels_[i].pixels == nullptr) break;
        inks_[i].choose_thresholds(noise_of(i));
        search_level(i, i == 0 ? first_line : 0, i == 0 ? step : 1);
    }
}

const Findings& FinderSearch::finish() {
    auto& finders = findings_.finders;
    findings_.alone = crowds_->put_crowds_last(finders);
    std::sort(finders.begin(), finders.begin() + static_cast<std::ptrdiff_t>(findings_.alone),
              [](const Finder& a, const Finder& b) { return a.rows > b.rows; });
    grouping_.group(levels_, findings_);
    return findings_;
}

/// Noise is half as much in half the picture; where it is not, it is the code, filling the picture.
int FinderSearch::noise_of(std::size_t level) const {
    const int range = inks_[level].noise_range();
    const bool halves = level + 1 < inks_.size() && 4 * inks_[level + 1].noise_range() < 3 * range;
    return halves ? range : std::min(range, most_unproved_noise);
}

void FinderSearch::search_level(std::size_t index, int first_line, int step) {
    const GrayView& level = levels_[index];
    const int checks = level.width_px / px_a_check + 1;
    checks_left_ = 0;
    for (int y = first_line; y < level.height_px; y += step) {
        if (most_ < most_finders && findings_.finders.size() == most_) return;
        checks_left_ = std::min(checks_left_ + checks, most_saved_lines * checks);
        search_line(inks_[index], level, y, 1 << index);
    }
}

void FinderSearch::search_line(InkMap& ink, const GrayView& level, int y, int scale) {
    const auto& bits = ink.line(y);
    Edges edges;
    std::uint64_t carry = 0;
    for (std::size_t word = 0; word < bits.size(); ++word) {
        std::uint64_t changes = bits[word] ^ (bits[word] << 1U | carry);
        carry = bits[word] >> 63U;
        for (; changes != 0; changes &= changes - 1) {
            const int at = static_cast<int>(word * 64) + std::countr_zero(changes);
            edges.push(at);
            if (!edges.are_mark()) continue;
            if (--checks_left_ < 0) return;
            // What begins at the edge is the colour after the mark's own.
            const bool inverted = (bits[word] >> (static_cast<unsigned>(at) % 64U) & 1U) != 0;
            const Point middle{static_cast<float>(edges.core + edges.core_end) / 2,
                               static_cast<float>(y) + 0.5F};
            check(MarkWalk{level, ink.threshold_at(static_cast<int>(middle.x), y), inverted,
                           edges.most_module()},
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
    if (is_known(factor * at, walk.inverted) || findings_.finders.size() == most_) return;
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
    findings_.finders.push_back(found);
    remember(findings_.finders.size() - 1);
}

void FinderSearch::remember(std::size_t finder) {
    const Finder& mark = findings_.finders[finder];
    cells_.add(finder, mark.centre, near_modules * mark.module_px);
}

}  // namespace hudoor::scanner
