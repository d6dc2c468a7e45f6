/// A list as it came: CSV in any encoding, XLSX or ODS, as rows of text.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/organiser/sheets/rows.hpp"

namespace hudoor::organiser {

struct ListFileOptions {
    std::string sheet;     ///< of a workbook; empty: its first
    std::string encoding;  ///< of CSV; empty: found out
};

struct ListFile {
    std::string encoding;             ///< as ICU knows it; UTF-8 for workbooks
    bool guessed = false;             ///< the encoding
    std::string sheet;                ///< the one that was read; empty: no workbook
    std::vector<std::string> others;  ///< the workbook's other sheets
    Rows rows;                        ///< those not blank, the header or what stands above it first
};

/// Throws Fault: no_input; usage for a sheet or an encoding there is not; bad_data for what is no
/// list, with the way out, and for what is broken, locked or made to fill the memory.
[[nodiscard]] ListFile open_list(const std::filesystem::path& file,
                                 const ListFileOptions& options = {});

}  // namespace hudoor::organiser
