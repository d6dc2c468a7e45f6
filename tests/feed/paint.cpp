// The pixels of a figure: a scaled picture laid over another, without perspective, in whole
// numbers.
#include <algorithm>
#include <cmath>

#include "tests/feed/figure.hpp"

namespace hudoor::feed {
namespace {

/// Where one row or column of the picture lies between two of the texture; 8 bits after the point.
struct Between {
    int first = 0;
    int share = 0;
};

/// The pixels of [0, count) that the texture covers, and where each looks.
struct Span {
    int begin = 0;
    std::vector<Between> looks;
};

Span look_up(double from, double texels_per_px, int texels, int count) {
    Span span;
    for (int pixel = 0; pixel < count; ++pixel) {
        const double at = (pixel + 0.5 - from) * texels_per_px - 0.5;
        if (at < 0 || at >= texels - 1) continue;
        if (span.looks.empty()) span.begin = pixel;
        const double whole = std::floor(at);
        span.looks.push_back({static_cast<int>(whole), static_cast<int>((at - whole) * 256)});
    }
    return span;
}

/// Channel values are multiplied by the cover, the last channel; 255 is all.
template <int Channels, typename Put>
void lay_scaled(const Texture& texture, const Span& rows, const Span& columns, Put put) {
    const std::ptrdiff_t row_bytes = static_cast<std::ptrdiff_t>(texture.size.width) * Channels;
    int y = rows.begin;
    for (const Between& row : rows.looks) {
        const std::uint8_t* line = texture.texels.data() + row.first * row_bytes;
        int x = columns.begin;
        for (const Between& column : columns.looks) {
            const std::uint8_t* a = line + column.first * Channels;
            const std::uint8_t* b = a + row_bytes;
            int value[Channels];
            for (int c = 0; c < Channels; ++c) {
                const int upper = a[c] * 256 + (a[c + Channels] - a[c]) * column.share;
                const int lower = b[c] * 256 + (b[c + Channels] - b[c]) * column.share;
                value[c] = (upper + (((lower - upper) * row.share) >> 8)) >> 8;
            }
            if (value[Channels - 1] > 0) put(x, y, value);
            ++x;
        }
        ++y;
    }
}

std::uint8_t clamped(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

}  // namespace

void paint_figure(const Figure& figure, Point top, double px_per_mm, double light,
                  Picture& picture) {
    const auto fits = [&](const Figure::Level& level) {
        return level.texels_per_mm <= 2 * px_per_mm;
    };
    const auto found = std::find_if(figure.levels.begin(), figure.levels.end(), fits);
    const Figure::Level& level = found == figure.levels.end() ? figure.levels.back() : *found;
    const double texels_per_px = level.texels_per_mm / px_per_mm;
    const Point corner = top - figure.top_mm * px_per_mm;
    const int gain = static_cast<int>(light * 256);

    const Texture& luma = level.textures.luma;
    const Size size = picture.luma.size;
    lay_scaled<2>(luma, look_up(corner.y, texels_per_px, luma.size.height, size.height),
                  look_up(corner.x, texels_per_px, luma.size.width, size.width),
                  [&](int x, int y, const int(&value)[2]) {
                      std::uint8_t& pixel = picture.luma.row(y)[x];
                      pixel = clamped(((value[0] * gain) >> 8) + pixel * (255 - value[1]) / 255);
                  });

    const Texture& colour = level.textures.colour;
    const Size half = picture.blue.size;
    lay_scaled<3>(
        colour, look_up(corner.y / 2, texels_per_px, colour.size.height, half.height),
        look_up(corner.x / 2, texels_per_px, colour.size.width, half.width),
        [&](int x, int y, const int(&value)[3]) {
            const int rest = 255 - value[2];
            std::uint8_t& blue = picture.blue.row(y)[x];
            std::uint8_t& red = picture.red.row(y)[x];
            blue = clamped(128 + (((value[0] - 128) * gain) >> 8) + (blue - 128) * rest / 255);
            red = clamped(128 + (((value[1] - 128) * gain) >> 8) + (red - 128) * rest / 255);
        });
}

}  // namespace hudoor::feed
