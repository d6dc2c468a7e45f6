#include "tests/feed/lens.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "config/fault.hpp"
#include "tests/feed/random.hpp"

namespace hudoor::feed {
namespace {

/// The texture's value between four texels; outside it there is nothing.
template <int Channels>
void take_sample(const Texture& texture, float u, float v, float (&sample)[Channels]) {
    // Truncating is rounding down, once what lies left of or above the texture is gone.
    const float x = u - 0.5f;
    const float y = v - 0.5f;
    if (!(x >= 0 && y >= 0 && x < static_cast<float>(texture.size.width - 1) &&
          y < static_cast<float>(texture.size.height - 1)))
        return;
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    const float right_share = x - static_cast<float>(left);
    const float bottom_share = y - static_cast<float>(top);
    const std::ptrdiff_t row_bytes = static_cast<std::ptrdiff_t>(texture.size.width) * Channels;
    const std::uint8_t* above = texture.texels.data() + top * row_bytes + left * Channels;
    const std::uint8_t* below = above + row_bytes;
    for (int c = 0; c < Channels; ++c) {
        const float upper = static_cast<float>(above[c]) +
                            right_share * static_cast<float>(above[c + Channels] - above[c]);
        const float lower = static_cast<float>(below[c]) +
                            right_share * static_cast<float>(below[c + Channels] - below[c]);
        // Colours are kept + 128; the bias must not count where there is no texture.
        const float bias = Channels == 3 && c < 2 ? 128.0f : 0.0f;
        sample[c] = upper + bottom_share * (lower - upper) - bias;
    }
}

/// In floats, scaled so that they keep their digits.
std::array<float, 9> coefficients(const Projection& map) {
    std::array<float, 9> m{};
    for (std::size_t i = 0; i < 9; ++i) m[i] = static_cast<float>(map.m[i] / map.m[8]);
    return m;
}

template <int Channels>
Layer warp_channels(const Texture& texture, const Projection& map, Box box) {
    Layer layer{box, {}};
    const auto pixels =
        static_cast<std::size_t>(box.width()) * static_cast<std::size_t>(box.height());
    layer.channels.assign(Channels, std::vector<float>(pixels));
    const std::array<float, 9> m = coefficients(map);
    std::size_t index = 0;
    for (int row = box.top; row < box.bottom; ++row)
        for (int column = box.left; column < box.right; ++column, ++index) {
            const float x = static_cast<float>(column) + 0.5f;
            const float y = static_cast<float>(row) + 0.5f;
            const float w = 1 / (m[6] * x + m[7] * y + m[8]);
            float sample[Channels] = {};
            take_sample<Channels>(texture, (m[0] * x + m[1] * y + m[2]) * w,
                                  (m[3] * x + m[4] * y + m[5]) * w, sample);
            for (std::size_t c = 0; c < Channels; ++c)
                layer.channels[c][index] = sample[c] * (c == Channels - 1 ? 1.0f / 255 : 1.0f);
        }
    return layer;
}

/// target += weight * source moved by whole pixels, within the box.
void add_moved(std::vector<float>& target, const std::vector<float>& source, const Box& box, int dx,
               int dy, float weight) {
    const int width = box.width();
    const int first = std::max(0, dx);
    const int last = width + std::min(0, dx);
    for (int y = std::max(0, dy); y < box.height() + std::min(0, dy); ++y) {
        float* to = target.data() + static_cast<std::ptrdiff_t>(y) * width;
        const float* from = source.data() + static_cast<std::ptrdiff_t>(y - dy) * width - dx;
        for (int x = first; x < last; ++x) to[x] += weight * from[x];
    }
}

std::vector<float> bell(double sigma) {
    const int radius = static_cast<int>(std::ceil(2.5 * sigma));
    std::vector<float> weights;
    float sum = 0;
    for (int i = -radius; i <= radius; ++i) {
        weights.push_back(static_cast<float>(std::exp(-0.5 * i * i / (sigma * sigma))));
        sum += weights.back();
    }
    for (float& weight : weights) weight /= sum;
    return weights;
}

void blur_along(Layer& layer, const std::vector<float>& weights, int dx, int dy) {
    const int radius = static_cast<int>(weights.size() / 2);
    for (auto& channel : layer.channels) {
        std::vector<float> blurred(channel.size());
        for (int i = -radius; i <= radius; ++i)
            add_moved(blurred, channel, layer.box, i * dx, i * dy,
                      weights[static_cast<std::size_t>(i + radius)]);
        channel = std::move(blurred);
    }
}

std::uint8_t clamped(float value) {
    return static_cast<std::uint8_t>(std::min(std::max(value + 0.5f, 0.0f), 255.0f));
}

}  // namespace

Layer warp(const Texture& texture, const Projection& frame_to_texture, Box box) {
    ENSURE(texture.channels == 2 || texture.channels == 3);
    return texture.channels == 2 ? warp_channels<2>(texture, frame_to_texture, box)
                                 : warp_channels<3>(texture, frame_to_texture, box);
}

void smear(Layer& layer, Point by) {
    const double length = std::hypot(by.x, by.y);
    if (length < 1) return;
    const int steps = static_cast<int>(std::ceil(length)) + 1;
    const float weight = 1.0f / static_cast<float>(steps);
    for (auto& channel : layer.channels) {
        std::vector<float> smeared(channel.size());
        for (int step = 0; step < steps; ++step) {
            const double t = step / (steps - 1.0) - 0.5;
            add_moved(smeared, channel, layer.box, static_cast<int>(std::lround(by.x * t)),
                      static_cast<int>(std::lround(by.y * t)), weight);
        }
        channel = std::move(smeared);
    }
}

void defocus(Layer& layer, double sigma) {
    if (sigma < 0.2) return;
    const std::vector<float> weights = bell(sigma);
    blur_along(layer, weights, 1, 0);
    blur_along(layer, weights, 0, 1);
}

void soften(Texture& texture, double sigma) {
    Layer layer{{0, 0, texture.size.width, texture.size.height}, {}};
    for (int c = 0; c < texture.channels; ++c) {
        auto& channel = layer.channels.emplace_back();
        for (std::size_t i = static_cast<std::size_t>(c); i < texture.texels.size();
             i += static_cast<std::size_t>(texture.channels))
            channel.push_back(texture.texels[i]);
    }
    defocus(layer, sigma);
    for (std::size_t i = 0; i < texture.texels.size(); ++i)
        texture.texels[i] = static_cast<std::uint8_t>(
            layer.channels[i % layer.channels.size()][i / layer.channels.size()] + 0.5f);
}

void add_glare(Layer& luma, const Glare& glare) {
    const double reach = 3 * glare.sigma_px;
    const Box& box = luma.box;
    const int top = std::max(box.top, static_cast<int>(glare.at.y - reach));
    const int bottom = std::min(box.bottom, static_cast<int>(glare.at.y + reach));
    const int left = std::max(box.left, static_cast<int>(glare.at.x - reach));
    const int right = std::min(box.right, static_cast<int>(glare.at.x + reach));
    for (int y = top; y < bottom; ++y) {
        float* value = luma.row(0, y);
        const float* cover = luma.row(1, y);
        for (int x = left; x < right; ++x) {
            const double distance = std::hypot(x + 0.5 - glare.at.x, y + 0.5 - glare.at.y);
            const double far = distance / glare.sigma_px;
            value[x - box.left] +=
                cover[x - box.left] *
                static_cast<float>(255 * glare.strength * std::exp(-far * far / 2));
        }
    }
}

void lay(const Layer& layer, std::size_t channel, double gain, Plane& plane) {
    const Box& box = layer.box;
    const float bias = layer.channels.size() == 3 ? 128.0f : 0.0f;
    for (int y = box.top; y < box.bottom; ++y) {
        std::uint8_t* to = plane.row(y) + box.left;
        const float* value = layer.row(channel, y);
        const float* cover = layer.row(layer.channels.size() - 1, y);
        for (int x = 0; x < box.width(); ++x)
            to[x] = clamped((static_cast<float>(to[x]) - bias) * (1 - cover[x]) +
                            value[x] * static_cast<float>(gain) + bias);
    }
}

void dim(Picture& picture, double gain) {
    const auto factor = static_cast<float>(gain);
    for (std::uint8_t& pixel : picture.luma.pixels)
        pixel = clamped(static_cast<float>(pixel) * factor);
    for (Plane* plane : {&picture.blue, &picture.red})
        for (std::uint8_t& pixel : plane->pixels)
            pixel = clamped((static_cast<float>(pixel) - 128) * factor + 128);
}

Grain::Grain() : table_(1 << 18) {
    Random random(20261204);
    for (std::int16_t& value : table_) {
        const double radius = std::sqrt(-2 * std::log(random.between(1e-9, 1)));
        value = static_cast<std::int16_t>(
            std::lround(256 * radius * std::cos(2 * std::numbers::pi * random.between(0, 1))));
    }
}

void Grain::add(Plane& luma, double sigma, std::uint64_t seed) const {
    Random random(seed);
    const int strength = static_cast<int>(std::lround(sigma * 16));
    const auto width = static_cast<std::size_t>(luma.size.width);
    for (int y = 0; y < luma.size.height; ++y) {
        std::uint8_t* row = luma.row(y);
        const std::int16_t* grain = table_.data() + random.below(table_.size() - width);
        for (std::size_t x = 0; x < width; ++x) {
            const int value = row[x] + ((grain[x] * strength + 2048) >> 12);
            row[x] = static_cast<std::uint8_t>(std::min(std::max(value, 0), 255));
        }
    }
}

}  // namespace hudoor::feed
