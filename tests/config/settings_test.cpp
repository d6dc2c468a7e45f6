#include "config/settings.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "config/fault.hpp"
#include "tests/support/catch.hpp"

using namespace std::chrono_literals;
using hudoor::ExitCode;
using hudoor::Fault;
using hudoor::config::CameraFocus;
using hudoor::config::doubts_about;
using hudoor::config::load_settings;
using hudoor::config::Settings;
using hudoor::config::settings_keys;
using hudoor::config::SignatureOnly;
using hudoor::config::standard_settings_files;
using hudoor::config::standard_state_directory;
namespace fs = std::filesystem;

namespace {

const fs::path example = fs::path(HUDOOR_SOURCE_DIR) / "config/kiosk.example.toml";

class TestFolder {
public:
    TestFolder()
        : path_(fs::temp_directory_path() / ("hudoor-settings-" + std::to_string(getpid()))) {
        fs::create_directories(path_);
    }
    ~TestFolder() { fs::remove_all(path_); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    /// The file's path, with `text` in it.
    [[nodiscard]] fs::path write(const std::string& name, const std::string& text) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

Settings settings_of(const std::string& text) {
    const TestFolder folder;
    return load_settings({folder.write("kiosk.toml", text)});
}

/// The complaint about `text`, without the folder; empty if there is none.
std::string complaint_about(const std::string& text) {
    const TestFolder folder;
    const fs::path file = folder.write("kiosk.toml", text);
    try {
        static_cast<void>(load_settings({file}));
    } catch (const Fault& fault) {
        const std::string what = fault.what();
        REQUIRE(fault.exit_code() == ExitCode::bad_settings);
        REQUIRE(what.substr(0, folder.path().string().size()) == folder.path().string());
        return what.substr(folder.path().string().size() + 1);
    }
    return "";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

void check_equal(const Settings& one, const Settings& other) {
    CHECK(one.camera.source == other.camera.source);
    CHECK(one.admission.signature_only == other.admission.signature_only);
    CHECK(one.admission.list_stale_after == other.admission.list_stale_after);
    CHECK(one.admission.list_expires_after == other.admission.list_expires_after);
    CHECK(one.dwell.admitted == other.dwell.admitted);
    CHECK(one.dwell.already_in == other.dwell.already_in);
    CHECK(one.dwell.see_usher == other.dwell.see_usher);
    CHECK(one.dwell.refused == other.dwell.refused);
    CHECK(one.screen.theme == other.screen.theme);
    CHECK(one.screen.text_percent == other.screen.text_percent);
    CHECK(one.screen.dark_text == other.screen.dark_text);
    CHECK(one.screen.reduced_motion == other.screen.reduced_motion);
    CHECK(one.screen.dim_after == other.screen.dim_after);
    CHECK(one.screen.more_fonts == other.screen.more_fonts);
    CHECK(one.sound.volume_percent == other.sound.volume_percent);
    CHECK(one.sound.voice == other.sound.voice);
    CHECK(one.sound.is_private == other.sound.is_private);
    CHECK(one.sound.sink == other.sound.sink);
    CHECK(one.window.width_px == other.window.width_px);
    CHECK(one.window.height_px == other.window.height_px);
    CHECK(one.window.px_per_mm == other.window.px_per_mm);
}

/// An environment variable for the length of a test; nothing takes it away.
class Variable {
public:
    Variable(const char* name, const std::optional<std::string>& value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        set(value);
    }
    ~Variable() { set(before_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    void set(const std::optional<std::string>& value) {
        if (value) {
            setenv(name_, value->c_str(), 1);
        } else {
            unsetenv(name_);
        }
    }

    const char* name_;
    std::optional<std::string> before_;
};

}  // namespace

TEST_CASE("no file and an empty file are the defaults") {
    check_equal(load_settings({}), Settings{});
    check_equal(settings_of(""), Settings{});
}

TEST_CASE("the example file is the defaults") { check_equal(load_settings({example}), Settings{}); }

TEST_CASE("the example file gives every key there is, below words of its own") {
    const std::string text = text_of(example);
    std::string section;
    std::vector<std::string> given;
    bool explained = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        if (line.empty() || line[0] == '#') {
            explained = explained || !line.empty();
        } else if (line[0] == '[') {
            section = line.substr(1, line.find(']') - 1);
            explained = false;
        } else {
            given.push_back(section + "." + line.substr(0, line.find(' ')));
            CAPTURE(given.back());
            CHECK(explained);
        }
    }
    CHECK(given == settings_keys());
}

TEST_CASE("every key is taken over") {
    const Settings settings = settings_of(R"(
[camera]
source = "videotestsrc"
exposure_ms = 8
focus = 60
[admission]
signature_only = "see_usher"
list_stale_after_minutes = 10
list_expires_after_minutes = 20
[dwell]
admitted_ms = 1001
already_in_ms = 1002
see_usher_ms = 1003
refused_ms = 1004
[screen]
theme = "high-contrast"
text_percent = 125
dark_text = true
reduced_motion = true
dim_after_minutes = 0
more_fonts = ["Noto Sans Thai", "Noto Sans CJK JP"]
[sound]
volume_percent = 0
sink = "fakesink"
voice = "/srv/voice"
private = true
[window]
width_px = 800
height_px = 600
px_per_mm = 2.5
)");
    CHECK(settings.camera.source == "videotestsrc");
    CHECK(settings.camera.exposure == 8ms);
    CHECK(settings.camera.focus == CameraFocus::fixed);
    CHECK(settings.camera.focus_at == 60);
    CHECK(settings.admission.signature_only == SignatureOnly::see_usher);
    CHECK(settings.admission.list_stale_after == 10min);
    CHECK(settings.admission.list_expires_after == 20min);
    CHECK(settings.dwell.admitted == 1001ms);
    CHECK(settings.dwell.already_in == 1002ms);
    CHECK(settings.dwell.see_usher == 1003ms);
    CHECK(settings.dwell.refused == 1004ms);
    CHECK(settings.screen.theme == hudoor::config::ScreenTheme::high_contrast);
    CHECK(settings.screen.text_percent == 125);
    CHECK(settings.screen.dark_text);
    CHECK(settings.screen.reduced_motion);
    CHECK(settings.screen.dim_after == 0min);
    CHECK(settings.screen.more_fonts ==
          std::vector<std::string>{"Noto Sans Thai", "Noto Sans CJK JP"});
    CHECK(settings.sound.voice == "/srv/voice");
    CHECK(settings.sound.is_private);
    CHECK(settings.sound.volume_percent == 0);
    CHECK(settings.sound.sink == "fakesink");
    CHECK(settings.window.width_px == 800);
    CHECK(settings.window.height_px == 600);
    CHECK(settings.window.px_per_mm == 2.5);
}

TEST_CASE("a later file wins key by key") {
    const TestFolder folder;
    const Settings settings =
        load_settings({folder.write("a.toml", "[sound]\nvolume_percent = 10\nsink = \"a\"\n"),
                       folder.write("b.toml", "[sound]\nvolume_percent = 20\n")});
    CHECK(settings.sound.volume_percent == 20);
    CHECK(settings.sound.sink == "a");
}

TEST_CASE("unknown words are refused at their place, with the known ones") {
    CHECK(
        complaint_about("\n[sound]\n  volum = 3\n") ==
        "kiosk.toml:3:3: there is no key sound.volum; [sound] knows volume_percent, sink, voice, private");
    CHECK(
        complaint_about("[sond]\nsink = \"a\"\n") ==
        "kiosk.toml:1:2: there is no section [sond]; the sections are camera, admission, storage, dwell, "
        "screen, sound, window");
    CHECK(complaint_about("volume_percent = 3\n").substr(0, 32) ==
          "kiosk.toml:1:1: there is no sect");
    CHECK(
        complaint_about("camera = \"auto\"\n") ==
        "kiosk.toml:1:1: camera is a section; write [camera] and below it source, name, exposure_ms, "
        "focus");
    CHECK(contains(complaint_about("[[camera]]\nsource = \"auto\"\n"), "camera is a section"));
}

TEST_CASE("a wrong type is refused at its place, with what to write") {
    CHECK(complaint_about("[sound]\nvolume_percent = \"70\"\n") ==
          "kiosk.toml:2:18: sound.volume_percent is not right; write a whole number from 0 to 100");
    CHECK(complaint_about("[camera]\nsource = 0\n") ==
          "kiosk.toml:2:10: camera.source is not right; write a text in quotes");
    const std::string line = GENERATE(
        "[sound]\nvolume_percent = 70.5", "[sound]\nvolume_percent = true",
        "[sound]\nsink = [\"a\"]", "[camera]\nsource = {}", "[camera]\nsource = 2026-12-04",
        "[window]\npx_per_mm = \"4\"", "[window]\npx_per_mm = false",
        "[admission]\nsignature_only = true", "[dwell]\nrefused_ms = 5e3");
    CAPTURE(line);
    CHECK(complaint_about(line).substr(0, 13) == "kiosk.toml:2:");
    CHECK(contains(complaint_about(line), "is not right; write "));
}

TEST_CASE("a value out of range is refused at its place, the bounds themselves are right") {
    struct Range {
        std::string section, key, below, least, most, above;
    };
    const auto range =
        GENERATE(Range{"sound", "volume_percent", "-1", "0", "100", "101"},
                 Range{"camera", "exposure_ms", "-1", "0", "100", "101"},
                 Range{"camera", "focus", "-1", "0", "65535", "65536"},
                 Range{"dwell", "admitted_ms", "499", "500", "60000", "60001"},
                 Range{"admission", "list_expires_after_minutes", "-1", "0", "86400", "86401"},
                 Range{"admission", "list_stale_after_minutes", "-1", "0", "86400", "86401"},
                 Range{"window", "px_per_mm", "0.99", "1", "20.0", "20.1"},
                 Range{"window", "px_per_mm", "nan", "0", "0.0", "inf"},
                 Range{"sound", "volume_percent", "-9223372036854775808", "0", "100",
                       "9223372036854775807"});
    const auto line = [&range](const std::string& value) {
        return "[" + range.section + "]\n" + range.key + " = " + value + "\n";
    };
    CAPTURE(range.key);
    CHECK(complaint_about(line(range.least)).empty());
    CHECK(complaint_about(line(range.most)).empty());
    for (const std::string& value : {range.below, range.above}) {
        CHECK(contains(complaint_about(line(value)),
                       range.section + "." + range.key + " is not right"));
        CHECK(complaint_about(line(value)).substr(0, 13) == "kiosk.toml:2:");
    }
}

TEST_CASE("what the screen shall be is said in its own words") {
    CHECK(
        contains(complaint_about("[screen]\ntheme = \"dark\""), "\"light\" or \"high-contrast\""));
    CHECK(contains(complaint_about("[screen]\ntext_percent = 210"), "from 100 to 200"));
    CHECK(contains(complaint_about("[screen]\ndark_text = 1"), "true or false"));
    CHECK(contains(complaint_about("[screen]\nmore_fonts = \"Noto\""), "a list of texts"));
    CHECK(contains(complaint_about("[screen]\nmore_fonts = [\"\"]"), "a text in quotes"));
    CHECK(contains(complaint_about("[sound]\nvoice = \"voice\""), "a folder from the root on"));
    CHECK(settings_of("[screen]\nmore_fonts = []").screen.more_fonts.empty());
}

TEST_CASE("a camera is named, left alone, told numbers, or told what is needed") {
    const Settings by_itself = settings_of("");
    CHECK(by_itself.camera.name.empty());
    CHECK(by_itself.camera.exposure == 0ms);
    CHECK(by_itself.camera.focus == CameraFocus::free);
    const Settings told =
        settings_of("[camera]\nname = \"C920\"\nexposure_ms = \"auto\"\nfocus = \"auto\"\n");
    CHECK(told.camera.name == "C920");
    CHECK_FALSE(told.camera.exposure);
    CHECK(told.camera.focus == CameraFocus::as_needed);
    CHECK(settings_of("[camera]\nfocus = \"free\"\n").camera.focus == CameraFocus::free);
    CHECK(
        complaint_about("[camera]\nexposure_ms = \"long\"\n") ==
        "kiosk.toml:2:15: camera.exposure_ms is not right; write \"auto\", or a whole number from 0 to 100");
    CHECK(
        complaint_about("[camera]\nfocus = 1.5\n") ==
        "kiosk.toml:2:9: camera.focus is not right; write \"free\", \"auto\", or a whole number from 0 to 65535");
    CHECK(contains(complaint_about("[camera]\nsource = \"videotestsrc\"\nname = \"C920\"\n"),
                   "kiosk.toml:3:8: camera.source and camera.name do not go together"));
}

TEST_CASE("a source by a number that another camera may have tomorrow is doubted") {
    const auto doubts = [](const std::string& source) {
        return doubts_about(settings_of("[camera]\nsource = '" + source + "'\n"));
    };
    for (const char* source : {"v4l2src device=/dev/video0 ! jpegdec", "v4l2src ! jpegdec",
                               "v4l2src device=\"/dev/video12\""})
        CHECK(contains(doubts(source).at(0), "camera.name"));
    for (const char* source : {"auto", "v4l2src device=/dev/v4l/by-id/usb-046d_C920-video-index0",
                               "v4l2src device=/dev/hudoor/camera ! jpegdec", "videotestsrc"})
        CHECK(doubts(source).empty());
}

TEST_CASE("words that mean nothing are refused") {
    CHECK(contains(complaint_about("[admission]\nsignature_only = \"maybe\"\n"),
                   "\"admit\" or \"see_usher\""));
    CHECK(contains(complaint_about("[camera]\nsource = \"\"\n"), "a text in quotes"));
    CHECK(contains(complaint_about("[camera]\nsource = \"a\\u0000b\"\n"), "a text in quotes"));
}

TEST_CASE("values that do not go together are refused where the second stands") {
    CHECK(complaint_about("[window]\nwidth_px = 800\n") ==
          "kiosk.toml:2:12: window.width_px and window.height_px do not go together: give both, or "
          "0 for both");
    CHECK(contains(complaint_about("[window]\nwidth_px = 800\nheight_px = 0\n"),
                   "kiosk.toml:3:13: "));
    const auto limits = [](const std::string& stale, const std::string& expires) {
        return complaint_about("[admission]\nlist_stale_after_minutes = " + stale +
                               "\nlist_expires_after_minutes = " + expires + "\n");
    };
    CHECK(contains(limits("240", "239"), "a list cannot expire before it is stale"));
    CHECK(limits("240", "240").empty());
    CHECK(limits("240", "0").empty());  // 0 is no age
    CHECK(limits("0", "1").empty());
}

TEST_CASE("broken TOML is refused at its place") {
    CHECK(complaint_about("[sound]\nsink = \n").substr(0, 13) == "kiosk.toml:2:");
    CHECK(complaint_about("[sound]\nsink = \"a\"\nsink = \"b\"\n").substr(0, 13) ==
          "kiosk.toml:3:");
    CHECK(complaint_about("[camera]\nsource = \"\xff\xfe\"\n").substr(0, 13) == "kiosk.toml:2:");
    CHECK_FALSE(complaint_about(std::string("\0\1\2", 3)).empty());
    CHECK_FALSE(complaint_about("[camera]\nsource = " + std::string(100'000, '[')).empty());
    CHECK(contains(complaint_about(std::string(1'000'001, '#')), "longer than 1 MB"));
}

TEST_CASE("a file that is not there is no input") {
    const TestFolder folder;
    for (const fs::path& file : {folder.path() / "none.toml", folder.path()}) {
        try {
            static_cast<void>(load_settings({file}));
            FAIL("it was read");
        } catch (const Fault& fault) {
            CHECK(fault.exit_code() == ExitCode::no_input);
            CHECK(contains(fault.what(), file.string()));
        }
    }
}

TEST_CASE("the standard files are those that exist, parts by name") {
    const TestFolder folder;
    CHECK(standard_settings_files(folder.path()).empty());

    const fs::path late = folder.write("conf.d/20-late.toml", "");
    const fs::path early = folder.write("conf.d/10-early.toml", "");
    static_cast<void>(folder.write("conf.d/notes.txt", ""));
    CHECK(standard_settings_files(folder.path()) == std::vector{early, late});

    const fs::path first = folder.write("kiosk.toml", "");
    CHECK(standard_settings_files(folder.path()) == std::vector{first, early, late});
}

TEST_CASE("the state stands where systemd says, else where the user's state stands") {
    const Variable home("HOME", "/home/usher");
    {
        const Variable systemd("STATE_DIRECTORY", "/var/lib/hudoor:/var/lib/other");
        const Variable xdg("XDG_STATE_HOME", "/xdg");
        CHECK(standard_state_directory() == "/var/lib/hudoor");
    }
    const Variable systemd("STATE_DIRECTORY", std::nullopt);
    {
        const Variable xdg("XDG_STATE_HOME", "/xdg");
        CHECK(standard_state_directory() == "/xdg/hudoor");
    }
    {
        const Variable xdg("XDG_STATE_HOME", "relative");
        CHECK(standard_state_directory() == "/home/usher/.local/state/hudoor");
    }
    const Variable xdg("XDG_STATE_HOME", std::nullopt);
    CHECK(standard_state_directory() == "/home/usher/.local/state/hudoor");
    const Variable nobody("HOME", std::nullopt);
    CHECK_THROWS_AS(standard_state_directory(), Fault);
}
