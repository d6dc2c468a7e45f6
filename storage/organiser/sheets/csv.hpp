/// Separated values (RFC 4180) in the encodings and with the delimiters that spreadsheets write.
#pragma once

#include <filesystem>
#include <string>

#include "storage/organiser/sheets/encoding.hpp"
#include "storage/organiser/sheets/rows.hpp"

namespace hudoor::organiser {

/// What a file turned out to be.
struct CsvFile {
    Encoding encoding;
    char delimiter = ',';  ///< or ; or a tab, as a line "sep=;" says or most lines have
    Rows rows;
};

/// Every row that is not blank; spaces around a quoted field are no part of it. `encoding`: empty:
/// found out. Throws Fault: no_input; usage for an encoding there is not; bad_data as file:line for
/// stray quotes, a quote that is never closed (where it begins), zero bytes, a row over 1 MiB or of
/// more than 1,000 fields, or more than 1,000,000 rows: bounds that hold while it is read.
[[nodiscard]] CsvFile open_csv(const std::filesystem::path& file, const std::string& encoding = {});

}  // namespace hudoor::organiser
