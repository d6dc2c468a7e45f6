#include "kiosk/screen/drift.hpp"

namespace hudoor::kiosk {

namespace {

constexpr int across = 2 * most_drift_px + 1;

/// The way there is the way back, so that it never jumps.
int there_and_back(std::int64_t step, int last) {
    const auto at = static_cast<int>(step % (2 * last));
    return at <= last ? at : 2 * last - at;
}

}  // namespace

PixelShift drift_at(WallTime now) {
    const std::int64_t steps =
        std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()) / drifts_every;
    // Row after row, every other one backwards.
    const int place = there_and_back(steps, across * across - 1);
    const int row = place / across, column = place % across;
    return {(row % 2 == 0 ? column : across - 1 - column) - most_drift_px, row - most_drift_px};
}

}  // namespace hudoor::kiosk
