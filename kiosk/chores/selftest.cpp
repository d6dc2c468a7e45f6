#include "kiosk/chores/selftest.hpp"

#include <gst/gst.h>
#include <linux/v4l2-controls.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string_view>
#include <vector>

#include "assets/catalogue.hpp"
#include "assets/text_layout.hpp"
#include "config/fault.hpp"
#include "kiosk/display/painter.hpp"
#include "kiosk/display/window.hpp"
#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/process/process.hpp"
#include "scanner/camera/controls.hpp"
#include "scanner/camera/device.hpp"
#include "scanner/camera/pipeline.hpp"
#include "scanner/codes/reader.hpp"
#include "storage/base/files.hpp"
#include "storage/guests/replica.hpp"
#include "storage/journal/aside.hpp"
#include "storage/journal/journal.hpp"
#include "storage/keep/pair.hpp"

namespace hudoor::kiosk {

namespace {

namespace fs = std::filesystem;

/// "HUDOOR SELFTEST" as a QR code, drawn here so that reading it proves the reader alone.
constexpr std::string_view code_text = "HUDOOR SELFTEST";
constexpr std::array<std::string_view, 21> code_modules{
    "#######.#####.#######", "#.....#.#.#.#.#.....#", "#.###.#.#.....#.###.#",
    "#.###.#.####..#.###.#", "#.###.#.....#.#.###.#", "#.....#.##.#..#.....#",
    "#######.#.#.#.#######", ".........####........", "##..###..#.#...#.####",
    "#..##....#####.#.##..", ".#..###.##.#....##..#", "#.##....###.......##.",
    "...#..##.##.###.#.###", "........#.#.##....#..", "#######..##.#.##..#.#",
    "#.....#.#.####.#.#.##", "#.###.#.#.##.##..##.#", "#.###.#..#..##...####",
    "#.###.#..#.#.#.#.#...", "#.....#.#..#.##...#.#", "#######.##..#.#..#.##",
};

void require(bool holds, ExitCode otherwise, const std::string& what) {
    if (!holds) throw Fault(otherwise, what);
}

bool is_ours(const fs::path& folder) {
    struct stat status {};
    return ::stat(folder.c_str(), &status) == 0 && status.st_uid == ::geteuid() &&
           ::access(folder.c_str(), R_OK | W_OK | X_OK) == 0;
}

// Each check says what it found, or throws a Fault that says what is wrong.

std::string check_words(const fs::path& assets) {
    const assets::Catalogue words(assets);
    const auto missing = assets::TextLayout().fonts_missing(words);
    require(missing.empty(), ExitCode::unavailable, missing.empty() ? "" : missing.front());
    return std::to_string(words.words(assets::Language::ar).size()) +
           " in Arabic and English, a letter for every sign, in " + assets.string();
}

std::string check_picture(const fs::path& assets) {
    constexpr std::array<std::uint8_t, 3> wanted{0x12, 0x98, 0xe0};
    const auto window = open_headless({.width_px = 320, .height_px = 240, .px_per_mm = 0});
    Painter painter(assets, *window);
    window->begin_frame(0);
    painter.begin();
    painter.block("selftest", painter.whole_window(), 0, 0x1298e0);
    painter.end();
    window->end_frame({});
    const Picture picture = window->read_picture();
    const auto centre = picture.rgb.begin() + (120 * 320 + 160) * 3;
    require(std::equal(wanted.begin(), wanted.end(), centre), ExitCode::unavailable,
            "OpenGL draws another colour than it was told");
    return "drawn off-screen by OpenGL and read back";
}

/// The code in the middle of a white picture, read.
bool read_test_code() {
    constexpr int width = 640;
    constexpr int height = 480;
    constexpr int module_px = 8;
    std::vector<std::uint8_t> pixels(std::size_t{width} * height, 255);
    for (int y = 0; y < 21 * module_px; ++y) {
        const std::string_view row = code_modules[static_cast<std::size_t>(y / module_px)];
        for (int x = 0; x < 21 * module_px; ++x)
            if (row[static_cast<std::size_t>(x / module_px)] == '#')
                pixels[static_cast<std::size_t>((y + 150) * width + x + 230)] = 0;
    }
    const auto codes = scanner::Reader().read({pixels.data(), width, height, width});
    return codes.size() == 1 && codes.front().text == code_text;
}

std::string check_reader() {
    require(read_test_code(), ExitCode::unavailable, "the reader does not read a clear QR code");
    return "a QR code is read";
}

/// The parts of this pipeline exist and fit together; nothing is opened.
void check_pipeline(const std::string& text) {
    gst_init(nullptr, nullptr);
    GError* error = nullptr;
    GstElement* pipeline =
        gst_parse_launch_full(text.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error);
    const std::string why = error != nullptr ? error->message : "";
    g_clear_error(&error);
    if (pipeline != nullptr) gst_object_unref(gst_object_ref_sink(pipeline));
    require(pipeline != nullptr && why.empty(), ExitCode::unavailable, text + ": " + why);
}

std::string check_sound(const config::SoundSettings& settings) {
    check_pipeline("appsrc ! audioconvert ! audioresample ! volume ! " + settings.sink);
    return "can be made for " + settings.sink;
}

/// What may be set, and how many others there are to be mistaken for it.
std::string describe_camera(const scanner::CameraDevice& camera, std::size_t cameras) {
    const scanner::DeviceControls controls(camera.path);
    const auto can = [&controls](std::uint32_t control) {
        return controls.range(control) ? " can be fixed" : " cannot be fixed";
    };
    return camera.path + " (" + camera.says.card + "), " +
           (cameras == 1 ? "the only one" : "one of " + std::to_string(cameras)) +
           "; its exposure" + can(V4L2_CID_EXPOSURE_ABSOLUTE) + ", its focus" +
           can(V4L2_CID_FOCUS_ABSOLUTE);
}

std::string check_camera(const config::CameraSettings& settings) {
    const auto check = [](const std::string& source) {
        const scanner::Pipeline pipeline(source, 1, [](const scanner::FramePtr&) {});
    };
    if (settings.source != "auto") {
        check(settings.source);
        return "everything is there for " + settings.source;
    }
    const auto cameras = scanner::list_cameras();
    if (cameras.empty() && settings.name.empty()) {
        check("v4l2src ! image/jpeg ! jpegdec");
        return "everything is there, but no camera is plugged in";
    }
    const auto camera = scanner::choose_camera(cameras, settings.name);
    check(scanner::source_of(camera));
    return describe_camera(camera, cameras.size());
}

std::string check_records(const fs::path& parent) {
    const storage::TemporaryFolder folder(parent);
    const auto key = storage::SigningKey::generate();
    const storage::JournalOptions options{
        .directory = folder.path(), .kiosk = storage::KioskId{1}, .kiosk_key = key.verify_key()};
    const SystemClock clock;
    storage::Chain chain({.kiosk = options.kiosk, .signing_key = &key}, clock, {});
    storage::Fact hello;
    hello.kind = storage::FactKind::hello;
    const std::array facts{chain.append(hello)};
    storage::Journal(options).append(facts);
    const storage::Journal reopened(options);
    require(reopened.head() && reopened.head()->hash == facts.front().hash, ExitCode::io,
            "A record written in " + folder.path().string() + " did not come back");
    return "one was written in " + parent.string() + ", synced and read back";
}

std::string check_own_records(const fs::path& state, const storage::Identity& identity) {
    if (!fs::exists(state / "journal.lock")) return "none yet";
    try {
        const storage::Journal journal(
            {.directory = state, .kiosk = identity.kiosk, .kiosk_key = identity.kiosk_key});
        std::size_t count = 0;
        journal.visit_facts([&count](const storage::StoredFact&) { ++count; });
        return std::to_string(count) + ", whole and unaltered";
    } catch (const Fault& fault) {
        if (fault.exit_code() != ExitCode::unavailable) throw;
        return "not looked at: the kiosk is running";
    }
}

/// Runs the checks, prints a line each, keeps the first failure.
class Report {
public:
    template <typename Check>
    void check(const std::string& part, const Check& check) {
        try {
            line("ok", part, check());
        } catch (const Fault& fault) {
            fail(part, fault.what(), fault.exit_code());
        } catch (const std::exception& error) {
            fail(part, error.what(), ExitCode::io);
        }
    }
    static void line(const char* result, const std::string& part, const std::string& what) {
        std::printf("%-5s %s: %s\n", result, part.c_str(), what.c_str());
    }
    [[nodiscard]] ExitCode result() const { return result_; }

private:
    void fail(const std::string& part, const std::string& what, ExitCode exit_code) {
        line("FAIL", part, what);
        if (result_ == ExitCode::done) result_ = exit_code;
    }
    ExitCode result_ = ExitCode::done;
};

bool has_swap() {
    std::ifstream areas("/proc/swaps");
    std::string line;
    std::getline(areas, line);  // the header
    return static_cast<bool>(std::getline(areas, line));
}

/// Names on a disk that nobody wipes, if the memory of a kiosk may be swapped out.
void check_memory() {
    const bool locked = lock_memory();
    Report::line(locked || !has_swap() ? "ok" : "--", "memory",
                 locked        ? "locked, none of it can be swapped out"
                 : !has_swap() ? "there is no swap area"
                               : "there is a swap area, and this user may not lock all memory; the"
                                 " service hudoor-kiosk may");
}

std::string check_mirror(const storage::JournalPairOptions& options) {
    const auto obstacle = storage::find_obstacle_to_mirror(options);
    require(!obstacle, ExitCode::bad_settings, obstacle.value_or(""));
    return "there, on another device: " + options.mirror.string();
}

void check_enrolment(Report& report, const fs::path& state, const fs::path& mirror) {
    std::optional<Enrolment> enrolment;
    report.check("enrolment", [&] {
        enrolment = load_enrolment(state);
        return "the kiosk " + enrolment->identity.kiosk_name + " of " +
               enrolment->identity.event_name.en;
    });
    if (!enrolment) return;
    report.check("key and guest list", [&] {
        if (enrolment->digit_lock && enrolment->snapshot)
            return std::string("sealed until a supervisor types the passphrase at the start");
        require(enrolment->trouble.empty(), ExitCode::no_input, enrolment->trouble);
        const auto replica = storage::Replica::open_snapshot(
            *enrolment->snapshot, enrolment->identity.event, enrolment->identity.organiser,
            enrolment->secrets->opening);
        return std::to_string(replica.header().registrations) + " registrations, revision " +
               std::to_string(replica.revision());
    });
    report.check("own records", [&] { return check_own_records(state, enrolment->identity); });
    for (const fs::path& beside : {state, mirror})
        for (const fs::path& folder : storage::folders_aside(beside))
            Report::line("--", "put aside",
                         folder.string() +
                             ": damaged records; what can be proved of them goes along with every"
                             " export. Keep the folder until the organisers have it");
    if (!mirror.empty())
        report.check("mirror", [&] {
            return check_mirror({.journal = {.directory = state,
                                             .kiosk = enrolment->identity.kiosk,
                                             .kiosk_key = enrolment->identity.kiosk_key},
                                 .mirror = mirror});
        });
}

}  // namespace

bool reads_test_code() { return read_test_code(); }

ExitCode run_selftest(const SelftestOptions& options) {
    Report report;
    config::Settings settings;
    report.check("settings", [&] {
        settings = options.settings();
        return std::string("right");
    });
    report.check("words", [&] { return check_words(options.assets); });
    report.check("picture", [&] { return check_picture(options.assets); });
    report.check("reader", check_reader);
    report.check("sound", [&] { return check_sound(settings.sound); });
    report.check("camera", [&] { return check_camera(settings.camera); });
    check_memory();
    const bool state_is_ours = is_ours(options.state);
    report.check("records", [&] {
        return check_records(state_is_ours ? options.state : fs::temp_directory_path());
    });
    if (state_is_ours && is_enrolled(options.state))
        check_enrolment(report, options.state, settings.storage.mirror);
    else
        Report::line("--", "enrolment",
                     state_is_ours || !fs::exists(options.state)
                         ? "none in " + options.state.string()
                         : options.state.string() + " is another user's; not looked at");
    return report.result();
}

}  // namespace hudoor::kiosk
