#include "scanner/guide/motion_gate.hpp"

#include "tests/scanner/code_picture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

const MonotonicTime start{1h};

/// How many of `frames` noisy pictures of the same scene are looked at.
int count_looks(MotionGate& gate, const test::Picture& scene, int frames, double noise) {
    int looks = 0;
    for (int i = 0; i < frames; ++i) {
        auto picture = scene;
        test::add_noise(picture, static_cast<unsigned>(i), noise);
        looks += gate.should_look(picture.view(), start + i * 33ms) ? 1 : 0;
    }
    return looks;
}

TEST_CASE("where nothing moves, every eighth frame is looked at, noise or not") {
    const double noise = GENERATE(0.0, 6.0, 14.0);
    CAPTURE(noise);
    const auto scene = test::make_blank(640, 360, 120);
    MotionGate gate;
    CHECK(count_looks(gate, scene, 16, noise) >= 9);
    CHECK(count_looks(gate, scene, 80, noise) == 10);
}

TEST_CASE("a small badge coming in is seen at once, and looked at while it settles") {
    auto scene = test::make_blank(1280, 720, 120);
    MotionGate gate;
    CHECK(count_looks(gate, scene, 33, 4) < 33);
    test::paste(scene, test::draw_code("HD1:SMALL", 2), 600, 300);
    CHECK(count_looks(gate, scene, 9, 4) == 9);
}

TEST_CASE("a change too slow for any two frames is still noticed") {
    MotionGate gate;
    CHECK(gate.should_look(test::make_blank(320, 200, 50).view(), start));
    CHECK(gate.is_moving(start));
    for (int i = 1; i <= 40; ++i) {
        const auto picture = test::make_blank(320, 200, static_cast<std::uint8_t>(50 + i));
        (void)gate.should_look(picture.view(), start + i * 100ms);
    }
    CHECK(gate.is_moving(start + 4s));
    CHECK_FALSE(gate.is_moving(start + 6s));
}

TEST_CASE("after stirring, the next eight frames are looked at") {
    const auto scene = test::make_blank(640, 360, 120);
    MotionGate gate;
    (void)count_looks(gate, scene, 33, 0);
    gate.stir();
    CHECK(count_looks(gate, scene, 8, 0) == 8);
    CHECK(count_looks(gate, scene, 7, 0) == 0);
}

TEST_CASE("any size of picture is safe, and a new size is a movement") {
    MotionGate gate;
    for (const auto& [width, height] : {std::pair{1, 1}, {2, 1}, {63, 35}, {65, 37}, {641, 361}}) {
        CHECK(gate.should_look(test::make_blank(width, height).view(), start));
    }
    MotionGate blind;
    CHECK(blind.should_look({}, start));
    CHECK_FALSE(blind.is_moving(start));
}

}  // namespace
}  // namespace hudoor::scanner
