/// Comma-separated files (RFC 4180) in the encodings and with the delimiters that spreadsheets
/// write.
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

/// What a file turned out to be.
struct CsvFile {
    std::string encoding;  ///< UTF-8, UTF-16LE, UTF-16BE or windows-1256
    char delimiter = ',';  ///< or ; or a tab: what the header has most of
    std::vector<CsvRow> rows;
};

/// Every row that is not blank, the header first. What has no byte order mark and is not UTF-8 is
/// taken for windows-1256. Throws Fault: no_input; bad_data for what is no text (a workbook, an
/// archive), and as file:line for stray quotes, as file:line:column where a quote began that is
/// lost further on, a row over 1 MiB or of more than 1,000 fields, or more than 1,000,000 rows:
/// bounds that hold while it is read.
[[nodiscard]] CsvFile open_csv(const std::filesystem::path& file);

}  // namespace hudoor::organiser
