/// Whether something that was not there before is held still in the aim guide, judged by the block
/// means of frame after frame.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "config/clock.hpp"
#include "scanner/camera/frame.hpp"

namespace hudoor::scanner {

/// The part of the frame inside the aim guide, in pixels: the guide is a box of 11 % / 7 % / 78 % /
/// 72 % of the mirror, which shows the middle of the frame in a tile of 110 by 140.
struct AimBox {
    float left = 0, top = 0, right = 0, bottom = 0;
};
[[nodiscard]] AimBox aim_box(int width_px, int height_px);

class HeldStillCheck {
public:
    /// Call for every frame with its block means (MotionGate's). True while something has been held
    /// still for 1.5 s.
    [[nodiscard]] bool is_held_still(const GrayView& frame, const std::vector<float>& means,
                                     MonotonicTime at);

private:
    using Means = std::vector<float>;
    [[nodiscard]] float difference(const Means& a, const Means& b) const;
    [[nodiscard]] float share_changed(const Means& a, const Means& b) const;
    void choose_blocks(const GrayView& frame, std::size_t count);
    void learn(const Means& means);

    std::vector<std::size_t> aimed_;  ///< blocks inside the aim guide
    std::deque<Means> empty_;         ///< pictures of the place with nobody at it, newest last
    Means anchor_;                    ///< the picture when it became still
    MonotonicTime still_since_;
};

/// Whether the edges in the aim guide are sharp; nothing where there are none.
[[nodiscard]] std::optional<bool> find_sharpness(const GrayView& frame);

}  // namespace hudoor::scanner
