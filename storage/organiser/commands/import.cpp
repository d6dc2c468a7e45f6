#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <set>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/badge/guessing.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/text_table.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/lists/plan.hpp"
#include "storage/organiser/lists/preset.hpp"
#include "storage/organiser/lists/translate.hpp"
#include "storage/organiser/lists/words.hpp"
#include "storage/organiser/sheets/list_file.hpp"

namespace hudoor::organiser {

using storage::fewest_bits;
using storage::guessing_bits;

namespace {

constexpr std::size_t most_told = 50;  ///< of those added, of those absent, of one note

std::string_view name_of(RowResult result) {
    switch (result) {
        case RowResult::added:
            return "added";
        case RowResult::changed:
            return "changed";
        case RowResult::unchanged:
            return "unchanged";
        case RowResult::conflict:
            return "conflict";
        case RowResult::refused:
            break;
    }
    return "refused";
}

/// So that an Arabic word does not turn its neighbours round.
std::string isolated(const std::string& text) { return "\u2068" + text + "\u2069"; }

/// A list that was read, and what it was read as.
struct ReadList {
    ListFile file;
    ImportPreset preset;
    std::size_t header = 0;
    int header_line = 0;
    std::string source;
};

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
    for (const Conflict& one : row.conflicts)
        out["conflicts"].push_back({{"column", one.column},
                                    {"here", one.here},
                                    {"list", one.list},
                                    {"reason", one.reason}});
    if (!row.refusals.empty()) out["refusals"] = to_json(row.refusals);
    if (!row.stands.empty()) out["stands"] = to_json(row.stands);
    if (!row.warnings.empty()) out["warnings"] = to_json(row.warnings);
    return out;
}

void print_json(const ImportReport& report, const ReadList& list, const std::string& file,
                bool applied) {
    nlohmann::ordered_json out{{"file", file}, {"applied", applied}};
    for (const RowResult result : {RowResult::added, RowResult::changed, RowResult::unchanged,
                                   RowResult::refused, RowResult::conflict})
        out[std::string(name_of(result))] = report.count(result);
    out["preset"] = list.preset.name;
    out["source"] = list.source;
    out["encoding"] = list.file.encoding;
    if (!list.file.sheet.empty()) out["sheet"] = list.file.sheet;
    if (list.file.guessed) out["sample_names"] = report.sample_names;
    out["absent"] = report.absent;
    out["dropped_columns"] = report.dropped_columns;
    out["left"] = report.left;
    out["defaults"] = report.defaults;
    out["blocked"] = report.blocked;
    out["warnings"] = report.warnings;
    out["rows"] = nlohmann::ordered_json::array();
    for (const RowReport& row : report.rows) out["rows"].push_back(to_json(row));
    std::cout << out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

/// The table of a report; of what stands in very many rows only the first are told.
class ReportTable {
public:
    void add(const RowReport& row) {
        const std::string line = row.line > 0 ? std::to_string(row.line) : std::string();
        const std::string id = isolated(row.external_id);
        for (const CellNote& note : row.refusals)
            table_.add({line, "refused", id, note.column, isolated(note.value), note.reason});
        for (const Conflict& one : row.conflicts)
            table_.add({line, "conflict", id, one.column, isolated(quote(one.list)),
                        "here " + isolated(quote(one.here)) + "; " + one.reason});
        if (row.result == RowResult::added && told("added")) table_.add({line, "added", id});
        for (const ValueChange& change : row.changed)
            table_.add({line, "changed", id, change.column, isolated(quote(change.after)),
                        "was " + isolated(quote(change.before))});
        for (const CellNote& note : row.stands)
            if (told("stands " + note.column))
                table_.add({line, "stands", id, note.column, isolated(note.value), note.reason});
        for (const CellNote& note : row.warnings)
            if (told("notes " + note.column + " " + note.reason.substr(0, 12)))
                table_.add({line, "note", id, note.column, isolated(note.value), note.reason});
    }
    void add_absent(const std::string& id) {
        if (told("absent"))
            table_.add({"", "absent", isolated(id), "", "", "not in this file; stays as it is"});
    }
    void print() const {
        std::cout << table_;
        for (const auto& [kind, count] : told_)
            if (count > most_told)
                std::cout << "... and " << count - most_told << " more "
                          << kind.substr(0, kind.find(' ')) << "; --json names them all\n";
    }

private:
    bool told(const std::string& kind) { return ++told_[kind] <= most_told; }

    TextTable table_{{"LINE", "RESULT", "ATTENDEE", "COLUMN", "VALUE", "REMARK"}};
    std::map<std::string, std::size_t> told_;
};

/// "category of 3 people, seat of 1 person".
std::string told_counts(const std::map<std::string, std::size_t>& counts) {
    std::string told;
    for (const auto& [column, count] : counts)
        told += (told.empty() ? "" : ", ") + column + " of " + counted(count, "person", "people");
    return told;
}

void print_text(const ImportReport& report, bool cancel_absent) {
    ReportTable table;
    for (const RowReport& row : report.rows) table.add(row);
    if (!cancel_absent)
        for (const std::string& id : report.absent) table.add_absent(id);
    table.print();
    for (const std::string& column : report.dropped_columns)
        std::cout << "Column dropped: " << isolated(column) << '\n';
    if (!report.left.empty())
        std::cout << "Left as known, because the list says nothing: " << told_counts(report.left)
                  << ".\n";
    if (!report.defaults.empty())
        std::cout << "New without a value, so by default (status confirmed, the first category, no"
                     " sessions): "
                  << told_counts(report.defaults) << ".\n";
    std::cout << report.count(RowResult::added) << " added, " << report.count(RowResult::changed)
              << " changed, " << report.count(RowResult::unchanged) << " unchanged, "
              << report.count(RowResult::refused) << " refused, ";
    if (const auto conflicts = report.count(RowResult::conflict); conflicts > 0)
        std::cout << counted(conflicts, "conflict") << ", ";
    std::cout << report.absent.size() << " not in the file.\n";
}

/// A preset, a map of one's own, or a map over a preset.
ImportPreset preset_of(const ImportCommand& options, const Rows& rows) {
    std::optional<ImportPreset> map;
    if (!options.map.empty()) map = read_map(options.map);
    if (options.preset != "auto") {
        const ImportPreset& preset = find_preset(options.preset);
        return map ? overlay(preset, *map) : preset;
    }
    if (map && map->columns.contains("attendee_id")) return *map;
    const ImportPreset& preset =
        rows.empty() ? find_preset("hudoor") : guess_preset(rows[find_header(rows, nullptr)]);
    return map ? overlay(preset, *map) : preset;
}

ReadList read_list(const ImportCommand& options) {
    ReadList list;
    list.file = open_list(options.file, {options.sheet, options.encoding});
    if (list.file.rows.empty())
        throw Fault(ExitCode::bad_data, options.file.string() + ": the file is empty");
    list.preset = preset_of(options, list.file.rows);
    list.header = find_header(list.file.rows, &list.preset);
    list.header_line = list.file.rows[list.header].line;
    list.source = options.source.empty() ? list.preset.name : options.source;
    return list;
}

/// The list with our header. Throws Fault(bad_data) if nothing in it says who is who.
Rows our_rows(const ReadList& list, const std::string& file) {
    Rows rows = translate_list(list.file.rows, list.preset, list.header);
    const ListRow header = rows.front();
    const auto& names = header.fields;
    if (std::find(names.begin(), names.end(), "attendee_id") != names.end()) return rows;
    std::string all;
    for (const std::string& name : list.file.rows[list.header].fields)
        if (!name.empty()) all += (all.empty() ? "" : ", ") + quote(name);
    throw Fault(ExitCode::bad_data,
                file + ":" + std::to_string(header.line) +
                    ": there is no column attendee_id, which identifies a delegate; name it so, or"
                    " say by --preset whose list it is or in a map (--map) which column it is" +
                    near_preset(list.file.rows[list.header]) + ". It has: " + all);
}

bool names_row_numbers(const ReadList& list) {
    const ListRow header = list.file.rows[list.header];
    return std::any_of(header.fields.begin(), header.fields.end(), [](const std::string& field) {
        const std::string name = folded_header(field);
        return name == "id" || name == "الرقم" || name == "no" || name == "number";
    });
}

ImportOptions plan_options(const EventStore& store, const ImportCommand& options,
                           const ReadList& list) {
    ImportOptions plan{
        .keep = options.keep, .now = SystemClock().wall(), .progress = show_progress};
    for (const std::string& column : options.ignore) plan.ignore.insert(folded_header(column));
    plan.harmless = list.preset.harmless;
    plan.said = store.said(list.source);
    plan.decided = store.said(decided_here);
    plan.resolve = options.theirs ? Resolve::theirs : options.ours ? Resolve::ours : Resolve::ask;
    const auto id = list.preset.columns.find("attendee_id");
    plan.orders = id != list.preset.columns.end() && id->second.orders;
    plan.may_be_row_numbers = list.preset.name == "hudoor" && names_row_numbers(list);
    plan.cancel_absent = options.cancel_absent;
    return plan;
}

void warn_about_file(const ReadList& list, const std::string& file, ImportReport& report) {
    const auto warn = [&](const std::string& what) { report.warnings.push_back(file + what); };
    if (list.preset.name != "hudoor") warn(" was read as a list of " + list.preset.name + ".");
    if (!list.file.others.empty()) {
        std::string others;
        for (const std::string& name : list.file.others)
            others += (others.empty() ? "" : ", ") + quote(name);
        warn(": the sheet " + quote(list.file.sheet) +
             " was read; there are also (--sheet): " + others + ".");
    }
    if (list.header > 0)
        warn(": " + counted(list.header, "line") + " above the header (line " +
             std::to_string(list.header_line) + ") left out.");
    if (!list.file.guessed) return;
    std::string names;
    for (const std::string& name : report.sample_names)
        names += (names.empty() ? "" : ", ") + isolated(name);
    warn(" is not UTF-8 and was taken for " + list.file.encoding +
         "; if these names are not right, say another by --encoding: " + names + ".");
}

/// What was left out, as it stood, with the reasons before it. Throws Fault(cannot_create).
void write_refused(const ReadList& list, const ImportReport& report,
                   const std::filesystem::path& out) {
    if (std::filesystem::exists(out))
        throw Fault(ExitCode::cannot_create, out.string() + " exists; take another name");
    const auto cell = [](const std::string& text) {
        std::string quoted = "\"";
        for (const char sign : text)
            quoted += sign == '"' ? std::string("\"\"") : std::string(1, sign);
        return quoted + "\"";
    };
    const auto line_of = [&](const std::string& reason, const ListRow& row) {
        std::string line = cell(reason);
        for (const std::string& field : row.fields) line += "," + cell(field);
        return line + "\r\n";
    };
    std::map<int, std::string> reasons;
    for (const RowReport& row : report.rows)
        for (const CellNote& note : row.refusals) {
            std::string& reason = reasons[row.line];
            reason += (reason.empty() ? "line " + std::to_string(row.line) + ": " : "; ") +
                      note.column + " " + note.value + " " + note.reason;
        }
    std::string text = "\xEF\xBB\xBF" + line_of("refused because", list.file.rows[list.header]);
    for (std::size_t i = list.header + 1; i < list.file.rows.size(); ++i) {
        const ListRow row = list.file.rows[i];
        if (const auto reason = reasons.find(row.line); reason != reasons.end())
            text += line_of(reason->second, row);
    }
    storage::write_file(out, storage::as_bytes(text), storage::private_mode);
}

void apply(EventStore& store, ImportReport& report, const EventOptions& event,
           const std::string& file, const std::string& source) {
    if (!report.to_hash.empty())
        set_code_hashes(report, open_keys(event, store.event()).code_key.view());
    if (report.to_save.empty() && !report.said.empty()) store.remember(source, report.said);
    if (!report.to_save.empty())
        store.save(report.to_save, change_now("import " + file), source, report.said);
}

/// Of the codes the event would have: too easily guessed to admit anybody by themselves.
std::optional<std::string> find_weak_codes(const std::vector<OrganiserRegistration>& known,
                                           const ImportReport& report) {
    if (report.to_hash.empty()) return std::nullopt;
    std::vector<std::string> all;
    std::set<std::string_view> saved;
    const auto add = [&](const OrganiserRegistration& one) {
        if (!one.imported_code.empty()) all.push_back(one.imported_code);
    };
    for (const OrganiserRegistration& one : report.to_save) {
        saved.insert(one.door.external_id);
        add(one);
    }
    for (const OrganiserRegistration& one : known)
        if (!saved.contains(one.door.external_id)) add(one);
    const double bits = guessing_bits(all);
    if (bits >= fewest_bits) return std::nullopt;
    return "the codes can be guessed: one of about 2^" + std::to_string(static_cast<int>(bits)) +
           " tries is somebody's. Give people badges of this event instead (leave badge_code out),"
           " or insist with --weak-codes: an usher then admits each of them by hand.";
}

/// What happens, or would; a person's last line.
std::string outcome(const ImportReport& report, bool refused, bool apply) {
    if (!report.blocked.empty()) return "Nothing was applied: say what is to become of the above.";
    if (report.count(RowResult::conflict) > 0)
        return "Nothing was applied: the list and what was decided here are both new; --theirs takes"
               " the list's, --ours keeps what is here.";
    if (refused)
        return "Nothing was applied: correct the refused rows and import the file again, or leave"
               " them out by --skip-refused.";
    if (!apply) return "Nothing was applied: add --apply to do it.";
    return report.to_save.empty() ? "Nothing to change." : "Applied.";
}

std::filesystem::path refused_file(const ImportCommand& options) {
    if (options.skip_refused != skip_into_own_file) return options.skip_refused;
    return std::filesystem::path(options.file).replace_extension(".refused.csv");
}

}  // namespace

ExitCode import_list(const EventOptions& event, const ImportCommand& options) {
    EventStore store(event.event);
    store.refuse_purged();
    const std::string file = options.file.string();
    ReadList list = read_list(options);
    const std::vector<OrganiserRegistration> known = store.registrations();
    const ImportOptions plan = plan_options(store, options, list);
    Rows rows = our_rows(list, file);
    if (options.skip_refused.empty()) list.file.rows = {};  // not needed any more
    ImportReport report = plan_import(rows, file, store.event(), known, plan);
    rows = {};
    warn_about_file(list, file, report);
    const auto weak = find_weak_codes(known, report);
    if (weak && options.weak_codes) report.warnings.push_back(file + ": " + *weak);
    if (weak && !options.weak_codes) report.blocked.push_back(file + ": " + *weak);
    const std::size_t refused_rows = report.count(RowResult::refused);
    const bool skips = refused_rows > 0 && !options.skip_refused.empty();
    const bool open = !report.blocked.empty() || report.count(RowResult::conflict) > 0;
    const bool refused = open || (refused_rows > 0 && !skips);
    const bool applied = options.apply && !refused;
    if (options.json)
        print_json(report, list, file, applied);
    else
        print_text(report, options.cancel_absent);
    for (const std::string& warning : report.warnings) std::cerr << "hudoor: " << warning << '\n';
    for (const std::string& why : report.blocked) std::cerr << "hudoor: " << why << '\n';
    if (applied) {
        if (skips) {
            write_refused(list, report, refused_file(options));
            std::cerr << "hudoor: " << counted(refused_rows, "row")
                      << " left out: " << refused_file(options).string() << '\n';
        }
        apply(store, report, event, file, list.source);
        if (list.preset.cut_code_at != 0) store.set_code_cut(list.preset.cut_code_at);
    }
    std::cerr << "hudoor: " << outcome(report, refused, options.apply) << '\n';
    return refused ? ExitCode::bad_data : ExitCode::done;
}

}  // namespace hudoor::organiser
