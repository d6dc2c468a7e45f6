#include "storage/organiser/lists/preset.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <unordered_map>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

namespace {

constexpr std::uint64_t max_map_bytes = 1 << 20;

const ValueWords yes_words{{"yes", "yes"}, {"true", "yes"}, {"1", "yes"},  {"ja", "yes"},
                           {"oui", "yes"}, {"نعم", "yes"},  {"no", "no"},  {"false", "no"},
                           {"0", "no"},    {"nein", "no"},  {"non", "no"}, {"لا", "no"}};

/// The check-in list; its header is in the language of whoever exported it.
ImportPreset pretix() {
    ImportPreset preset;
    preset.name = "pretix";
    preset.columns = {
        {"attendee_id", {{"order code", "bestellnummer", "code de commande", "رمز الطلب"}, {}}},
        {"name",
         {{"attendee name", "teilnehmername", "name des teilnehmers", "nom du participant",
           "اسم الحاضر"},
          {}}},
        {"category", {{"product", "produkt", "produit", "المنتج"}, {}}},
        {"badge_code",
         {{"secret", "geheimnis", "ticket-geheimnis", "ticketcode", "code secret", "الرمز السري"},
          {}}},
        {"organisation",
         {{"company", "firma", "unternehmen", "entreprise", "société", "الشركة"}, {}}},
        {"country", {{"country", "land", "pays", "البلد", "الدولة"}, {}}},
        {"seat", {{"seat name", "sitzplatz-name", "sitzplatzname", "nom du siège"}, {}}},
        {"attention", {{"requires special attention", "benötigt besondere aufmerksamkeit"}, {}}},
        {"status", {{"blocked", "gesperrt", "bloqué"}, {}}},
        {"valid_from", {{"valid from", "gültig ab", "valable du"}, {}}},
        {"valid_until", {{"valid until", "gültig bis", "valable jusqu'au"}, {}}},
    };
    preset.values["attention"] = yes_words;
    preset.values["status"] = {{"yes", "blocked"},   {"ja", "blocked"},     {"oui", "blocked"},
                               {"true", "blocked"},  {"no", "confirmed"},   {"nein", "confirmed"},
                               {"non", "confirmed"}, {"false", "confirmed"}};
    preset.recognised_by = {"attendee_id", "name", "category"};
    return preset;
}

/// The registrants of a form. Its list does not hold the codes of its QR.
ImportPreset indico() {
    ImportPreset preset;
    preset.name = "indico";
    preset.columns = {
        {"attendee_id", {{"id"}, {}}},
        {"name", {{"name", "nom", "nombre"}, {}}},
        {"organisation", {{"affiliation", "organisation", "organization", "institution"}, {}}},
        {"country", {{"country", "pays", "país"}, {}}},
        {"status", {{"registration state", "state", "statut"}, {}}},
        {"registration_date", {{"registration date"}, {}}},
    };
    preset.values["status"] = {
        {"completed", "confirmed"}, {"complete", "confirmed"}, {"approved", "confirmed"},
        {"pending", "pending"},     {"unpaid", "pending"},     {"awaiting payment", "pending"},
        {"not paid", "pending"},    {"rejected", "cancelled"}, {"withdrawn", "cancelled"}};
    preset.recognised_by = {"attendee_id", "name", "registration_date"};
    return preset;
}

ImportPreset eventbrite() {
    ImportPreset preset;
    preset.name = "eventbrite";
    preset.columns = {
        {"attendee_id", {{"attendee #", "attendee no.", "teilnehmernr.", "n° de participant"}, {}}},
        {"name",
         {{"first name", "vorname", "prénom"},
          {"last name", "surname", "nachname", "nom de famille"}}},
        {"category", {{"ticket type", "ticketart", "type de billet"}, {}}},
        {"badge_code", {{"barcode #", "barcode number", "barcode"}, {}}},
        {"organisation", {{"company", "unternehmen", "société"}, {}}},
        {"country", {{"home country", "country", "land", "pays"}, {}}},
        {"status", {{"attendee status", "teilnehmerstatus", "statut du participant"}, {}}},
    };
    preset.values["status"] = {{"attending", "confirmed"},     {"checked in", "confirmed"},
                               {"not attending", "cancelled"}, {"deleted", "cancelled"},
                               {"refunded", "cancelled"},      {"transferred", "cancelled"}};
    preset.recognised_by = {"attendee_id", "name"};
    return preset;
}

/// The QR says uuid/hmac; the list has the uuid.
ImportPreset alfio() {
    ImportPreset preset;
    preset.name = "alfio";
    preset.columns = {
        {"attendee_id", {{"id"}, {}}},       {"badge_code", {{"id"}, {}}},
        {"name", {{"full name"}, {}}},       {"category", {{"category"}, {}}},
        {"organisation", {{"company"}, {}}}, {"country", {{"country"}, {}}},
        {"status", {{"status"}, {}}},        {"locked", {{"locked"}, {}}},
    };
    preset.values["status"] = {{"acquired", "confirmed"},    {"checked_in", "confirmed"},
                               {"to_be_paid", "pending"},    {"pending", "pending"},
                               {"cancelled", "cancelled"},   {"released", "cancelled"},
                               {"invalidated", "cancelled"}, {"expired", "cancelled"}};
    preset.recognised_by = {"attendee_id", "name", "locked"};
    preset.cut_code_at = '/';
    return preset;
}

ImportPreset hudoor() {
    ImportPreset preset;
    preset.name = "hudoor";
    return preset;
}

/// As names of columns are compared: clean and in lower case.
std::string folded(const std::string& text) {
    const auto clean = clean_text(text);
    return clean ? lower_case(clean->text) : text;
}

std::optional<std::size_t> find_column(const std::vector<std::string>& header,
                                       const std::vector<std::string>& names) {
    for (const std::string& name : names)
        for (std::size_t i = 0; i < header.size(); ++i)
            if (header[i] == name) return i;
    return std::nullopt;
}

/// One column of ours made from theirs; "name" and "organisation" go to the column of their script.
struct Move {
    std::string ours;
    std::vector<std::size_t> from;
    const ValueWords* words = nullptr;
};

class Translator {
public:
    Translator(const CsvRow& header, const ImportPreset& preset) {
        std::vector<std::string> theirs;
        for (const std::string& field : header.fields) theirs.push_back(folded(field));
        std::vector<bool> used(theirs.size());
        for (const auto& [ours, source] : preset.columns) {
            Move move{ours, {}, nullptr};
            for (const auto* names : {&source.names, &source.joined})
                if (const auto found = find_column(theirs, *names)) move.from.push_back(*found);
            if (move.from.empty()) continue;
            for (const std::size_t at : move.from) used[at] = true;
            if (const auto words = preset.values.find(ours); words != preset.values.end())
                move.words = &words->second;
            moves_.push_back(std::move(move));
        }
        for (std::size_t i = 0; i < theirs.size(); ++i)
            if (!used[i]) rest_.push_back(i);
    }

    [[nodiscard]] CsvRow header(const CsvRow& theirs) const {
        CsvRow row{theirs.line, {}};
        for (const Move& move : moves_) {
            if (is_scripted(move)) {
                row.fields.push_back(move.ours + "_ar");
                row.fields.push_back(move.ours + "_en");
            } else {
                row.fields.push_back(move.ours);
            }
        }
        for (const std::size_t at : rest_) row.fields.push_back(theirs.fields[at]);
        return row;
    }

    [[nodiscard]] CsvRow translate(const CsvRow& theirs) {
        CsvRow row{theirs.line, {}};
        for (const Move& move : moves_) {
            std::string value = value_of(move, theirs);
            if (move.ours == "attendee_id") value = numbered(value);
            if (is_scripted(move)) {
                const bool arabic = has_arabic(value);
                row.fields.push_back(arabic ? value : std::string());
                row.fields.push_back(arabic ? std::string() : value);
            } else {
                row.fields.push_back(std::move(value));
            }
        }
        for (const std::size_t at : rest_)
            row.fields.push_back(at < theirs.fields.size() ? theirs.fields[at] : std::string());
        // What a row has beyond its header is refused there as it is.
        const std::size_t columns = rest_.size() + taken_columns();
        for (std::size_t at = columns; at < theirs.fields.size(); ++at)
            row.fields.push_back(theirs.fields[at]);
        return row;
    }

private:
    static bool is_scripted(const Move& move) {
        return move.ours == "name" || move.ours == "organisation";
    }
    [[nodiscard]] std::size_t taken_columns() const {
        std::vector<std::size_t> all;
        for (const Move& move : moves_) all.insert(all.end(), move.from.begin(), move.from.end());
        std::sort(all.begin(), all.end());
        return static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin());
    }
    static std::string value_of(const Move& move, const CsvRow& theirs) {
        std::string value;
        for (const std::size_t at : move.from) {
            const std::string part = at < theirs.fields.size() ? theirs.fields[at] : std::string();
            if (!value.empty() && !part.empty()) value += ' ';
            value += part;
        }
        if (move.words == nullptr) return value;
        const auto word = move.words->find(folded(value));
        return word == move.words->end() ? value : word->second;
    }
    /// An order may be for several people: the second of ABC is ABC-2.
    std::string numbered(const std::string& value) {
        const int count = value.empty() ? 1 : ++seen_[value];
        return count == 1 ? value : value + "-" + std::to_string(count);
    }

    std::vector<Move> moves_;
    std::vector<std::size_t> rest_;
    std::unordered_map<std::string, int> seen_;
};

/// "Company", "Company (2)": told apart, so that either can be kept.
void number_repeated_names(CsvRow& header) {
    std::unordered_map<std::string, int> seen;
    for (std::string& field : header.fields)
        if (const int count = ++seen[folded(field)]; count > 1 && !field.empty())
            field += " (" + std::to_string(count) + ")";
}

[[noreturn]] void refuse(const std::string& file, const toml::source_region& where,
                         const std::string& why) {
    throw Fault(ExitCode::bad_data, file + ":" + std::to_string(where.begin.line) + ":" +
                                        std::to_string(where.begin.column) + ": " + why);
}

std::string text_in(const toml::node& node, const std::string& file) {
    const auto text = node.value<std::string>();
    if (!text) refuse(file, node.source(), "this must be a text");
    return *text;
}

void read_columns(const toml::table& table, const std::string& file, ImportPreset& preset) {
    for (const auto& [key, node] : table) {
        ColumnSource& source = preset.columns[std::string(key.str())];
        if (const toml::array* names = node.as_array()) {
            if (names->empty() || names->size() > 2)
                refuse(file, node.source(), "name one column, or two to be joined");
            source.names = {folded(text_in(*names->get(0), file))};
            if (names->size() == 2) source.joined = {folded(text_in(*names->get(1), file))};
        } else {
            source.names = {folded(text_in(node, file))};
        }
    }
}

void read_values(const toml::table& table, const std::string& file, ImportPreset& preset) {
    for (const auto& [column, words] : table) {
        const toml::table* pairs = words.as_table();
        if (pairs == nullptr) refuse(file, words.source(), "this must be a table of words");
        for (const auto& [theirs, ours] : *pairs)
            preset.values[std::string(column.str())][folded(std::string(theirs.str()))] =
                text_in(ours, file);
    }
}

}  // namespace

ImportPreset find_preset(const std::string& name) {
    for (auto* const make : {hudoor, pretix, indico, eventbrite, alfio})
        if (ImportPreset preset = make(); preset.name == name) return preset;
    throw Fault(ExitCode::usage, "There is no preset " + quote(name) +
                                     "; there are: hudoor, pretix, indico, eventbrite, alfio");
}

ImportPreset guess_preset(const CsvRow& header) {
    std::vector<std::string> names;
    for (const std::string& field : header.fields) names.push_back(folded(field));
    if (find_column(names, {"attendee_id"})) return hudoor();
    for (auto* const make : {pretix, eventbrite, alfio, indico}) {
        ImportPreset preset = make();
        const bool theirs =
            std::all_of(preset.recognised_by.begin(), preset.recognised_by.end(),
                        [&](const std::string& column) {
                            return find_column(names, preset.columns.at(column).names).has_value();
                        });
        if (theirs) return preset;
    }
    return hudoor();
}

ImportPreset read_preset(const std::string& file) {
    const storage::Bytes bytes = storage::read_file(file, max_map_bytes);
    ImportPreset preset;
    preset.name = file;
    try {
        const toml::table map = toml::parse(storage::as_text(bytes), file);
        for (const auto& [key, node] : map) {
            const toml::table* table = node.as_table();
            if (key.str() == "columns" && table != nullptr)
                read_columns(*table, file, preset);
            else if (key.str() == "values" && table != nullptr)
                read_values(*table, file, preset);
            else
                refuse(file, node.source(),
                       "a map has the tables columns and values, and nothing else");
        }
    } catch (const toml::parse_error& error) {
        refuse(file, error.source(), std::string(error.description()));
    }
    return preset;
}

std::vector<CsvRow> translate_list(std::vector<CsvRow> rows, const ImportPreset& preset) {
    if (rows.empty()) return rows;
    // Our own list has each column once, and is told if it has not.
    if (preset.columns.empty()) return rows;
    Translator translator(rows.front(), preset);
    CsvRow header = translator.header(rows.front());
    for (std::size_t i = 1; i < rows.size(); ++i) rows[i] = translator.translate(rows[i]);
    rows.front() = std::move(header);
    number_repeated_names(rows.front());
    return rows;
}

}  // namespace hudoor::organiser
