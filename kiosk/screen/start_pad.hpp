/// The supervisor's passphrase at the start: what was typed so far, wrong tries and the pauses
/// after them, and how long the pad stays up. No clock: keys and the time are arguments.
#pragma once

#include <chrono>
#include <optional>

#include "kiosk/enrol/digits.hpp"
#include "kiosk/screen/view.hpp"

namespace hudoor::kiosk {

/// UI thread only.
class StartPad {
public:
    /// Up from the beginning.
    explicit StartPad(MonotonicTime now) : touched_at_(now) {}

    void show(MonotonicTime now);
    /// Whether this changed anything. Digits, erase, enter or skip; others, and any while it is not
    /// up, are nothing.
    bool press(Intent key, MonotonicTime now);
    /// Moves on what is over; whether that changed the picture.
    bool tick(MonotonicTime now);
    /// Takes the twelve digits that were entered, if any; then no keys but skip until on_wrong.
    [[nodiscard]] std::optional<Digits> take_try();
    void on_wrong(MonotonicTime now);

    [[nodiscard]] bool is_up() const { return up_; }
    /// When tick() would change the picture; nothing if it never would.
    [[nodiscard]] std::optional<MonotonicTime> next_change(MonotonicTime now) const;
    [[nodiscard]] PassphraseScreen screen(MonotonicTime now) const;

private:
    void hide();
    [[nodiscard]] std::optional<std::chrono::seconds> paused_for(MonotonicTime now) const;

    Digits digits_;
    MonotonicTime touched_at_;
    bool up_ = true;
    bool checking_ = false;
    bool wrong_ = false;
    int misses_ = 0;
    std::optional<MonotonicTime> paused_until_;
    std::optional<std::chrono::seconds> pause_shown_;
};

}  // namespace hudoor::kiosk
