#include "kiosk/screen/start_pad.hpp"

#include <algorithm>
#include <utility>

namespace hudoor::kiosk {

using namespace std::chrono_literals;

namespace {

constexpr auto stays_untouched = 60s;
constexpr int misses_before_pause = 5;
constexpr std::chrono::seconds shortest_pause = 30s;
constexpr std::chrono::seconds longest_pause = 300s;

std::optional<char> digit_of(Intent key) {
    if (key < Intent::digit_0 || key > Intent::digit_9) return std::nullopt;
    return static_cast<char>('0' + static_cast<int>(key) - static_cast<int>(Intent::digit_0));
}

/// Doubles with every further miss.
std::chrono::seconds pause_after(int misses) {
    auto pause = shortest_pause;
    for (int miss = misses_before_pause; miss < misses && pause < longest_pause; ++miss) pause *= 2;
    return std::min(pause, longest_pause);
}

}  // namespace

void StartPad::show(MonotonicTime now) {
    if (up_) return;
    up_ = true;
    wrong_ = false;
    touched_at_ = now;
}

void StartPad::hide() {
    up_ = false;
    digits_ = Digits();
}

bool StartPad::press(Intent key, MonotonicTime now) {
    const auto digit = digit_of(key);
    const bool ours = digit || key == Intent::erase || key == Intent::enter || key == Intent::skip;
    if (!up_ || !ours) return false;
    touched_at_ = now;
    if (key == Intent::skip) {
        hide();
        return true;
    }
    if (checking_ || paused_until_) return false;
    if (key == Intent::enter) return checking_ = digits_.complete();
    wrong_ = false;
    if (digit)
        digits_.add(*digit);
    else
        digits_.remove_last();
    return true;
}

bool StartPad::tick(MonotonicTime now) {
    if (paused_until_ && now >= *paused_until_) {
        paused_until_.reset();
        wrong_ = false;
    }
    const bool was_up = up_;
    if (up_ && now - touched_at_ >= stays_untouched) hide();
    const bool counted = std::exchange(pause_shown_, paused_for(now)) != pause_shown_;
    return was_up && (counted || !up_);
}

std::optional<Digits> StartPad::take_try() {
    if (!checking_ || !digits_.complete()) return std::nullopt;
    return std::exchange(digits_, Digits());
}

void StartPad::on_wrong(MonotonicTime now) {
    checking_ = false;
    wrong_ = true;
    touched_at_ = now;
    if (++misses_ >= misses_before_pause) paused_until_ = now + pause_after(misses_);
}

std::optional<MonotonicTime> StartPad::next_change(MonotonicTime now) const {
    if (!up_) return std::nullopt;
    MonotonicTime next = touched_at_ + stays_untouched;
    if (const auto pause = paused_for(now)) next = std::min(next, *paused_until_ - (*pause - 1s));
    return next;
}

PassphraseScreen StartPad::screen(MonotonicTime now) const {
    return {.filled = checking_ ? start_digits : digits_.size(),
            .checking = checking_,
            .wrong = wrong_,
            .paused_for = paused_for(now)};
}

std::optional<std::chrono::seconds> StartPad::paused_for(MonotonicTime now) const {
    if (!paused_until_ || now >= *paused_until_) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(*paused_until_ - now);
}

}  // namespace hudoor::kiosk
