#include "scanner/camera/black_or_frozen.hpp"

#include "scanner/guide/motion_gate.hpp"
#include "tests/scanner/code_picture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

/// Shows frames at 30 a second to a gate and a check as the scan thread does.
struct Shown {
    MotionGate gate;
    BlackOrFrozenCheck check;
    MonotonicTime now{1h};

    BlackOrFrozen show(const test::Picture& picture) {
        now += 33ms;
        (void)gate.should_look(picture.view(), now);
        return check.judge(gate.means(), now);
    }
    BlackOrFrozen show_noisy(const test::Picture& scene, unsigned seed, double noise) {
        auto picture = scene;
        test::add_noise(picture, seed, noise);
        return show(picture);
    }
};

const auto hall = test::make_blank(640, 360, 120);
const auto darkness = test::make_blank(640, 360, 16);

TEST_CASE(
    "F19: a picture that does not change in any way is frozen within 2 s, and lives at the first change") {
    Shown shown;
    const MonotonicTime began = shown.now;
    while (shown.show(hall) == BlackOrFrozen::neither) REQUIRE(shown.now < began + 2s);
    CHECK(shown.now >= began + 1'500ms);
    CHECK(shown.show(hall) == BlackOrFrozen::frozen);
    CHECK(shown.show_noisy(hall, 1, 1) == BlackOrFrozen::neither);
}

TEST_CASE("F19: a picture without light is black within 2 s, with or without noise") {
    Shown shown;
    const double noise = GENERATE(0.0, 2.0);
    const MonotonicTime began = shown.now;
    unsigned seed = 0;
    while (shown.show_noisy(darkness, ++seed, noise) == BlackOrFrozen::neither)
        REQUIRE(shown.now < began + 2s);
    CHECK(shown.show_noisy(darkness, ++seed, noise) == BlackOrFrozen::black);
    CHECK(shown.show(hall) == BlackOrFrozen::neither);
}

TEST_CASE("an empty hall with the least noise of a sensor is always seen") {
    Shown shown;
    for (unsigned seed = 1; seed <= 150; ++seed)
        REQUIRE(shown.show_noisy(hall, seed, 0.5) == BlackOrFrozen::neither);
}

}  // namespace
}  // namespace hudoor::scanner
