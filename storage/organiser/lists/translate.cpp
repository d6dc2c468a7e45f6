#include "storage/organiser/lists/translate.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "config/fault.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/lists/values.hpp"
#include "storage/organiser/lists/words.hpp"

namespace hudoor::organiser {

namespace {

constexpr std::size_t most_title_rows = 15;
constexpr const char* scripted[] = {"name", "organisation", "title"};

using Header = std::vector<std::string>;  ///< folded

Header fold_header(const ListRow& row) {
    Header header;
    for (const std::string& field : row.fields) header.push_back(folded_header(field));
    return header;
}

std::optional<std::size_t> find_column(const Header& header, const AnyOf& names) {
    for (const std::string& name : names)
        for (std::size_t i = 0; i < header.size(); ++i)
            if (header[i] == name) return i;
    return std::nullopt;
}

std::string field_of(const ListRow& row, std::size_t at) {
    return at < row.fields.size() ? row.fields[at] : std::string();
}

/// A column of theirs, and what its words mean.
struct From {
    std::size_t column = 0;
    const ValueWords* words = nullptr;

    [[nodiscard]] std::string value(const ListRow& row) const {
        std::string text = field_of(row, column);
        if (words == nullptr) return text;
        const auto word = words->find(folded_header(text));
        return word == words->end() ? text : word->second;
    }
};

/// One column of ours made from theirs.
struct Move {
    std::string ours;
    const ColumnSource* source = nullptr;
    std::vector<From> parts;
    std::vector<From> otherwise;
    std::optional<From> numbered;
    bool by_script = false;
};

std::string join(const std::vector<From>& parts, const ListRow& row, std::string_view between) {
    std::string joined;
    for (const From& part : parts) {
        const std::string value = part.value(row);
        if (!joined.empty() && !value.empty()) joined += between;
        joined += value;
    }
    return joined;
}

/// Of several columns that decide: blocked before cancelled before pending. A word that is not
/// known stays, to be refused by its name.
std::string strictest(const std::vector<From>& parts, const ListRow& row) {
    std::string told;
    int most = -1;
    for (const From& part : parts) {
        const std::string value = part.value(row);
        if (value.find_first_not_of(" \t") == std::string::npos) continue;
        try {
            const int rank = static_cast<int>(read_status(value));
            if (rank <= most) continue;
            most = rank;
            told = value;
        } catch (const Refusal&) {
            return value;
        }
    }
    return told;
}

/// The same for the same words, and nothing that a kiosk should not know.
std::string digest_of(const std::vector<From>& parts, const ListRow& row) {
    std::string all;
    for (const From& part : parts) {
        const std::string word = folded_word(part.value(row));
        if (word.empty()) return {};
        all += word + "\n";
    }
    constexpr std::size_t bytes = 5;
    return "G-" + short_digest(all, bytes);
}

std::string value_of(const Move& move, const ListRow& row) {
    if (move.ours == "status") return strictest(move.parts, row);
    if (move.source->digest) return digest_of(move.parts, row);
    std::string value = join(move.parts, row, move.ours == "sessions" ? "," : " ");
    if (value.empty()) value = join(move.otherwise, row, " ");
    if (!move.numbered || value.empty()) return value;
    const std::string number = move.numbered->value(row);
    return number.empty() ? value : value + "-" + number;
}

/// "Company", "Company (2)": told apart, so that either can be kept. Ours twice is refused there.
void number_repeated_names(ListRow& header) {
    std::unordered_map<std::string, int> seen;
    for (std::string& field : header.fields)
        if (const int count = ++seen[folded_header(field)];
            count > 1 && !field.empty() && !is_ours(field))
            field += " (" + std::to_string(count) + ")";
}

class Translator {
public:
    Translator(const ListRow& header, const ImportPreset& preset)
        : preset_(preset), theirs_(fold_header(header)), used_(theirs_.size()) {
        check_values(header);
        for (const auto& [ours, source] : preset.columns) add_move(ours, source, header);
        for (const auto& [ours, words] : preset.values)
            if (is_ours(ours) && !preset.columns.contains(ours)) {
                own_[ours].parts = {{folded_header(ours)}};
                add_move(ours, own_[ours], header);
            }
        settle_scripts();
        for (std::size_t i = 0; i < theirs_.size(); ++i)
            if (!used_[i]) rest_.push_back(i);
        width_ = std::max<std::size_t>(named_width(this->header(header).fields), 1);
    }

    [[nodiscard]] ListRow header(const ListRow& theirs) const {
        ListRow row{theirs.line, {}};
        for (const Move& move : moves_) {
            row.fields.push_back(move.by_script ? move.ours + "_ar" : move.ours);
            if (move.by_script) row.fields.push_back(move.ours + "_en");
        }
        for (const std::size_t at : rest_) {
            std::string ours = theirs_[at];
            std::replace(ours.begin(), ours.end(), ' ', '_');
            row.fields.push_back(is_ours(ours) ? ours : theirs.fields[at]);
        }
        return row;
    }

    [[nodiscard]] ListRow row(const ListRow& theirs) const {
        ListRow row{theirs.line, {}};
        for (const Move& move : moves_) {
            std::string value = value_of(move, theirs);
            if (!move.by_script) {
                row.fields.push_back(std::move(value));
                continue;
            }
            const bool arabic = has_arabic(value);
            row.fields.push_back(arabic ? value : std::string());
            row.fields.push_back(arabic ? std::string() : std::move(value));
        }
        // What a row lacks or has beyond its header is refused there as it is.
        std::size_t left_out = 0;
        for (const std::size_t at : rest_)
            at < theirs.fields.size() ? row.fields.push_back(theirs.fields[at]) : void(++left_out);
        for (std::size_t at = theirs_.size(); at < theirs.fields.size(); ++at)
            row.fields.push_back(theirs.fields[at]);
        // A row that was cut ends before the last of our columns that has a name.
        const bool whole = theirs.fields.size() >= named_width(theirs_);
        row.fields.resize(whole ? row.fields.size() + left_out
                                : std::min(row.fields.size(), width_ - 1));
        return row;
    }

private:
    /// Columns behind the last that has a name are nobody's.
    [[nodiscard]] static std::size_t named_width(const std::vector<std::string>& header) {
        std::size_t width = header.size();
        while (width > 0 && header[width - 1].empty()) --width;
        return width;
    }

    void add_move(const std::string& ours, const ColumnSource& source, const ListRow& header) {
        Move move{ours, &source, {}, {}, {}, false};
        move.parts = find_parts(ours, source, source.parts, header);
        move.otherwise = find_parts(ours, source, source.otherwise, header);
        if (const auto at = find_column(theirs_, source.numbered))
            move.numbered = use(*at, nullptr);
        if (move.parts.empty() && move.otherwise.empty()) return;
        if (source.digest && move.parts.size() < source.parts.size()) return;
        move.by_script =
            std::find(std::begin(scripted), std::end(scripted), ours) != std::end(scripted);
        moves_.push_back(std::move(move));
    }

    /// Whether the list says this column of ours in one of its own.
    [[nodiscard]] bool has(const std::string& ours) const {
        return std::any_of(moves_.begin(), moves_.end(),
                           [&](const Move& move) { return move.ours == ours; }) ||
               find_column(theirs_, {folded_header(ours)});
    }

    /// Beside a name in one script, "name" is the one in the other; beside both it is nobody's.
    void settle_scripts() {
        std::vector<Move> all;
        for (Move move : moves_) {
            const bool arabic = move.by_script && has(move.ours + "_ar");
            const bool english = move.by_script && has(move.ours + "_en");
            const bool nobodys = (arabic && english) || ((arabic || english) && move.parts.empty());
            if (nobodys) {
                for (const auto* parts : {&move.parts, &move.otherwise})
                    for (const From& part : *parts) used_[part.column] = false;
                continue;
            }
            if (arabic != english) {
                move.by_script = false;
                move.ours += english ? "_ar" : "_en";
            }
            all.push_back(std::move(move));
        }
        moves_ = std::move(all);
    }

    std::vector<From> find_parts(const std::string& ours, const ColumnSource& source,
                                 const std::vector<AnyOf>& parts, const ListRow& header) {
        std::vector<From> found;
        for (const AnyOf& names : parts) {
            const auto at = find_column(theirs_, names);
            if (at)
                found.push_back(use(*at, words_for(ours, names)));
            else if (!source.where.empty())
                refuse_column(source.where, names.front(), header);
        }
        return found;
    }

    From use(std::size_t column, const ValueWords* words) {
        used_[column] = true;
        return {column, words};
    }

    [[nodiscard]] const ValueWords* words_for(const std::string& ours, const AnyOf& names) const {
        for (const std::string& name : names)
            if (const auto words = preset_.values.find(name);
                words != preset_.values.end() && !is_ours(name))
                return &words->second;
        const auto words = preset_.values.find(ours);
        return words == preset_.values.end() ? nullptr : &words->second;
    }

    /// A table of words for a column that there is not would change nothing, in silence.
    void check_values(const ListRow& header) const {
        for (const auto& [column, place] : preset_.value_places) {
            bool known = preset_.columns.contains(column) ||
                         find_column(theirs_, {column, folded_header(column)});
            for (const auto& [ours, source] : preset_.columns)
                for (const AnyOf& names : source.parts)
                    known = known || std::find(names.begin(), names.end(), column) != names.end();
            if (known) continue;
            std::vector<std::string> words;
            for (const auto& [ours, source] : preset_.columns) words.push_back(ours);
            for (const std::string& name : header.fields) words.push_back(name);
            throw Fault(ExitCode::bad_data, place + ": these words are for a column " +
                                                quote(column) +
                                                ", which is none of ours and none of the list" +
                                                suggest(column, words));
        }
    }

    [[noreturn]] static void refuse_column(const std::string& where, const std::string& name,
                                           const ListRow& header) {
        std::vector<std::string> words;
        std::string all;
        for (const std::string& field : header.fields) {
            words.push_back(folded_header(field));
            if (!field.empty()) all += (all.empty() ? "" : ", ") + quote(field);
        }
        const std::string meant = suggest(name, words);
        throw Fault(ExitCode::bad_data, where + ": the list has no column " + quote(name) +
                                            (meant.empty() ? "; it has: " + all : meant));
    }

    const ImportPreset& preset_;
    std::map<std::string, ColumnSource> own_;
    Header theirs_;
    std::vector<bool> used_;
    std::vector<Move> moves_;
    std::vector<std::size_t> rest_;
    std::size_t width_ = 0;  ///< of our header, as far as it has names
};

/// Whether the row has the column that names a delegate, and one more that is known.
bool is_header(const ListRow& row, const ImportPreset& preset) {
    const Header header = fold_header(row);
    const auto there = [&](const ColumnSource& source) {
        const auto any = [&](const std::vector<AnyOf>& parts) {
            return std::any_of(parts.begin(), parts.end(), [&](const AnyOf& names) {
                return find_column(header, names).has_value();
            });
        };
        return any(source.parts) || any(source.otherwise);
    };
    std::size_t known = 0;
    for (const auto& [ours, source] : preset.columns) known += there(source) ? 1U : 0U;
    const auto id = preset.columns.find("attendee_id");
    const bool named = id != preset.columns.end()
                           ? there(id->second)
                           : find_column(header, {"attendee id"}).has_value();
    return named && known > (id == preset.columns.end() ? 0U : 1U);
}

}  // namespace

std::vector<std::string> mapped_columns() {
    std::vector<std::string> all = our_columns();
    all.insert(all.end(), std::begin(scripted), std::end(scripted));
    return all;
}

std::size_t find_header(const Rows& rows, const ImportPreset* preset) {
    const std::size_t looked_at = std::min(rows.size(), most_title_rows);
    for (std::size_t i = 0; i < looked_at; ++i) {
        const ListRow row = rows[i];
        if (is_header(row, preset != nullptr ? *preset : guess_preset(row))) return i;
    }
    return 0;
}

Rows translate_list(const Rows& rows, const ImportPreset& preset, std::size_t header) {
    Rows translated;
    if (rows.size() <= header) return translated;
    const ListRow theirs = rows[header];
    const Translator translator(theirs, preset);
    ListRow ours = translator.header(theirs);
    number_repeated_names(ours);
    translated.add(ours);
    for (std::size_t i = header + 1; i < rows.size(); ++i) translated.add(translator.row(rows[i]));
    return translated;
}

}  // namespace hudoor::organiser
