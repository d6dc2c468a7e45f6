/// Time as the program sees it. Every wait and every stamp goes through a Clock, so that tests and
/// `--fake-time` decide what time it is; pure code takes the time as an argument instead.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

namespace hudoor {

/// UTC, whole milliseconds since 1970.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
/// A span that somebody else claims (a fact, bundle, list or agenda), held within 8,000 years to
/// both sides: sums and differences of a few of them stay within their type.
template <typename Span>
[[nodiscard]] constexpr Span bounded(std::int64_t count) {
    constexpr auto most = std::chrono::duration_cast<Span>(std::chrono::years(8'000)).count();
    return Span(std::clamp<std::int64_t>(count, -most, most));
}
/// What a clock said and how far it was known to be off, bounded.
[[nodiscard]] WallTime bounded_time(std::int64_t said_ms, std::int64_t offset_ms = 0);

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
