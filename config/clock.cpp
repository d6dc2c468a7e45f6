#include "config/clock.hpp"

#include <sys/timex.h>

namespace hudoor {

using std::chrono::milliseconds;

WallTime SystemClock::wall() const {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

MonotonicTime SystemClock::monotonic() const { return std::chrono::steady_clock::now(); }

bool SystemClock::synchronised() const {
    timex state{};
    return ntp_adjtime(&state) >= 0 && (state.status & STA_UNSYNC) == 0;
}

ShiftedClock::ShiftedClock(WallTime start) : start_(start), began_(std::chrono::steady_clock::now()) {}

WallTime ShiftedClock::wall() const {
    return start_ + std::chrono::duration_cast<milliseconds>(monotonic() - began_);
}

MonotonicTime ShiftedClock::monotonic() const { return std::chrono::steady_clock::now(); }

}  // namespace hudoor
