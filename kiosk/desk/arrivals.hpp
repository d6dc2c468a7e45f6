/// How many came in each of the last minutes. Pure.
#pragma once

#include <deque>
#include <vector>

#include "config/clock.hpp"

namespace hudoor::kiosk {

class Arrivals {
public:
    static constexpr int minutes_kept = 30;

    /// Older than what is kept, or than the newest by more than that, is forgotten.
    void add(WallTime at);
    /// A minute each, oldest first; the last is now's.
    [[nodiscard]] std::vector<int> until(WallTime now) const;

private:
    struct Minute {
        std::chrono::sys_time<std::chrono::minutes> begins;
        int people = 0;
    };
    std::deque<Minute> minutes_;  ///< in order
};

}  // namespace hudoor::kiosk
