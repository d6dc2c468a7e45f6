/// A pad of digits: for passphrases and PINs that only a finger or a keyboard's digits can type.
/// The card is the same in both languages, its numbers left to right.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "kiosk/display/painter.hpp"
#include "kiosk/screen/view.hpp"

namespace hudoor::kiosk {

inline constexpr double pad_width = 112, pad_height = 204;
/// The card: in the middle, or under the words where the window is narrow.
[[nodiscard]] Box pad_card(const Painter& painter);

/// A key: what it does and where it lies.
struct PadKey {
    Intent intent{};
    Box box;
};
/// 123, 456, 789, erase 0 enter, and skip under them.
[[nodiscard]] std::array<PadKey, 13> pad_keys(const Box& card);

/// Where so many digits lie: the middles of their discs, left to right.
[[nodiscard]] std::vector<Spot> digit_spots(std::size_t count, const Box& card);

/// What stands over the keys.
struct Pad {
    std::size_t digits = 0;
    std::size_t filled = 0;
    bool keys_off = false;                             ///< but skip
    std::optional<std::chrono::seconds> paused_for{};  ///< counted down where the digits were
};

/// The whole card; what was touched on it.
[[nodiscard]] Intent draw_pad(Painter& painter, const Pad& pad);

/// What a key of a keyboard means on a pad; `key` is a GLFW number. Escape skips.
[[nodiscard]] Intent pad_intent(int key);

}  // namespace hudoor::kiosk
