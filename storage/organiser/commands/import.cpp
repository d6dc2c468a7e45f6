#include "storage/organiser/import.hpp"
#include "storage/organiser/import_preset.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

#include "config/clock.hpp"
#include "storage/organiser/clean_text.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/opening.hpp"

namespace hudoor::organiser {

namespace {

constexpr std::size_t most_absent_told = 50;

std::string_view name_of(RowResult result) {
    switch (result) {
        case RowResult::added: return "added";
        case RowResult::changed: return "changed";
        case RowResult::unchanged: return "unchanged";
        case RowResult::refused: break;
    }
    return "refused";
}

nlohmann::ordered_json to_json(const std::vector<CellNote>& notes) {
    auto list = nlohmann::ordered_json::array();
    for (const CellNote& note : notes)
        list.push_back({{"column", note.column}, {"value", note.value}, {"reason", note.reason}});
    return list;
}

nlohmann::ordered_json to_json(const RowReport& row) {
    nlohmann::ordered_json out{{"line", row.line}, {"attendee_id", row.external_id}, {"result", name_of(row.result)}};
    for (const ValueChange& change : row.changed)
        out["changed"].push_back({{"column", change.column}, {"before", change.before}, {"after", change.after}});
    if (!row.refusals.empty()) out["refusals"] = to_json(row.refusals);
    if (!row.warnings.empty()) out["warnings"] = to_json(row.warnings);
    return out;
}

void print_json(const ImportReport& report, const std::string& file, bool applied) {
    nlohmann::ordered_json out{{"file", file}, {"applied", applied}};
    for (const RowResult result :
         {RowResult::added, RowResult::changed, RowResult::unchanged, RowResult::refused})
        out[std::string(name_of(result))] = report.count(result);
    out["absent"] = report.absent;
    out["dropped_columns"] = report.dropped_columns;
    out["warnings"] = report.warnings;
    out["rows"] = nlohmann::ordered_json::array();
    for (const RowReport& row : report.rows) out["rows"].push_back(to_json(row));
    std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

void print_note(const std::string& file, int line, const char* kind, const CellNote& note) {
    std::cout << file << ':' << line << ": " << kind << ": ";
    if (!note.column.empty()) std::cout << note.column << ' ';
    std::cout << note.value << ": " << note.reason << '\n';
}

void print_row(const RowReport& row, const std::string& file) {
    for (const CellNote& note : row.refusals) print_note(file, row.line, "refused", note);
    for (const CellNote& note : row.warnings) print_note(file, row.line, "note", note);
    if (row.result == RowResult::refused || row.result == RowResult::unchanged) return;
    std::cout << file << ':' << row.line << ": " << name_of(row.result) << ": \u2068" << row.external_id << "\u2069";
    for (std::size_t i = 0; i < row.changed.size(); ++i)
        std::cout << (i == 0 ? " (" : ", ") << row.changed[i].column << ' ' << quote(row.changed[i].before) << " to "
                  << quote(row.changed[i].after) << (i + 1 == row.changed.size() ? ")" : "");
    std::cout << '\n';
}

void print_text(const ImportReport& report, const std::string& file) {
    for (const RowReport& row : report.rows) print_row(row, file);
    for (const std::string& column : report.dropped_columns)
        std::cout << "Column dropped: \u2068" << column << "\u2069\n";
    const std::size_t told = std::min(report.absent.size(), most_absent_told);
    for (std::size_t i = 0; i < told; ++i)
        std::cout << "Not in this file, stays as it is: \u2068" << report.absent[i] << "\u2069\n";
    if (told < report.absent.size())
        std::cout << "... and " << report.absent.size() - told << " more; --json names them all\n";
    std::cout << report.count(RowResult::added) << " added, " << report.count(RowResult::changed)
              << " changed, " << report.count(RowResult::unchanged) << " unchanged, "
              << report.count(RowResult::refused) << " refused, " << report.absent.size()
              << " not in the file.\n";
}

ImportPreset preset_of(const ImportCommand& options, const CsvFile& list) {
    if (!options.map.empty()) return read_preset(options.map);
    if (options.preset != "auto") return find_preset(options.preset);
    return list.rows.empty() ? find_preset("hudoor") : guess_preset(list.rows.front());
}

void apply(EventStore& store, ImportReport& report, const EventOptions& event, const std::string& file) {
    if (report.to_save.empty()) return;
    if (!report.to_hash.empty())
        set_code_hashes(report, open_keys(event, store.event()).code_key.view());
    store.save(report.to_save, change_now("import " + file));
}

/// What happens, or would; a person's last line.
std::string outcome(const ImportReport& report, bool apply) {
    if (report.count(RowResult::refused) > 0)
        return "Nothing was applied: correct the refused rows and import the file again.";
    if (!apply) return "Nothing was applied: add --apply to do it.";
    return report.to_save.empty() ? "Nothing to change." : "Applied.";
}

}  // namespace

ExitCode import_list(const EventOptions& event, const ImportCommand& options) {
    EventStore store(event.event);
    const std::string file = options.file.string();
    CsvFile list = open_csv(options.file);
    const ImportPreset preset = preset_of(options, list);
    ImportReport report = plan_import(translate_list(std::move(list.rows), preset), file, store.event(),
                                      store.registrations(), {options.keep, SystemClock().wall(), show_progress});
    if (list.encoding == "windows-1256")
        report.warnings.push_back(file + " is not UTF-8 and was taken for windows-1256; look at the Arabic names.");
    if (preset.name != "hudoor") report.warnings.push_back(file + " was read as a list of " + preset.name + ".");
    const bool refused = report.count(RowResult::refused) > 0;
    const bool applied = options.apply && !refused;
    if (applied) apply(store, report, event, file);
    if (applied && preset.cut_code_at != 0) store.set_code_cut(preset.cut_code_at);
    if (options.json)
        print_json(report, file, applied);
    else
        print_text(report, file);
    for (const std::string& warning : report.warnings) std::cerr << "hudoor: " << warning << '\n';
    std::cerr << "hudoor: " << outcome(report, options.apply) << '\n';
    return refused ? ExitCode::bad_data : ExitCode::done;
}

}  // namespace hudoor::organiser
