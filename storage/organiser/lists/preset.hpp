/// How other systems' lists become ours: which of their columns says what, in the languages they
/// export, and what their codes look like in the QR that delegates carry.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/organiser/lists/csv.hpp"

namespace hudoor::organiser {

/// Where one column of ours comes from.
struct ColumnSource {
    std::vector<std::string> names;  ///< of their columns, the first that is there; lower case
    std::vector<std::string>
        joined;  ///< further columns put behind it with a space: first and last name
};

/// How the values of one column of ours are told there; lower case. What is not listed is refused
/// where only some words are allowed.
using ValueWords = std::map<std::string, std::string>;

struct ImportPreset {
    std::string name;
    std::map<std::string, ColumnSource> columns;  ///< by our column
    std::map<std::string, ValueWords> values;     ///< by our column
    std::vector<std::string> recognised_by;       ///< a list with all of these columns is theirs
    char cut_code_at = 0;                         ///< what stands in the QR before this is the code
};

/// hudoor, pretix, indico, eventbrite, alfio. Throws Fault(usage) for another name.
[[nodiscard]] ImportPreset find_preset(const std::string& name);
/// By the header; hudoor if it is nobody's else.
[[nodiscard]] ImportPreset guess_preset(const CsvRow& header);

/// A map of one's own, in TOML: [columns] our_column = "Theirs" or ["First", "Last"], and
/// [values.our_column] "their word" = "ours". Throws Fault: no_input, bad_data as file:line:column.
[[nodiscard]] ImportPreset read_preset(const std::string& file);

/// The same list with our header: columns of the preset under our names, all others as they are; of
/// columns with the same name the second is "Name (2)" and so on.
[[nodiscard]] std::vector<CsvRow> translate_list(std::vector<CsvRow> rows,
                                                 const ImportPreset& preset);

}  // namespace hudoor::organiser
