/// One sheet of a workbook, as text: dates as 2026-12-09, numbers as they are written out.
#pragma once

#include <string>
#include <vector>

#include "storage/organiser/sheets/archive.hpp"
#include "storage/organiser/sheets/rows.hpp"

namespace hudoor::organiser {

struct Workbook {
    std::vector<std::string> sheets;  ///< all of them
    std::string sheet;                ///< the one read
    Rows rows;
};

/// `sheet`: empty: the first. Throws Fault: usage if there is no such sheet, bad_data.
[[nodiscard]] Workbook read_xlsx(const Archive& archive, const std::string& file,
                                 const std::string& sheet);
[[nodiscard]] Workbook read_ods(const Archive& archive, const std::string& file,
                                const std::string& sheet);

/// Its place in `names`; 0 where none is wanted. Throws Fault(usage) with the names there are.
[[nodiscard]] std::size_t find_sheet(const std::vector<std::string>& names,
                                     const std::string& wanted, const std::string& file);

}  // namespace hudoor::organiser
