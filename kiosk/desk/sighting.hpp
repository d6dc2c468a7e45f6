/// One person on the way through the desk: by a scanned code, or named by an usher. The desk's own.
#pragma once

#include "kiosk/desk/desk.hpp"

namespace hudoor::kiosk {

struct Desk::Sighting {
    storage::Code code;
    WallTime at;
    storage::Method method{};
    storage::UsherNumber usher{};  ///< who named the person; 0: a scan
    MonotonicTime entered;         ///< when the frame came, or the usher asked
    std::uint64_t frame = 0;       ///< 0: none
    bool hand_scanner = false;
    bool again = false;         ///< in view a moment ago
    storage::FactId answers{};  ///< the refusal that an usher answers by it; zero: none
    std::optional<storage::Registration> registration{};
    storage::Direction direction = storage::Direction::entry;
    storage::Verdict verdict{};
    std::chrono::nanoseconds decide{};
    MonotonicTime decided{};
};

}  // namespace hudoor::kiosk
