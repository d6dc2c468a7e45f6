#include "scanner/marks/filters.hpp"

#include <algorithm>

#include "scanner/marks/vectorised.hpp"

namespace hudoor::scanner {
namespace {

using Pixels = std::vector<std::uint8_t>;

GrayView resize(Pixels& pixels, int width, int height) {
    pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    return {pixels.data(), width, height, width};
}

const std::uint8_t* line_of(const GrayView& picture, int y) {
    return picture.pixels +
           std::ptrdiff_t{std::clamp(y, 0, picture.height_px - 1)} * picture.stride_bytes;
}

HUDOOR_VECTORISED void halve_lines(const std::uint8_t* __restrict upper,
                                   const std::uint8_t* __restrict lower, int width,
                                   std::uint8_t* __restrict to) {
    for (int x = 0; x < width; ++x) {
        const int sum = upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
        to[x] = static_cast<std::uint8_t>((sum + 2) >> 2);
    }
}

/// `width` pixels of the source; the first and the last are their own neighbours.
HUDOOR_VECTORISED void double_line(const std::uint8_t* __restrict near,
                                   const std::uint8_t* __restrict far, int width,
                                   std::uint8_t* __restrict to) {
    const auto mixed = [&](int x) { return 3 * near[x] + far[x]; };
    for (int x = 1; x + 1 < width; ++x) {
        to[2 * x] = static_cast<std::uint8_t>((3 * mixed(x) + mixed(x - 1) + 8) >> 4);
        to[2 * x + 1] = static_cast<std::uint8_t>((3 * mixed(x) + mixed(x + 1) + 8) >> 4);
    }
    for (const int x : {0, width - 1}) {
        to[2 * x] = static_cast<std::uint8_t>((3 * mixed(x) + mixed(std::max(0, x - 1)) + 8) >> 4);
        to[2 * x + 1] =
            static_cast<std::uint8_t>((3 * mixed(x) + mixed(std::min(width - 1, x + 1)) + 8) >> 4);
    }
}

HUDOOR_VECTORISED void complement_line(const std::uint8_t* __restrict from, int width,
                                       std::uint8_t* __restrict to) {
    for (int x = 0; x < width; ++x) to[x] = static_cast<std::uint8_t>(~from[x]);
}

HUDOOR_VECTORISED void move_sums(const std::uint8_t* __restrict in,
                                 const std::uint8_t* __restrict out, int width,
                                 std::uint16_t* __restrict sums) {
    for (int x = 0; x < width; ++x) sums[x] = static_cast<std::uint16_t>(sums[x] + in[x] - out[x]);
}

/// `sums` begins a radius left of the first pixel.
template <int radius>
inline __attribute__((always_inline)) void sharpen_line_by(const std::uint8_t* __restrict from,
                                                           const std::uint16_t* __restrict sums,
                                                           int gain, int width,
                                                           std::uint8_t* __restrict to) {
    constexpr int side = 2 * radius + 1;
    const auto share = static_cast<unsigned>((65'536 * gain + side * side / 2) / (side * side));
    for (int x = 0; x < width; ++x) {
        unsigned sum = 0;
        for (int i = 0; i < side; ++i) sum += sums[x + i];
        const int level = from[x] * (1 + gain) - static_cast<int>((sum * share) >> 16U);
        to[x] = static_cast<std::uint8_t>(std::clamp(level, 0, 255));
    }
}

HUDOOR_VECTORISED void sharpen_line(const std::uint8_t* from, const std::uint16_t* sums,
                                    Sharpening how, int width, std::uint8_t* to) {
    switch (how.radius) {
        case 1:
            return sharpen_line_by<1>(from, sums, how.gain, width, to);
        case 2:
            return sharpen_line_by<2>(from, sums, how.gain, width, to);
        case 3:
            return sharpen_line_by<3>(from, sums, how.gain, width, to);
        default:
            return sharpen_line_by<4>(from, sums, how.gain, width, to);
    }
}

}  // namespace

GrayView halve(const GrayView& picture, Pixels& pixels) {
    const auto half = resize(pixels, picture.width_px / 2, picture.height_px / 2);
    for (int y = 0; y < half.height_px; ++y)
        halve_lines(line_of(picture, 2 * y), line_of(picture, 2 * y + 1), half.width_px,
                    pixels.data() + std::ptrdiff_t{y} * half.width_px);
    return half;
}

GrayView reduce(const GrayView& picture, int by, Pixels& pixels) {
    const auto small = resize(pixels, picture.width_px / by, picture.height_px / by);
    const int area = by * by;
    for (int y = 0; y < small.height_px; ++y)
        for (int x = 0; x < small.width_px; ++x) {
            int sum = area / 2;
            for (int line = 0; line < by; ++line) {
                const std::uint8_t* from = line_of(picture, y * by + line) + std::ptrdiff_t{x} * by;
                for (int i = 0; i < by; ++i) sum += from[i];
            }
            pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(small.width_px) +
                   static_cast<std::size_t>(x)] = static_cast<std::uint8_t>(sum / area);
        }
    return small;
}

GrayView enlarge_twice(const GrayView& picture, Pixels& pixels) {
    const auto twice = resize(pixels, 2 * picture.width_px, 2 * picture.height_px);
    for (int y = 0; y < twice.height_px; ++y)
        double_line(line_of(picture, y / 2), line_of(picture, y / 2 + (y % 2 == 0 ? -1 : 1)),
                    picture.width_px, pixels.data() + std::ptrdiff_t{y} * twice.width_px);
    return twice;
}

GrayView complement(const GrayView& picture, Pixels& pixels) {
    const auto inverted = resize(pixels, picture.width_px, picture.height_px);
    for (int y = 0; y < picture.height_px; ++y)
        complement_line(line_of(picture, y), picture.width_px,
                        pixels.data() + std::ptrdiff_t{y} * picture.width_px);
    return inverted;
}

GrayView Sharpener::sharpen(const GrayView& picture, Sharpening how, Pixels& pixels) {
    const auto sharp = resize(pixels, picture.width_px, picture.height_px);
    const auto radius = static_cast<std::size_t>(how.radius);
    const auto width = static_cast<std::size_t>(picture.width_px);
    sums_.assign(width + 2 * radius, 0);
    std::uint16_t* sums = sums_.data() + radius;
    for (int y = -how.radius; y <= how.radius; ++y)
        for (std::size_t x = 0; x < width; ++x)
            sums[x] = static_cast<std::uint16_t>(sums[x] + line_of(picture, y)[x]);
    for (int y = 0; y < picture.height_px; ++y) {
        if (y > 0)
            move_sums(line_of(picture, y + how.radius), line_of(picture, y - how.radius - 1),
                      picture.width_px, sums);
        std::fill_n(sums_.begin(), radius, sums[0]);
        std::fill_n(sums + width, radius, sums[width - 1]);
        sharpen_line(line_of(picture, y), sums_.data(), how, picture.width_px,
                     pixels.data() + std::ptrdiff_t{y} * picture.width_px);
    }
    return sharp;
}

}  // namespace hudoor::scanner
