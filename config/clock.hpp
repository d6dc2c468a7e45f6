/// Time as the program sees it. Every wait and every stamp goes through a Clock, so that tests and
/// `--fake-time` decide what time it is; pure code takes the time as an argument instead.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace hudoor {

/// UTC, whole milliseconds since 1970.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
/// "2026-12-04T05:31:12.345Z"
[[nodiscard]] std::string iso_time(WallTime time);
/// For measuring and timers; never shown, never stored.
using MonotonicTime = std::chrono::steady_clock::time_point;

/// How far the wall clock may be trusted; the numbers stand in facts and never change.
enum class ClockQuality : std::uint8_t {
    unset = 0,   ///< earlier than something that certainly happened before
    free = 1,    ///< plausible, but nothing disciplines it
    synced = 2,  ///< ntp_adjtime reports it synchronised
};

/// Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual WallTime wall() const = 0;
    [[nodiscard]] virtual MonotonicTime monotonic() const = 0;
    /// ntp_adjtime(2) without STA_UNSYNC.
    [[nodiscard]] virtual bool synchronised() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] WallTime wall() const override;
    [[nodiscard]] MonotonicTime monotonic() const override;
    [[nodiscard]] bool synchronised() const override;
};

/// The clock of `--fake-time T`: says T when made and goes on at the true pace.
class ShiftedClock final : public Clock {
public:
    explicit ShiftedClock(WallTime start);
    [[nodiscard]] WallTime wall() const override;
    [[nodiscard]] MonotonicTime monotonic() const override;
    [[nodiscard]] bool synchronised() const override { return true; }

private:
    WallTime start_;
    MonotonicTime began_;
};

}  // namespace hudoor
