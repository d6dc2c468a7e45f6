/// Comma-separated files (RFC 4180, UTF-8 with or without BOM), row by row.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hudoor::organiser {

/// Fields are UTF-8 as they stand in the file, not yet looked at.
struct CsvRow {
    int line = 0;  ///< of the file, from 1, where the row begins
    std::vector<std::string> fields;
};

/// Every row that is not blank, the header first. Throws Fault: no_input; bad_data as file:line for
/// stray quotes, a quote that is never closed, a line over 1 MiB, or more than 1,000,000 rows.
[[nodiscard]] std::vector<CsvRow> read_csv(const std::filesystem::path& file);

}  // namespace hudoor::organiser
