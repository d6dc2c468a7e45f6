#include "scanner/repeat_gate.hpp"

#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

const MonotonicTime start{1h};

/// Seen every 100 ms from `from` until before `to`; how often it passed.
int see(RepeatGate& gate, std::string_view text, std::chrono::milliseconds from,
        std::chrono::milliseconds to) {
    int passed = 0;
    for (auto at = from; at < to; at += 100ms) passed += gate.pass_seen(text, start + at) ? 1 : 0;
    return passed;
}

TEST_CASE("a badge held in view is one scan however long it is held") {
    RepeatGate gate;
    CHECK(see(gate, "A", 0s, 60s) == 1);
}

TEST_CASE("a camera that saw nothing for a while saw nobody leave") {
    RepeatGate gate;
    CHECK(see(gate, "A", 0s, 1s) == 1);
    gate.note_blind(10s);
    CHECK(see(gate, "A", 11s, 13s) == 0);
    CHECK(see(gate, "A", 15s, 16s) == 1);
}

TEST_CASE("a badge passes again when it was away for a second and five seconds have passed") {
    struct Row {
        std::chrono::milliseconds leaves, returns;
        int passes_again;
    };
    const auto row = GENERATE(Row{500ms, 1'400ms, 0},    // back at once
                              Row{500ms, 4'900ms, 0},    // away long, but too soon after it passed
                              Row{500ms, 5'000ms, 1},    //
                              Row{4'500ms, 5'300ms, 0},  // five seconds, but hardly away
                              Row{4'500ms, 5'400ms, 1},  // the last sight was at 4.4 s
                              Row{30'000ms, 31'000ms, 1});
    CAPTURE(row.leaves.count(), row.returns.count());
    RepeatGate gate;
    CHECK(see(gate, "A", 0s, row.leaves) == 1);
    CHECK(see(gate, "A", row.returns, row.returns + 3s) == row.passes_again);
}

TEST_CASE("another badge passes at once and does not hide the first") {
    RepeatGate gate;
    CHECK(gate.pass_seen("A", start));
    CHECK(gate.pass_seen("B", start + 33ms));
    CHECK_FALSE(gate.pass_seen("A", start + 66ms));
}

TEST_CASE("a typed badge passes again after two and a half seconds") {
    RepeatGate gate;
    CHECK(gate.pass_typed("A", start));
    CHECK_FALSE(gate.pass_typed("A", start + 2'499ms));
    CHECK(gate.pass_typed("A", start + 2'500ms));
    CHECK(gate.pass_typed("B", start + 2'501ms));
}

TEST_CASE("camera and hand scanner share one gate") {
    SECTION("seen first") {
        RepeatGate gate;
        CHECK(gate.pass_seen("A", start));
        CHECK_FALSE(gate.pass_typed("A", start + 2'400ms));
        CHECK(gate.pass_typed("A", start + 2'600ms));
    }
    SECTION("typed first") {
        RepeatGate gate;
        CHECK(gate.pass_typed("A", start));
        CHECK_FALSE(gate.pass_seen("A", start + 4s));
        CHECK(see(gate, "A", 6s, 7s) == 1);
    }
}

TEST_CASE("a badge beside another has not been away") {
    RepeatGate gate;
    CHECK(gate.pass_seen("A", start));
    for (auto at = 0s; at < 10s; ++at) gate.note_seen("A", start + at);
    CHECK_FALSE(gate.pass_seen("A", start + 9'500ms));
    gate.note_seen("B", start + 9'500ms);
    CHECK(gate.pass_seen("B", start + 9'600ms));
}

TEST_CASE(
    "a badge that nothing came of passes at once, as what it was: new, or there a moment ago") {
    RepeatGate gate;
    CHECK(!gate.pass_seen("A", start).again);
    gate.forget("A");
    Passing passing = gate.pass_seen("A", start + 100ms);
    CHECK(passing.passes);
    CHECK(!passing.again);
    CHECK(!gate.pass_seen("A", start + 200ms).passes);

    passing = gate.pass_seen("A", start + 6s);
    CHECK(passing.passes);
    CHECK(passing.again);
    for (int busy = 1; busy <= 3; ++busy) {
        gate.forget("A");
        passing = gate.pass_seen("A", start + 6s + busy * 100ms);
        CHECK(passing.passes);
        CHECK(passing.again);
    }
    gate.forget("A");
    passing = gate.pass_typed("A", start + 7s);
    CHECK(passing.passes);
    CHECK(passing.again);
}

}  // namespace
}  // namespace hudoor::scanner
