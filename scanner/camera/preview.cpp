#include "scanner/camera/preview.hpp"

#include <algorithm>
#include <vector>

namespace hudoor::scanner {
namespace {

constexpr int widest_px = 640;

/// Adds up `factor` lines column by column, then writes the mean of every `factor` columns.
void shrink_line(const std::uint8_t* from, int stride, int factor, std::vector<std::uint16_t>& sums,
                 std::uint8_t* to, int width) {
    std::ranges::fill(sums, std::uint16_t{0});
    for (int line = 0; line < factor; ++line, from += stride) {
        for (std::size_t x = 0; x < sums.size(); ++x)
            sums[x] = static_cast<std::uint16_t>(sums[x] + from[x]);
    }
    const auto area = static_cast<unsigned>(factor * factor);
    for (int x = 0; x < width; ++x) {
        unsigned sum = 0;
        for (int i = 0; i < factor; ++i) sum += sums[static_cast<std::size_t>(x * factor + i)];
        to[x] = static_cast<std::uint8_t>(sum / area);
    }
}

}  // namespace

Preview make_preview(const GrayView& frame) {
    const int factor = std::max(1, (frame.width_px + widest_px - 1) / widest_px);
    Preview preview;
    preview.width_px = frame.width_px / factor;
    preview.height_px = frame.height_px / factor;
    preview.scale = 1.0 / factor;
    const auto size =
        static_cast<std::size_t>(preview.width_px) * static_cast<std::size_t>(preview.height_px);
    const std::shared_ptr<std::uint8_t[]> pixels(new std::uint8_t[size]);
    std::vector<std::uint16_t> sums(static_cast<std::size_t>(preview.width_px * factor));
    for (int y = 0; y < preview.height_px; ++y) {
        const auto* from = frame.pixels + std::ptrdiff_t{y} * factor * frame.stride_bytes;
        shrink_line(from, frame.stride_bytes, factor, sums,
                    pixels.get() + std::ptrdiff_t{y} * preview.width_px, preview.width_px);
    }
    preview.pixels = pixels;
    return preview;
}

}  // namespace hudoor::scanner
