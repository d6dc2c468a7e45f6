#include "storage/organiser/lists/plan.hpp"

#include <unicode/locid.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "config/fault.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;
using std::chrono::sys_days;

namespace {

constexpr std::size_t max_code_bytes = 512;

/// A value that cannot be taken; becomes a CellNote.
struct Refusal {
    std::string reason;
};

/// How many signs must be added, dropped or changed to make one word the other.
std::size_t edits_between(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j)
            corner = std::exchange(
                row[j], std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])}));
    }
    return row.back();
}

/// "; did you mean opening?" where one of the words is near enough to be a slip of the hand.
std::string suggest(const std::string& word, const std::vector<std::string>& words) {
    const std::string* nearest = nullptr;
    std::size_t least = 1 + word.size() / 4;  // of a short word one sign
    for (const std::string& one : words) {
        if (one.size() > word.size() + least || word.size() > one.size() + least) continue;
        const std::size_t edits = edits_between(word, one);
        if (edits > least || (nearest != nullptr && edits == least)) continue;
        nearest = &one;
        least = edits;
    }
    return nearest == nullptr ? std::string() : "; did you mean " + *nearest + "?";
}

/// What a column sets needs besides the value itself.
struct Setting {
    const Identity& event;
    std::vector<std::string> warnings;
};

void set_text(std::string& to, const std::string& value, Setting& setting) {
    const auto clean = clean_text(value);
    if (!clean) throw Refusal{"is not UTF-8; save the file as UTF-8"};
    if (clean->shortened) setting.warnings.push_back("shortened to 80 signs");
    to = clean->text;
}

/// Clean text of a word that must be one of ours; lower case.
std::string plain_word(const std::string& value) {
    const auto clean = clean_text(value);
    if (!clean) throw Refusal{"is not UTF-8; save the file as UTF-8"};
    std::string word = clean->text;
    std::transform(word.begin(), word.end(), word.begin(), [](char sign) {
        return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign | 0x20) : sign;
    });
    return word;
}

bool read_flag(const std::string& value) {
    const std::string word = plain_word(value);
    if (word == "yes") return true;
    if (word == "no" || word.empty()) return false;
    throw Refusal{"must be yes or no"};
}

ValidityLimit read_limit(const std::string& value, const Agenda& agenda) {
    std::string word = plain_word(value);
    std::transform(word.begin(), word.end(), word.begin(), [](char sign) {
        return sign == 't' || sign == 'z' ? static_cast<char>(sign - 0x20) : sign;
    });
    const auto limit = parse_limit(word, agenda);
    if (!limit) throw Refusal{why_no_limit(word, agenda)};
    return *limit;
}

RegistrationStatus read_status(const std::string& value) {
    const std::string word = plain_word(value);
    if (word.empty() || word == "confirmed") return RegistrationStatus::confirmed;
    if (word == "pending") return RegistrationStatus::pending;
    if (word == "cancelled") return RegistrationStatus::cancelled;
    if (word == "blocked") return RegistrationStatus::blocked;
    throw Refusal{"must be confirmed, pending, cancelled or blocked" +
                  suggest(word, {"confirmed", "pending", "cancelled", "blocked"})};
}

/// Two-letter codes by themselves, by the three-letter ones, and by the names that other systems
/// write.
std::map<std::string, std::string> country_codes() {
    std::map<std::string, std::string> codes;
    for (const char* const* code = icu::Locale::getISOCountries(); *code; ++code) {
        const icu::Locale country("", *code);
        for (const char* language : {"en", "ar", "de", "fr", "es"}) {
            icu::UnicodeString name;
            std::string utf8;
            country.getDisplayCountry(icu::Locale(language), name).toUTF8String(utf8);
            codes.emplace(lower_case(utf8), *code);
        }
        codes[lower_case(*code)] = *code;
        codes[lower_case(country.getISO3Country())] = *code;
    }
    return codes;
}

/// Of the names, not of the codes: every two letters are near some code.
std::string suggest_country(const std::string& word,
                            const std::map<std::string, std::string>& known) {
    std::vector<std::string> names;
    for (const auto& [name, code] : known)
        if (name.size() > 3) names.push_back(name);
    return word.size() > 3 ? suggest(word, names) : std::string();
}

std::string read_country(const std::string& value) {
    std::string word = lower_case(plain_word(value));
    if (word.empty()) return word;
    static const std::map<std::string, std::string> known = country_codes();
    const auto found = known.find(word);
    if (found == known.end())
        throw Refusal{"is no country code of ISO 3166, such as AE" + suggest_country(word, known)};
    return found->second;
}

CategoryId read_category(const std::string& value, const Identity& event) {
    const std::string word = lower_case(plain_word(value));
    if (word.empty()) return event.categories.front().id;
    std::string codes;
    std::vector<std::string> all;
    for (const Category& category : event.categories) {
        if (category.code == word || lower_case(category.name.en) == word ||
            lower_case(category.name.ar) == word)
            return category.id;
        codes += (codes.empty() ? "" : ", ") + category.code;
        all.push_back(category.code);
    }
    throw Refusal{"is not one of: " + codes + suggest(word, all)};
}

SessionId read_session(const std::string& word, const Identity& event) {
    std::vector<std::string> all;
    for (const Session& session : event.agenda.sessions) {
        if (session.code == word) return session.id;
        all.push_back(session.code);
    }
    throw Refusal{"there is no session " + quote(word) + " in the event" + suggest(word, all)};
}

/// Piece by piece: all together may be longer than a text may be.
std::vector<SessionId> read_sessions(const std::string& value, const Identity& event) {
    std::istringstream pieces(value);
    std::vector<SessionId> sessions;
    for (std::string piece; pieces >> piece;) {
        std::istringstream words(plain_word(piece));  // an Arabic blank parts them as well
        for (std::string word; words >> word;) sessions.push_back(read_session(word, event));
    }
    std::sort(sessions.begin(), sessions.end());
    sessions.erase(std::unique(sessions.begin(), sessions.end()), sessions.end());
    return sessions;
}

std::string read_code(const std::string& value) {
    const bool printable = std::all_of(value.begin(), value.end(),
                                       [](char sign) { return sign > ' ' && sign < 0x7F; });
    if (!printable) throw Refusal{"a code is of printable ASCII without spaces"};
    if (value.size() > max_code_bytes) throw Refusal{"a code is at most 512 long"};
    if (parse_badge(value)) throw Refusal{"is a badge of ours; leave the code empty"};
    return value;
}

/// A field from what a list says: one overload a type, and the kinds of text apart.
void set(const storage::Column& column, std::string& to, const std::string& value,
         Setting& setting) {
    switch (column.text) {
        case Text::country:
            to = read_country(value);
            return;
        case Text::code:
            to = read_code(value);
            return;
        case Text::identifier:
        case Text::free:
            break;
    }
    set_text(to, value, setting);
    if (column.text == Text::identifier && !setting.warnings.empty())
        throw Refusal{"must not be longer than 80 signs"};
}
void set(const storage::Column&, bool& to, const std::string& value, Setting&) {
    to = read_flag(value);
}
void set(const storage::Column&, ValidityLimit& to, const std::string& value, Setting& setting) {
    to = read_limit(value, setting.event.agenda);
}
void set(const storage::Column&, RegistrationStatus& to, const std::string& value, Setting&) {
    to = read_status(value);
}
void set(const storage::Column&, CategoryId& to, const std::string& value, Setting& setting) {
    to = read_category(value, setting.event);
}
void set(const storage::Column&, std::vector<SessionId>& to, const std::string& value,
         Setting& setting) {
    to = read_sessions(value, setting.event);
}

bool is_ours(std::string_view listed) {
    bool found = false;
    const OrganiserRegistration none;
    visit_columns([&](const storage::Column& column,
                      const auto&) { found |= !listed.empty() && column.listed == listed; },
                  none);
    return found;
}

void set_column(std::string_view listed, OrganiserRegistration& one, const std::string& value,
                Setting& setting) {
    visit_columns(
        [&](const storage::Column& column, auto& field) {
            if constexpr (requires { set(column, field, value, setting); })
                if (column.listed == listed) set(column, field, value, setting);
        },
        one);
}

std::string shown(const std::string& text, const Identity&) { return text; }
std::string shown(bool flag, const Identity&) { return flag ? "yes" : "no"; }
std::string shown(const ValidityLimit& limit, const Identity& event) {
    return write_limit(limit, event.agenda);
}
std::string shown(RegistrationStatus status, const Identity&) {
    static constexpr const char* names[] = {"confirmed", "pending", "cancelled", "blocked"};
    return names[static_cast<std::size_t>(status)];
}

std::string shown(CategoryId id, const Identity& event) {
    for (const Category& category : event.categories)
        if (category.id == id) return category.code;
    return {};
}
std::string shown(const std::vector<SessionId>& ids, const Identity& event) {
    std::string codes;
    for (const SessionId id : ids)
        if (const Session* session = event.agenda.find_session(id))
            codes += (codes.empty() ? "" : " ") + session->code;
    return codes;
}

/// The columns whose values differ, by what a person would see.
std::vector<ValueChange> differences(const OrganiserRegistration& a, const OrganiserRegistration& b,
                                     const Identity& event) {
    std::vector<ValueChange> changed;
    visit_columns(
        [&](const storage::Column& column, const auto& before, const auto& after) {
            if constexpr (requires { shown(before, event); })
                if (!column.listed.empty() && before != after)
                    changed.push_back(
                        {std::string(column.listed), shown(before, event), shown(after, event)});
        },
        a, b);
    for (const auto& [name, value] : b.kept)
        if (const auto before = a.kept.find(name);
            before == a.kept.end() || before->second != value)
            changed.push_back(
                {name, before == a.kept.end() ? std::string() : before->second, value});
    return changed;
}

/// A column of the file.
struct ListColumn {
    std::string name;
    bool ours = false;
    bool keep = false;
};

class Plan {
public:
    Plan(const std::string& file, const Identity& event,
         const std::vector<OrganiserRegistration>& known, const ImportOptions& options)
        : file_(file), event_(event), options_(options) {
        for (const OrganiserRegistration& one : known) {
            known_.emplace(one.door.external_id, &one);
            if (!one.imported_code.empty())
                code_owners_.emplace(one.imported_code, one.door.external_id);
        }
    }

    void read_header(const CsvRow& header);
    void read_row(const CsvRow& row);
    ImportReport finish(const std::vector<OrganiserRegistration>& known);

private:
    void warn_about_columns();
    void check_whole_row(const OrganiserRegistration& one, RowReport& report);
    void check_duplicates(const OrganiserRegistration& one, RowReport& report);
    [[nodiscard]] OrganiserRegistration start_from(const std::string& external_id) const;
    void set_columns(const CsvRow& row, OrganiserRegistration& one, RowReport& report) const;
    void settle(OrganiserRegistration one, RowReport& report);
    [[nodiscard]] bool has_column(const char* name) const;

    const std::string& file_;
    const Identity& event_;
    const ImportOptions& options_;
    std::vector<ListColumn> columns_;
    std::size_t id_column_ = 0;
    std::unordered_map<std::string, const OrganiserRegistration*> known_;
    std::unordered_map<std::string, std::string> code_owners_;
    std::unordered_map<std::string, int> lines_;  ///< by external id, in this file
    ImportReport report_;
};

bool Plan::has_column(const char* name) const {
    return std::any_of(columns_.begin(), columns_.end(), [name](const ListColumn& column) {
        return column.ours && column.name == name;
    });
}

void Plan::read_header(const CsvRow& header) {
    for (const std::string& field : header.fields) {
        const auto clean = clean_text(field);
        if (!clean)
            throw Fault(ExitCode::bad_data,
                        file_ + ":1: the header is not UTF-8; save the file as UTF-8");
        ListColumn column{clean->text, is_ours(clean->text), options_.keep.count(clean->text) > 0};
        if (column.ours) {
            if (has_column(column.name.c_str()))
                throw Fault(ExitCode::bad_data,
                            file_ + ":1: the column " + column.name + " stands twice");
        } else if (!column.keep) {
            report_.dropped_columns.push_back(column.name);
        }
        if (column.name == "attendee_id") id_column_ = columns_.size();
        columns_.push_back(std::move(column));
    }
    if (!has_column("attendee_id"))
        throw Fault(ExitCode::bad_data,
                    file_ +
                        ":1: there is no column attendee_id; name the column that "
                        "identifies a delegate so");
    warn_about_columns();
}

void Plan::warn_about_columns() {
    if (!has_column("badge_code"))
        report_.warnings.push_back(
            "There is no column badge_code: codes that delegates may already "
            "carry will not be known; everyone gets a badge of this event.");
    for (const std::string& wanted : options_.keep)
        if (std::none_of(columns_.begin(), columns_.end(),
                         [&](const ListColumn& column) { return column.name == wanted; }))
            report_.warnings.push_back("There is no column " + quote(wanted) + " to keep.");
}

OrganiserRegistration Plan::start_from(const std::string& external_id) const {
    if (const auto found = known_.find(external_id); found != known_.end()) return *found->second;
    OrganiserRegistration one;
    one.door.category = event_.categories.front().id;
    one.badge_valid_until = event_.badges_valid_until();
    return one;
}

void Plan::set_columns(const CsvRow& row, OrganiserRegistration& one, RowReport& report) const {
    const bool attention_known = has_column("attention");
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ListColumn& column = columns_[i];
        const std::string value = i < row.fields.size() ? row.fields[i] : std::string();
        Setting setting{event_, {}};
        try {
            if (column.ours)
                set_column(column.name, one, value, setting);
            else if (column.keep)
                set_text(one.kept[column.name], value, setting);
        } catch (const Refusal& refusal) {
            report.refusals.push_back({column.name, quote(value), refusal.reason});
        }
        for (std::string& warning : setting.warnings)
            report.warnings.push_back({column.name, quote(value), std::move(warning)});
    }
    // A note nobody would be shown is a mistake.
    const bool note = !one.door.usher_note.ar.empty() || !one.door.usher_note.en.empty();
    if (note && !one.door.attention && !attention_known) one.door.attention = true;
}

void Plan::check_whole_row(const OrganiserRegistration& one, RowReport& report) {
    const auto refuse = [&](const char* column, const std::string& value,
                            const std::string& reason) {
        report.refusals.push_back({column, quote(value), reason});
    };
    if (one.door.external_id.empty()) refuse("attendee_id", "", "must not be empty");
    if (one.door.name.ar.empty() && one.door.name.en.empty())
        refuse("name_en", "", "a name is needed in at least one language");
    if (ends_before(one.door.valid_until, one.door.valid_from, event_.agenda))
        refuse("valid_until", "", "lies before valid_from");
}

void Plan::check_duplicates(const OrganiserRegistration& one, RowReport& report) {
    const auto [first, fresh] = lines_.emplace(one.door.external_id, report.line);
    if (!fresh)
        report.refusals.push_back({"attendee_id", quote(one.door.external_id),
                                   "stands in line " + std::to_string(first->second) + " already"});
    if (one.imported_code.empty()) return;
    const auto [owner, unowned] = code_owners_.emplace(one.imported_code, one.door.external_id);
    if (!unowned && owner->second != one.door.external_id)
        report.refusals.push_back({"badge_code", quote(one.imported_code),
                                   "is the code of " + quote(owner->second) + " already"});
}

void Plan::settle(OrganiserRegistration one, RowReport& report) {
    const auto before = known_.find(one.door.external_id);
    if (before != known_.end()) {
        report.changed = differences(*before->second, one, event_);
        report.result = report.changed.empty() ? RowResult::unchanged : RowResult::changed;
    } else {
        one.door.id.bytes = make_uuid_v7(options_.now.time_since_epoch().count());
        report.result = RowResult::added;
    }
    if (one.imported_code.empty() && one.door.badge.is_zero()) {
        one.door.badge = draw_badge_number();
        one.door.issue = 1;
    }
    if (report.result == RowResult::unchanged) return;
    // An imported code that a reissued badge replaced stays without its hash until it changes.
    const bool same_code =
        before != known_.end() && before->second->imported_code == one.imported_code;
    if (!same_code) {
        one.door.code = {};
        if (!one.imported_code.empty()) report_.to_hash.push_back(report_.to_save.size());
    }
    report_.to_save.push_back(std::move(one));
}

void Plan::read_row(const CsvRow& row) {
    RowReport report{row.line, {}, RowResult::refused, {}, {}, {}};
    const auto id =
        clean_text(id_column_ < row.fields.size() ? row.fields[id_column_] : std::string());
    OrganiserRegistration one = start_from(id ? id->text : std::string());
    set_columns(row, one, report);
    report.external_id = one.door.external_id;
    if (row.fields.size() > columns_.size())
        report.refusals.push_back(
            {"", quote(row.fields[columns_.size()]), "more fields than the header has columns"});
    check_whole_row(one, report);
    if (!one.door.external_id.empty()) check_duplicates(one, report);
    if (report.refusals.empty()) settle(std::move(one), report);
    report_.rows.push_back(std::move(report));
}

ImportReport Plan::finish(const std::vector<OrganiserRegistration>& known) {
    for (const OrganiserRegistration& one : known)
        if (lines_.count(one.door.external_id) == 0) report_.absent.push_back(one.door.external_id);
    return std::move(report_);
}

}  // namespace

std::size_t ImportReport::count(RowResult result) const {
    return static_cast<std::size_t>(std::count_if(
        rows.begin(), rows.end(), [result](const RowReport& row) { return row.result == result; }));
}

ImportReport plan_import(const std::vector<CsvRow>& rows, const std::string& file,
                         const Identity& event, const std::vector<OrganiserRegistration>& known,
                         const ImportOptions& options) {
    if (rows.empty()) throw Fault(ExitCode::bad_data, file + ": the file is empty");
    Plan plan(file, event, known, options);
    plan.read_header(rows.front());
    constexpr std::size_t told_every = 1'000;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        plan.read_row(rows[i]);
        if (options.progress && (i % told_every == 0 || i + 1 == rows.size()))
            options.progress(i, rows.size() - 1);
    }
    return plan.finish(known);
}

void set_code_hashes(ImportReport& report, ByteView code_key) {
    for (const std::size_t position : report.to_hash) {
        OrganiserRegistration& one = report.to_save[position];
        one.door.code = hash_code(one.imported_code, code_key);
    }
}

}  // namespace hudoor::organiser
