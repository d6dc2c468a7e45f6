/// A clock that tests move by hand.
#pragma once

#include "config/clock.hpp"

namespace hudoor::test {

class ManualClock final : public Clock {
public:
    explicit ManualClock(WallTime start = WallTime(std::chrono::milliseconds(1'796'362'200'000)))
        : wall_(start) {}  // 2026-12-04 05:30 UTC: 09:30 in Dubai, the opening

    [[nodiscard]] WallTime wall() const override { return wall_; }
    [[nodiscard]] MonotonicTime monotonic() const override { return monotonic_; }
    [[nodiscard]] bool synchronised() const override { return synchronised_; }

    void advance(std::chrono::milliseconds by) {
        wall_ += by;
        monotonic_ += by;
    }
    void set_wall(WallTime to) { wall_ = to; }
    void set_synchronised(bool to) { synchronised_ = to; }

private:
    WallTime wall_;
    MonotonicTime monotonic_{std::chrono::hours(1)};
    bool synchronised_ = true;
};

}  // namespace hudoor::test
