/// From what the frames show to what the delegate should do. Pure but for its memory; the times are
/// those of the frames.
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
};
constexpr std::size_t hint_kinds = 7;
/// "one_badge"
[[nodiscard]] std::string_view name_of(HintKind kind);

using Outline = std::array<Point, 4>;

/// What one frame says for itself.
struct Sign {
    HintKind kind{};
    std::optional<Outline> outline;  ///< of the code, frame pixels
};

/// Guidance while aiming; no fact. Sent when it begins and now and then while it lasts; ends by
/// itself on the screen.
struct Hint {
    HintKind kind{};
    MonotonicTime entered;
    std::optional<Outline> corners;  ///< of the code it is about, frame pixels
    bool goes_on = false;            ///< said before; it still holds
};

/// Says a hint only after its sign has been seen in most frames of some 400 ms, and none while
/// badges are read.
class HintMaker {
public:
    /// For every frame that was looked at, in order.
    [[nodiscard]] std::optional<Hint> judge(const std::optional<Sign>& sign, MonotonicTime at);
    /// A code was read in the frame of `at`.
    void note_read(MonotonicTime at);

private:
    [[nodiscard]] std::optional<Hint> say(const Sign& sign, MonotonicTime at);

    std::array<std::chrono::nanoseconds, hint_kinds> evidence_{};
    std::optional<MonotonicTime> before_;
    std::optional<MonotonicTime> read_;
    std::optional<HintKind> said_;
    MonotonicTime said_at_;
};

}  // namespace hudoor::scanner
