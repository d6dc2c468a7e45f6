/// Whether a frame is worth decoding: where nothing moved, only every 8th is.
#pragma once

#include <optional>
#include <vector>

#include "scanner/camera/frame.hpp"

namespace hudoor::scanner {

class MotionGate {
public:
    static constexpr int most_columns = 64;

    /// Call for every frame. True while something moves and for 8 frames after, then for every 8th.
    [[nodiscard]] bool should_look(const GrayView& frame, MonotonicTime at);
    /// The next 8 frames are looked at whether anything moves or not (what was found has changed).
    void stir();
    /// Block means of the last frame, row by row: 64 x 36, or its pixels where it has fewer.
    [[nodiscard]] const std::vector<float>& means() const { return means_; }
    /// Whether something moved in the second before `at`.
    [[nodiscard]] bool is_moving(MonotonicTime at) const;

private:
    bool has_moved(const std::vector<float>& means) const;

    std::vector<float> reference_;  ///< block means (64 x 36) when something moved last
    std::vector<float> means_;
    std::optional<MonotonicTime> moved_;
    int quiet_frames_ = 0;
};

}  // namespace hudoor::scanner
