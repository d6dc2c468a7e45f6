// Frames of any size and content, and what they leave behind. A program of its own: it counts every
// allocation.
#include <fstream>
#include <random>

#include "scanner/codes/reader.hpp"
#include "scanner/guide/advice.hpp"
#include "scanner/modules/decoder.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/scanner/counted_new.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

/// ZXing allocates; it is not ours.
template <typename Decode>
auto without_counting(Decode decode) {
    return [decode](const GrayView& view) {
        const bool before = test::counting_allocations.exchange(false);
        auto found = decode(view);
        test::counting_allocations = before;
        return found;
    };
}

Reader make_counted_reader() {
    return Reader({.takes_turns = true,
                   .decode_upright = without_counting(decode_upright),
                   .decode_codes = without_counting(decode_codes)});
}

/// Scenes with codes nobody can read, and without.
std::vector<test::Picture> unreadable_scenes() {
    std::vector<test::Picture> pictures;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        test::Scene scene;
        scene.size = {640, 360};
        scene.seed = seed;
        scene.noise = static_cast<double>(seed * 3);
        test::SceneBadge badge;
        badge.text = test::make_token(seed);
        badge.module_px = 3;
        badge.glare = 3;
        badge.glare_size = 0.4;
        badge.glare_at = {0.7, 0.7};
        if (seed % 3 != 0) scene.badges = {badge};
        pictures.push_back(test::draw_scene(scene));
    }
    return pictures;
}

TEST_CASE("once warm, reading and guiding allocate nothing") {
    if (!test::heap_can_be_watched) return;
    const auto pictures = unreadable_scenes();
    auto reader = make_counted_reader();
    Adviser adviser;
    const auto read_all = [&] {
        for (int round = 0; round < 8; ++round)
            for (const auto& picture : pictures) {
                REQUIRE(reader.read(picture.view()).empty());
                if (auto* search = reader.last_search())
                    (void)adviser.advise(picture.view(), *search, true);
            }
    };
    read_all();
    test::allocations = 0;
    test::counting_allocations = true;
    read_all();
    test::counting_allocations = false;
    CHECK(test::allocations == 0);
}

TEST_CASE("frames of any size, stride and content are read without harm") {
    std::mt19937 random(GENERATE(1U, 2U, 3U, 4U));
    Reader turns;
    Reader thorough({.takes_turns = false});
    Adviser adviser;
    for (int round = 0; round < 150; ++round) {
        const int width = 1 + static_cast<int>(random() % (round % 3 == 0 ? 40 : 300));
        const int height = 1 + static_cast<int>(random() % (round % 3 == 1 ? 40 : 300));
        const int stride = width + static_cast<int>(random() % 9);
        // To the byte, so that a sanitizer sees the first one that is read beyond.
        std::vector<std::uint8_t> pixels(static_cast<std::size_t>((height - 1) * stride + width));
        const auto kind = random() % 4;
        for (std::size_t i = 0; i < pixels.size(); ++i)
            pixels[i] = static_cast<std::uint8_t>(kind == 0   ? random()
                                                  : kind == 1 ? (i / 7 + i / 64) % 2 * 255
                                                  : kind == 2 ? i
                                                              : random() % 2 * 200);
        const GrayView view{pixels.data(), width, height, stride};
        CHECK(turns.read(view).empty());
        if (auto* search = turns.last_search()) (void)adviser.advise(view, *search, true);
        CHECK(thorough.read(view).empty());
    }
}

TEST_CASE("pieces of codes are read without harm") {
    std::mt19937 random(GENERATE(1U, 2U, 3U));
    const auto code = test::draw_code(test::make_token(random(), 60), 4);
    Reader reader;
    for (int round = 0; round < 60; ++round) {
        const int width =
            25 + static_cast<int>(random() % static_cast<unsigned>(code.width_px - 25));
        const int height =
            25 + static_cast<int>(random() % static_cast<unsigned>(code.height_px - 25));
        const auto left = random() % static_cast<unsigned>(code.width_px - width + 1);
        const auto top = random() % static_cast<unsigned>(code.height_px - height + 1);
        const auto first = top * static_cast<unsigned>(code.width_px) + left;
        const auto last = first + static_cast<unsigned>((height - 1) * code.width_px + width);
        const std::vector<std::uint8_t> pixels(code.pixels.begin() + first,
                                               code.pixels.begin() + last);
        const auto found = reader.read({pixels.data(), width, height, code.width_px});
        for (const auto& read : found) CHECK(read.text.starts_with("HD1:"));
    }
}

long resident_kib() {
    std::ifstream statm("/proc/self/statm");
    long size = 0, resident = 0;
    statm >> size >> resident;
    return resident * 4;
}

long growth_over(int frames) {
    auto pictures = unreadable_scenes();
    test::Scene scene;
    scene.size = {640, 360};
    test::SceneBadge badge;
    badge.text = test::make_token(1);
    badge.module_px = 3;
    scene.badges = {badge};
    pictures.push_back(test::draw_scene(scene));
    Reader reader;
    long before = 0;
    for (int frame = 0; frame < frames; ++frame) {
        if (frame == frames / 5) before = resident_kib();
        (void)reader.read(pictures[static_cast<std::size_t>(frame) % pictures.size()].view());
    }
    return resident_kib() - before;
}

TEST_CASE("memory does not grow over two thousand frames") {
    if (test::heap_can_be_watched) CHECK(growth_over(2'000) < 512);
}

TEST_CASE("memory does not grow over a hundred thousand frames", "[.][soak-scanner]") {
    CHECK(growth_over(100'000) < 512);
}

}  // namespace
}  // namespace hudoor::scanner
