/// Times as organisers write them, in the event's own time zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "config/clock.hpp"

namespace hudoor::organiser {

/// Whether the time zone database knows this name ("Asia/Dubai").
[[nodiscard]] bool is_timezone(const std::string& name);

/// The moment when clocks there show this. A time that a change of clocks skips or repeats is taken
/// by the offset before the change.
[[nodiscard]] WallTime from_local(std::chrono::year_month_day date, std::chrono::seconds of_day,
                                  const std::string& timezone);

/// "2026-12-04T09:31" (seconds may follow) there, or with a final Z in UTC.
[[nodiscard]] std::optional<WallTime> parse_time(std::string_view text,
                                                 const std::string& timezone);

/// "2026-12-04".
[[nodiscard]] std::optional<std::chrono::sys_days> parse_day(std::string_view text);

/// "2026-12-04 09:31" there.
[[nodiscard]] std::string show_time(WallTime time, const std::string& timezone);

}  // namespace hudoor::organiser
