#include "scanner/modules/equaliser.hpp"

#include <array>
#include <cmath>
#include <random>

#include "scanner/modules/function_modules.hpp"
#include "scanner/modules/mender.hpp"
#include "tests/scanner/badge_scene.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::int64_t plenty = std::int64_t{1} << 40;

/// A code of which every module has some of its neighbours' ink in it.
struct Blurred {
    std::vector<float> truth;   ///< 1 dark, -1 light
    std::vector<float> levels;  ///< of grey, light is large
    int modules = 0;
    int version = 0;

    [[nodiscard]] int wrong(std::span<const float> ink) const {
        int count = 0;
        for (std::size_t i = 0; i < truth.size(); ++i) count += (ink[i] > 0) != (truth[i] > 0);
        return count;
    }
    /// As if nothing had blurred it.
    [[nodiscard]] int wrong_at_first_sight() const {
        float mean = 0;
        for (const float level : levels) mean += level / static_cast<float>(levels.size());
        int count = 0;
        for (std::size_t i = 0; i < truth.size(); ++i)
            count += (levels[i] < mean) != (truth[i] > 0);
        return count;
    }
};

/// `spread_of(x, y)`: how much of a module's ink is found so many modules away.
template <typename Spread>
Blurred blur(Spread spread_of, float noise, unsigned seed, std::size_t length = 116) {
    const auto code = test::draw_code(test::make_token(seed, length), 1, 3);
    Blurred blurred;
    const int side = blurred.modules = code.width_px - 8;
    blurred.version = nearest_version(static_cast<float>(side));
    const auto ink_at = [&](int x, int y) {
        if (x < 0 || y < 0 || x >= side || y >= side) return -1.0F;
        return code.at(x + 4, y + 4) < 128 ? 1.0F : -1.0F;
    };
    std::mt19937 random(seed);
    std::normal_distribution<float> grain(0, noise);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            float ink = 0, all = 0;
            for (int j = -3; j <= 3; ++j)
                for (int i = -3; i <= 3; ++i) {
                    const auto share = static_cast<float>(spread_of(i, j));
                    ink += share * ink_at(x + i, y + j);
                    all += share;
                }
            blurred.truth.push_back(ink_at(x, y));
            // Lit from the left.
            const float light = 150 + 40 * static_cast<float>(x) / static_cast<float>(side);
            blurred.levels.push_back(light - 70 * ink / all + grain(random));
        }
    return blurred;
}

const auto out_of_focus = [](int x, int y) {
    return std::exp(-(x * x + y * y) / (2 * 0.72 * 0.72));
};
const auto moved = [](int x, int y) {
    return y == 0 || x == y ? (std::abs(x) <= 1 ? 1.0 : 0.1) : 0.0;
};

TEST_CASE("what a lens or a hand blurred by three quarters of a module and more is told apart") {
    Equaliser equaliser;
    CodeMender mender;
    for (unsigned seed = 1; seed <= 6; ++seed)
        for (const std::size_t length : {16U, 116U})
            for (const bool focus : {true, false}) {
                const Blurred seen =
                    focus ? blur(out_of_focus, 1.5F, seed, length) : blur(moved, 3, seed, length);
                CAPTURE(seed, length, focus);
                CHECK(seen.wrong_at_first_sight() > seen.modules * seen.modules / 8);
                Effort effort(plenty);
                const auto ink = equaliser.equalise(seen.levels, seen.version, effort);
                REQUIRE(!ink.empty());
                CHECK(seen.wrong(ink) <= seen.modules * seen.modules / 50);
                CHECK(mender.mend(ink, seen.version));
            }
}

TEST_CASE("a code that is hardly blurred is left to others, and so is what is none") {
    Equaliser equaliser;
    Effort effort(plenty);
    const Blurred sharp = blur([](int x, int y) { return x == 0 && y == 0 ? 1 : 0; }, 2, 1);
    CHECK(equaliser.equalise(sharp.levels, sharp.version, effort).empty());
    std::mt19937 random(3);
    std::normal_distribution<float> grain(128, 40);
    std::vector<float> noise(sharp.levels.size());
    for (int round = 0; round < 50; ++round) {
        for (float& level : noise) level = grain(random);
        CHECK(equaliser.equalise(noise, sharp.version, effort).empty());
    }
    // One level everywhere, and levels that are none.
    std::ranges::fill(noise, 0.0F);
    CHECK(equaliser.equalise(noise, sharp.version, effort).empty());
    for (const int version : {1, 7, 40}) {
        noise.assign(static_cast<std::size_t>(modules_of(version) * modules_of(version)), 200);
        CHECK(equaliser.equalise(noise, version, effort).empty());
    }
}

TEST_CASE("it is not begun where less may be spent than it costs") {
    Equaliser equaliser;
    const Blurred seen = blur(out_of_focus, 1.5F, 1);
    Effort little(20 * seen.modules * seen.modules);
    CHECK(equaliser.equalise(seen.levels, seen.version, little).empty());
    CHECK(little.ran_out());
}

}  // namespace
}  // namespace hudoor::scanner
