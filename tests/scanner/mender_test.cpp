#include "scanner/modules/mender.hpp"

#include <algorithm>
#include <random>

#include "scanner/modules/decoder.hpp"
#include "scanner/modules/function_modules.hpp"
#include "scanner/modules/reed_solomon.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

/// A code as it was seen: how much ink each module has.
struct Seen {
    std::vector<float> ink;
    int modules = 0;
    int version = 0;

    [[nodiscard]] float& at(int x, int y) { return ink[static_cast<std::size_t>(y * modules + x)]; }
};

Seen see(std::size_t length, int level) {
    const auto code = test::draw_code(test::make_token(3, length), 1, level);
    Seen seen;
    seen.modules = code.width_px - 8;
    seen.version = nearest_version(static_cast<float>(seen.modules));
    for (int y = 0; y < seen.modules; ++y)
        for (int x = 0; x < seen.modules; ++x)
            seen.ink.push_back(code.at(x + 4, y + 4) < 128 ? 1.0F : -1.0F);
    return seen;
}

std::string text_of(CodeMender& mender, const Seen& seen) {
    const auto mended = mender.mend(seen.ink, seen.version);
    if (!mended) return "not mended";
    const auto code = decode_upright(mended->upright);
    return code ? code->text : "not read";
}

Seen transpose(const Seen& seen) {
    Seen turned = seen;
    for (int y = 0; y < seen.modules; ++y)
        for (int x = 0; x < seen.modules; ++x)
            turned.at(x, y) = seen.ink[static_cast<std::size_t>(x * seen.modules + y)];
    return turned;
}

TEST_CASE(
    "whatever ZXing writes is the same after mending, mirrored too, of every size and level") {
    const auto length = GENERATE(std::size_t{10}, std::size_t{40}, std::size_t{116},
                                 std::size_t{200}, std::size_t{500}, std::size_t{1'200});
    const int level = GENERATE(1, 3, 5, 8);  // L, M, Q, H
    CAPTURE(length, level);
    const Seen seen = see(length, level);
    CodeMender mender;
    CHECK(text_of(mender, seen) == test::make_token(3, length));
    CHECK_FALSE(mender.mend(seen.ink, seen.version)->mirrored);
    const Seen mirrored = transpose(seen);
    CHECK(text_of(mender, mirrored) == test::make_token(3, length));
    CHECK(mender.mend(mirrored.ink, mirrored.version)->mirrored);
}

TEST_CASE(
    "a code with an eighth of it under a white sticker is mended, and one with two fifths not") {
    Seen seen = see(116, 3);
    const auto cover = [&](int side) {
        const int from = (seen.modules - side) / 2;
        for (int y = from; y < from + side; ++y)
            for (int x = from; x < from + side; ++x) seen.at(x, y) = -1;
    };
    CodeMender mender;
    cover(seen.modules * 7 / 20);
    CHECK(text_of(mender, seen) == test::make_token(3));
    cover(seen.modules * 13 / 20);
    CHECK_FALSE(mender.mend(seen.ink, seen.version));
}

TEST_CASE("words that were hardly seen may be wrong in nearly twice as many places") {
    std::mt19937 random(GENERATE(1U, 2U, 3U, 4U));
    Seen seen = see(116, 3);
    const auto& data = data_modules(seen.version);
    // A fifth of all words, evenly over both blocks: 14 of 67 in one, where 12 can be found.
    for (std::size_t word = 0; word < data.size() / 8; word += 5) {
        const Module at = data[word * 8 + random() % 8];
        seen.at(at.x, at.y) *= -0.1F;
    }
    CodeMender mender;
    CHECK(text_of(mender, seen) == test::make_token(3));
}

TEST_CASE("noise is never mended to a code") {
    std::mt19937 random(5);
    std::normal_distribution<float> ink;
    CodeMender mender;
    for (const int version : {1, 2, 3, 6, 12})
        for (int round = 0; round < 200; ++round) {
            std::vector<float> noise(
                static_cast<std::size_t>(modules_of(version) * modules_of(version)));
            for (auto& module : noise) module = ink(random);
            CHECK_FALSE(mender.mend(noise, version));
        }
}

TEST_CASE(
    "a block is put right wherever it is wrong, up to half its checks, or all it is told of") {
    std::mt19937 random(9);
    for (int round = 0; round < 300; ++round) {
        const int checks = 7 + static_cast<int>(random() % 24);
        const int count = checks + 1 + static_cast<int>(random() % 100);
        // All zeros is a word of every code; so is what it is shifted by.
        std::vector<std::uint8_t> words(static_cast<std::size_t>(count), 0);
        std::vector<std::uint8_t> places(words.size());
        for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::uint8_t>(i);
        std::ranges::shuffle(places, random);
        const auto known = random() % static_cast<unsigned>(checks + 1);
        const auto unknown = (static_cast<unsigned>(checks) - known) / 2;
        for (unsigned i = 0; i < known + unknown; ++i)
            words[places[i]] = static_cast<std::uint8_t>(random());
        CAPTURE(checks, count, known, unknown);
        SeenBlock block(words, checks);
        CHECK(block.correct({places.data(), known}, 0));
        CHECK(std::ranges::all_of(words, [](std::uint8_t word) { return word == 0; }));
    }
}

TEST_CASE("a block beyond help stays as it is") {
    std::mt19937 random(11);
    std::vector<std::uint8_t> words(40);
    for (auto& word : words) word = static_cast<std::uint8_t>(random());
    const auto before = words;
    SeenBlock block(words, 16);
    CHECK_FALSE(block.correct({}, 2));
    const std::vector<std::uint8_t> erased{1, 5, 9, 30};
    CHECK_FALSE(block.correct(erased, 3));
    CHECK(words == before);
}

}  // namespace
}  // namespace hudoor::scanner
