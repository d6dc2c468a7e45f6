/// The virtual camera, as pure arithmetic on pixels: perspective, motion blur, defocus, glare,
/// light and sensor noise.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/feed/picture.hpp"

namespace hudoor::feed {

/// What a texture throws onto a part of a plane: one float a pixel and channel, cover last (0 to
/// 1), values 0 to 255 multiplied by it, colours around 0.
struct Layer {
    Box box;
    std::vector<std::vector<float>> channels;

    [[nodiscard]] float* row(std::size_t channel, int y) {
        return channels[channel].data() + static_cast<std::ptrdiff_t>(y - box.top) * box.width();
    }
    [[nodiscard]] const float* row(std::size_t channel, int y) const {
        return channels[channel].data() + static_cast<std::ptrdiff_t>(y - box.top) * box.width();
    }
};

/// Looks the texture up for every pixel of `box`, once: it should be about as fine as the frame.
[[nodiscard]] Layer warp(const Texture& texture, const Projection& frame_to_texture, Box box);

/// The layer moved by this many pixels while the shutter was open. Under a pixel nothing happens.
void smear(Layer& layer, Point by);

/// Gaussian blur of this standard deviation in pixels.
void defocus(Layer& layer, double sigma);

/// The same of a texture, in texels; products with the cover stay right.
void soften(Texture& texture, double sigma);

/// A reflection: light added on the card itself, bell-shaped.
struct Glare {
    Point at;
    double sigma_px = 0;
    double strength = 0;  ///< 1 is white at the middle, whatever is printed there
};
void add_glare(Layer& luma, const Glare& glare);

/// Lays channel `channel` over the plane, times `gain`.
void lay(const Layer& layer, std::size_t channel, double gain, Plane& plane);

/// Less light on everything: luma times gain, colours towards none.
void dim(Picture& picture, double gain);

/// The sensor's noise, from a table made once: it is added to every pixel of every frame.
class Grain {
public:
    Grain();
    void add(Plane& luma, double sigma, std::uint64_t seed) const;

private:
    std::vector<std::int16_t> table_;  ///< standard deviation 256
};

}  // namespace hudoor::feed
