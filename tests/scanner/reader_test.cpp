#include "scanner/codes/reader.hpp"

#include <algorithm>
#include <random>

#include "tests/scanner/code_picture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using test::Picture;

constexpr std::string_view token =
    "HD1:6BF1%Q$C-NTK*8:4+R2A.9/ZYXWVUTSRQPONMLKJIHGFEDCBA0123456789";

Picture in_scene(const Picture& code, int width_px = 640, int height_px = 480) {
    auto scene = test::make_blank(width_px, height_px, 140);
    test::paste(scene, code, (width_px - code.width_px) / 2, (height_px - code.height_px) / 2);
    return scene;
}

std::vector<FoundCode> read_with_all_variants(const Picture& picture) {
    return Reader({.takes_turns = false}).read(picture.view());
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if ((first >= 0x80 && first < 0xc2) || first > 0xf4 || i + length > text.size())
            return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
        }
        i += length;
    }
    return true;
}

TEST_CASE("a code is read at every module size and turned every way") {
    const int module_px = GENERATE(2, 3, 5, 8);
    const int turns = GENERATE(0, 1, 2, 3);
    const bool noisy = GENERATE(false, true);
    CAPTURE(module_px, turns, noisy);
    auto code = test::draw_code(token, module_px);
    for (int i = 0; i < turns; ++i) code = test::turn_right(code);
    auto scene = in_scene(code);
    if (noisy) test::add_noise(scene, 1, 6);
    const auto found = Reader().read(scene.view());
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == token);
    CHECK_FALSE(found[0].inverted);
    CHECK_FALSE(found[0].mirrored);
}

TEST_CASE("inverted and mirrored codes are read and named") {
    const bool inverted = GENERATE(false, true);
    const bool mirrored = GENERATE(false, true);
    CAPTURE(inverted, mirrored);
    auto code = test::draw_code(token, 4);
    if (inverted) code = test::invert(code);
    if (mirrored) code = test::mirror(code);
    const auto found = read_with_all_variants(in_scene(code));
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == token);
    CHECK(found[0].inverted == inverted);
    CHECK(found[0].mirrored == mirrored);
}

TEST_CASE("an inverted code that comes in is read within four frames, and then in every frame") {
    const auto code = in_scene(test::invert(test::draw_code(token, 4)));
    Reader reader;
    for (int frame = GENERATE(1, 2, 3, 4); frame > 0; --frame) {
        CHECK(reader.read(test::make_blank(640, 480).view()).empty());
    }
    int frames = 1;
    while (reader.read(code.view()).empty() && frames < 10) ++frames;
    CHECK(frames <= 4);
    for (int frame = 0; frame < 8; ++frame) CHECK(reader.read(code.view()).size() == 1);
}

TEST_CASE("the corners are those of the code, from its own top left") {
    const bool mirrored = GENERATE(false, true);
    auto scene = in_scene(test::draw_code("HD1:CORNERS", 6));
    const float left = (640 - 29 * 6) / 2 + 4 * 6;
    const float top = (480 - 29 * 6) / 2 + 4 * 6;
    const float side = 21 * 6;
    if (mirrored) scene = test::mirror(scene);
    const auto found = read_with_all_variants(scene);
    REQUIRE(found.size() == 1);
    const auto& corners = found[0].corners;
    const auto x_of = [&](float x) { return mirrored ? 640 - x : x; };
    CHECK(std::abs(corners[0].x - x_of(left)) < 6);
    CHECK(std::abs(corners[0].y - top) < 6);
    CHECK(std::abs(corners[1].x - x_of(left + side)) < 6);
    CHECK(std::abs(corners[2].y - (top + side)) < 6);
    CHECK(std::abs(area_px(found[0]) - side * side) < 0.15F * side * side);
}

TEST_CASE("several codes come larger first, the same text only once") {
    auto scene = test::make_blank(1000, 400, 140);
    test::paste(scene, test::draw_code("SMALL-BADGE", 4), 20, 20);
    test::paste(scene, test::draw_code("LARGE-BADGE", 8), 200, 20);
    test::paste(scene, test::draw_code("SMALL-BADGE", 3), 600, 20);
    test::paste(scene, test::invert(test::draw_code("PHONE-BADGE", 6)), 750, 20);
    std::vector<std::string> texts;
    for (const auto& code : read_with_all_variants(scene)) texts.push_back(code.text);
    CHECK(texts == std::vector<std::string>{"LARGE-BADGE", "PHONE-BADGE", "SMALL-BADGE"});
}

TEST_CASE("noise and stripes are no codes") {
    const unsigned seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U);
    CAPTURE(seed);
    auto scene = test::make_blank(640, 480, 128);
    std::mt19937 random(seed);
    for (int y = 0; y < scene.height_px; ++y) {
        for (int x = 0; x < scene.width_px; ++x) {
            if (seed % 2 == 0)
                scene.at(x, y) = static_cast<std::uint8_t>(random() & 255U);
            else if ((x / static_cast<int>(2 * seed) + y / 3) % 2 == 0)
                scene.at(x, y) = 10;
        }
    }
    test::add_noise(scene, seed, 20);
    CHECK(read_with_all_variants(scene).empty());
}

TEST_CASE("pictures of any size and stride are safe") {
    const int width = GENERATE(0, 1, 2, 20, 21, 22, 39, 41, 100);
    const int height = GENERATE(0, 1, 3, 20, 21, 23, 40, 77);
    const int spare = GENERATE(0, 1, 7);
    auto picture = test::make_blank(width + spare, height, 99);
    test::add_noise(picture, 5, 80);
    auto view = picture.view();
    view.width_px = width;
    CHECK(Reader({.takes_turns = false}).read(view).empty());
}

TEST_CASE("a code in rows with odd gaps between them is read") {
    auto scene = test::make_blank(333, 301, 140);
    test::paste(scene, test::draw_code("HD1:ODD-STRIDE", 5), 40, 40);
    auto view = scene.view();
    view.width_px = 300;
    const auto found = Reader().read(view);
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == "HD1:ODD-STRIDE");
}

TEST_CASE("nonsense sizes give nothing") {
    const std::vector<std::uint8_t> pixels(100, 0);
    CHECK(Reader().read({}).empty());
    CHECK(Reader().read({pixels.data(), -5, 10, 10}).empty());
    CHECK(Reader().read({pixels.data(), 100, 1, 50}).empty());
}

TEST_CASE("hostile contents come through as text without harm") {
    std::string controls;
    for (char c = 1; c < 32; ++c) controls += c;
    const auto text =
        GENERATE_COPY(as<std::string>{}, controls, std::string("HD1:\0TAIL", 9),
                      std::string("\x7f'; DROP TABLE facts; --"), std::string("%s%n%x"));
    const auto found = Reader().read(in_scene(test::draw_code(text, 5)).view());
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == text);
}

TEST_CASE("a code of 7,089 digits is read whole") {
    std::string digits;
    for (int i = 0; i < 7'089; ++i) digits += static_cast<char>('0' + i % 10);
    const auto found = Reader().read(in_scene(test::draw_code(digits, 4), 1920, 1080).view());
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == digits);
}

TEST_CASE("bytes that are no UTF-8 come out as UTF-8 all the same") {
    const auto bytes =
        GENERATE(as<std::string>{}, "HD1:\xc3\x28\xa0\xa1", "\xff\xfe\xfd\xfc\xfb",
                 "\xed\xa0\x80\xed\xb0\x80 surrogates", "\xf0\x28\x8c\xbc\xf8\x88\x80\x80\x80",
                 "\xe2\x82", "\xc0\xaf\xe0\x80\xaf overlong");
    const auto found = Reader().read(in_scene(test::draw_code(bytes, 6)).view());
    REQUIRE(found.size() == 1);
    CHECK(is_utf8(found[0].text));
    CHECK_FALSE(found[0].text.empty());
}

}  // namespace
}  // namespace hudoor::scanner
