#include <algorithm>
#include <cmath>
#include <deque>

#include "kiosk/screen/state.hpp"
#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::kiosk;
using namespace std::chrono_literals;
using hudoor::MonotonicTime;
using hudoor::WallTime;
using hudoor::storage::Reason;
using hudoor::storage::VerdictKind;

namespace {

/// Brightness of the picture in blocks, 0 to 255.
std::vector<double> blocks_of(const Picture& picture) {
    constexpr int block = 8;
    const int across = picture.width_px / block, down = picture.height_px / block;
    std::vector<double> sums(static_cast<std::size_t>(across * down));
    for (int y = 0; y < down * block; ++y)
        for (int x = 0; x < across * block; ++x) {
            const auto at = static_cast<std::size_t>(3 * (y * picture.width_px + x));
            const double light = 0.2126 * picture.rgb[at] + 0.7152 * picture.rgb[at + 1] +
                                 0.0722 * picture.rgb[at + 2];
            sums[static_cast<std::size_t>((y / block) * across + x / block)] +=
                light / (block * block);
        }
    return sums;
}

/// Counts, for each block, the turns from brighter to darker or back by more than a tenth of the
/// scale.
class FlashCounter {
public:
    void add(const std::vector<double>& blocks, MonotonicTime at) {
        if (turned_.empty()) turned_.resize(blocks.size());
        if (extreme_.empty()) extreme_ = blocks;
        rising_.resize(blocks.size());
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const double step = blocks[i] - extreme_[i];
            if (std::abs(step) < 25.5) continue;
            const int way = step > 0 ? 1 : -1;
            if (rising_[i] != way) turned_[i].push_back(at);
            rising_[i] = way;
            extreme_[i] = blocks[i];
        }
        std::size_t busy = 0;
        for (auto& times : turned_) {
            while (!times.empty() && at - times.front() > 1s) times.pop_front();
            if (times.size() > 3) ++busy;
        }
        worst_ = std::max(worst_, static_cast<double>(busy) / static_cast<double>(blocks.size()));
    }
    /// The largest part of the screen that turned more than three times within a second.
    [[nodiscard]] double worst() const { return worst_; }

private:
    std::vector<double> extreme_;
    std::vector<int> rising_;
    std::vector<std::deque<MonotonicTime>> turned_;
    double worst_ = 0;
};

Answer answer_of(VerdictKind kind, Reason reason) {
    return std::get<VerdictScreen>(samples::verdict(kind, reason).screen).answer;
}

}  // namespace

TEST_CASE("the counter sees a screen that flashes") {
    FlashCounter counter;
    MonotonicTime at{};
    for (int i = 0; i < 30; ++i, at += 100ms)
        counter.add(std::vector<double>(10, i % 2 == 0 ? 20 : 240), at);
    CHECK(counter.worst() == 1);
}

TEST_CASE(
    "no quarter of the screen changes its light more than three times a second, however fast people come") {
    const bool high_contrast = GENERATE(false, true);
    Stage stage({.width_px = 476, .height_px = 268});
    ScreenFacts facts{
        .in_force = std::make_shared<const hudoor::storage::InForce>(), .dwell = {}, .screen = {}};
    facts.screen.theme = high_contrast ? hudoor::config::ScreenTheme::high_contrast
                                       : hudoor::config::ScreenTheme::light;
    ScreenState state(facts);
    const std::vector<Answer> answers{answer_of(VerdictKind::admitted, Reason::ok),
                                      answer_of(VerdictKind::refused, Reason::wrong_session),
                                      answer_of(VerdictKind::admitted, Reason::ok),
                                      answer_of(VerdictKind::already_in, Reason::already_in),
                                      answer_of(VerdictKind::refused, Reason::revoked),
                                      answer_of(VerdictKind::see_usher, Reason::session_full)};
    FlashCounter counter;
    MonotonicTime now{std::chrono::hours(1)};
    const MonotonicTime end = now + 24s;
    std::size_t next = 0;
    for (MonotonicTime comes = now; now < end; now += 33ms) {
        // A burst of badges, each as soon as the one before may be interrupted, then pauses with
        // hints.
        const bool burst = now < end - 12s;
        if (now >= comes && burst) {
            state.on_answer(answers[next++ % answers.size()], now);
            comes = now + 350ms;
        } else if (now >= comes) {
            state.on_hint({hudoor::scanner::HintKind::one_badge, now, {}}, now);
            comes = now + 1'300ms;
        }
        state.tick(now, WallTime{});
        if (state.change() == Change::nothing) continue;
        static_cast<void>(stage.show(state.view(now, WallTime{})));
        counter.add(blocks_of(stage.window->read_picture()), now);
    }
    CHECK(next > 10);
    CHECK(counter.worst() <= 0.25);
}
