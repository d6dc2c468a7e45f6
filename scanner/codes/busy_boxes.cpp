#include "scanner/codes/busy_boxes.hpp"

#include <algorithm>

namespace hudoor::scanner {
namespace {

constexpr std::size_t most_boxes = 6;
// Changes in a block, on average: first fine print, then coarser.
constexpr int finest = 16;
constexpr int coarsest = 8;
constexpr int margin = 2;  // blocks

bool overlap(const Box& a, const Box& b) {
    const int width = std::min(a.right, b.right) - std::max(a.left, b.left);
    const int height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    return width > 0 && height > 0 && 10 * width * height > 7 * std::max(a.area(), b.area());
}

}  // namespace

const std::vector<Box>& BusyBoxes::find(InkMap& ink) {
    boxes_.clear();
    candidates_.clear();
    if (ink.columns() < 3 || ink.rows() < 3) return boxes_;
    ink.count_changes();
    ink.smooth_changes(smooth_);
    for (const int fineness : {finest, coarsest}) {
        visited_.assign(smooth_.size(), 0);
        for (int row = 0; row < ink.rows(); ++row)
            for (int column = 0; column < ink.columns(); ++column) {
                const auto index = static_cast<std::size_t>(row * ink.columns() + column);
                if (visited_[index] != 0 || smooth_[index] < fineness) continue;
                candidates_.push_back(spread(ink, column, row, fineness));
            }
    }
    std::ranges::sort(candidates_, std::ranges::greater{}, &Candidate::score);
    for (const auto& candidate : candidates_) {
        if (boxes_.size() == most_boxes) break;
        if (std::ranges::none_of(boxes_,
                                 [&](const Box& box) { return overlap(box, candidate.box); }))
            boxes_.push_back(candidate.box);
    }
    return boxes_;
}

BusyBoxes::Candidate BusyBoxes::spread(const InkMap& ink, int column, int row, int fineness) {
    int left = column, right = column, top = row, bottom = row;
    int blocks = 0;
    float changes = 0;
    const auto visit = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= ink.columns() || y >= ink.rows()) return;
        const auto index = static_cast<std::size_t>(y * ink.columns() + x);
        if (visited_[index] != 0 || smooth_[index] < fineness) return;
        visited_[index] = 1;
        waiting_.emplace_back(x, y);
        ++blocks;
        changes += smooth_[index];
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
    };
    visit(column, row);
    while (!waiting_.empty()) {
        const auto [x, y] = waiting_.back();
        waiting_.pop_back();
        for (const auto& [along, down] : {std::pair{-1, 0}, {1, 0}, {0, -1}, {0, 1}})
            visit(x + along, y + down);
    }
    const int width = right - left + 1;
    const int height = bottom - top + 1;
    constexpr int px = InkMap::block_px;
    const float square =
        static_cast<float>(std::min(width, height)) / static_cast<float>(std::max(width, height));
    const float full = static_cast<float>(blocks) / static_cast<float>(width * height);
    Candidate candidate;
    candidate.score = changes / static_cast<float>(blocks) * square * full *
                      std::min(1.0F, static_cast<float>(blocks) / 12);
    candidate.box = {std::max(0, left - margin) * px, std::max(0, top - margin) * px,
                     std::min(ink.columns(), right + 1 + margin) * px,
                     std::min(ink.rows(), bottom + 1 + margin) * px};
    return candidate;
}

}  // namespace hudoor::scanner
