// How fast codes are decided: I-22 and F35, without threads, screens or a disk.
#include "kiosk/desk/pace.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace std::chrono_literals;
using kiosk::Pace;
using scanner::ScanSource;
using Next = Pace::Next;

namespace {

struct Fixture {
    test::ManualClock clock;
    Pace pace;
    int looked_up = 0;

    Next come(const std::string& text, bool proved, ScanSource source = ScanSource::camera,
              bool imported = false) {
        return pace.judge(
            {.text = text, .source = source, .imported = imported},
            [&] { return ++looked_up, proved; }, clock.monotonic());
    }
    Next guess(const std::string& text) { return come(text, false, ScanSource::camera, true); }
    void show(std::chrono::milliseconds least) { pace.note_shown(clock.monotonic() + least); }
    /// Decided, and on the screen at once.
    void answer(std::chrono::milliseconds least) {
        pace.note_answer(clock.monotonic());
        show(least);
    }
    std::optional<Pace::Flood> flood() { return pace.take_flood(clock.monotonic()); }
};

}  // namespace

TEST_CASE("I-22: while one answer waits to be shown no further camera code is decided") {
    Fixture f;
    CHECK(f.come("first", true) == Next::decide);
    f.answer(700ms);
    CHECK(f.come("second", true) == Next::decide);
    f.pace.note_answer(f.clock.monotonic());
    CHECK(f.come("third", true) == Next::again);
    CHECK(f.come("typed", true, ScanSource::hand_scanner) == Next::wait);
    f.clock.advance(700ms);
    f.show(700ms);
    CHECK(f.come("third", true) == Next::decide);
}

TEST_CASE("with a rule broken, answers queue before the screen", "[.][broken-I-22]") {
    Fixture f;
    for (int n = 0; n < 5; ++n) {
        CHECK(f.come(std::to_string(n), true) == Next::decide);
        f.pace.note_answer(f.clock.monotonic());
    }
}

TEST_CASE("I-22: a screen that never says what it shows blocks no door") {
    Fixture f;
    CHECK(f.come("first", true) == Next::decide);
    f.pace.note_answer(f.clock.monotonic());
    CHECK(f.come("second", true) == Next::again);
    f.clock.advance(3s + 1ms);
    CHECK(f.come("second", true) == Next::decide);
}

TEST_CASE("I-22: codes that prove nothing never wait behind an answer") {
    Fixture f;
    CHECK(f.come("bad", false) == Next::decide);
    f.answer(1s);
    CHECK(f.come("worse", false) == Next::again);
    CHECK(f.come("typed", false, ScanSource::hand_scanner) == Next::again);
    CHECK(f.come("good", true) == Next::decide);
    f.answer(700ms);
    f.clock.advance(700ms);
    CHECK(f.come("worse", false) == Next::decide);
}

TEST_CASE("F35: after a code on no list none that could be a guess is looked up for a second") {
    Fixture f;
    CHECK(f.guess("1") == Next::decide);
    CHECK(f.guess("2") == Next::again);
    CHECK(f.come("3", true, ScanSource::camera, true) == Next::again);
    CHECK(f.looked_up == 1);
    CHECK(f.come("signed", true) == Next::decide);
    f.clock.advance(1s);
    CHECK(f.come("3", true, ScanSource::camera, true) == Next::decide);
}

TEST_CASE("F35: eight doubtful codes in 10 s are a flood, which is told once and then every 10 s") {
    Fixture f;
    CHECK(f.come("0", false) == Next::decide);
    f.answer(1s);
    for (int n = 1; n < 7; ++n) CHECK(f.come(std::to_string(n), false) == Next::again);
    CHECK_FALSE(f.flood());
    CHECK(f.come("7", false) == Next::left_out);
    auto told = f.flood();
    REQUIRE(told);
    CHECK(told->codes == 7);  // the first was decided
    CHECK(told->goes_on);
    for (int n = 8; n < 258; ++n) {
        f.clock.advance(40ms);
        CHECK(f.come(std::to_string(n), false) == Next::left_out);
        if (n < 257) CHECK_FALSE(f.flood());
    }
    told = f.flood();
    REQUIRE(told);
    CHECK(told->codes == 250);
    CHECK(f.come("last", false) == Next::left_out);
    f.clock.advance(11s);
    told = f.flood();
    REQUIRE(told);
    CHECK(told->codes == 1);
    CHECK_FALSE(told->goes_on);
    CHECK_FALSE(f.flood());
    CHECK(f.come("another", false) == Next::decide);
}

TEST_CASE("F35: one doubtful code held in view is no flood, however often it is read again") {
    Fixture f;
    CHECK(f.come("good", true) == Next::decide);
    f.answer(700ms);
    for (int frame = 0; frame < 17; ++frame, f.clock.advance(40ms))
        CHECK(f.come("bad", false) == Next::again);
    f.clock.advance(40ms);
    CHECK(f.come("bad", false) == Next::decide);
    CHECK_FALSE(f.flood());
}

TEST_CASE("I-22: after any flood the next valid badge waits for one screen at most") {
    const bool proved = GENERATE(false, true);
    Fixture f;
    int decided = 0;
    for (int n = 0; n < 25 * 60; ++n, f.clock.advance(40ms)) {
        if (f.come(std::to_string(n), proved) == Next::decide) {
            ++decided;
            f.answer(1s);
        }
        if (f.flood()) f.answer(0ms);
    }
    CHECK(decided <= (proved ? 68 : 2));
    for (int frame = 0; f.come("valid", true) != Next::decide; ++frame, f.clock.advance(40ms))
        REQUIRE(frame < 25);
    CHECK(f.come("next", true) == Next::decide);  // on the screen at once: nothing waits there
}
