/// Smaller, larger and sharper pictures, for finding codes that are hard to see. Each writes into
/// `pixels`, which the caller keeps to save allocations, and gives back a view of them.
#pragma once

#include <vector>

#include "scanner/camera/frame.hpp"

namespace hudoor::scanner {

/// Every 2 by 2 pixels become their mean: half the size, half the noise.
[[nodiscard]] GrayView halve(const GrayView& picture, std::vector<std::uint8_t>& pixels);

/// Every `by` by `by` pixels (16 at most) become their mean; reads the picture once.
[[nodiscard]] GrayView reduce(const GrayView& picture, int by, std::vector<std::uint8_t>& pixels);

/// Between the pixels stand three parts of the nearer and one of the farther one.
[[nodiscard]] GrayView enlarge_twice(const GrayView& picture, std::vector<std::uint8_t>& pixels);

/// Light on dark becomes dark on light.
[[nodiscard]] GrayView complement(const GrayView& picture, std::vector<std::uint8_t>& pixels);

/// What a pixel differs from the mean of the square around it, `radius` (1 to 4) to each side, is
/// added `gain` times.
struct Sharpening {
    int radius = 3;
    int gain = 2;
};

/// Reuses its buffer from picture to picture; one thread.
class Sharpener {
public:
    [[nodiscard]] GrayView sharpen(const GrayView& picture, Sharpening how,
                                   std::vector<std::uint8_t>& pixels);

private:
    std::vector<std::uint16_t> sums_;  ///< of the columns, with the edge repeated at both ends
};

}  // namespace hudoor::scanner
