#include "config/settings.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <map>
#include <sstream>
#include <string_view>

#include "config/fault.hpp"

namespace hudoor::config {

namespace {

namespace fs = std::filesystem;

/// Far more than anybody writes; a kiosk pointed at a wrong file must not read it all.
constexpr std::size_t largest_file_bytes = 1'000'000;

std::string position_of(const toml::source_region& source) {
    std::ostringstream text;
    text << (source.path ? *source.path : std::string()) << ':' << source.begin.line << ':'
         << source.begin.column << ": ";
    return text.str();
}

Fault bad(const toml::source_region& source, const std::string& sentence) {
    return {ExitCode::bad_settings, position_of(source) + sentence};
}

/// What the file says for one key, and where.
class Value {
public:
    Value(std::string name, const toml::node& node) : name_(std::move(name)), node_(node) {}

    [[nodiscard]] std::string text() const {
        const auto text = node_.value_exact<std::string>();
        const bool whole = text && !text->empty() && text->find('\0') == std::string::npos;
        if (!whole) throw wrong("a text in quotes");
        return *text;
    }

    [[nodiscard]] std::string text_or_none() const {
        const auto text = node_.value_exact<std::string>();
        return text && text->empty() ? std::string() : this->text();
    }

    [[nodiscard]] bool yes_or_no() const {
        const auto answer = node_.value_exact<bool>();
        if (!answer) throw wrong("true or false");
        return *answer;
    }

    /// A list, possibly of none.
    [[nodiscard]] std::vector<std::string> texts() const {
        const toml::array* list = node_.as_array();
        if (list == nullptr)
            throw wrong("a list of texts in quotes, like [\"Noto Sans CJK SC\"], or []");
        std::vector<std::string> all;
        for (const toml::node& each : *list) all.push_back(Value(name_, each).text());
        return all;
    }

    [[nodiscard]] int whole_number(int least, int most) const {
        const auto number = node_.value_exact<std::int64_t>();
        if (!number || *number < least || *number > most) {
            throw wrong("a whole number from " + std::to_string(least) + " to " +
                        std::to_string(most));
        }
        return static_cast<int>(*number);
    }

    /// Nothing for one of the words.
    [[nodiscard]] std::optional<int> whole_number_or(std::initializer_list<std::string_view> words,
                                                     int least, int most) const {
        const auto text = node_.value_exact<std::string>();
        if (text && std::find(words.begin(), words.end(), *text) != words.end())
            return std::nullopt;
        const auto number = node_.value_exact<std::int64_t>();
        if (number && *number >= least && *number <= most) return static_cast<int>(*number);
        std::string right;
        for (const std::string_view word : words) right += '"' + std::string(word) + "\", ";
        throw wrong(right + "or a whole number from " + std::to_string(least) + " to " +
                    std::to_string(most));
    }

    /// 0, or a whole number from `least` to `most`.
    [[nodiscard]] int whole_number_or_none(int least, int most) const {
        const auto number = node_.value_exact<std::int64_t>();
        return number == 0 ? 0 : whole_number(least, most);
    }

    /// 0, or a number from `least` to `most`.
    [[nodiscard]] double number_or_none(int least, int most) const {
        const auto number = node_.is_number() ? node_.value<double>() : std::nullopt;
        const bool right = number && (*number == 0 || (*number >= least && *number <= most));
        if (!right) {
            throw wrong("0, or a number from " + std::to_string(least) + " to " +
                        std::to_string(most));
        }
        return *number;
    }

    [[nodiscard]] Fault wrong(const std::string& right) const {
        return bad(node_.source(), name_ + " is not right; write " + right);
    }

private:
    std::string name_;
    const toml::node& node_;
};

SignatureOnly signature_only_of(const Value& value) {
    const std::string word = value.text();
    if (word == "admit") return SignatureOnly::admit;
    if (word == "see_usher") return SignatureOnly::see_usher;
    throw value.wrong("\"admit\" or \"see_usher\"");
}

ScreenTheme theme_of(const Value& value) {
    const std::string text = value.text();
    if (text == "light") return ScreenTheme::light;
    if (text == "high-contrast") return ScreenTheme::high_contrast;
    throw value.wrong("\"light\" or \"high-contrast\"");
}

void take_focus(CameraSettings& camera, const Value& value) {
    constexpr int most = 65'535;  // of a camera's own steps; none has more
    if (const auto fixed = value.whole_number_or({"free", "auto"}, 0, most)) {
        camera.focus = CameraFocus::fixed;
        camera.focus_at = *fixed;
    } else {
        camera.focus = value.text() == "auto" ? CameraFocus::as_needed : CameraFocus::free;
    }
}

std::chrono::minutes minutes_of(const Value& value) {
    return std::chrono::minutes(value.whole_number(0, 60 * 24 * 60));
}

std::chrono::milliseconds dwell_of(const Value& value) {
    return std::chrono::milliseconds(value.whole_number(500, 60'000));
}

std::filesystem::path folder_or_none(const Value& value) {
    std::filesystem::path folder = value.text_or_none();
    if (folder.is_relative() && !folder.empty())
        throw value.wrong("a folder from the root on, like \"/srv/hudoor\", or \"\"");
    return folder;
}

struct Key {
    std::string_view section;
    std::string_view name;
    void (*take)(Settings&, const Value&);
};

constexpr std::array keys{
    Key{"camera", "source",
        [](Settings& to, const Value& value) { to.camera.source = value.text(); }},
    Key{"camera", "name",
        [](Settings& to, const Value& value) { to.camera.name = value.text_or_none(); }},
    Key{"camera", "exposure_ms",
        [](Settings& to, const Value& value) {
            const auto fixed = value.whole_number_or({"auto"}, 0, 100);
            to.camera.exposure.reset();
            if (fixed) to.camera.exposure = std::chrono::milliseconds(*fixed);
        }},
    Key{"camera", "focus", [](Settings& to, const Value& value) { take_focus(to.camera, value); }},
    Key{"admission", "signature_only",
        [](Settings& to, const Value& value) {
            to.admission.signature_only = signature_only_of(value);
        }},
    Key{"admission", "list_stale_after_minutes",
        [](Settings& to, const Value& value) {
            to.admission.list_stale_after = minutes_of(value);
        }},
    Key{"admission", "list_expires_after_minutes",
        [](Settings& to, const Value& value) {
            to.admission.list_expires_after = minutes_of(value);
        }},
    Key{"storage", "mirror",
        [](Settings& to, const Value& value) { to.storage.mirror = folder_or_none(value); }},
    Key{"storage", "stick",
        [](Settings& to, const Value& value) { to.storage.stick = folder_or_none(value); }},
    Key{"dwell", "admitted_ms",
        [](Settings& to, const Value& value) { to.dwell.admitted = dwell_of(value); }},
    Key{"dwell", "already_in_ms",
        [](Settings& to, const Value& value) { to.dwell.already_in = dwell_of(value); }},
    Key{"dwell", "see_usher_ms",
        [](Settings& to, const Value& value) { to.dwell.see_usher = dwell_of(value); }},
    Key{"dwell", "refused_ms",
        [](Settings& to, const Value& value) { to.dwell.refused = dwell_of(value); }},
    Key{"screen", "theme",
        [](Settings& to, const Value& value) { to.screen.theme = theme_of(value); }},
    Key{"screen", "text_percent",
        [](Settings& to, const Value& value) {
            to.screen.text_percent = value.whole_number(100, 200);
        }},
    Key{"screen", "dark_text",
        [](Settings& to, const Value& value) { to.screen.dark_text = value.yes_or_no(); }},
    Key{"screen", "reduced_motion",
        [](Settings& to, const Value& value) { to.screen.reduced_motion = value.yes_or_no(); }},
    Key{"screen", "dim_after_minutes",
        [](Settings& to, const Value& value) {
            to.screen.dim_after = std::chrono::minutes(value.whole_number(0, 24 * 60));
        }},
    Key{"screen", "more_fonts",
        [](Settings& to, const Value& value) { to.screen.more_fonts = value.texts(); }},
    Key{"sound", "volume_percent",
        [](Settings& to, const Value& value) {
            to.sound.volume_percent = value.whole_number(0, 100);
        }},
    Key{"sound", "sink", [](Settings& to, const Value& value) { to.sound.sink = value.text(); }},
    Key{"sound", "voice",
        [](Settings& to, const Value& value) { to.sound.voice = folder_or_none(value); }},
    Key{"sound", "private",
        [](Settings& to, const Value& value) { to.sound.is_private = value.yes_or_no(); }},
    Key{"window", "width_px",
        [](Settings& to, const Value& value) {
            to.window.width_px = value.whole_number_or_none(320, 16'384);
        }},
    Key{"window", "height_px",
        [](Settings& to, const Value& value) {
            to.window.height_px = value.whole_number_or_none(240, 16'384);
        }},
    Key{"window", "px_per_mm",
        [](Settings& to, const Value& value) {
            to.window.px_per_mm = value.number_or_none(1, 20);
        }},
};

std::string dotted(std::string_view section, std::string_view name) {
    return std::string(section) + '.' + std::string(name);
}

/// "a, b, c" of the distinct words, in the order they come.
std::string list_of(const std::vector<std::string_view>& words) {
    std::string list;
    for (std::size_t index = 0; index < words.size(); ++index) {
        if (index > 0 && words[index] == words[index - 1]) continue;
        list += (list.empty() ? "" : ", ") + std::string(words[index]);
    }
    return list;
}

std::string sections() {
    std::vector<std::string_view> words(keys.size());
    std::transform(keys.begin(), keys.end(), words.begin(),
                   [](const Key& key) { return key.section; });
    return list_of(words);
}

std::string keys_in(std::string_view section) {
    std::vector<std::string_view> words;
    for (const Key& key : keys) {
        if (key.section == section) words.push_back(key.name);
    }
    return list_of(words);
}

/// The settings as they grow from file to file, and where each key was last given.
class Reading {
public:
    void take_file(const toml::table& file) {
        for (const auto& [section, node] : file) take_section(section, node);
    }

    [[nodiscard]] const Settings& finish() const {
        const auto stale = settings_.admission.list_stale_after;
        const auto expires = settings_.admission.list_expires_after;
        if (expires.count() != 0 && expires < stale) {
            throw together("admission", "list_stale_after_minutes", "list_expires_after_minutes",
                           "a list cannot expire before it is stale");
        }
        if (!settings_.camera.name.empty() && settings_.camera.source != "auto") {
            throw together("camera", "source", "name",
                           "the name is of the camera that \"auto\" means");
        }
        if ((settings_.window.width_px == 0) != (settings_.window.height_px == 0)) {
            throw together("window", "width_px", "height_px", "give both, or 0 for both");
        }
        return settings_;
    }

private:
    void take_section(const toml::key& section, const toml::node& node) {
        const std::string known = keys_in(section.str());
        if (known.empty()) {
            throw bad(section.source(), "there is no section [" + std::string(section.str()) +
                                            "]; the sections are " + sections());
        }
        if (!node.is_table()) {
            throw bad(section.source(), std::string(section.str()) + " is a section; write [" +
                                            std::string(section.str()) + "] and below it " + known);
        }
        for (const auto& [name, value] : *node.as_table()) take_key(section.str(), name, value);
    }

    void take_key(std::string_view section, const toml::key& name, const toml::node& value) {
        const auto key = std::find_if(keys.begin(), keys.end(), [&](const Key& known) {
            return known.section == section && known.name == name.str();
        });
        if (key == keys.end()) {
            throw bad(name.source(), "there is no key " + dotted(section, name.str()) + "; [" +
                                         std::string(section) + "] knows " + keys_in(section));
        }
        key->take(settings_, Value(dotted(section, name.str()), value));
        given_at_.insert_or_assign(dotted(section, name.str()), value.source());
    }

    /// Two keys that do not go together; found where the second was given, else the first.
    [[nodiscard]] Fault together(std::string_view section, std::string_view one,
                                 std::string_view other, const std::string& rule) const {
        const auto second = given_at_.find(dotted(section, other));
        const auto given =
            second != given_at_.end() ? second : given_at_.find(dotted(section, one));
        ENSURE(given != given_at_.end());
        return bad(given->second, dotted(section, one) + " and " + dotted(section, other) +
                                      " do not go together: " + rule);
    }

    Settings settings_;
    std::map<std::string, toml::source_region> given_at_;
};

std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(largest_file_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.gcount() > static_cast<std::streamsize>(largest_file_bytes)) {
        throw Fault(ExitCode::bad_settings,
                    file.string() + ": longer than 1 MB; is this the right file?");
    }
    if (!in.eof()) {
        throw Fault(ExitCode::no_input, "Cannot read the settings " + file.string() +
                                            "; is there such a file, and may it be read?");
    }
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

toml::table parse(const fs::path& file) {
    try {
        return toml::parse(read_text(file), file.string());
    } catch (const toml::parse_error& error) {
        throw bad(error.source(), std::string(error.description()));
    }
}

/// Nothing if unset or empty.
std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

}  // namespace

Settings load_settings(const std::vector<fs::path>& files) {
    Reading reading;
    for (const fs::path& file : files) reading.take_file(parse(file));
    return reading.finish();
}

std::vector<std::string> doubts_about(const Settings& settings) {
    const std::string& source = settings.camera.source;
    const bool by_number = source.find("/dev/video") != std::string::npos;
    const bool by_default =
        source.starts_with("v4l2src") && source.find("device") == std::string::npos;
    if (!by_number && !by_default) return {};
    return {
        "camera.source takes a camera by its number, /dev/videoN, which may be another camera's after the "
        "next start; write source = \"auto\", with camera.name where there are several, or a path below "
        "/dev/v4l/by-id or /dev/v4l/by-path"};
}

std::vector<std::string> settings_keys() {
    std::vector<std::string> names(keys.size());
    std::transform(keys.begin(), keys.end(), names.begin(),
                   [](const Key& key) { return dotted(key.section, key.name); });
    return names;
}

std::vector<fs::path> standard_settings_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    if (fs::exists(folder / "kiosk.toml", error)) files.push_back(folder / "kiosk.toml");
    const auto first_part = static_cast<std::ptrdiff_t>(files.size());
    for (fs::directory_iterator part(folder / "conf.d", error), end; !error && part != end;
         part.increment(error)) {
        if (part->path().extension() == ".toml") files.push_back(part->path());
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        throw Fault(ExitCode::no_input, "Cannot read the settings folder " +
                                            (folder / "conf.d").string() + ": " + error.message());
    }
    std::sort(files.begin() + first_part, files.end());
    return files;
}

fs::path standard_state_directory() {
    const std::string from_systemd = environment("STATE_DIRECTORY");
    if (!from_systemd.empty()) return from_systemd.substr(0, from_systemd.find(':'));
    const fs::path xdg = environment("XDG_STATE_HOME");
    if (xdg.is_absolute()) return xdg / "hudoor";
    const fs::path home = environment("HOME");
    if (home.is_absolute()) return home / ".local/state/hudoor";
    throw Fault(ExitCode::usage,
                "Cannot tell where to keep the state: HOME is not set; give --state DIR");
}

}  // namespace hudoor::config
