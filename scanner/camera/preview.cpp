#include "scanner/camera/preview.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hudoor::scanner {
namespace {

constexpr int longest_px = 240, shortest_px = 135;
constexpr std::uint8_t plain = 128;

int times_too_large(int is_px, int most_px) { return (is_px + most_px - 1) / most_px; }

/// Of the preview, clipped to it.
PictureBox scaled(const PictureBox& box, const Preview& preview) {
    const auto by = static_cast<float>(preview.scale);
    const auto within = [](float at, int end) {
        return std::clamp(at, 0.0F, static_cast<float>(end));
    };
    const float x = within(box.x * by, preview.width_px), y = within(box.y * by, preview.height_px);
    return {x, y, within((box.x + box.w) * by, preview.width_px) - x,
            within((box.y + box.h) * by, preview.height_px) - y};
}

void fill(std::uint8_t* pixels, int width_px, const PictureBox& box) {
    const int left = static_cast<int>(box.x), right = static_cast<int>(std::ceil(box.x + box.w));
    for (int y = static_cast<int>(box.y); y < static_cast<int>(std::ceil(box.y + box.h)); ++y)
        std::fill_n(pixels + std::ptrdiff_t{y} * width_px + left, right - left, plain);
}

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

Preview make_preview(const GrayView& frame, const std::vector<PictureBox>& codes) {
    const bool upright = frame.height_px > frame.width_px;
    const int factor =
        std::max({1, times_too_large(frame.width_px, upright ? shortest_px : longest_px),
                  times_too_large(frame.height_px, upright ? longest_px : shortest_px)});
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
    for (const PictureBox& code : codes) {
        preview.covered.push_back(scaled(code, preview));
        fill(pixels.get(), preview.width_px, preview.covered.back());
    }
    preview.pixels = pixels;
    return preview;
}

}  // namespace hudoor::scanner
