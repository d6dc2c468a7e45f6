/// Times as organisers write them, in the event's own time zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "config/clock.hpp"
#include "storage/guests/registration.hpp"

namespace hudoor::organiser {

/// Whether the time zone database knows this name ("Asia/Dubai").
[[nodiscard]] bool is_timezone(const std::string& name);

/// "2026-12-04T09:31" (seconds may follow) there, or with a final Z in UTC, or with the offset from
/// it: +04:00. Nothing for a time that a change of clocks skips, or repeats while no offset says
/// which is meant.
[[nodiscard]] std::optional<WallTime> parse_time(std::string_view text,
                                                 const std::string& timezone);
/// Of a text that is none: what to write instead.
[[nodiscard]] std::string why_no_time(std::string_view text, const std::string& timezone);

/// As parse_time reads it, in the shortest way that says the same: the offset stands only where the
/// time comes twice. TOML reads that, too.
[[nodiscard]] std::string write_time(WallTime time, const std::string& timezone);

/// What a list says of validity: a day, or a time on a day; an empty text is no limit.
[[nodiscard]] std::optional<storage::ValidityLimit> parse_limit(std::string_view text,
                                                                const storage::Agenda& agenda);
[[nodiscard]] std::string why_no_limit(std::string_view text, const storage::Agenda& agenda);
[[nodiscard]] std::string write_limit(const storage::ValidityLimit& limit,
                                      const storage::Agenda& agenda);

/// "2026-12-04".
[[nodiscard]] std::optional<std::chrono::sys_days> parse_day(std::string_view text);

[[nodiscard]] std::string write_day(std::chrono::sys_days day);

/// "2026-12-04 09:31" there.
[[nodiscard]] std::string show_time(WallTime time, const std::string& timezone);
/// "2026-12-04 09:31:12" there.
[[nodiscard]] std::string show_seconds(WallTime time, const std::string& timezone);
/// Of the minute; time zones differ by whole minutes.
[[nodiscard]] int second_of(WallTime time);

}  // namespace hudoor::organiser
