#include "storage/organiser/lists/plan.hpp"
#include "storage/organiser/lists/preset.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

#include "config/clock.hpp"
#include "storage/badge/guessing.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/text_table.hpp"
#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

using storage::fewest_bits;
using storage::guessing_bits;

namespace {

constexpr std::size_t most_told = 50;  ///< of those added, and of those absent

std::string_view name_of(RowResult result) {
    switch (result) {
        case RowResult::added:
            return "added";
        case RowResult::changed:
            return "changed";
        case RowResult::unchanged:
            return "unchanged";
        case RowResult::refused:
            break;
    }
    return "refused";
}

/// So that an Arabic word does not turn its neighbours round.
std::string isolated(const std::string& text) { return "\u2068" + text + "\u2069"; }

nlohmann::ordered_json to_json(const std::vector<CellNote>& notes) {
    auto list = nlohmann::ordered_json::array();
    for (const CellNote& note : notes)
        list.push_back({{"column", note.column}, {"value", note.value}, {"reason", note.reason}});
    return list;
}

nlohmann::ordered_json to_json(const RowReport& row) {
    nlohmann::ordered_json out{
        {"line", row.line}, {"attendee_id", row.external_id}, {"result", name_of(row.result)}};
    for (const ValueChange& change : row.changed)
        out["changed"].push_back(
            {{"column", change.column}, {"before", change.before}, {"after", change.after}});
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

/// A row of the list for every value that changes, is refused or is worth knowing about.
void add_rows(TextTable& table, const RowReport& row) {
    const std::string line = std::to_string(row.line);
    const std::string id = isolated(row.external_id);
    for (const CellNote& note : row.refusals)
        table.add({line, "refused", id, note.column, isolated(note.value), note.reason});
    if (row.result == RowResult::added) table.add({line, "added", id});
    for (const ValueChange& change : row.changed)
        table.add({line, "changed", id, change.column, isolated(quote(change.after)),
                   "was " + isolated(quote(change.before))});
    for (const CellNote& note : row.warnings)
        table.add({line, "note", id, note.column, isolated(note.value), note.reason});
}

void print_text(const ImportReport& report) {
    TextTable table({"LINE", "RESULT", "ATTENDEE", "COLUMN", "VALUE", "REMARK"});
    std::size_t added = 0;
    for (const RowReport& row : report.rows)
        if (row.result != RowResult::added || !row.warnings.empty() || ++added <= most_told)
            add_rows(table, row);
    for (std::size_t i = 0; i < std::min(report.absent.size(), most_told); ++i)
        table.add(
            {"", "absent", isolated(report.absent[i]), "", "", "not in this file; stays as it is"});
    std::cout << table;
    if (added > most_told)
        std::cout << "... and " << added - most_told << " more added; --json names them all\n";
    if (report.absent.size() > most_told)
        std::cout << "... and " << report.absent.size() - most_told
                  << " more absent; --json names them all\n";
    for (const std::string& column : report.dropped_columns)
        std::cout << "Column dropped: " << isolated(column) << '\n';
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

void apply(EventStore& store, ImportReport& report, const EventOptions& event,
           const std::string& file) {
    if (report.to_save.empty()) return;
    if (!report.to_hash.empty())
        set_code_hashes(report, open_keys(event, store.event()).code_key.view());
    store.save(report.to_save, change_now("import " + file));
}

/// Of the codes the event would have: too easily guessed to admit anybody by themselves.
std::optional<std::string> find_weak_codes(const EventStore& store, const ImportReport& report) {
    if (report.to_hash.empty()) return std::nullopt;
    std::map<std::string, std::string> codes;  // by external id
    for (const OrganiserRegistration& one : store.registrations())
        codes[one.door.external_id] = one.imported_code;
    for (const OrganiserRegistration& one : report.to_save)
        codes[one.door.external_id] = one.imported_code;
    std::vector<std::string> all;
    for (auto& [id, code] : codes)
        if (!code.empty()) all.push_back(std::move(code));
    const double bits = guessing_bits(all);
    if (bits >= fewest_bits) return std::nullopt;
    return "the codes can be guessed: one of about 2^" + std::to_string(static_cast<int>(bits)) +
           " tries is somebody's. Give people badges of this event instead (leave badge_code out),"
           " or insist with --weak-codes: an usher then admits each of them by hand.";
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
    store.refuse_purged();
    const std::string file = options.file.string();
    CsvFile list = open_csv(options.file);
    const ImportPreset preset = preset_of(options, list);
    ImportReport report =
        plan_import(translate_list(std::move(list.rows), preset), file, store.event(),
                    store.registrations(), {options.keep, SystemClock().wall(), show_progress});
    if (list.encoding == "windows-1256")
        report.warnings.push_back(
            file + " is not UTF-8 and was taken for windows-1256; look at the Arabic names.");
    if (preset.name != "hudoor")
        report.warnings.push_back(file + " was read as a list of " + preset.name + ".");
    const auto weak = find_weak_codes(store, report);
    if (weak && options.weak_codes) report.warnings.push_back(file + ": " + *weak);
    const bool weak_refused = weak && !options.weak_codes;
    const bool refused = report.count(RowResult::refused) > 0 || weak_refused;
    const bool applied = options.apply && !refused;
    if (applied) apply(store, report, event, file);
    if (applied && preset.cut_code_at != 0) store.set_code_cut(preset.cut_code_at);
    if (options.json)
        print_json(report, file, applied);
    else
        print_text(report);
    for (const std::string& warning : report.warnings) std::cerr << "hudoor: " << warning << '\n';
    if (weak_refused)
        std::cerr << "hudoor: Nothing was applied: " << file << ": " << *weak << '\n';
    else
        std::cerr << "hudoor: " << outcome(report, options.apply) << '\n';
    return refused ? ExitCode::bad_data : ExitCode::done;
}

}  // namespace hudoor::organiser
