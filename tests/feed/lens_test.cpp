#include "tests/feed/lens.hpp"

#include <cmath>
#include <numeric>

#include "tests/support/catch.hpp"

using namespace hudoor::feed;

namespace {

/// A black square with a white dot in the middle, wholly covering.
Texture dot() {
    Texture texture{{21, 21}, 2, {}};
    for (int i = 0; i < 21 * 21; ++i) {
        texture.texels.push_back(i == 10 * 21 + 10 ? 255 : 0);
        texture.texels.push_back(255);
    }
    return texture;
}

double sum(const std::vector<float>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("a projection and its inverse lead back to the same point") {
    const Projection there{{2, 0.3, 5, -0.2, 1.5, 7, 0.0004, 0.0002, 1}};
    const Point back = there.inverse()(there({123, 45}));
    CHECK(std::abs(back.x - 123) < 1e-9);
    CHECK(std::abs(back.y - 45) < 1e-9);
}

TEST_CASE("a texture seen straight on keeps its pixels") {
    const Layer layer = warp(dot(), Projection(), {0, 0, 21, 21});
    CHECK(layer.row(0, 10)[10] == 255);
    CHECK(layer.row(0, 10)[9] == 0);
    CHECK(layer.row(1, 5)[5] == 1);
}

TEST_CASE("smearing and defocus move light about and lose none of it") {
    Layer layer = warp(dot(), Projection(), {0, 0, 21, 21});
    smear(layer, {5, 0});
    CHECK(layer.row(0, 10)[10] < 100);
    CHECK(layer.row(0, 10)[8] > 20);
    CHECK(layer.row(0, 8)[10] == 0);
    CHECK(std::abs(sum(layer.channels[0]) - 255) < 1);
    defocus(layer, 1);
    CHECK(layer.row(0, 9)[10] > 1);
    CHECK(std::abs(sum(layer.channels[0]) - 255) < 1);
}

TEST_CASE("a reflection makes black white where it stands and nowhere else") {
    Layer layer = warp(dot(), Projection(), {0, 0, 21, 21});
    add_glare(layer, {{4.5, 4.5}, 1, 1});
    CHECK(layer.row(0, 4)[4] > 250);
    CHECK(layer.row(0, 15)[15] == 0);
}

TEST_CASE("the sensor's noise has the asked strength and is the same for the same seed") {
    const Grain grain;
    Plane once({640, 360}, 128);
    grain.add(once, 12, 5);
    double square = 0;
    for (const std::uint8_t pixel : once.pixels) square += (pixel - 128.0) * (pixel - 128.0);
    const double sigma = std::sqrt(square / static_cast<double>(once.pixels.size()));
    CHECK(sigma > 11.8);
    CHECK(sigma < 12.2);
    Plane again({640, 360}, 128), other({640, 360}, 128);
    grain.add(again, 12, 5);
    grain.add(other, 12, 6);
    CHECK(again.pixels == once.pixels);
    CHECK(other.pixels != once.pixels);
}

TEST_CASE("what covers nothing leaves the background as it was") {
    Plane plane({20, 20}, 77);
    lay(Layer{{2, 2, 10, 10}, {std::vector<float>(64), std::vector<float>(64)}}, 0, 1, plane);
    CHECK(plane.pixels == Plane({20, 20}, 77).pixels);
}
