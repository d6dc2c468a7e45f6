#include "storage/organiser/lists/preset.hpp"

#include <algorithm>

#include "config/fault.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/lists/words.hpp"

namespace hudoor::organiser {

namespace {

const std::vector<ImportPreset>& presets() {
    static const std::vector<ImportPreset> all = [] {
        std::vector<ImportPreset> made;
        for (const auto& [name, text] : preset_files())
            made.push_back(parse_preset(text, name + ".toml", name));
        return made;
    }();
    return all;
}

bool has_any(const std::set<std::string>& header, const AnyOf& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return header.contains(name); });
}

/// Any of the words: a column of ours where all of its parts are there, or a column of theirs.
bool recognises(const ImportPreset& preset, const AnyOf& words,
                const std::set<std::string>& header) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        const auto ours = preset.columns.find(word);
        if (ours == preset.columns.end()) return header.contains(folded_header(word));
        const auto all_in = [&](const std::vector<AnyOf>& parts) {
            return !parts.empty() &&
                   std::all_of(parts.begin(), parts.end(),
                               [&](const AnyOf& part) { return has_any(header, part); });
        };
        return all_in(ours->second.parts) || all_in(ours->second.otherwise);
    });
}

}  // namespace

std::vector<std::string> preset_names() {
    std::vector<std::string> names;
    for (const ImportPreset& preset : presets()) names.push_back(preset.name);
    return names;
}

const ImportPreset& find_preset(const std::string& name) {
    std::string all;
    for (const ImportPreset& preset : presets()) {
        if (preset.name == name) return preset;
        all += (all.empty() ? "" : ", ") + preset.name;
    }
    throw Fault(ExitCode::usage, "There is no preset " + quote(name) + "; there are: " + all);
}

const ImportPreset& guess_preset(const ListRow& header) {
    std::set<std::string> names;
    for (const std::string& field : header.fields) names.insert(folded_header(field));
    if (!names.contains("attendee id"))
        for (const ImportPreset& preset : presets())
            if (!preset.recognised_by.empty() &&
                std::all_of(preset.recognised_by.begin(), preset.recognised_by.end(),
                            [&](const AnyOf& words) { return recognises(preset, words, names); }))
                return preset;
    return presets().front();
}

std::string near_preset(const ListRow& header) {
    std::set<std::string> names;
    for (const std::string& field : header.fields) names.insert(folded_header(field));
    for (const ImportPreset& preset : presets()) {
        const auto id = preset.columns.find("attendee_id");
        const auto name = preset.columns.find("name");
        if (&preset == &presets().front() || name == preset.columns.end()) continue;
        if (id->second.parts.front().front() == "id") continue;  // anybody's
        if (recognises(preset, {"attendee_id"}, names) && !recognises(preset, {"name"}, names) &&
            !name->second.parts.empty())
            return "; it looks like a list of " + preset.name +
                   " that is not one of people: it has "
                   "no column " +
                   quote(name->second.parts.front().front());
    }
    return {};
}

ImportPreset overlay(ImportPreset preset, const ImportPreset& map) {
    for (const auto& [ours, source] : map.columns) preset.columns[ours] = source;
    for (const auto& [column, words] : map.values)
        for (const auto& [theirs, ours] : words) preset.values[column][theirs] = ours;
    preset.value_places = map.value_places;
    preset.harmless.insert(map.harmless.begin(), map.harmless.end());
    return preset;
}

}  // namespace hudoor::organiser
