/// How values lie in the rows of event.db: days since 1970, milliseconds. Registrations:
/// storage/guests/rows.hpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "storage/base/sqlite.hpp"
#include "storage/guests/identity.hpp"

namespace hudoor::organiser {

inline std::int64_t day_number(std::chrono::sys_days day) { return day.time_since_epoch().count(); }

inline std::chrono::sys_days day_in(const storage::Statement& row, int column) {
    return std::chrono::sys_days(bounded<std::chrono::days>(row.integer(column)));
}

inline std::array<std::uint8_t, 32> key_in(const storage::Statement& row, int column) {
    return row.id<storage::Hash>(column).bytes;
}

inline WallTime time_in(const storage::Statement& row, int column) {
    return bounded_time(row.integer(column));
}

inline std::optional<WallTime> optional_time_in(const storage::Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return time_in(row, column);
}

inline std::optional<std::int64_t> to_ms(const std::optional<WallTime>& time) {
    if (!time) return std::nullopt;
    return time->time_since_epoch().count();
}

inline storage::Bilingual words_in(const storage::Statement& row, int column) {
    return {row.text(column), row.text(column + 1)};
}

}  // namespace hudoor::organiser
