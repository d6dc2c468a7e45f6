#include "config/clock.hpp"

#include <sys/timex.h>

#include <array>
#include <cstdio>
#include <limits>

namespace hudoor {

using std::chrono::milliseconds;

WallTime bounded_time(std::int64_t said_ms, std::int64_t offset_ms) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(said_ms, offset_ms, &sum))
        sum = said_ms < 0 ? std::numeric_limits<std::int64_t>::min()
                          : std::numeric_limits<std::int64_t>::max();
    return WallTime(bounded<milliseconds>(sum));
}

std::string iso_time(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()),
                  static_cast<int>(clock.subseconds().count()));
    return text.data();
}

WallTime SystemClock::wall() const {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

MonotonicTime SystemClock::monotonic() const { return std::chrono::steady_clock::now(); }

bool SystemClock::synchronised() const {
    timex state{};
    return ntp_adjtime(&state) >= 0 && (state.status & STA_UNSYNC) == 0;
}

ShiftedClock::ShiftedClock(WallTime start)
    : start_(start), began_(std::chrono::steady_clock::now()) {}

WallTime ShiftedClock::wall() const {
    return start_ + std::chrono::duration_cast<milliseconds>(monotonic() - began_);
}

MonotonicTime ShiftedClock::monotonic() const { return std::chrono::steady_clock::now(); }

}  // namespace hudoor
