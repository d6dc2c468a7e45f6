/// Pictures as a webcam gives them: I420 of even size, full range (JPEG), rows without padding.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/feed/geometry.hpp"

namespace hudoor::feed {

struct Plane {
    Plane() = default;
    Plane(Size its_size, std::uint8_t value)
        : size(its_size),
          pixels(
              static_cast<std::size_t>(its_size.width) * static_cast<std::size_t>(its_size.height),
              value) {}

    [[nodiscard]] std::uint8_t* row(int y) {
        return pixels.data() + static_cast<std::ptrdiff_t>(y) * size.width;
    }
    [[nodiscard]] const std::uint8_t* row(int y) const {
        return pixels.data() + static_cast<std::ptrdiff_t>(y) * size.width;
    }

    Size size;
    std::vector<std::uint8_t> pixels;
};

struct Picture {
    Plane luma;
    Plane blue;  ///< half the width and height; 128 is no colour
    Plane red;
};

/// What the lens looks at: the luma and colour of a drawing, each with how much of the background
/// it covers. Values are multiplied by the cover already; colours are kept + 128.
struct Texture {
    Size size;
    int channels = 0;  ///< interleaved, cover last
    std::vector<std::uint8_t> texels;
};

struct TexturePair {
    Texture luma;    ///< luma, cover
    Texture colour;  ///< blue, red, cover; half the size
};

/// From a cairo ARGB32 drawing of even size.
[[nodiscard]] TexturePair make_textures(const std::uint8_t* argb, Size size, int stride_bytes);

/// A drawing that covers everything, as a picture.
[[nodiscard]] Picture make_picture(const TexturePair& opaque);

}  // namespace hudoor::feed
