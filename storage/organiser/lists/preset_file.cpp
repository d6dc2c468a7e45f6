#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/lists/preset.hpp"
#include "storage/organiser/lists/translate.hpp"
#include "storage/organiser/lists/words.hpp"

namespace hudoor::organiser {

namespace {

constexpr std::uint64_t max_map_bytes = 1 << 20;
constexpr std::size_t max_parts = 8;

/// Reads one file, and knows its name for what is wrong in it.
class PresetReader {
public:
    PresetReader(std::string file, std::string name) : file_(std::move(file)) {
        preset_.name = std::move(name);
    }

    ImportPreset read(std::string_view text) {
        try {
            const toml::table map = toml::parse(text, file_);
            for (const auto& [key, node] : map) read_entry(std::string(key.str()), node);
        } catch (const toml::parse_error& error) {
            refuse(error.source(), std::string(error.description()));
        }
        return std::move(preset_);
    }

private:
    [[nodiscard]] std::string place(const toml::source_region& where) const {
        return file_ + ":" + std::to_string(where.begin.line) + ":" +
               std::to_string(where.begin.column);
    }
    [[noreturn]] void refuse(const toml::source_region& where, const std::string& why) const {
        throw Fault(ExitCode::bad_data, place(where) + ": " + why);
    }

    [[nodiscard]] std::string text_in(const toml::node& node) const {
        const auto text = node.value<std::string>();
        if (!text) refuse(node.source(), "this must be a text");
        return *text;
    }

    void read_entry(const std::string& key, const toml::node& node) {
        const toml::table* table = node.as_table();
        if (key == "columns" && table != nullptr)
            for (const auto& [ours, source] : *table) read_column(ours, source);
        else if (key == "values" && table != nullptr)
            for (const auto& [column, words] : *table) read_words(column, words);
        else if (key == "recognised_by")
            preset_.recognised_by = parts_in(node, false);
        else if (key == "harmless")
            for (const std::string& name : names_in(node)) preset_.harmless.insert(name);
        else if (key == "cut_code_at")
            preset_.cut_code_at = text_in(node).empty() ? '\0' : text_in(node).front();
        else
            refuse(node.source(), "a map has the tables columns and values, and nothing else" +
                                      suggest(key, {"columns", "values"}));
    }

    /// "Theirs", or a list of names for one column.
    [[nodiscard]] AnyOf names_in(const toml::node& node, bool folded = true) const {
        AnyOf names;
        const auto add = [&](const toml::node& one) {
            names.push_back(folded ? folded_header(text_in(one)) : text_in(one));
        };
        if (const toml::array* all = node.as_array())
            for (const toml::node& one : *all) add(one);
        else
            add(node);
        return names;
    }

    /// A list of columns, each with one name or several.
    [[nodiscard]] std::vector<AnyOf> parts_in(const toml::node& node, bool folded = true) const {
        const toml::array* all = node.as_array();
        if (all == nullptr) return {names_in(node, folded)};
        std::vector<AnyOf> parts;
        for (const toml::node& one : *all) parts.push_back(names_in(one, folded));
        if (parts.empty() || parts.size() > max_parts)
            refuse(node.source(), "name one column, or two to eight to be joined");
        return parts;
    }

    void read_column(const toml::key& key, const toml::node& node) {
        const std::string ours(key.str());
        const std::vector<std::string> all = mapped_columns();
        if (std::find(all.begin(), all.end(), ours) == all.end())
            refuse(key.source(),
                   "there is no column " + quote(ours) + " of ours" + suggest(ours, all));
        ColumnSource& source = preset_.columns[ours];
        source.where = place(node.source());
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            source.parts = parts_in(node);
            return;
        }
        for (const auto& [what, value] : *table)
            read_detail(std::string(what.str()), value, source);
    }

    void read_detail(const std::string& what, const toml::node& node, ColumnSource& source) const {
        if (what == "any")
            source.parts = {names_in(node)};
        else if (what == "parts")
            source.parts = parts_in(node);
        else if (what == "else")
            source.otherwise = parts_in(node);
        else if (what == "numbered")
            source.numbered = names_in(node);
        else if (what == "orders")
            source.orders = node.value_or(false);
        else if (what == "digest")
            source.digest = node.value_or(false);
        else
            refuse(node.source(), "a column has any, parts, else, numbered, orders and digest");
    }

    void read_words(const toml::key& key, const toml::node& node) {
        const toml::table* pairs = node.as_table();
        if (pairs == nullptr) refuse(node.source(), "this must be a table of words");
        // Ours is written as it is, theirs in any case.
        const std::string written(key.str());
        const std::vector<std::string> all = mapped_columns();
        const bool ours = std::find(all.begin(), all.end(), written) != all.end();
        const std::string column = ours ? written : folded_header(written);
        preset_.value_places[column] = place(key.source());
        for (const auto& [theirs, value] : *pairs)
            preset_.values[column][folded_header(std::string(theirs.str()))] = text_in(value);
    }

    std::string file_;
    ImportPreset preset_;
};

}  // namespace

ImportPreset parse_preset(std::string_view toml, const std::string& file, const std::string& name) {
    ImportPreset preset = PresetReader(file, name).read(toml);
    // A list of another system need not have every column.
    for (auto& [ours, source] : preset.columns) source.where.clear();
    preset.value_places.clear();
    return preset;
}

ImportPreset read_map(const std::string& file) {
    const storage::Bytes bytes = storage::read_file(file, max_map_bytes);
    return PresetReader(file, std::filesystem::path(file).stem().string())
        .read(storage::as_text(bytes));
}

}  // namespace hudoor::organiser
