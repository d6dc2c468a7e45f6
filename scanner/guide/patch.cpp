#include "scanner/guide/patch.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace hudoor::scanner {
namespace {

constexpr int fewest_blocks = 4;  // along a side
constexpr int most_blocks = 28;
constexpr int least_paper = 25;  // between the paper and print and paper mixed, in grey levels
constexpr std::array finenesses{20, 16, 12, 9};  // changes in a block of fine print, on average
constexpr int edge_changes = 10;                 // of an edge through a block, about
constexpr int tiny_changes = 28;    // in a block of modules of less than a pixel and a half
constexpr int fewest_of_large = 5;  // changes, in a block of which a module fills the half
constexpr int fullest_frame = 65;   // per cent of blocks
constexpr double fullest = 0.7;     // of the square's blocks hold print
constexpr double clearest = 0.5;    // of those around it do not

bool is_within(const InkMap& ink, int column, int row) {
    return column >= 0 && row >= 0 && column < ink.columns() && row < ink.rows();
}

}  // namespace

std::optional<Outline> PatchSearch::find_tiny(const InkMap& ink) {
    fineness_ = tiny_changes;
    visited_.assign(static_cast<std::size_t>(ink.columns() * ink.rows()), 0);
    smooth_.assign(visited_.size(), 0);
    for (int row = 0; row < ink.rows(); ++row)
        for (int column = 0; column < ink.columns(); ++column)
            smooth_[static_cast<std::size_t>(row * ink.columns() + column)] =
                static_cast<std::uint8_t>(ink.changes_in(column, row));
    for (int row = 0; row < ink.rows(); ++row)
        for (int column = 0; column < ink.columns(); ++column) {
            if (!is_fine(ink, column, row)) continue;
            const Patch patch = spread(ink, column, row);
            const auto [shorter, longer] =
                std::minmax({patch.right - patch.left + 1, patch.bottom - patch.top + 1});
            if (shorter >= 3 && longer <= 8 && 2 * longer <= 3 * shorter &&
                10 * patch.blocks >= 8 * shorter * longer)
                return outline_of(patch);
        }
    return std::nullopt;
}

Outline PatchSearch::outline_of(const Patch& patch) {
    const auto px = [](int blocks) { return static_cast<float>(blocks * InkMap::block_px); };
    const float left = px(patch.left), top = px(patch.top);
    const float right = px(patch.right + 1), bottom = px(patch.bottom + 1);
    return {{{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
}

std::optional<Outline> PatchSearch::find(const InkMap& ink) {
    ink.smooth_changes(smooth_);
    std::optional<Patch> best;
    for (const int fineness : finenesses) {
        fineness_ = fineness;
        visited_.assign(static_cast<std::size_t>(ink.columns() * ink.rows()), 0);
        for (int row = 0; row < ink.rows(); ++row)
            for (int column = 0; column < ink.columns(); ++column) {
                if (!is_fine(ink, column, row)) continue;
                const Patch patch = spread(ink, column, row);
                if ((!best || patch.blocks > best->blocks) && looks_like_code(ink, patch))
                    best = patch;
            }
        if (best) break;
    }
    if (!best) return std::nullopt;
    return outline_of(*best);
}

bool PatchSearch::is_fine(const InkMap& ink, int column, int row) const {
    return is_within(ink, column, row) &&
           smooth_[static_cast<std::size_t>(row * ink.columns() + column)] >= fineness_;
}

PatchSearch::Patch PatchSearch::spread(const InkMap& ink, int column, int row) {
    Patch patch{column, row, column, row, 0};
    const auto visit = [&](int x, int y) {
        if (!is_fine(ink, x, y)) return;
        auto& visited = visited_[static_cast<std::size_t>(y * ink.columns() + x)];
        if (visited != 0) return;
        visited = 1;
        waiting_.emplace_back(x, y);
    };
    visit(column, row);
    while (!waiting_.empty()) {
        const auto [x, y] = waiting_.back();
        waiting_.pop_back();
        ++patch.blocks;
        patch.left = std::min(patch.left, x);
        patch.right = std::max(patch.right, x);
        patch.top = std::min(patch.top, y);
        patch.bottom = std::max(patch.bottom, y);
        visit(x - 1, y);
        visit(x + 1, y);
        visit(x, y - 1);
        visit(x, y + 1);
    }
    return patch;
}

bool PatchSearch::looks_like_code(const InkMap& ink, const Patch& patch) const {
    const int width = patch.right - patch.left + 1;
    const int height = patch.bottom - patch.top + 1;
    if (std::min(width, height) < fewest_blocks || std::max(width, height) > most_blocks)
        return false;
    if (5 * width > 7 * height || 5 * height > 7 * width) return false;
    if (patch.blocks < fullest * width * height) return false;
    int inside = 0;
    int around = 0, clear = 0, paper = 0;
    for (int y = patch.top - 2; y <= patch.bottom + 2; ++y)
        for (int x = patch.left - 2; x <= patch.right + 2; ++x) {
            if (!is_within(ink, x, y)) continue;
            if (x >= patch.left && x <= patch.right && y >= patch.top && y <= patch.bottom)
                inside += ink.mean_of(x, y);
            const bool is_rim = x == patch.left - 2 || x == patch.right + 2 || y == patch.top - 2 ||
                                y == patch.bottom + 2;
            if (!is_rim) continue;
            ++around;
            if (ink.changes_in(x, y) > edge_changes) continue;
            ++clear;
            paper += ink.mean_of(x, y);
        }
    if (clear == 0 || clear < clearest * around) return false;
    return std::abs(paper / clear - inside / (width * height)) >= least_paper;
}

bool fills_frame(const InkMap& ink) {
    const int side = std::min(ink.columns(), ink.rows());
    const int left = (ink.columns() - side) / 2;
    int printed = 0;
    for (int row = 0; row < ink.rows(); ++row)
        for (int column = left; column < left + side; ++column)
            printed += ink.changes_in(column, row) >= fewest_of_large ? 1 : 0;
    return side > fewest_blocks && printed * 100 >= side * ink.rows() * fullest_frame;
}

}  // namespace hudoor::scanner
