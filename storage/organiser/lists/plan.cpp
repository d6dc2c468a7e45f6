#include "storage/organiser/lists/plan.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "config/fault.hpp"
#include "storage/names/folding.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/lists/findings.hpp"
#include "storage/organiser/lists/three_way.hpp"
#include "storage/organiser/lists/titles.hpp"
#include "storage/organiser/lists/values.hpp"
#include "storage/organiser/lists/words.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

/// Titles are split off names and kept.
bool is_title(std::string_view column) { return column == "title_ar" || column == "title_en"; }

/// A column of the file.
struct ListColumn {
    std::string name;
    bool ours = false;
    bool keep = false;
};

/// Whose row it is.
struct Person {
    std::string id;
    const OrganiserRegistration* known = nullptr;
};

/// Whether no word of the names is the same in any spelling: somebody else.
bool is_another(const Bilingual& before, const Bilingual& after) {
    const auto words_of = [](const std::string& name) {
        std::set<std::string> words;
        for (const std::string& word : fold_words(name)) {
            words.insert(word);
            if (const std::string sound = skeleton(word); sound.size() > 1) words.insert(sound);
        }
        return words;
    };
    for (const auto name : {&Bilingual::en, &Bilingual::ar}) {
        if ((before.*name).empty() || (after.*name).empty()) continue;
        const auto old = words_of(before.*name);
        const auto now = words_of(after.*name);
        return !old.empty() && std::none_of(now.begin(), now.end(), [&](const std::string& word) {
            return old.contains(word);
        });
    }
    return false;
}

class Plan {
public:
    Plan(const std::string& file, const Identity& event,
         const std::vector<OrganiserRegistration>& known, const ImportOptions& options)
        : file_(file),
          event_(event),
          words_(event),
          options_(options),
          known_list_(known),
          findings_(event, options.may_be_row_numbers) {
        nobody_.door.category = event.categories.front().id;
        nobody_.badge_valid_until = event.badges_valid_until();
        for (const OrganiserRegistration& one : known) {
            known_.emplace(one.door.external_id, &one);
            same_.emplace(same_id(one.door.external_id), &one);
            if (!one.imported_code.empty()) code_owners_.emplace(one.imported_code, &one);
            const std::string& id = one.door.external_id;
            if (options.orders) known_orders_.insert(id.substr(0, id.rfind('-')));
        }
    }

    void read_header(const ListRow& header);
    /// So many rows follow: room for them is taken once.
    void expect(std::size_t rows) {
        report_.rows.reserve(rows);
        report_.to_save.reserve(rows);
    }
    void count_orders(const Rows& rows);
    void read_row(const ListRow& row);
    ImportReport finish();

private:
    void warn_about_columns();
    void refuse_deciding_columns();
    [[nodiscard]] bool has_column(std::string_view name) const;
    [[nodiscard]] std::string cell(const ListRow& row, std::string_view column) const;

    [[nodiscard]] Person find_person(const ListRow& row, RowReport& report) const;
    [[nodiscard]] Person person_of_order(const std::string& order, const std::string& code,
                                         RowReport& report) const;
    void check_width(const ListRow& row, RowReport& report) const;
    void set_values(const ListRow& row, OrganiserRegistration& asked, RowReport& report);
    void set_value(const ListColumn& column, const std::string& value, OrganiserRegistration& asked,
                   RowReport& report) const;
    void split_titles(OrganiserRegistration& asked);
    void merge(const OrganiserRegistration& known, OrganiserRegistration& asked, RowReport& report);
    void merge_column(const std::string& column, const OrganiserRegistration& known,
                      OrganiserRegistration& asked, RowReport& report);
    void check_same_person(const OrganiserRegistration& known, OrganiserRegistration& asked,
                           RowReport& report) const;
    void restore_absent(const OrganiserRegistration& known, OrganiserRegistration& asked);
    void remember(const std::string& column, const std::string& value);
    void count_left(const OrganiserRegistration& known);
    void count_defaults(const OrganiserRegistration& asked);
    void check_whole_row(const OrganiserRegistration& one, RowReport& report) const;
    void check_duplicates(const std::string& written, const std::string& id, RowReport& report);
    void settle(const OrganiserRegistration* known, OrganiserRegistration one, RowReport& report);
    void check_codes();
    void cancel_absent();
    void take_out(const std::set<std::size_t>& rows);

    [[nodiscard]] std::string shown(const std::string& column,
                                    const OrganiserRegistration& one) const;
    void copy(const std::string& column, const OrganiserRegistration& from,
              OrganiserRegistration& to) const;

    const std::string& file_;
    const Identity& event_;
    const EventWords words_;
    const ImportOptions& options_;
    const std::vector<OrganiserRegistration>& known_list_;
    OrganiserRegistration nobody_;  ///< what a new person has
    std::vector<ListColumn> columns_;
    std::vector<DroppedColumn> dropped_;
    std::size_t id_column_ = 0;
    std::size_t named_width_ = 0;
    std::unordered_map<std::string, const OrganiserRegistration*> known_;
    std::unordered_map<std::string, const OrganiserRegistration*> same_;  ///< by same_id
    std::unordered_map<std::string, const OrganiserRegistration*> code_owners_;
    std::set<std::string> known_orders_;  ///< and ids without a dash, which are found before
    std::unordered_map<std::string, std::vector<int>> orders_;  ///< lines by order
    /// By same_id, in this file: the line, and how it is written there.
    std::unordered_map<std::string, std::pair<int, std::string>> lines_;
    std::set<std::string> filled_;       ///< columns that this row fills
    SaidValues said_;                    ///< by this row
    std::vector<std::size_t> save_row_;  ///< of to_save: which row
    std::unordered_map<std::string, std::pair<std::size_t, std::string>> codes_;  ///< id: row, code
    Findings findings_;
    ImportReport report_;
};

bool Plan::has_column(std::string_view name) const {
    return std::any_of(columns_.begin(), columns_.end(), [name](const ListColumn& column) {
        return column.ours && column.name == name;
    });
}

std::string Plan::cell(const ListRow& row, std::string_view column) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i].ours && columns_[i].name == column)
            return i < row.fields.size() ? row.fields[i] : std::string();
    return {};
}

void Plan::read_header(const ListRow& header) {
    const std::string place = file_ + ":" + std::to_string(header.line) + ": ";
    for (const std::string& field : header.fields) {
        const auto clean = clean_text(field);
        if (!clean)
            throw Fault(ExitCode::bad_data,
                        place + "the header is not UTF-8; save the file as UTF-8");
        ListColumn column{clean->text, is_ours(clean->text),
                          options_.keep.contains(clean->text) || is_title(clean->text)};
        if (column.ours && has_column(column.name))
            throw Fault(ExitCode::bad_data, place + "the column " + column.name + " stands twice");
        if (!column.name.empty()) named_width_ = columns_.size() + 1;
        if (!column.ours && !column.keep) {
            if (!column.name.empty()) report_.dropped_columns.push_back(column.name);
            dropped_.emplace_back(columns_.size(), column.name);
        }
        if (column.name == "attendee_id") id_column_ = columns_.size();
        columns_.push_back(std::move(column));
    }
    if (!has_column("attendee_id"))
        throw Fault(ExitCode::bad_data,
                    place +
                        "there is no column attendee_id; name the column that identifies a "
                        "delegate so, or say in a map (--map) which one it is");
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

void Plan::count_orders(const Rows& rows) {
    if (!options_.orders) return;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const ListRow row = rows[i];
        const auto id = clean_text(id_column_ < row.fields.size() ? row.fields[id_column_] : "");
        if (!id || id->text.empty()) continue;
        auto& lines = orders_[id->text];
        lines.push_back(row.line);
        if (lines.size() > 1 && is_blank(cell(row, "badge_code")))
            throw Fault(ExitCode::bad_data,
                        file_ + ":" + std::to_string(row.line) + ": the order " + quote(id->text) +
                            " is for several people (see line " + std::to_string(lines.front()) +
                            "), and nothing tells them apart; export the list with a column that"
                            " numbers the positions (Position ID), or with their codes (Secret)");
    }
}

/// The people of an order are told apart by their codes; who was known by one stays who he is.
Person Plan::person_of_order(const std::string& order, const std::string& code,
                             RowReport& report) const {
    constexpr std::size_t told_apart_by = 3;
    if (const auto owner = code_owners_.find(code); !code.empty() && owner != code_owners_.end())
        return {owner->second->door.external_id, owner->second};
    const auto lines = orders_.find(order);
    const bool several = lines != orders_.end() && lines->second.size() > 1;
    const std::string id = several ? order + "-" + short_digest(code, told_apart_by) : order;
    if (const auto found = known_.find(id); found != known_.end()) return {id, found->second};
    if (code.empty() && known_orders_.contains(order))
        report.refusals.push_back(
            {"attendee_id", quote(order),
             "several people of this order are known, and the list has no code or position that"
             " says which of them this is"});
    return {id, nullptr};
}

Person Plan::find_person(const ListRow& row, RowReport& report) const {
    const auto clean = clean_text(
        without_formula(id_column_ < row.fields.size() ? row.fields[id_column_] : std::string()));
    const auto refuse = [&](const std::string& value, const std::string& reason) {
        report.refusals.push_back({"attendee_id", quote(value), reason});
    };
    if (!clean) {
        refuse(row.fields[id_column_], "is not UTF-8; save the file as UTF-8");
        return {};
    }
    const std::string& id = clean->text;
    if (clean->shortened) refuse(id, "must not be longer than 80 signs");
    if (const std::string damage = spreadsheet_damage(id); !damage.empty()) refuse(id, damage);
    if (is_mail_address(id))
        refuse(id,
               "a mail address is no identity: several people may share one, and it would stand on"
               " the badge; name a column that numbers people");
    if (options_.orders) {
        const auto code = clean_text(cell(row, "badge_code"));
        return person_of_order(id, code ? code->text : std::string(), report);
    }
    if (const auto found = known_.find(id); found != known_.end()) return {id, found->second};
    const auto found = same_.find(same_id(id));
    if (found == same_.end() || id.empty()) return {id, nullptr};
    const std::string& known = found->second->door.external_id;
    if (!options_.by_hand)
        report.warnings.push_back({"attendee_id", quote(id),
                                   "is taken for " + quote(known) + ", who is known by this id"});
    return {known, found->second};
}

void Plan::check_width(const ListRow& row, RowReport& report) const {
    for (std::size_t i = columns_.size(); i < row.fields.size(); ++i)
        if (!is_blank(row.fields[i])) {
            report.refusals.push_back(
                {"", quote(row.fields[i]), "more fields than the header has columns"});
            break;
        }
    if (row.fields.size() < named_width_)
        report.refusals.push_back({columns_[std::min(row.fields.size(), columns_.size() - 1)].name,
                                   "",
                                   "fewer fields than the header has columns: the row was cut"});
}

void Plan::set_value(const ListColumn& column, const std::string& value,
                     OrganiserRegistration& asked, RowReport& report) const {
    Setting setting{words_, {}};
    try {
        if (column.ours)
            set_column(column.name, asked, value, setting);
        else
            set_text(asked.kept[column.name], value, setting);
    } catch (const Refusal& refusal) {
        report.refusals.push_back({column.name, quote(value), refusal.reason});
    }
    for (std::string& warning : setting.warnings)
        report.warnings.push_back({column.name, quote(value), std::move(warning)});
}

void Plan::set_values(const ListRow& row, OrganiserRegistration& asked, RowReport& report) {
    filled_.clear();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ListColumn& column = columns_[i];
        if (i == id_column_ || (!column.ours && !column.keep)) continue;
        const std::string value =
            without_formula(i < row.fields.size() ? row.fields[i] : std::string());
        const bool cleared = value == "(none)";
        if (!cleared && !options_.by_hand && is_blank(value)) continue;
        set_value(column, cleared ? std::string() : value, asked, report);
        filled_.insert(column.name);
    }
    split_titles(asked);
}

/// What stands before a name goes to a column of its own, unless the list has one.
void Plan::split_titles(OrganiserRegistration& asked) {
    if (options_.by_hand) return;
    const auto split = [&](const char* column, const char* title, std::string& name) {
        if (!filled_.contains(column)) return;
        TitledName parts = split_title(name);
        name = std::move(parts.name);
        if (parts.title.empty() || filled_.contains(title)) return;
        asked.kept[title] = std::move(parts.title);
        filled_.insert(title);
    };
    split("name_ar", "title_ar", asked.door.name.ar);
    split("name_en", "title_en", asked.door.name.en);
}

std::string Plan::shown(const std::string& column, const OrganiserRegistration& one) const {
    if (is_ours(column)) return shown_column(column, one, event_);
    const auto kept = one.kept.find(column);
    return kept == one.kept.end() ? std::string() : kept->second;
}

void Plan::copy(const std::string& column, const OrganiserRegistration& from,
                OrganiserRegistration& to) const {
    if (is_ours(column)) return copy_column(column, from, to);
    const auto kept = from.kept.find(column);
    if (kept == from.kept.end())
        to.kept.erase(column);
    else
        to.kept[column] = kept->second;
}

void Plan::remember(const std::string& column, const std::string& value) {
    said_.set(column, value);
}

void Plan::merge_column(const std::string& column, const OrganiserRegistration& known,
                        OrganiserRegistration& asked, RowReport& report) {
    const std::string& id = known.door.external_id;
    ThreeWay value;
    value.before = find_said(options_.said, id, column);
    if (filled_.contains(column)) value.now = shown(column, asked);
    value.here = shown(column, known);
    value.when_empty = shown(column, nobody_);
    const bool refused = column == "status" && known.door.status >= RegistrationStatus::cancelled;
    value.decided_here = refused || find_said(options_.decided, id, column) == value.here;
    Outcome outcome = options_.by_hand ? Outcome::take : decide_outcome(value);
    if (outcome == Outcome::conflict && options_.resolve == Resolve::ask) {
        report.conflicts.push_back(
            {column, value.here, value.now.value_or(""),
             !value.now     ? "emptied: the list said " + quote(*value.before) + " the last time"
             : value.before ? "the list said " + quote(*value.before) + " the last time"
                            : "decided here"});
        return copy(column, known, asked);
    }
    if (outcome == Outcome::conflict && options_.resolve == Resolve::theirs && !value.now)
        copy(column, nobody_, asked);
    const bool ours = outcome == Outcome::stand ||
                      (outcome == Outcome::conflict && options_.resolve == Resolve::ours);
    if (ours) {
        copy(column, known, asked);
        if (value.now && *value.now != value.here)
            report.stands.push_back(
                {column, quote(value.here),
                 "decided here; stays, though the list says " + quote(*value.now)});
        if (!value.now && value.here != value.when_empty) ++report_.left[column];
    }
    const std::string says = value.now.value_or("");
    if ((value.now || value.before) && value.before != says) remember(column, says);
}

/// Under an id that is known stands a name of which no word is known: its badge would be another's.
void Plan::check_same_person(const OrganiserRegistration& known, OrganiserRegistration& asked,
                             RowReport& report) const {
    if (options_.by_hand || options_.resolve == Resolve::theirs) return;
    if (!is_another(known.door.name, asked.door.name)) return;
    const auto name = [](const Bilingual& one) { return one.en.empty() ? one.ar : one.en; };
    if (options_.resolve == Resolve::ours) {
        report.stands.push_back({"name", quote(name(known.door.name)),
                                 "stays, though the list has " + quote(name(asked.door.name))});
        asked = known;
        return;
    }
    report.conflicts.push_back(
        {"name", name(known.door.name), name(asked.door.name),
         "another person under the same id? Their badge would change hands"});
}

/// Who was cancelled for being absent is there again.
void Plan::restore_absent(const OrganiserRegistration& known, OrganiserRegistration& asked) {
    const auto before = find_said(options_.said, known.door.external_id, "absent");
    if (!before || before->empty()) return;
    remember("absent", "");
    if (known.door.status != RegistrationStatus::cancelled || filled_.contains("status")) return;
    asked.door.status = read_status(*before);
    remember("status", "");
}

void Plan::merge(const OrganiserRegistration& known, OrganiserRegistration& asked,
                 RowReport& report) {
    for (const std::string& column : our_columns())
        if (column != "attendee_id" && has_column(column))
            merge_column(column, known, asked, report);
    std::set<std::string> kept;
    for (const ListColumn& column : columns_)
        if (!column.ours && column.keep) kept.insert(column.name);
    for (const std::string& column : filled_)
        if (is_title(column)) kept.insert(column);
    for (const std::string& column : kept) merge_column(column, known, asked, report);
    restore_absent(known, asked);
    check_same_person(known, asked, report);
    count_left(known);
}

/// What the list has no column for.
void Plan::count_left(const OrganiserRegistration& known) {
    if (options_.by_hand) return;
    for (const std::string& column : our_columns())
        if (!has_column(column) && shown(column, known) != shown(column, nobody_))
            ++report_.left[column];
}

void Plan::count_defaults(const OrganiserRegistration& asked) {
    for (const char* column : {"category", "sessions", "status"})
        if (!filled_.contains(column)) ++report_.defaults[column];
    for (const ListColumn& column : columns_)
        if (column.ours && filled_.contains(column.name))
            said_.add(column.name, shown(column.name, asked));
    for (const auto& [column, value] : asked.kept) said_.add(column, value);
}

void Plan::check_whole_row(const OrganiserRegistration& one, RowReport& report) const {
    const auto refuse = [&](const char* column, const std::string& reason) {
        report.refusals.push_back({column, quote(""), reason});
    };
    if (one.door.external_id.empty()) refuse("attendee_id", "must not be empty");
    if (one.door.name.ar.empty() && one.door.name.en.empty())
        refuse("name_en", "a name is needed in at least one language");
    if (ends_before(one.door.valid_until, one.door.valid_from, event_.agenda))
        refuse("valid_until", "lies before valid_from");
}

void Plan::check_duplicates(const std::string& written, const std::string& id, RowReport& report) {
    const auto [first, fresh] = lines_.emplace(same_id(id), std::pair(report.line, written));
    if (fresh) return;
    std::string reason = "stands in line " + std::to_string(first->second.first) + " already";
    if (first->second.second != written) reason += ", as " + quote(first->second.second);
    report.refusals.push_back({"attendee_id", quote(written), reason});
}

void Plan::settle(const OrganiserRegistration* known, OrganiserRegistration one,
                  RowReport& report) {
    if (known != nullptr) {
        for (const std::string& column : our_columns())
            if (const auto before = shown(column, *known), after = shown(column, one);
                before != after)
                report.changed.push_back({column, before, after});
        for (const auto& [column, value] : one.kept)
            if (const auto before = shown(column, *known); before != value)
                report.changed.push_back({column, before, value});
        report.result = report.changed.empty() ? RowResult::unchanged : RowResult::changed;
    } else {
        one.door.id.bytes = make_uuid_v7(options_.now.time_since_epoch().count());
        report.result = RowResult::added;
    }
    if (one.imported_code.empty() && one.door.badge.is_zero()) {
        one.door.badge = draw_badge_number();
        one.door.issue = 1;
    }
    codes_[one.door.external_id] = {report_.rows.size(), one.imported_code};
    if (report.result == RowResult::unchanged) return;
    // An imported code that a reissued badge replaced stays without its hash until it changes.
    const bool same_code = known != nullptr && known->imported_code == one.imported_code;
    if (!same_code) one.door.code = {};
    save_row_.push_back(report_.rows.size());
    report_.to_save.push_back(std::move(one));
}

void Plan::read_row(const ListRow& row) {
    RowReport report{row.line, {}, RowResult::refused, {}, {}, {}, {}, {}};
    if (is_total(id_column_ < row.fields.size() ? row.fields[id_column_] : "")) {
        report_.warnings.push_back(file_ + ":" + std::to_string(row.line) + ": " +
                                   quote(row.fields[id_column_]) +
                                   " is a line of sums or the end of the list, and no person.");
        return;
    }
    const Person person = find_person(row, report);
    report.external_id = person.id;
    said_ = {};
    OrganiserRegistration asked = person.known != nullptr ? *person.known : nobody_;
    asked.door.external_id = person.id;
    set_values(row, asked, report);
    // A note nobody would be shown is a mistake.
    const bool noted = filled_.contains("usher_note_ar") || filled_.contains("usher_note_en");
    const bool note = !asked.door.usher_note.ar.empty() || !asked.door.usher_note.en.empty();
    if (noted && note && !has_column("attention")) asked.door.attention = true;
    check_width(row, report);
    if (report.refusals.empty()) {
        if (person.known != nullptr) merge(*person.known, asked, report);
        if (options_.by_hand)
            for (const std::string& column : filled_) remember(column, shown(column, asked));
    }
    check_whole_row(asked, report);
    const auto written = clean_text(cell(row, "attendee_id"));
    if (!person.id.empty())
        check_duplicates(options_.orders || !written ? person.id : written->text, person.id,
                         report);
    if (report.refusals.empty() && person.known == nullptr) count_defaults(asked);
    if (!options_.by_hand) {
        for (DroppedColumn& column : dropped_) column.look_at(row, words_);
        findings_.look_at(dropped_, asked, report_.rows, report, person.known == nullptr);
    }
    if (report.refusals.empty() && !report.conflicts.empty()) report.result = RowResult::conflict;
    if (report.refusals.empty() && report.conflicts.empty()) {
        settle(person.known, std::move(asked), report);
        // A copy takes no more memory than it needs.
        if (!said_.empty()) report_.said[person.id] = SaidValues(std::string(said_.packed()));
    }
    report_.rows.push_back(std::move(report));
}

void Plan::take_out(const std::set<std::size_t>& rows) {
    std::vector<OrganiserRegistration> kept;
    std::vector<std::size_t> kept_rows;
    for (std::size_t i = 0; i < report_.to_save.size(); ++i) {
        if (rows.contains(save_row_[i])) continue;
        kept.push_back(std::move(report_.to_save[i]));
        kept_rows.push_back(save_row_[i]);
    }
    report_.to_save = std::move(kept);
    save_row_ = std::move(kept_rows);
    for (const std::size_t row : rows) {
        report_.rows[row].result = RowResult::refused;
        report_.rows[row].changed.clear();
        report_.said.erase(report_.rows[row].external_id);
    }
}

/// Codes may be exchanged within one list: what counts is whose they are in the end. A row that is
/// refused leaves the code it had where it was, so this goes on until none is.
void Plan::check_codes() {
    std::set<std::size_t> refused;
    do {
        take_out(refused);
        for (const std::size_t row : refused) codes_.erase(report_.rows[row].external_id);
        refused.clear();
        std::unordered_map<std::string, std::string> owners;
        for (const OrganiserRegistration& one : known_list_)
            if (!one.imported_code.empty() && !codes_.contains(one.door.external_id))
                owners.emplace(one.imported_code, one.door.external_id);
        for (std::size_t row = 0; row < report_.rows.size(); ++row) {
            RowReport& report = report_.rows[row];
            const auto code = codes_.find(report.external_id);
            if (code == codes_.end() || code->second.first != row || code->second.second.empty())
                continue;
            const auto [owner, fresh] = owners.emplace(code->second.second, report.external_id);
            if (fresh) continue;
            report.refusals.push_back({"badge_code", quote(code->second.second),
                                       "is the code of " + quote(owner->second) + " already"});
            refused.insert(row);
        }
    } while (!refused.empty());
    for (std::size_t i = 0; i < report_.to_save.size(); ++i) {
        const OrganiserRegistration& one = report_.to_save[i];
        const auto known = known_.find(one.door.external_id);
        const bool same =
            known != known_.end() && known->second->imported_code == one.imported_code;
        if (!one.imported_code.empty() && !same) report_.to_hash.push_back(i);
    }
}

void Plan::cancel_absent() {
    for (const std::string& id : report_.absent) {
        const OrganiserRegistration& known = *known_.at(id);
        const bool theirs = options_.said.contains(id);
        if (!theirs || known.door.status >= RegistrationStatus::cancelled) continue;
        OrganiserRegistration one = known;
        one.door.status = RegistrationStatus::cancelled;
        const std::string before = shown("status", known);
        report_.said[id].set("status", "cancelled");
        report_.said[id].set("absent", before);
        report_.rows.push_back(
            {0, id, RowResult::changed, {{"status", before, "cancelled"}}, {}, {}, {}, {}});
        report_.to_save.push_back(std::move(one));
    }
}

/// Nothing that decides who comes in is dropped in silence.
void Plan::refuse_deciding_columns() {
    for (const DroppedColumn& column : dropped_) {
        const std::string why = column.why_it_decides(has_column("category"),
                                                      has_column("sessions"), report_.rows.size());
        const std::string folded = folded_header(column.name());
        if (why.empty() || options_.ignore.contains(folded) || options_.harmless.contains(folded))
            continue;
        report_.blocked.push_back("The column " + quote(column.name()) + " " + why +
                                  ", and would be dropped; say in a map (--map) what it is, or"
                                  " --ignore " +
                                  quote(column.name()) + " to drop it on purpose.");
    }
    for (const std::string& wanted : options_.ignore)
        if (std::none_of(dropped_.begin(), dropped_.end(), [&](const DroppedColumn& column) {
                return folded_header(column.name()) == wanted;
            }))
            report_.warnings.push_back("There is no column " + quote(wanted) + " to ignore.");
}

ImportReport Plan::finish() {
    check_codes();
    for (const OrganiserRegistration& one : known_list_)
        if (!lines_.contains(same_id(one.door.external_id)))
            report_.absent.push_back(one.door.external_id);
    if (options_.by_hand) return std::move(report_);
    refuse_deciding_columns();
    findings_.finish(known_list_, report_);
    if (options_.cancel_absent) cancel_absent();
    return std::move(report_);
}

}  // namespace

std::size_t ImportReport::count(RowResult result) const {
    return static_cast<std::size_t>(std::count_if(
        rows.begin(), rows.end(), [result](const RowReport& row) { return row.result == result; }));
}

ImportReport plan_import(const Rows& rows, const std::string& file, const Identity& event,
                         const std::vector<OrganiserRegistration>& known,
                         const ImportOptions& options) {
    if (rows.empty()) throw Fault(ExitCode::bad_data, file + ": the file is empty");
    Plan plan(file, event, known, options);
    plan.read_header(rows.front());
    plan.expect(rows.size() - 1);
    plan.count_orders(rows);
    constexpr std::size_t told_every = 1'000;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        plan.read_row(rows[i]);
        if (options.progress && (i % told_every == 0 || i + 1 == rows.size()))
            options.progress(i, rows.size() - 1);
    }
    return plan.finish();
}

void set_code_hashes(ImportReport& report, ByteView code_key) {
    for (const std::size_t position : report.to_hash) {
        OrganiserRegistration& one = report.to_save[position];
        one.door.code = hash_code(one.imported_code, code_key);
    }
}

}  // namespace hudoor::organiser
