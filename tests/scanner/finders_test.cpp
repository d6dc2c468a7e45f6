#include "scanner/marks/finders.hpp"

#include <algorithm>

#include "tests/scanner/badge_scene.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using test::Picture;

/// A code of version 1 in the middle of a gray picture; its corners are known.
struct Placed {
    Picture picture;
    float left = 0, top = 0, side = 0;
};

Placed place(int module_px) {
    const auto code = test::draw_code("HD1:CORNERS", module_px);
    Placed placed{test::make_blank(640, 480, 140), 0, 0, 0};
    const int left = (640 - code.width_px) / 2;
    const int top = (480 - code.height_px) / 2;
    test::paste(placed.picture, code, left, top);
    placed.left = static_cast<float>(left + 4 * module_px);
    placed.top = static_cast<float>(top + 4 * module_px);
    placed.side = static_cast<float>(21 * module_px);
    return placed;
}

bool are_near(Point a, Point b, float reach) { return length(a - b) < reach; }

TEST_CASE("the three marks of a code are found with their places and their size, dark or light") {
    const int module_px = GENERATE(2, 3, 4, 7, 11, 14);
    const bool inverted = GENERATE(false, true);
    const double noise = GENERATE(0.0, 8.0);
    CAPTURE(module_px, inverted, noise);
    auto placed = place(module_px);
    if (inverted) placed.picture = test::invert(placed.picture);
    test::add_noise(placed.picture, 3, noise);
    FinderSearch search;
    const auto& found = search.search(placed.picture.view());
    REQUIRE_FALSE(found.groups.empty());
    const auto& group = found.groups.front();
    const auto module = static_cast<float>(module_px);
    CHECK(are_near(group.corners[0], {placed.left, placed.top}, module));
    CHECK(are_near(group.corners[2], {placed.left + placed.side, placed.top + placed.side},
                   1.5F * module));
    CHECK(std::abs(group.module_px - module) < 0.12F * module);
    CHECK(std::abs(group.modules - 21) < 2);
    CHECK(group.marks[0].inverted == inverted);
}

TEST_CASE("a code is found however it is turned, and however it leans up to 45 degrees") {
    const double turned = GENERATE(0.0, 20.0, 45.0, 70.0, 135.0, 200.0, 310.0);
    const double leant = GENERATE(0.0, 25.0, 45.0);
    CAPTURE(turned, leant);
    test::Scene scene;
    test::SceneBadge badge;
    badge.text = test::make_token(5);
    badge.module_px = 4;
    badge.turned = turned;
    badge.leant = leant;
    badge.leant_towards = turned + 30;
    scene.badges = {badge};
    const auto picture = test::draw_scene(scene);
    FinderSearch search;
    const auto& found = search.search(picture.view());
    REQUIRE_FALSE(found.groups.empty());
    const Point middle = 0.5F * (found.groups[0].corners[0] + found.groups[0].corners[2]);
    CHECK(are_near(middle, {640, 360}, 30));
}

TEST_CASE("noise, halls and stripes have no groups of marks") {
    const auto seed =
        GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{4});
    test::Scene hall;
    hall.seed = seed;
    hall.noise = static_cast<double>(seed * 8);
    FinderSearch search;
    CHECK(search.search(test::draw_scene(hall).view()).groups.empty());
    auto noise = test::make_blank(640, 480, 128);
    test::add_noise(noise, static_cast<unsigned>(seed), 90);
    CHECK(search.search(noise.view()).groups.empty());
    auto stripes = test::make_blank(640, 480, 200);
    for (int y = 0; y < stripes.height_px; ++y)
        for (int x = 0; x < stripes.width_px; ++x)
            if (x / static_cast<int>(seed + 1) % 2 == 0) stripes.at(x, y) = 20;
    CHECK(search.search(stripes.view()).groups.empty());
}

TEST_CASE("pictures too small for a mark, and none at all, have no marks") {
    const int width = GENERATE(0, 1, 7, 31, 32, 33);
    const int height = GENERATE(0, 1, 8, 31, 32, 65);
    const auto picture = test::make_blank(width, height, 90);
    FinderSearch search;
    CHECK(search.search(picture.view()).finders.empty());
    CHECK(search.search({}).finders.empty());
}

}  // namespace
}  // namespace hudoor::scanner
