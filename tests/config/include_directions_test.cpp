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

const Folders organiser_knows{"config", "scanner", "storage", "storage/organiser", "assets"};
const Folders kiosk_knows{"config", "scanner", "storage", "assets", "kiosk"};

/// Every folder in the order of the badge, with its room: a source may include what lies in its own
/// folder or in one before it, of the rooms its own may know. A room that stands itself at the end
/// of its folders holds the units that introduce them to each other.
struct Folder {
    const char* path;
    Folders rooms;
};
const std::vector<Folder> folders{
    {"config", {"config"}},
    {"scanner/camera", {"config", "scanner"}},
    {"scanner/marks", {"config", "scanner"}},
    {"scanner/modules", {"config", "scanner"}},
    {"scanner/codes", {"config", "scanner"}},
    {"scanner/guide", {"config", "scanner"}},
    {"scanner", {"config", "scanner"}},
    {"storage/base", {"config", "storage"}},
    {"storage/badge", {"config", "storage"}},
    {"storage/facts", {"config", "storage"}},
    {"storage/guests", {"config", "storage"}},
    {"storage/decide", {"config", "storage"}},
    {"storage/journal", {"config", "storage"}},
    {"storage/keep", {"config", "storage"}},
    {"storage/bundle", {"config", "storage"}},
    {"storage/names", {"config", "storage"}},
    {"assets", {"config", "assets"}},
    {"storage/organiser/event", organiser_knows},
    {"storage/organiser/merge", organiser_knows},
    {"storage/organiser/badges", organiser_knows},
    {"storage/organiser/sheets", organiser_knows},
    {"storage/organiser/lists", organiser_knows},
    {"storage/organiser/report", organiser_knows},
    {"storage/organiser/people", organiser_knows},
    {"storage/organiser/rehearse", organiser_knows},
    {"storage/organiser/commands", organiser_knows},
    {"storage/organiser", organiser_knows},
    {"kiosk/display", kiosk_knows},
    {"kiosk/sound", kiosk_knows},
    {"kiosk/process", kiosk_knows},
    {"kiosk/tpm", kiosk_knows},
    {"kiosk/enrol", kiosk_knows},
    {"kiosk/desk", kiosk_knows},
    {"kiosk/chores", kiosk_knows},
    {"kiosk/screen", kiosk_knows},
    {"kiosk/screens", kiosk_knows},
    {"kiosk/usher", kiosk_knows},
    {"kiosk/usher/pages", kiosk_knows},
    {"kiosk", kiosk_knows},
    {"tests", {"config", "scanner", "storage", "storage/organiser", "assets", "kiosk", "tests"}},
};

/// Headers that cost seconds to compile, or bring C macros: in .cpp files only.
constexpr std::array cpp_only{
    "nlohmann/json.hpp", "spdlog/",      "toml++/", "gst/",  "pango/",      "cairo",
    "fontconfig/",       "sqlite3",      "sodium",  "tss2/", "ZXing/",      "boost/",
    "unicode/",          "GLFW/",        "GL/",     "EGL/",  "gdk-pixbuf/", "expat.h",
    "kainjow/",          "xlsxwriter.h", "glib",    "zip.h", "uchardet"};

bool starts_with(const std::string& text, const std::string& start) {
    return text.compare(0, start.size(), start) == 0;
}

/// The place of this file's folder in the list; nothing for one that stands in none of them. Tests
/// may have any folders.
std::optional<std::size_t> folder_of(const std::string& path) {
    const std::string parent =
        starts_with(path, "tests/") ? "tests" : fs::path(path).parent_path().string();
    for (std::size_t at = 0; at < folders.size(); ++at)
        if (parent == folders[at].path) return at;
    return std::nullopt;
}

std::string room_of(const std::string& folder) {
    if (starts_with(folder, "storage/organiser")) return "storage/organiser";
    return folder.substr(0, folder.find('/'));
}

/// Why `file` may not include `header`; empty if it may.
std::string offence_of_ours(const std::string& file, const std::string& header) {
    const auto to = folder_of(header);
    if (!to) return "not named from the root of the sources";
    const auto from = folder_of(file);
    if (!from) return "stands in no folder that the rooms have";
    const std::string room = room_of(folders[*to].path);
    if (!folders[*from].rooms.contains(room))
        return std::string(folders[*from].path) + " must not know " + room;
    return *to <= *from ? ""
                        : std::string(folders[*from].path) + " comes before " + folders[*to].path;
}

std::string offence_of_theirs(const fs::path& file, const std::string& header) {
    if (folder_of(header)) return "ours is included with quotes";
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
    for (const char* room : {"config", "scanner", "storage", "assets", "kiosk", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            const auto extension = entry.path().extension();
            if (extension == ".cpp" || extension == ".hpp")
                found.push_back(fs::relative(entry.path(), root).string());
        }
    }
    return found;
}

}  // namespace

TEST_CASE("every include goes the way of the badge") {
    std::string list;
    std::map<std::string, int> read;
    for (const std::string& file : sources()) {
        const std::string text = text_of(fs::path(HUDOOR_SOURCE_DIR) / file);
        REQUIRE_FALSE(text.empty());
        const auto folder = folder_of(file);
        if (!folder)
            list.append(file).append(": stands in no folder that the rooms have\n");
        else
            ++read[folders[*folder].path];
        for (const std::string& offence : offences(file, text)) list.append(offence).append("\n");
    }
    INFO(list);
    CHECK(list.empty());
    for (const Folder& folder : folders) {
        CAPTURE(folder.path);
        CHECK(read[folder.path] >= 1);
    }
}

TEST_CASE("what another folder includes is on the face of its own") {
    std::map<std::string, std::string> faces;  // what each folder's CMakeLists says
    for (const Folder& folder : folders)
        faces[folder.path] = text_of(fs::path(HUDOOR_SOURCE_DIR) / folder.path / "CMakeLists.txt");
    static const std::regex include(R"re(#include "([^"]+)")re");
    for (const std::string& file : sources()) {
        if (starts_with(file, "tests/")) continue;
        const std::string text = text_of(fs::path(HUDOOR_SOURCE_DIR) / file);
        for (std::sregex_iterator at(text.begin(), text.end(), include), end; at != end; ++at) {
            const fs::path header = (*at)[1].str();
            const std::string folder = header.parent_path().string();
            if (folder == fs::path(file).parent_path().string() ||
                folder.find('/') == std::string::npos)
                continue;
            CAPTURE(file, header.string());
            CHECK(faces[folder].find("#   " + header.filename().string() + ": ") !=
                  std::string::npos);
        }
    }
}

TEST_CASE("a folder holds about a dozen units") {
    std::map<std::string, std::set<std::string>> units;
    for (const std::string& file : sources())
        if (!starts_with(file, "tests/"))
            units[fs::path(file).parent_path().string()].insert(fs::path(file).stem().string());
    for (const auto& [folder, names] : units) {
        // Screens, pages and subcommands are one file each, by their kind.
        const bool one_a_kind = folder == "kiosk/screens" || folder == "kiosk/usher/pages" ||
                                folder == "storage/organiser/commands";
        CAPTURE(folder, names.size());
        CHECK(names.size() <= (one_a_kind ? 24 : 15));
    }
}

TEST_CASE("what was looked for is not used unseen: it may be absent") {
    static const std::regex unseen(
        R"(\bfind_[a-z_]+\((?:[^()]|\([^()]*\))*\)->|\*[a-z_.>-]*\bfind_[a-z_]+\()");
    for (const char* bad : {"event.agenda.find_place(kiosk.place)->code",
                            "store.find_person(who.id())->name", "name(*agenda.find_room(id))"})
        CHECK(std::regex_search(bad, unseen));
    for (const std::string& file : sources()) {
        if (starts_with(file, "tests/")) continue;
        std::istringstream lines(text_of(fs::path(HUDOOR_SOURCE_DIR) / file));
        std::string line;
        while (std::getline(lines, line)) {
            CAPTURE(file, line);
            CHECK_FALSE(std::regex_search(line, unseen));
        }
    }
}

TEST_CASE("a wrong include is found") {
    struct Wrong {
        std::string file, line;
    };
    const auto wrong = GENERATE(
        Wrong{"scanner/codes/reader.cpp", "#include \"storage/badge/badge.hpp\""},
        Wrong{"storage/badge/badge.hpp", "#include \"scanner/scan.hpp\""},
        Wrong{"storage/badge/badge.cpp", "#include \"assets/catalogue.hpp\""},
        Wrong{"storage/guests/replica.cpp", "#include \"storage/organiser/event/store.hpp\""},
        Wrong{"storage/organiser/lists/plan.cpp", "#include \"kiosk/desk/desk.hpp\""},
        Wrong{"kiosk/desk/desk.cpp", "#include \"storage/organiser/event/keys.hpp\""},
        Wrong{"storage/facts/chain.cpp", "#include \"storage/journal/journal.hpp\""},
        Wrong{"kiosk/desk/orders.hpp", "#include \"kiosk/usher/panel.hpp\""},
        Wrong{"kiosk/usher/panel.cpp", "#include \"kiosk/app.hpp\""},
        Wrong{"scanner/marks/finders.cpp", "#include \"scanner/scan.hpp\""},
        Wrong{"storage/organiser/event/store.cpp",
              "#include \"storage/organiser/report/report.hpp\""},
        Wrong{"storage/corner/thing.cpp", "#include \"storage/base/bytes.hpp\""},
        Wrong{"kiosk/app.cpp", "#include \"kiosk/corner/thing.hpp\""},
        Wrong{"config/settings.cpp", "#include \"storage/base/bytes.hpp\""},
        Wrong{"assets/icons.cpp", "#include \"kiosk/screen/view.hpp\""},
        Wrong{"kiosk/app.cpp", "#include \"tests/support/manual_clock.hpp\""},
        Wrong{"kiosk/app.cpp", "  #  include \"desk.hpp\"  // beside it"},
        Wrong{"kiosk/app.cpp", "#include \"../storage/badge/badge.hpp\""},
        Wrong{"kiosk/app.cpp", "#include <storage/badge/badge.hpp>"},
        Wrong{"kiosk/app.cpp", "#include <CLI/CLI.hpp>"},
        Wrong{"kiosk/screen/results.hpp", "#include <nlohmann/json.hpp>"},
        Wrong{"scanner/camera/camera.hpp", "#include <gst/gst.h>"},
        Wrong{"storage/base/sqlite.hpp", "#include <sqlite3.h>"},
        Wrong{"assets/text_layout.hpp", "#include <pango/pangocairo.h>"},
        Wrong{"config/settings.hpp", "#include <toml++/toml.h>"});
    CAPTURE(wrong.file, wrong.line);
    CHECK(offences(wrong.file, "#pragma once\n" + wrong.line + "\nint x;\n").size() == 1);

    const std::string real = text_of(fs::path(HUDOOR_SOURCE_DIR) / "storage/badge/badge.cpp");
    CHECK(offences("storage/badge/badge.cpp", real).empty());
}

TEST_CASE("a right include is not complained about") {
    struct Right {
        std::string file, line;
    };
    const auto right = GENERATE(
        Right{"kiosk/desk/desk.cpp", "#include \"storage/decide/admission.hpp\""},
        Right{"kiosk/usher/panel.hpp", "#include \"kiosk/desk/orders.hpp\""},
        Right{"kiosk/app.cpp", "#include \"kiosk/usher/pages/pages.hpp\""},
        Right{"kiosk/main.cpp", "#include <CLI/CLI.hpp>"},
        Right{"kiosk/screen/results.cpp", "#include <nlohmann/json.hpp>"},
        Right{"kiosk/screen/results.hpp", "#include <nlohmann/json_fwd.hpp>"},
        Right{"storage/organiser/lists/plan.cpp", "#include \"scanner/codes/reader.hpp\""},
        Right{"tests/kiosk/desk/desk_test.cpp", "#include \"storage/organiser/event/store.hpp\""},
        Right{"storage/badge/badge.cpp", "// never: #include \"scanner/scan.hpp\""});
    CAPTURE(right.file, right.line);
    CHECK(offences(right.file, right.line + "\n").empty());
}
