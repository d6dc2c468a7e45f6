#include "tests/scanner/badge_wear.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/feed/random.hpp"

namespace hudoor::test {
namespace {

constexpr double white = 245, skin = 150, sign = 70;

std::size_t index_of(const feed::Texture& card, int x, int y) {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(card.size.width) +
            static_cast<std::size_t>(x)) *
           2;
}

/// Every texel becomes what `shade` makes of it and its place, in sides of the code from its top
/// left.
template <typename Shade>
void shade_all(feed::Texture& card, const CodePlace& code, Shade shade) {
    for (int y = 0; y < card.size.height; ++y)
        for (int x = 0; x < card.size.width; ++x) {
            auto& level = card.texels[index_of(card, x, y)];
            const double now = shade((x + 0.5 - code.left) / code.side,
                                     (y + 0.5 - code.top) / code.side, static_cast<double>(level));
            level = static_cast<std::uint8_t>(std::clamp(now, 0.0, 255.0));
        }
}

double texel_at(const feed::Texture& card, double x, double y) {
    x = std::clamp(x - 0.5, 0.0, card.size.width - 1.001);
    y = std::clamp(y - 0.5, 0.0, card.size.height - 1.001);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const double across = x - left, down = y - top;
    const auto at = [&](int i, int k) -> double {
        return card.texels[index_of(card, left + i, top + k)];
    };
    return (1 - down) * ((1 - across) * at(0, 0) + across * at(1, 0)) +
           down * ((1 - across) * at(0, 1) + across * at(1, 1));
}

/// Every texel comes from another place; both in sides of the code.
template <typename From>
void bend_all(feed::Texture& card, const CodePlace& code, From from) {
    const feed::Texture flat = card;
    shade_all(card, code, [&](double u, double v, double) {
        const auto [x, y] = from(u, v);
        return texel_at(flat, code.left + x * code.side, code.top + y * code.side);
    });
}

void print_logo(feed::Texture& card, const CodePlace& code, double side) {
    shade_all(card, code, [&](double u, double v, double level) {
        const double ring = std::max(std::abs(u - 0.5), std::abs(v - 0.5)) * 2 / side;
        if (ring > 1) return level;
        return std::hypot(u - 0.5, v - 0.5) * 2 < 0.6 * side ? sign : white;
    });
}

void cover(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    shade_all(card, code, [&](double u, double v, double level) {
        const double depth[] = {u - 1, v - 1, -u, -v};
        if (wear.covered < 4) {
            const double along = wear.covered % 2 == 0 ? v - 0.5 : u - 0.5;
            const bool under = depth[wear.covered] > -wear.cover * (1 - 2 * along * along);
            return under ? skin : level;
        }
        return std::hypot(u - 1, v - 1) < wear.cover ? skin : level;
    });
}

void bend(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    if (wear.curl > 0)
        bend_all(card, code, [&](double u, double v) {
            const double out = (2 * u - 1) * (2 * u - 1) - 1;
            return std::pair{u + wear.curl * 0.5 * out, v + wear.curl * out};
        });
    if (wear.cup > 0)
        bend_all(card, code, [&](double u, double v) {
            const double across = std::clamp((2 * u - 1) * wear.cup, -0.99, 0.99);
            const double depth = 1 - std::sqrt(1 - across * across);
            return std::pair{0.5 + std::asin(across) / std::asin(wear.cup) / 2, v + 0.25 * depth};
        });
}

void crumple(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    feed::Random random(wear.seed);
    double waves[4][4];
    for (auto& wave : waves) {
        const double way = random.between(0, 2 * std::numbers::pi), often = random.between(4, 9);
        wave[0] = often * std::cos(way);
        wave[1] = often * std::sin(way);
        wave[2] = random.between(0, 2 * std::numbers::pi);
        wave[3] = random.between(-1, 1);
    }
    const auto height = [&](double u, double v, int shift) {
        double sum = 0;
        for (const auto& wave : waves)
            sum += std::sin(wave[0] * u + wave[1] * v + wave[2] + shift * wave[3]);
        return sum / 2;
    };
    bend_all(card, code, [&](double u, double v) {
        return std::pair{u + wear.crumple * height(u, v, 0), v + wear.crumple * height(u, v, 2)};
    });
    shade_all(card, code, [&](double u, double v, double level) {
        return level * (1 - 0.25 * std::abs(height(u, v, 1)));
    });
}

/// A sheet of plastic in front: grey, and white where a lamp stands in it.
void put_in_sleeve(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    feed::Random random(wear.seed);
    const double way = random.between(0, std::numbers::pi), at = random.between(0.3, 0.7);
    shade_all(card, code, [&](double u, double v, double level) {
        const double far = (u - at) * std::cos(way) + (v - at) * std::sin(way);
        const double sheen = wear.streak > 0
                                 ? 1.6 * std::exp(-far * far / (2 * wear.streak * wear.streak / 6))
                                 : 0.25 * std::sin(5 * far);
        return level * (1 - wear.haze) + 255 * wear.haze * (1 + sheen * 0.5) +
               (wear.streak > 0 ? 255 * sheen : 0);
    });
}

}  // namespace

void wear_out(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    if (wear.logo > 0) print_logo(card, code, wear.logo);
    if (wear.curl > 0 || wear.cup > 0) bend(card, code, wear);
    if (wear.crumple > 0) crumple(card, code, wear);
    if (wear.haze > 0 || wear.streak > 0) put_in_sleeve(card, code, wear);
    if (wear.cover > 0) cover(card, code, wear);
}

}  // namespace hudoor::test
