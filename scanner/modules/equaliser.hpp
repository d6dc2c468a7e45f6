/// Undoes blur, as of motion or of a lens out of focus: the known modules tell how much of its
/// neighbours' ink each module has in it, and then every module is what explains all the levels
/// best, between all light and all dark.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "scanner/modules/effort.hpp"

namespace hudoor::scanner {

/// One thread; reuses its buffers from code to code.
class Equaliser {
public:
    /// `levels` of the modules, row by row, light is large. The ink of each, above 0 where it is
    /// dark, about 1 where that is sure; valid until the next call. Empty where what is known of
    /// the code does not explain its levels, where they are hardly blurred, or cost too much.
    [[nodiscard]] std::span<const float> equalise(std::span<const float> levels, int version,
                                                  Effort& effort);

private:
    static constexpr int reach = 2;  // modules that blur each other
    static constexpr int side = 2 * reach + 1;

    [[nodiscard]] bool learn_blur(std::span<const float> levels, int version);
    void take_away_light(std::span<const float> levels);
    void settle();
    [[nodiscard]] float blurred(const std::vector<float>& values, int x, int y) const;
    void explain(int x, int y, float more);
    [[nodiscard]] std::size_t place(int x, int y) const {
        return static_cast<std::size_t>((y + reach) * (modules_ + 2 * reach) + x + reach);
    }

    int modules_ = 0;
    std::array<float, side * side> blur_{};  ///< what a dark module adds to the levels around it
    std::array<float, 3> light_{};           ///< where nothing is dark or light; across, down
    float energy_ = 0;                       ///< of the blur
    // With a margin of `reach`: the paper around the code.
    std::vector<float> known_;  ///< 1 dark, -1 light, 0 not known
    std::vector<float> ink_, rest_;
    std::vector<float> result_;
};

}  // namespace hudoor::scanner
