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

/// How far a place is from the edge that something comes over.
double depth_from(int edge, double u, double v) {
    const double depths[] = {1 - u, 1 - v, u, v};
    return depths[edge % 4];
}

/// Three or four fingers side by side, round and with shadows between them.
void lay_hand(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    feed::Random random(wear.seed);
    const double finger = random.between(0.2, 0.28), tone = random.between(70, 190),
                 from = random.between(-0.1, 0.2);
    double reach[4];
    for (double& one : reach) one = wear.hand * random.between(0.75, 1.1);
    shade_all(card, code, [&](double u, double v, double level) {
        const double along = ((wear.covered % 2 == 0 ? v : u) - from) / finger;
        if (along < 0 || along >= 4) return level;
        const double aside = 2 * (along - std::floor(along)) - 1;
        const double tip = reach[static_cast<int>(along)] - 0.5 * finger * aside * aside;
        if (depth_from(wear.covered, u, v) > tip) return level;
        return tone * (1 - 0.35 * aside * aside);
    });
}

/// A ribbon with a word on it every now and then.
void lay_lanyard(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    feed::Random random(wear.seed);
    const double way = random.between(0, std::numbers::pi), at = random.between(0.35, 0.65),
                 ground = random.between(30, 200), print = ground > 110 ? 30 : 220;
    shade_all(card, code, [&](double u, double v, double level) {
        const double far = (u - 0.5) * std::cos(way) + (v - at) * std::sin(way);
        if (std::abs(far) > wear.lanyard / 2) return level;
        const double along =
            std::fmod(4 + (v - at) * std::cos(way) - (u - 0.5) * std::sin(way), 1.2);
        const bool stroke = along < 0.5 && std::fmod(along, 0.1) < 0.04;
        return stroke && std::abs(far) < wear.lanyard / 5 ? print : ground;
    });
}

void lay_rim(feed::Texture& card, const CodePlace& code, const Wear& wear) {
    feed::Random random(wear.seed);
    const double tone = random.between(20, 235), seam = random.chance(0.5) ? 0.8 : 1.2;
    shade_all(card, code, [&](double u, double v, double level) {
        const double inside = wear.rim - depth_from(wear.covered, u, v);
        if (inside < 0) return level;
        return inside < 0.02 ? tone * seam : tone;
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
    if (wear.hand > 0) lay_hand(card, code, wear);
    if (wear.lanyard > 0) lay_lanyard(card, code, wear);
    if (wear.rim > 0) lay_rim(card, code, wear);
}

}  // namespace hudoor::test
