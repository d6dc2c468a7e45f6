/// How other systems' lists become ours: which of their columns says what, in the languages they
/// export, and what their codes look like in the QR that delegates carry. A system is a file in
/// presets/, in the form of a map of one's own.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/organiser/sheets/rows.hpp"

namespace hudoor::organiser {

/// Names of one column in several languages or editions: the first that is there; folded.
using AnyOf = std::vector<std::string>;

/// Where one column of ours comes from.
struct ColumnSource {
    std::vector<AnyOf> parts;      ///< put together with a space: first and last name
    std::vector<AnyOf> otherwise;  ///< where all of those are empty
    AnyOf numbered;                ///< what tells people of one order apart, put behind it
    bool orders = false;           ///< it names an order, which may be for several people
    bool digest = false;           ///< a short hash of the parts instead of them
    std::string where;             ///< of a map: file:line:column
};

/// How the values of one column are told there; folded.
using ValueWords = std::map<std::string, std::string>;

struct ImportPreset {
    std::string name;
    std::map<std::string, ColumnSource> columns;  ///< by our column
    /// By our column, or by theirs, folded.
    std::map<std::string, ValueWords> values;
    std::map<std::string, std::string> value_places;  ///< of a map: file:line:column
    std::vector<AnyOf>
        recognised_by;               ///< a list with all of these is theirs; our columns or theirs
    std::set<std::string> harmless;  ///< decide nothing, though they sound so; folded
    char cut_code_at = 0;            ///< what stands in the QR before this is the code
};

/// Names of all of them, hudoor first.
[[nodiscard]] std::vector<std::string> preset_names();
/// Throws Fault(usage) for another name.
[[nodiscard]] const ImportPreset& find_preset(const std::string& name);
/// By the header; hudoor if it is nobody's else.
[[nodiscard]] const ImportPreset& guess_preset(const ListRow& header);

/// "; it looks like a list of pretix without Attendee name": whose it may be, where it is nobody's;
/// or nothing.
[[nodiscard]] std::string near_preset(const ListRow& header);

/// A map of one's own, in TOML: [columns] our_column = "Theirs" or ["First", "Last"], and
/// [values.our_column] "their word" = "ours". Throws Fault: no_input, bad_data as file:line:column.
[[nodiscard]] ImportPreset read_map(const std::string& file);
/// The preset with what the map says instead of its own.
[[nodiscard]] ImportPreset overlay(ImportPreset preset, const ImportPreset& map);

/// The text of a preset; for find_preset.
[[nodiscard]] ImportPreset parse_preset(std::string_view toml, const std::string& file,
                                        const std::string& name);
/// Name and text of each, put into the program when it is built.
[[nodiscard]] const std::vector<std::pair<std::string, std::string_view>>& preset_files();

}  // namespace hudoor::organiser
