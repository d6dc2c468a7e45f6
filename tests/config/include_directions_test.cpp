// Who may include whom, read from the sources themselves.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"

namespace fs = std::filesystem;

namespace {

using Folders = std::set<std::string>;

/// The rooms, and what the sources of each may include of ours.
const std::map<std::string, Folders> may_include{
    {"config", {"config"}},
    {"scanner", {"config", "scanner"}},
    {"storage", {"config", "storage"}},
    {"assets", {"config", "assets"}},
    {"storage/organiser", {"config", "scanner", "storage", "storage/organiser", "assets"}},
    {"kiosk", {"config", "scanner", "storage", "assets", "kiosk"}},
    {"tests", {"config", "scanner", "storage", "storage/organiser", "assets", "kiosk", "tests"}},
};

/// Headers that cost seconds to compile, or bring C macros: in .cpp files only.
constexpr std::array cpp_only{"nlohmann/json.hpp",
                              "spdlog/",
                              "toml++/",
                              "gst/",
                              "pango/",
                              "cairo",
                              "fontconfig/",
                              "sqlite3",
                              "sodium",
                              "ZXing/",
                              "boost/",
                              "unicode/",
                              "GLFW/",
                              "GL/",
                              "EGL/",
                              "gdk-pixbuf/",
                              "csv.h",
                              "kainjow/",
                              "xlsxwriter.h",
                              "glib"};

bool starts_with(const std::string& text, const std::string& start) {
    return text.compare(0, start.size(), start) == 0;
}

/// The room of "storage/organiser/csv.cpp"; nothing for a path outside every room.
std::optional<std::string> room_of(const std::string& path) {
    if (starts_with(path, "storage/organiser/")) return "storage/organiser";
    const std::string folder = path.substr(0, path.find('/'));
    if (path.find('/') == std::string::npos || !may_include.contains(folder)) return std::nullopt;
    return folder;
}

/// Why `file` may not include `header`; empty if it may.
std::string offence_of_ours(const std::string& file, const std::string& header) {
    const auto to = room_of(header);
    if (!to) return "not named from the root of the sources";
    const std::string from = room_of(file).value();
    return may_include.at(from).contains(*to) ? "" : from + " must not know " + *to;
}

std::string offence_of_theirs(const fs::path& file, const std::string& header) {
    if (room_of(header)) return "ours is included with quotes";
    const bool heavy = std::any_of(cpp_only.begin(), cpp_only.end(),
                                   [&](const char* start) { return starts_with(header, start); });
    if (heavy && file.extension() != ".cpp") return "too heavy for a header";
    if (starts_with(header, "CLI/") && file.filename() != "main.cpp") return "for main.cpp only";
    return "";
}

std::string sentence(const std::string& file, int line, const std::string& header,
                     const std::string& why) {
    return file + ':' + std::to_string(line) + ": " + header + ": " + why;
}

/// One sentence for every include of `text` that `file` may not have.
std::vector<std::string> offences(const std::string& file, const std::string& text) {
    static const std::regex include(R"(\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
    std::vector<std::string> found;
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        std::smatch match;
        if (!std::regex_match(line, match, include)) continue;
        const std::string header = match[2];
        const std::string why =
            match[1] == "\"" ? offence_of_ours(file, header) : offence_of_theirs(file, header);
        if (!why.empty()) found.push_back(sentence(file, number, header, why));
    }
    return found;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Every source and header of ours, from the root.
std::vector<std::string> sources() {
    const fs::path root = HUDOOR_SOURCE_DIR;
    std::vector<std::string> found;
    for (const auto& [room, unused] : may_include) {
        if (room == "storage/organiser") continue;  // found below storage
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            const auto extension = entry.path().extension();
            if (extension == ".cpp" || extension == ".hpp") {
                found.push_back(fs::relative(entry.path(), root).string());
            }
        }
    }
    return found;
}

}  // namespace

TEST_CASE("every include goes the way of the badge") {
    const std::vector<std::string> files = sources();
    std::string list;
    std::map<std::string, int> read;
    for (const std::string& file : files) {
        const std::string text = text_of(fs::path(HUDOOR_SOURCE_DIR) / file);
        REQUIRE_FALSE(text.empty());
        ++read[room_of(file).value()];
        for (const std::string& offence : offences(file, text)) list.append(offence).append("\n");
    }
    INFO(list);
    CHECK(list.empty());
    for (const auto& [room, unused] : may_include) {
        CAPTURE(room);
        CHECK(read[room] >= 5);
    }
}

TEST_CASE("a wrong include is found") {
    struct Wrong {
        std::string file, line;
    };
    const auto wrong =
        GENERATE(Wrong{"scanner/reader.cpp", "#include \"storage/badge.hpp\""},
                 Wrong{"storage/badge.hpp", "#include \"scanner/scan.hpp\""},
                 Wrong{"storage/badge.cpp", "#include \"assets/catalogue.hpp\""},
                 Wrong{"storage/replica.cpp", "#include \"storage/organiser/event_store.hpp\""},
                 Wrong{"storage/organiser/import.cpp", "#include \"kiosk/desk.hpp\""},
                 Wrong{"kiosk/desk.cpp", "#include \"storage/organiser/event_keys.hpp\""},
                 Wrong{"config/settings.cpp", "#include \"storage/bytes.hpp\""},
                 Wrong{"assets/icons.cpp", "#include \"kiosk/view.hpp\""},
                 Wrong{"kiosk/app.cpp", "#include \"tests/support/manual_clock.hpp\""},
                 Wrong{"kiosk/app.cpp", "  #  include \"desk.hpp\"  // beside it"},
                 Wrong{"kiosk/app.cpp", "#include \"../storage/badge.hpp\""},
                 Wrong{"kiosk/app.cpp", "#include <storage/badge.hpp>"},
                 Wrong{"kiosk/app.cpp", "#include <CLI/CLI.hpp>"},
                 Wrong{"kiosk/results.hpp", "#include <nlohmann/json.hpp>"},
                 Wrong{"scanner/camera.hpp", "#include <gst/gst.h>"},
                 Wrong{"storage/sqlite.hpp", "#include <sqlite3.h>"},
                 Wrong{"assets/text_layout.hpp", "#include <pango/pangocairo.h>"},
                 Wrong{"config/settings.hpp", "#include <toml++/toml.h>"});
    CAPTURE(wrong.file, wrong.line);
    CHECK(offences(wrong.file, "#pragma once\n" + wrong.line + "\nint x;\n").size() == 1);

    const std::string real = text_of(fs::path(HUDOOR_SOURCE_DIR) / "storage/badge.cpp");
    CHECK(offences("storage/badge.cpp", real).empty());
}

TEST_CASE("a right include is not complained about") {
    struct Right {
        std::string file, line;
    };
    const auto right = GENERATE(
        Right{"kiosk/desk.cpp", "#include \"storage/admission.hpp\""},
        Right{"kiosk/main.cpp", "#include <CLI/CLI.hpp>"},
        Right{"kiosk/results.cpp", "#include <nlohmann/json.hpp>"},
        Right{"kiosk/results.hpp", "#include <nlohmann/json_fwd.hpp>"},
        Right{"storage/organiser/import.cpp", "#include \"scanner/reader.hpp\""},
        Right{"tests/kiosk/desk/desk_test.cpp", "#include \"storage/organiser/event_store.hpp\""},
        Right{"storage/badge.cpp", "// never: #include \"scanner/scan.hpp\""});
    CAPTURE(right.file, right.line);
    CHECK(offences(right.file, right.line + "\n").empty());
}
