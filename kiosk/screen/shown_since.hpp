/// Since when the same thing has been on the screen. A finger means what its owner could have read
/// when it came down: what has just taken another's place is not meant yet. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "config/clock.hpp"

namespace hudoor::kiosk {

/// A second tap of two comes 120 to 150 ms after the first; nobody reads a new page faster.
inline constexpr std::chrono::milliseconds reading_takes{300};

class ShownSince {
public:
    /// `what` names all of it that matters; said of every picture as it is drawn.
    void note(std::string what, MonotonicTime now) {
        if (what_ == what) return;
        what_ = std::move(what);
        since_ = now;
    }
    /// Something else is there until the next note().
    void forget() { what_.reset(); }

    /// Whether whoever put the finger down at `began` had `what` before them, long enough.
    [[nodiscard]] bool could_be_read(const std::string& what, MonotonicTime began) const {
        return what_ == what && began >= since_ + reading_takes;
    }

private:
    std::optional<std::string> what_;
    MonotonicTime since_{};
};

}  // namespace hudoor::kiosk
