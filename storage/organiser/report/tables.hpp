/// Everything the report counts as plain tables, for workbooks and CSV files: not cut to what fits
/// a page.
#pragma once

#include <variant>

#include "storage/organiser/report/report.hpp"
#include "storage/organiser/report/words.hpp"

namespace hudoor::organiser {

/// Of a moment, the day or the time with its seconds.
struct DayOf {
    WallTime at;
};
struct TimeOf {
    WallTime at;
};

/// Moments are shown in the event's time zone. An empty text is an empty cell.
using TableCell = std::variant<std::string, std::int64_t, double, WallTime, DayOf, TimeOf>;

struct Table {
    std::string name;  ///< of its file: "sessions"
    std::string title;
    std::vector<std::string> columns;
    std::vector<std::vector<TableCell>> rows;
};

/// The last is a log of every answer, in the columns of pretix's check-in log and two more: whether
/// it is proved, and the organisation. What is not proved counts in no other table. No text has
/// isolates, which only a screen needs.
[[nodiscard]] std::vector<Table> tables_of(const Report& report, const ReportSources& sources,
                                           const std::vector<Incident>& incidents,
                                           const ReportWords& words);

/// Text that a spreadsheet would take for a formula, made text by an apostrophe (trust.md "Hostile
/// text"); blanks and format characters before it do not hide it.
[[nodiscard]] std::string guard_formula(const std::string& text);

/// One CSV file a table: UTF-8 with a byte order mark, CRLF, typed as text. Throws Fault:
/// cannot_create, io.
void write_csv_tables(const std::vector<Table>& tables, const std::filesystem::path& folder,
                      const std::string& timezone);
/// One workbook, a sheet a table (several where it has more rows than a sheet may have); numbers,
/// days and times typed, columns as wide as what they hold, headers frozen and with filters, right
/// to left in Arabic.
/// Throws Fault: cannot_create, io.
void write_workbook(const std::vector<Table>& tables, const std::filesystem::path& file,
                    const ReportWords& words);

}  // namespace hudoor::organiser
