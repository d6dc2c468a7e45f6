#include "scanner/guide/motion_gate.hpp"

#include <algorithm>
#include <cmath>

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

constexpr int most_rows = 36;
constexpr int look_every = 8;
constexpr int lines_per_block = 8;  // the others would make the mean steadier, not different

float mean_of_block(const GrayView& frame, int left, int right, int top, int bottom) {
    const int step = std::max(1, (bottom - top) / lines_per_block);
    unsigned sum = 0;
    unsigned count = 0;
    for (int y = top; y < bottom; y += step) {
        const std::uint8_t* line = frame.pixels + std::ptrdiff_t{y} * frame.stride_bytes;
        for (int x = left; x < right; ++x) sum += line[x];
        count += static_cast<unsigned>(right - left);
    }
    return static_cast<float>(sum) / static_cast<float>(count);
}

void measure_blocks(const GrayView& frame, std::vector<float>& means) {
    const int columns = std::min(MotionGate::most_columns, frame.width_px);
    const int rows = std::min(most_rows, frame.height_px);
    means.clear();
    for (int row = 0; row < rows; ++row) {
        const int top = row * frame.height_px / rows;
        const int bottom = (row + 1) * frame.height_px / rows;
        for (int column = 0; column < columns; ++column) {
            means.push_back(mean_of_block(frame, column * frame.width_px / columns,
                                          (column + 1) * frame.width_px / columns, top, bottom));
        }
    }
}

}  // namespace

bool MotionGate::should_look(const GrayView& frame, MonotonicTime at) {
    measure_blocks(frame, means_);
    if (has_moved(means_)) {
        reference_ = means_;
        moved_ = at;
        quiet_frames_ = 0;
        return true;
    }
    ++quiet_frames_;
    return quiet_frames_ <= look_every || quiet_frames_ % look_every == 0;
}

void MotionGate::stir() { quiet_frames_ = 0; }

bool MotionGate::is_moving(MonotonicTime at) const { return moved_ && at - *moved_ < 1s; }

/// Sensor noise moves every block a little, a badge moves few blocks a lot: a block counts when it
/// stands out of the average change, and the whole picture when even the average is large.
bool MotionGate::has_moved(const std::vector<float>& means) const {
    if (means.size() != reference_.size()) return true;
    float sum = 0;
    float most = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
        const float change = std::abs(means[i] - reference_[i]);
        sum += change;
        most = std::max(most, change);
    }
    const float average = sum / static_cast<float>(std::max<std::size_t>(1, means.size()));
    return average > 4 || most > 5 + 6 * average;
}

}  // namespace hudoor::scanner
