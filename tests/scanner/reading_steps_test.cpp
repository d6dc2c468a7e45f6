#include <algorithm>
#include <numeric>
#include <random>

#include "scanner/codes/busy_boxes.hpp"
#include "scanner/marks/filters.hpp"
#include "scanner/modules/decoder.hpp"
#include "scanner/modules/function_modules.hpp"
#include "scanner/modules/grid.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using test::Picture;
using Pixels = std::vector<std::uint8_t>;

Picture random_picture(int width, int height, unsigned seed) {
    auto picture = test::make_blank(width, height);
    std::mt19937 random(seed);
    for (auto& pixel : picture.pixels) pixel = static_cast<std::uint8_t>(random());
    return picture;
}

int level(const GrayView& view, int x, int y) {
    return view.pixels[std::ptrdiff_t{std::clamp(y, 0, view.height_px - 1)} * view.stride_bytes +
                       std::clamp(x, 0, view.width_px - 1)];
}

TEST_CASE("half a picture holds the means of four pixels, and leaves an odd line out") {
    const auto picture = random_picture(37, 23, 1);
    Pixels pixels;
    const auto half = halve(picture.view(), pixels);
    REQUIRE(half.width_px == 18);
    REQUIRE(half.height_px == 11);
    const auto whole = picture.view();
    for (int y = 0; y < half.height_px; ++y)
        for (int x = 0; x < half.width_px; ++x) {
            const int sum = level(whole, 2 * x, 2 * y) + level(whole, 2 * x + 1, 2 * y) +
                            level(whole, 2 * x, 2 * y + 1) + level(whole, 2 * x + 1, 2 * y + 1);
            REQUIRE(level(half, x, y) == (sum + 2) / 4);
        }
}

TEST_CASE("a picture twice as large has 9, 3, 3 and 1 parts of the four pixels around") {
    const auto picture = random_picture(19, 7, 2);
    Pixels pixels;
    const auto twice = enlarge_twice(picture.view(), pixels);
    REQUIRE(twice.width_px == 38);
    REQUIRE(twice.height_px == 14);
    for (int y = 0; y < twice.height_px; ++y)
        for (int x = 0; x < twice.width_px; ++x) {
            const int beside = x / 2 + (x % 2 == 0 ? -1 : 1);
            const int above = y / 2 + (y % 2 == 0 ? -1 : 1);
            const auto at = [&](int column, int row) { return level(picture.view(), column, row); };
            const int sum = 9 * at(x / 2, y / 2) + 3 * at(beside, y / 2) + 3 * at(x / 2, above) +
                            at(beside, above);
            REQUIRE(level(twice, x, y) == (sum + 8) / 16);
        }
}

TEST_CASE("sharpening adds what a pixel differs from the mean around it") {
    const int radius = GENERATE(1, 2, 3, 4);
    const int gain = GENERATE(1, 3);
    CAPTURE(radius, gain);
    const auto picture = random_picture(41, 29, 3);
    Pixels pixels;
    Sharpener sharpener;
    const auto sharp = sharpener.sharpen(picture.view(), {radius, gain}, pixels);
    const int area = (2 * radius + 1) * (2 * radius + 1);
    for (int y = 0; y < sharp.height_px; ++y)
        for (int x = 0; x < sharp.width_px; ++x) {
            int sum = 0;
            for (int down = -radius; down <= radius; ++down)
                for (int along = -radius; along <= radius; ++along)
                    sum += level(picture.view(), x + along, y + down);
            const double exact =
                level(picture.view(), x, y) * (1.0 + gain) - static_cast<double>(gain) * sum / area;
            REQUIRE(std::abs(level(sharp, x, y) - std::clamp(exact, 0.0, 255.0)) <= 2);
        }
}

TEST_CASE("the complement is light where the picture is dark") {
    const auto picture = random_picture(21, 22, 4);
    Pixels pixels;
    const auto inverted = complement(picture.view(), pixels);
    for (int y = 0; y < 22; ++y)
        for (int x = 0; x < 21; ++x)
            REQUIRE(level(inverted, x, y) == 255 - level(picture.view(), x, y));
}

TEST_CASE("the function modules are those of every code that ZXing writes") {
    const auto length =
        GENERATE(std::size_t{10}, std::size_t{40}, std::size_t{116}, std::size_t{200},
                 std::size_t{600}, std::size_t{1'200}, std::size_t{2'900});
    CAPTURE(length);
    const auto code = test::draw_code(test::make_token(7, length), 1);
    const int modules = code.width_px - 8;
    const int version = nearest_version(static_cast<float>(modules));
    REQUIRE(modules_of(version) == modules);
    for (const auto& module : function_modules(version))
        REQUIRE((code.at(module.x + 4, module.y + 4) < 128) == module.dark);
}

TEST_CASE("the most code-like part of a hall is the code") {
    const auto seed =
        GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{4});
    const double module_px = GENERATE(1.4, 2.5, 4.0);
    CAPTURE(seed, module_px);
    test::Scene scene;
    test::SceneBadge badge;
    badge.text = test::make_token(seed);
    badge.module_px = module_px;
    badge.defocus_px = 0.35 * module_px;
    scene.badges = {badge};
    scene.seed = seed;
    const auto picture = test::draw_scene(scene);
    FinderSearch search;
    (void)search.search(picture.view());
    BusyBoxes busy;
    const auto& boxes = busy.find(search.ink(1));
    REQUIRE_FALSE(boxes.empty());
    // Of the half picture; the code stands in the middle of the frame.
    const bool found = std::any_of(
        boxes.begin(), boxes.begin() + std::min<std::ptrdiff_t>(2, std::ssize(boxes)),
        [](const Box& box) {
            return box.left < 320 && box.right > 320 && box.top < 180 && box.bottom > 180;
        });
    CHECK(found);
}

TEST_CASE("a code that leans is read through its grid, with its corners") {
    const double leant = GENERATE(0.0, 30.0, 50.0, 60.0);
    const bool inverted = GENERATE(false, true);
    CAPTURE(leant, inverted);
    test::Scene scene;
    test::SceneBadge badge;
    badge.text = test::make_token(3);
    badge.module_px = 5;
    badge.leant = leant;
    badge.leant_towards = 20;
    badge.inverted = inverted;
    scene.badges = {badge};
    const auto picture = test::draw_scene(scene);
    FinderSearch search;
    GridReader grid(decode_upright);
    std::optional<FoundCode> code;
    Effort effort(10'000'000);
    for (const auto& group : search.search(picture.view()).groups)
        if ((code = grid.read(picture.view(), group, effort))) break;
    REQUIRE(code);
    CHECK(code->text == badge.text);
    CHECK(code->inverted == inverted);
    CHECK(length(0.5F * (code->corners[0] + code->corners[2]) - Point{640, 360}) < 25);
}

}  // namespace
}  // namespace hudoor::scanner
