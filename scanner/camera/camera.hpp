/// The camera: a GStreamer pipeline from one source string into the newest frame. Comes back by
/// itself when the source fails or stalls. Frames come at the pace of the source: a file that has
/// time stamps plays at its own pace with `identity sync=true` before the decoder, e.g. "filesrc
/// location=feed.avi ! avidemux ! identity sync=true ! jpegdec"; without it, as fast as it can.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "config/pulse.hpp"
#include "scanner/camera/frame.hpp"
#include "scanner/camera/tuning.hpp"

namespace hudoor::scanner {

enum class CameraState {
    opening,  ///< not yet seen a frame since start
    live,
    lost,   ///< no frame for stall_after, an error, or the source went away; being retried
    ended,  ///< the source came to its end and `end_is_final` is on; final
};

/// What `on_news` is called with, at every change of state and of what the camera was told.
struct CameraNews {
    CameraState state{};
    std::string why;                                      ///< for the log; may be empty
    std::optional<std::chrono::microseconds> exposure{};  ///< live only: what it was fixed at
};

struct CameraOptions {
    std::string source = "auto";  ///< see CameraSettings::source; "auto" is looked up at each retry
    std::string name{};           ///< of the camera that "auto" means; see choose_camera()
    TuningOptions tuning{};       ///< of a V4L2 device that offers it
    Sightings* sightings = nullptr;  ///< what the tuning goes by; must outlive the camera
    bool end_is_final = false;       ///< EOS ends (a file feed) instead of retrying
    std::chrono::milliseconds stall_after{1'500};         ///< lost must show within 2 s
    std::chrono::milliseconds first_frame_within{4'000};  ///< a webcam may take seconds to start
    std::chrono::milliseconds retry_first{200};
    std::chrono::milliseconds retry_most{2'000};
};

/// `on_frame` runs on a GStreamer streaming thread, `on_news` on the camera's bus thread; both
/// must return fast. The first state, opening, makes no news.
/// Stopped and joined by the destructor, after which nothing is called any more; frames may outlive
/// it.
class Camera {
public:
    /// Throws Fault(bad_settings) at once if the source string cannot be parsed, Fault(unavailable)
    /// for "auto" with no capture device of that name.
    Camera(CameraOptions options, std::function<void(FramePtr)> on_frame,
           std::function<void(const CameraNews&)> on_news);
    ~Camera();

    /// What the destructor does. False if the driver hangs in opening a device and was left alone
    /// with that: the process must then end without running destructors of statics.
    [[nodiscard]] bool close();

    /// Of the camera's own thread: at work while it tunes or closes a source.
    [[nodiscard]] const Pulse& pulse() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::scanner
