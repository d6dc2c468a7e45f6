/// Everything the report counts as plain tables, for workbooks and CSV files: not cut to what fits
/// a page.
#pragma once

#include <variant>

#include "storage/organiser/report/report.hpp"
#include "storage/organiser/report/words.hpp"

namespace hudoor::organiser {

/// A moment is shown in the event's time zone.
using TableCell = std::variant<std::string, std::int64_t, double, WallTime>;

struct Table {
    std::string name;  ///< of its file: "sessions"
    std::string title;
    std::vector<std::string> columns;
    std::vector<std::vector<TableCell>> rows;
};

/// The last is a log of every answer, in the columns of pretix's check-in log and one more: whether
/// it is proved. What is not counts in no other table.
[[nodiscard]] std::vector<Table> tables_of(const Report& report, const ReportSources& sources,
                                           const std::vector<Incident>& incidents,
                                           const ReportWords& words);

/// Text that a spreadsheet would take for a formula, made text by an apostrophe (trust.md "Hostile
/// text").
[[nodiscard]] std::string guard_formula(const std::string& text);

/// One CSV file a table: UTF-8 with a byte order mark, CRLF, typed as text. Throws Fault:
/// cannot_create, io.
void write_csv_tables(const std::vector<Table>& tables, const std::filesystem::path& folder,
                      const std::string& timezone);
/// One workbook, a sheet a table; numbers and times typed, headers frozen, right to left in Arabic.
/// Throws Fault: cannot_create, io.
void write_workbook(const std::vector<Table>& tables, const std::filesystem::path& file,
                    const ReportWords& words);

}  // namespace hudoor::organiser
