/// The kiosk's settings: everything `kiosk.toml` may set, with its defaults.
/// Every key is documented in config/kiosk.example.toml.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hudoor::config {

/// Left to the camera, held where a badge was read, or fixed.
enum class CameraFocus { free, as_needed, fixed };

struct CameraSettings {
    /// "auto" (the first V4L2 capture device by id) or a GStreamer source, e.g.
    /// "filesrc location=feed.mjpeg ! multipartdemux ! jpegdec". Ends before any appsink.
    std::string source = "auto";
    /// A part of what the camera that "auto" means is called: below /dev/v4l, or by its driver;
    /// empty: the first.
    std::string name{};
    /// Fixed, of a V4L2 camera that offers it; 0: the camera is left alone; nothing: as is needed.
    std::optional<std::chrono::milliseconds> exposure{0};
    CameraFocus focus = CameraFocus::free;
    int focus_at = 0;  ///< where it is fixed, in the camera's own steps
};

/// What a kiosk without a guest list does with a badge whose signature is good.
enum class SignatureOnly { admit, see_usher };

struct AdmissionSettings {
    SignatureOnly signature_only = SignatureOnly::admit;
    std::chrono::minutes list_stale_after{0};    ///< 0: only once a newer one is known
    std::chrono::minutes list_expires_after{0};  ///< 0: with the end of the event
};

struct StorageSettings {
    /// A folder on another device than the state, where every fact is kept a second time; empty:
    /// none.
    std::filesystem::path mirror;
    /// Where a USB stick appears; one that cannot be written to is none.
    std::filesystem::path stick = "/run/hudoor/stick";
};

struct DwellSettings {
    std::chrono::milliseconds admitted{2'000};
    std::chrono::milliseconds already_in{3'000};
    std::chrono::milliseconds see_usher{5'000};
    std::chrono::milliseconds refused{5'000};
};

enum class ScreenTheme { light, high_contrast };

/// What delegates see; their own choices last 30 s and then these hold again.
struct ScreenSettings {
    ScreenTheme theme = ScreenTheme::light;
    int text_percent = 100;              ///< 100 to 200
    bool dark_text = false;              ///< a welcome in black on light green
    bool reduced_motion = false;         ///< fades only
    std::chrono::minutes dim_after{10};  ///< without anybody in view; 0: never
    std::vector<std::string> more_fonts{
        "Noto Sans CJK SC"};  ///< families for signs Noto Sans lacks, in order
};

struct SoundSettings {
    int volume_percent = 70;             ///< 0 is silent
    std::string sink = "autoaudiosink";  ///< GStreamer sink; tests use "wavenc ! filesink ..."
    std::filesystem::path
        voice{};  ///< folder of recorded words, NAME.ar.EXT and NAME.en.EXT; empty: none
    bool is_private = false;  ///< one person hears (headphones): everything is said
};

struct WindowSettings {
    int width_px = 0;  ///< 0 with height 0: full screen on the primary monitor
    int height_px = 0;
    double px_per_mm = 0;  ///< 0: from the monitor's size, 4.03 if that is implausible
};

struct Settings {
    CameraSettings camera;
    AdmissionSettings admission;
    StorageSettings storage;
    DwellSettings dwell;
    ScreenSettings screen;
    SoundSettings sound;
    WindowSettings window;
};

/// Reads the files in order, later ones override earlier ones; a file that is not there is an
/// error. Throws Fault(bad_settings) as file:line:column for unknown keys, wrong types and values
/// out of range, Fault(no_input) for a file that cannot be read.
[[nodiscard]] Settings load_settings(const std::vector<std::filesystem::path>& files);

/// What is right as it stands and may still go wrong, each in a sentence.
[[nodiscard]] std::vector<std::string> doubts_about(const Settings& settings);

/// Every key as "section.name", in the order of the example file.
[[nodiscard]] std::vector<std::string> settings_keys();

/// kiosk.toml and conf.d/*.toml in name order, those that exist. Throws Fault(no_input) for a
/// conf.d that cannot be listed.
[[nodiscard]] std::vector<std::filesystem::path> standard_settings_files(
    const std::filesystem::path& folder = "/etc/hudoor");

/// $STATE_DIRECTORY, else $XDG_STATE_HOME/hudoor, else ~/.local/state/hudoor. Throws Fault(usage)
/// without a home.
[[nodiscard]] std::filesystem::path standard_state_directory();

}  // namespace hudoor::config
