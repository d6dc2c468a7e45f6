#include "scanner/guide/hints.hpp"

#include "scanner/guide/held_still.hpp"
#include "scanner/guide/motion_gate.hpp"
#include "tests/scanner/code_picture.hpp"
#include "tests/scanner/hint_play.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;

const MonotonicTime start{1h};
const std::optional<Advice> closer = HintKind::closer;
const std::optional<Advice> still = HintKind::still;

/// The hints that come while `advice` holds from `from` on for `span`, 30 times a second.
std::vector<Hint> judge_for(HintMaker& maker, const std::optional<Advice>& advice,
                            std::chrono::milliseconds from, std::chrono::milliseconds span) {
    std::vector<Hint> hints;
    for (auto at = from; at < from + span; at += 33ms)
        if (const auto hint = maker.judge(advice, start + at)) hints.push_back(*hint);
    return hints;
}

TEST_CASE("a hint is said after 400 ms, and said on while it lasts") {
    HintMaker maker;
    CHECK(judge_for(maker, closer, 0ms, 390ms).empty());
    const auto hints = judge_for(maker, closer, 390ms, 2s);
    REQUIRE(hints.size() >= 3);
    CHECK(hints[0].kind == HintKind::closer);
    CHECK_FALSE(hints[0].goes_on);
    CHECK(hints[1].goes_on);
    CHECK(hints[1].entered - hints[0].entered >= 400ms);
}

TEST_CASE("advice seen in every other frame is no hint, one that is missed now and then is") {
    HintMaker flickering;
    HintMaker missed;
    int flickered = 0;
    int said = 0;
    for (int frame = 0; frame < 80; ++frame) {
        const auto at = start + frame * 33ms;
        flickered += flickering.judge(frame % 2 == 0 ? closer : still, at) ? 1 : 0;
        said += missed.judge(frame % 4 == 0 ? std::nullopt : closer, at) ? 1 : 0;
    }
    CHECK(flickered == 0);
    CHECK(said > 0);
}

TEST_CASE("nothing is said while badges are read, nor a second after") {
    HintMaker maker;
    (void)judge_for(maker, closer, 0ms, 300ms);
    maker.note_read(start + 310ms);
    CHECK(judge_for(maker, closer, 320ms, 980ms).empty());
    CHECK_FALSE(judge_for(maker, closer, 1'320ms, 1s).empty());
}

TEST_CASE("a hint that ended begins anew") {
    HintMaker maker;
    (void)judge_for(maker, closer, 0ms, 1s);
    (void)judge_for(maker, std::nullopt, 1s, 3s);
    const auto hints = judge_for(maker, closer, 4s, 1s);
    REQUIRE_FALSE(hints.empty());
    CHECK_FALSE(hints[0].goes_on);
}

/// Watches frames, 30 a second, for something held still in the aim guide.
class Watcher {
public:
    bool is_held_still(const test::Picture& picture) {
        at_ += 33ms;
        (void)motion_.should_look(picture.view(), at_);
        return held_still_.is_held_still(picture.view(), motion_.means(), at_);
    }
    int count_held(const test::Picture& picture, std::chrono::milliseconds span) {
        int held = 0;
        for (auto shown = 0ms; shown < span; shown += 33ms) held += is_held_still(picture) ? 1 : 0;
        return held;
    }

private:
    MotionGate motion_;
    HeldStillCheck held_still_;
    MonotonicTime at_ = start;
};

test::Picture with_card(int left, int top) {
    auto picture = test::make_blank(640, 360, 90);
    test::paste(picture, test::make_blank(160, 220, 230), left, top);
    return picture;
}

TEST_CASE("something is held once it has been still in the aim guide for 1.5 s") {
    const auto empty = test::make_blank(640, 360, 90);
    Watcher watcher;
    CHECK(watcher.count_held(empty, 3s) == 0);
    CHECK(watcher.count_held(with_card(240, 60), 1'450ms) == 0);
    CHECK(watcher.count_held(with_card(240, 60), 1s) > 25);
    CHECK(watcher.count_held(empty, 5s) == 0);
}

TEST_CASE(
    "what moves, what stands beside the aim guide, and what has always stood there is not held") {
    Watcher watcher;
    CHECK(watcher.count_held(with_card(240, 60), 3s) == 0);
    Watcher moving;
    (void)moving.count_held(test::make_blank(640, 360, 90), 1s);
    int held = 0;
    for (int frame = 0; frame < 120; ++frame)
        held += moving.is_held_still(with_card(180 + frame % 40 * 3, 60)) ? 1 : 0;
    CHECK(held == 0);
    Watcher beside;
    (void)beside.count_held(test::make_blank(640, 360, 90), 1s);
    CHECK(beside.count_held(with_card(20, 60), 3s) == 0);
}

TEST_CASE("what was put down and stays is part of the place after half a minute") {
    Watcher watcher;
    (void)watcher.count_held(test::make_blank(640, 360, 90), 1s);
    CHECK(watcher.count_held(with_card(240, 60), 31s) > 0);
    CHECK(watcher.count_held(with_card(240, 60), 3s) == 0);
    CHECK(watcher.count_held(test::make_blank(640, 360, 90), 3s) == 0);
}

TEST_CASE("every play gets its hint, and none where none is right") {
    constexpr int seeds = 5;
    const auto confusion = test::play_hints(1, seeds);
    const std::map<std::string, int> fewest{{"closer", 4},
                                            {"farther", 4},
                                            {"still", 3},
                                            {"glare", 5},
                                            {"one_badge", 5},
                                            {"turn", 4},
                                            {"other_code", 5},
                                            {"readable", 5},
                                            {"empty hall", 5},
                                            {"noisy hall", 5},
                                            {"changing hall", 5},
                                            {"a carpet", 5},
                                            {"covered: a thumb", 5},
                                            {"covered: a corner", 5},
                                            {"covered: a hand", 5},
                                            {"covered: a lanyard", 4},
                                            {"covered: a sleeve's edge", 5},
                                            {"bent: curled", 5},
                                            {"bent: on a cup", 5},
                                            {"bent: crumpled", 5},
                                            {"glare: a streak", 5},
                                            {"a large logo", 5}};
    for (const auto& [play, came] : confusion) {
        int right = 0;
        for (const auto& [hint, times] : came) {
            CAPTURE(play, hint, times);
            right += test::is_right_hint(play, hint) ? times : 0;
        }
        CAPTURE(play);
        CHECK(right >= fewest.at(play));
    }
}

}  // namespace
}  // namespace hudoor::scanner
