/// How registrations lie in rows of SQLite, the same in the replica and in event.db: text and
/// numbers as they are, days since 1970, ids and sessions as bytes; what is unique and empty is
/// NULL.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "storage/base/sqlite.hpp"
#include "storage/guests/registration.hpp"

namespace hudoor::storage {

/// A column and what CREATE TABLE says of it.
struct ColumnInRow {
    Column column;
    std::string type;
};

/// False for a field that has a table of its own.
template <typename Registrations, typename Field>
inline constexpr bool lies_in_row = true;

template <typename Id>
std::optional<Id> unless_zero(const Id& id) {
    return id.is_zero() ? std::nullopt : std::optional<Id>(id);
}

/// One field to and from a row, and its type there.
template <typename Field>
struct InRow {  // numbers, enums, flags
    static constexpr const char* type = "INTEGER NOT NULL DEFAULT 0";
    static Field bound(const Field& field) { return field; }
    static void read(const Statement& row, int at, Field& field) { field = row.as<Field>(at); }
};
template <>
struct InRow<std::string> {
    static constexpr const char* type = "TEXT NOT NULL DEFAULT ''";
    static const std::string& bound(const std::string& text) { return text; }
    static void read(const Statement& row, int at, std::string& text) { text = row.text(at); }
};
template <std::size_t Size, typename Tag>
struct InRow<ByteId<Size, Tag>> {
    using Id = ByteId<Size, Tag>;
    static constexpr const char* type = "BLOB";
    static auto bound(const Id& id) { return unless_zero(id); }
    static void read(const Statement& row, int at, Id& id) { id = row.id<Id>(at); }
};
template <>
struct InRow<std::chrono::sys_days> {
    using Day = std::chrono::sys_days;
    static constexpr const char* type = "INTEGER NOT NULL DEFAULT 0";
    static auto bound(Day day) { return day.time_since_epoch().count(); }
    static void read(const Statement& row, int at, Day& day) {
        day = Day(bounded<std::chrono::days>(row.integer(at)));
    }
};
template <>
struct InRow<WallTime> {
    static auto bound(WallTime time) { return time.time_since_epoch().count(); }
    static void read(const Statement& row, int at, WallTime& time) {
        time = bounded_time(row.integer(at));
    }
};
template <typename Value>
struct InRow<std::optional<Value>> {
    static constexpr const char* type = "INTEGER";
    static auto bound(const std::optional<Value>& value) {
        return value ? std::optional(InRow<Value>::bound(*value)) : std::nullopt;
    }
    static void read(const Statement& row, int at, std::optional<Value>& value) {
        if (!row.is_null(at)) InRow<Value>::read(row, at, value.emplace());
    }
};
template <>
struct InRow<ValidityLimit> {  // its time has a column of its own
    using Day = InRow<std::optional<std::chrono::sys_days>>;
    static constexpr const char* type = Day::type;
    static auto bound(const ValidityLimit& limit) { return Day::bound(limit.day); }
    static void read(const Statement& row, int at, ValidityLimit& limit) {
        Day::read(row, at, limit.day);
    }
};
template <>
struct InRow<std::vector<SessionId>> {
    static constexpr const char* type = "BLOB NOT NULL DEFAULT x''";  // two bytes each, big-endian
    static Bytes bound(const std::vector<SessionId>& sessions);
    static void read(const Statement& row, int at, std::vector<SessionId>& sessions);
};

/// Those that lie in the row, in the order of bind_row and read_row.
template <typename Registrations>
[[nodiscard]] std::vector<ColumnInRow> columns_in_row() {
    std::vector<ColumnInRow> all;
    const auto add = [&]<typename Field>(const Column& column, const Field&) {
        const bool null = column.unique && std::is_same_v<Field, std::string>;
        if constexpr (lies_in_row<Registrations, Field>)
            all.push_back({column, null ? "TEXT" : InRow<Field>::type});
    };
    const Registrations none{};
    visit_columns(add, none);
    return all;
}

/// Binds a row's columns from parameter `at` on.
template <typename Registrations>
void bind_row(Statement& statement, int at, const Registrations& one) {
    const auto bind = [&]<typename Field>(const Column& column, const Field& field) {
        if constexpr (lies_in_row<Registrations, Field>) {
            const bool null = column.unique && field == Field();
            null ? statement.bind_one(at, nullptr)
                 : statement.bind_one(at, InRow<Field>::bound(field));
            ++at;
        }
    };
    visit_columns(bind, one);
}

/// Reads a row's columns from the statement's column `at` on.
template <typename Registrations>
[[nodiscard]] Registrations read_row(const Statement& statement, int at) {
    Registrations one;
    const auto read = [&]<typename Field>(const Column&, Field& field) {
        if constexpr (lies_in_row<Registrations, Field>) InRow<Field>::read(statement, at++, field);
    };
    visit_columns(read, one);
    return one;
}

/// What `say` says of each column, with commas between.
[[nodiscard]] std::string list_columns(const std::vector<ColumnInRow>& columns,
                                       const std::function<std::string(const ColumnInRow&)>& say);
/// Their names.
[[nodiscard]] std::string list_columns(const std::vector<ColumnInRow>& columns);
/// The same for a SELECT from `registration`; NULL for one that an older program did not put in.
[[nodiscard]] std::string select_columns(const std::vector<ColumnInRow>& columns,
                                         const Database& database);
/// The columns that the table `registration` has; one made by an older program lacks some.
[[nodiscard]] std::set<std::string> columns_there(const Database& database);

}  // namespace hudoor::storage
