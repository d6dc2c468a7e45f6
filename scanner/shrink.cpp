#include "scanner/shrink.hpp"

#include "scanner/vectorised.hpp"

namespace hudoor::scanner {
namespace {

HUDOOR_VECTORISED void halve_lines(const std::uint8_t* __restrict upper,
                                   const std::uint8_t* __restrict lower, int width,
                                   std::uint8_t* __restrict to) {
    for (int x = 0; x < width; ++x) {
        const int sum = upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
        to[x] = static_cast<std::uint8_t>((sum + 2) >> 2);
    }
}

}  // namespace

GrayView halve(const GrayView& picture, std::vector<std::uint8_t>& pixels) {
    const int width = picture.width_px / 2;
    const int height = picture.height_px / 2;
    pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* upper = picture.pixels + std::ptrdiff_t{2} * y * picture.stride_bytes;
        halve_lines(upper, upper + picture.stride_bytes, width,
                    pixels.data() + std::ptrdiff_t{y} * width);
    }
    return {pixels.data(), width, height, width};
}

}  // namespace hudoor::scanner
