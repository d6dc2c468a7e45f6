/// Hints for a delegate whose badge is not read: closer, farther, hold still. Keeps state from
/// frame to frame; the times are those of the frames, not a clock's.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "config/clock.hpp"
#include "scanner/marks/geometry.hpp"

namespace hudoor::scanner {

enum class HintKind {
    one_badge,   ///< two badges side by side
    other_code,  ///< read, but no badge
    closer,      ///< a code, too small to read
    farther,     ///< a code, too large for the frame
    still,       ///< a code, blurred
    glare,       ///< a code with a reflection on it
    turn,        ///< something held still in the aim guide, with no code on it
    covered,     ///< a code with something over it: a hand, a lanyard, the edge of a sleeve
    bent,        ///< a code on paper that is not flat
    show_again,  ///< read, but too fast after others: said by whoever decides, not by the camera
};
constexpr std::size_t hint_kinds = 10;
/// "one_badge"
[[nodiscard]] std::string_view name_of(HintKind kind);

using Outline = std::array<Point, 4>;

/// What one frame alone shows to be wrong; a Hint only once most frames agree.
using Advice = HintKind;

/// Guidance while aiming, never recorded. Sent when it begins and every 0.4 s while it lasts; the
/// screen ends it by itself.
struct Hint {
    HintKind kind{};
    MonotonicTime entered;
    bool goes_on = false;  ///< the same hint as the one before
};

/// Makes a hint of what most frames of some 400 ms agree on, and none while badges are read.
class HintMaker {
public:
    /// For every frame that was looked at, in order.
    [[nodiscard]] std::optional<Hint> judge(const std::optional<Advice>& advice, MonotonicTime at);
    /// A code was read in the frame of `at`.
    void note_read(MonotonicTime at);

private:
    [[nodiscard]] std::optional<Hint> say(Advice advice, MonotonicTime at);

    std::array<std::chrono::nanoseconds, hint_kinds> evidence_{};
    std::optional<MonotonicTime> before_;
    std::optional<MonotonicTime> read_;
    std::optional<HintKind> said_;
    MonotonicTime said_at_;
};

}  // namespace hudoor::scanner
