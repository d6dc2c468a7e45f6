#include "scanner/guide/held_still.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/guide/motion_gate.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

constexpr auto held_after = 1'500ms;
constexpr auto belongs_after = 30s;  // what has stood so long is part of the place
constexpr std::size_t most_remembered = 4;
constexpr float still_below = 5;  // grey levels, on average
constexpr float changed_above = 14;
constexpr float fills = 0.3F;  // of the aim guide
constexpr float tile_shape = 110.0F / 140.0F;

/// Grey levels by which nearly no step of `reach` pixels is larger.
int steepest(const GrayView& frame, const AimBox& box, int reach) {
    std::array<int, 256> counts{};
    int all = 0;
    for (int y = static_cast<int>(box.top); y < static_cast<int>(box.bottom); y += 8) {
        const std::uint8_t* line = frame.pixels + std::ptrdiff_t{y} * frame.stride_bytes;
        for (int x = static_cast<int>(box.left); x + reach < static_cast<int>(box.right);
             ++x, ++all)
            ++counts[static_cast<std::size_t>(std::abs(line[x + reach] - line[x]))];
    }
    std::size_t step = counts.size() - 1;
    for (int seen = counts[step]; step > 0 && seen * 100 < all; seen += counts[--step]) {
    }
    return static_cast<int>(step);
}

}  // namespace

AimBox aim_box(int width_px, int height_px) {
    const auto width = static_cast<float>(width_px);
    const auto height = static_cast<float>(height_px);
    const float tile_width = std::min(width, height * tile_shape);
    const float tile_height = std::min(height, width / tile_shape);
    const float left = (width - tile_width) / 2;
    const float top = (height - tile_height) / 2;
    return {left + 0.11F * tile_width, top + 0.07F * tile_height, left + 0.89F * tile_width,
            top + 0.79F * tile_height};
}

bool HeldStillCheck::is_held_still(const GrayView& frame, const std::vector<float>& means,
                                   MonotonicTime at) {
    if (anchor_.size() != means.size()) {
        choose_blocks(frame, means.size());
        empty_.assign(1, means);
        anchor_ = means;
        still_since_ = at;
    }
    if (difference(means, anchor_) > still_below) {
        anchor_ = means;
        still_since_ = at;
    }
    const auto still_for = at - still_since_;
    const bool is_empty = std::ranges::any_of(
        empty_, [&](const Means& empty) { return share_changed(means, empty) < fills; });
    if (still_for >= belongs_after && !is_empty) learn(means);
    return still_for >= held_after && !is_empty;
}

void HeldStillCheck::choose_blocks(const GrayView& frame, std::size_t count) {
    aimed_.clear();
    const auto columns =
        static_cast<std::size_t>(std::min(MotionGate::most_columns, frame.width_px));
    const auto rows = std::max<std::size_t>(1, count / columns);
    const auto box = aim_box(frame.width_px, frame.height_px);
    const float width = static_cast<float>(frame.width_px) / static_cast<float>(columns);
    const float height = static_cast<float>(frame.height_px) / static_cast<float>(rows);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t column = i % columns, row = i / columns;
        const auto x = width * (static_cast<float>(column) + 0.5F);
        const auto y = height * (static_cast<float>(row) + 0.5F);
        if (x > box.left && x < box.right && y > box.top && y < box.bottom) aimed_.push_back(i);
    }
}

void HeldStillCheck::learn(const Means& means) {
    if (empty_.size() == most_remembered) empty_.pop_front();
    empty_.push_back(means);
}

float HeldStillCheck::difference(const Means& a, const Means& b) const {
    float sum = 0;
    for (const auto i : aimed_) sum += std::abs(a[i] - b[i]);
    return sum / static_cast<float>(std::max<std::size_t>(1, aimed_.size()));
}

float HeldStillCheck::share_changed(const Means& a, const Means& b) const {
    std::size_t changed = 0;
    for (const auto i : aimed_) changed += std::abs(a[i] - b[i]) > changed_above ? 1 : 0;
    return static_cast<float>(changed) /
           static_cast<float>(std::max<std::size_t>(1, aimed_.size()));
}

/// A sharp edge is nearly as high within three pixels as within twelve.
std::optional<bool> find_sharpness(const GrayView& frame) {
    const auto box = aim_box(frame.width_px, frame.height_px);
    const int wide = steepest(frame, box, 12);
    if (wide < 30) return std::nullopt;
    return 2 * steepest(frame, box, 3) >= wide;
}

}  // namespace hudoor::scanner
