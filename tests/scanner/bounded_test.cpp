// Whatever is in view, a frame takes a bounded amount of work: counted here, so that a slow machine
// changes nothing. ./run bench scan has the times.
#include <algorithm>
#include <cmath>
#include <random>

#include "scanner/codes/reader.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using test::Picture;

/// A picture of `level(x, y)`.
template <typename Level>
Picture draw(int width, int height, Level level) {
    auto picture = test::make_blank(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) picture.at(x, y) = static_cast<std::uint8_t>(level(x, y));
    return picture;
}

/// Finder marks side by side, nine modules from one to the next.
Picture draw_marks(int width, int height, int module_px) {
    return draw(width, height, [&](int x, int y) {
        const int ring = std::max(std::abs(x / module_px % 9 - 4), std::abs(y / module_px % 9 - 4));
        return ring == 4 || ring == 2 ? 220 : 20;
    });
}

/// Bars of 1:1:3:1:1 without end, which look like marks along every line.
Picture draw_bars(int width, int height, int module_px, bool across) {
    constexpr int bars[] = {1, 0, 1, 1, 1, 0, 1, 0};
    return draw(width, height, [&](int x, int y) {
        return bars[(across ? y : x) / module_px % 8] != 0 ? 15 : 235;
    });
}

/// Diamonds and crosses, as they are woven.
Picture draw_carpet(int width, int height, int pitch_px) {
    return draw(width, height, [&](int x, int y) {
        const int ring =
            std::abs(x % pitch_px - pitch_px / 2) + std::abs(y % pitch_px - pitch_px / 2);
        return ring * 8 / pitch_px % 2 == 0 ? 60 : 190;
    });
}

Picture draw_noise(int width, int height, int most) {
    std::mt19937 random(7);
    return draw(width, height, [&](int, int) { return random() % static_cast<unsigned>(most); });
}

/// A code of `length` letters as large as fits, one in eight of its modules turned over.
Picture draw_unreadable(int width, int height, std::size_t length) {
    auto code = test::draw_code(test::make_token(4, length), 1);
    std::mt19937 random(3);
    for (int y = 14; y < code.height_px - 14; ++y)
        for (int x = 14; x < code.width_px - 14; ++x)
            if (random() % 8 == 0) code.at(x, y) = static_cast<std::uint8_t>(250 - code.at(x, y));
    const int module_px = std::max(1, std::min(width, height) / code.width_px);
    auto picture = test::make_blank(width, height, 140);
    for (int y = 0; y < std::min(height, code.height_px * module_px); ++y)
        for (int x = 0; x < std::min(width, code.width_px * module_px); ++x)
            picture.at(x, y) = code.at(x / module_px, y / module_px);
    return picture;
}

struct View {
    std::string name;
    Picture picture;
};

std::vector<View> views(int width, int height) {
    std::vector<View> views;
    for (const int module_px : {2, 3, 5, 9})
        views.push_back(
            {"marks of " + std::to_string(module_px), draw_marks(width, height, module_px)});
    for (const bool across : {false, true})
        views.push_back({"bars", draw_bars(width, height, 3, across)});
    for (const int pitch : {12, 24, 40})
        views.push_back({"carpet of " + std::to_string(pitch), draw_carpet(width, height, pitch)});
    views.push_back({"noise", draw_noise(width, height, 256)});
    views.push_back({"dim noise", draw_noise(width, height, 60)});
    for (const std::size_t length : {100U, 700U, 2'900U})
        views.push_back({"unreadable code", draw_unreadable(width, height, length)});
    return views;
}

TEST_CASE("whatever is in view, every frame takes a bounded number of looks, checks and tries") {
    const auto [width, height] = GENERATE(std::pair{1280, 720}, std::pair{1920, 1080});
    const auto px = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    for (const auto& [name, picture] : views(width, height)) {
        CAPTURE(name, width);
        Reader reader;
        for (int frame = 0; frame < 9; ++frame) {
            CHECK(reader.read(picture.view()).empty());
            const FrameWork work = reader.last_work();
            CHECK(work.marks <= 1'024);
            CHECK(work.checks <= px / 24);
            CHECK(work.tries <= 11);
            CHECK(work.looks <= static_cast<std::int64_t>(px) * 7 / 5);
        }
    }
}

TEST_CASE("a code that cannot be read and does not change is tried less and less often") {
    const auto picture = draw_unreadable(1280, 720, 300);
    Reader reader;
    std::size_t tries = 0;
    for (int frame = 0; frame < 40; ++frame) {
        (void)reader.read(picture.view());
        tries += reader.last_work().tries;
        if (frame == 0) CHECK(tries > 0);
    }
    CHECK(tries < 40 * 3);
}

TEST_CASE("marks seen twice are one") {
    const auto picture = draw_marks(640, 480, 4);
    FinderSearch search;
    const auto& finders = search.search(picture.view()).finders;
    REQUIRE(finders.size() > 100);
    for (std::size_t i = 0; i < finders.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            CHECK(length(finders[i].centre - finders[k].centre) > 1.3F * finders[i].module_px);
}

TEST_CASE("a badge before a carpet of marks is read") {
    auto picture = draw_marks(1280, 720, 3);
    test::paste(picture, test::draw_code("HD1:CARPET", 5), 500, 250);
    const auto found = Reader().read(picture.view());
    REQUIRE(found.size() == 1);
    CHECK(found[0].text == "HD1:CARPET");
}

TEST_CASE(
    "pictures from one pixel to sixty-four megapixels are read, large ones made smaller first") {
    const auto [width, height] =
        GENERATE(std::pair{1, 1}, std::pair{1, 8'000}, std::pair{8'000, 1}, std::pair{8'000, 40},
                 std::pair{3'840, 2'160}, std::pair{8'000, 8'000});
    CAPTURE(width, height);
    auto picture = test::make_blank(width, height, 150);
    const bool has_room = std::min(width, height) > 1'000;
    if (has_room) test::paste(picture, test::draw_code("HD1:LARGE", width / 200), 300, 200);
    Reader reader;
    const auto found = reader.read(picture.view());
    CHECK(found.size() == (has_room ? 1 : 0));
    if (!has_room) return;
    CHECK(reader.last_work().reduced_by > 1);
    CHECK(reader.last_picture().width_px * reader.last_picture().height_px <= 2'100'000);
    // The corners are those of the frame.
    const auto module = static_cast<float>(width / 200);  // NOLINT(bugprone-integer-division)
    CHECK(length(found[0].corners[0] - Point{300 + 4 * module, 200 + 4 * module}) < module);
}

}  // namespace
}  // namespace hudoor::scanner
