#include "tests/feed/picture.hpp"

#include <cstring>

namespace hudoor::feed {
namespace {

/// One pixel, or the sum of several; red, green and blue are multiplied by the cover.
struct Colour {
    float red = 0, green = 0, blue = 0, cover = 0;

    void add(std::uint32_t argb) {
        red += static_cast<float>(argb >> 16 & 255);
        green += static_cast<float>(argb >> 8 & 255);
        blue += static_cast<float>(argb & 255);
        cover += static_cast<float>(argb >> 24);
    }
};

std::uint8_t rounded(float value) { return static_cast<std::uint8_t>(value + 0.5f); }

/// JFIF's weights.
float luma_of(const Colour& c) { return 0.299f * c.red + 0.587f * c.green + 0.114f * c.blue; }
float blue_of(const Colour& c) { return -0.16874f * c.red - 0.33126f * c.green + 0.5f * c.blue; }
float red_of(const Colour& c) { return 0.5f * c.red - 0.41869f * c.green - 0.08131f * c.blue; }

std::uint32_t pixel_at(const std::uint8_t* argb, int stride_bytes, int x, int y) {
    std::uint32_t pixel = 0;
    std::memcpy(&pixel, argb + static_cast<std::ptrdiff_t>(y) * stride_bytes + x * 4, sizeof pixel);
    return pixel;
}

std::size_t pixels_of(Size size) {
    return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

}  // namespace

TexturePair make_textures(const std::uint8_t* argb, Size size, int stride_bytes) {
    const Size half{size.width / 2, size.height / 2};
    TexturePair pair{{size, 2, {}}, {half, 3, {}}};
    pair.luma.texels.reserve(pixels_of(size) * 2);
    pair.colour.texels.reserve(pixels_of(half) * 3);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            Colour colour;
            colour.add(pixel_at(argb, stride_bytes, x, y));
            pair.luma.texels.push_back(rounded(luma_of(colour)));
            pair.luma.texels.push_back(rounded(colour.cover));
        }
    for (int y = 0; y < half.height; ++y)
        for (int x = 0; x < half.width; ++x) {
            Colour sum;
            for (int corner = 0; corner < 4; ++corner)
                sum.add(pixel_at(argb, stride_bytes, 2 * x + corner % 2, 2 * y + corner / 2));
            pair.colour.texels.push_back(rounded(blue_of(sum) / 4 + 127.5f));
            pair.colour.texels.push_back(rounded(red_of(sum) / 4 + 127.5f));
            pair.colour.texels.push_back(rounded(sum.cover / 4));
        }
    return pair;
}

Picture make_picture(const TexturePair& opaque) {
    Picture picture{{opaque.luma.size, 0}, {opaque.colour.size, 0}, {opaque.colour.size, 0}};
    for (std::size_t i = 0; i < picture.luma.pixels.size(); ++i)
        picture.luma.pixels[i] = opaque.luma.texels[2 * i];
    for (std::size_t i = 0; i < picture.blue.pixels.size(); ++i) {
        picture.blue.pixels[i] = opaque.colour.texels[3 * i];
        picture.red.pixels[i] = opaque.colour.texels[3 * i + 1];
    }
    return picture;
}

}  // namespace hudoor::feed
