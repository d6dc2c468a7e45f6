/// The scan thread: from the newest frame (or a hand scanner's text) to one ScannedCode per
/// showing. Motion gate, reader, choice between several codes, repeat gate. Knows no database.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "config/clock.hpp"
#include "config/pulse.hpp"
#include "scanner/camera/frame.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/guide/hints.hpp"

namespace hudoor::scanner {

enum class ScanSource { camera, hand_scanner };

/// One showing of one code that may be a badge.
struct ScannedCode {
    std::string text;
    ScanSource source = ScanSource::camera;
    MonotonicTime entered;                        ///< of the frame, or of the last key
    std::optional<std::array<Point, 4>> corners;  ///< frame pixels; camera only
    std::uint64_t frame = 0;                      ///< Frame::number; camera only
    bool again = false;                           ///< it was in view or typed less than 10 s before
};

/// The badge that was said with this frame is still in view; every 0.4 s.
struct StillHeld {
    std::uint64_t frame = 0;  ///< ScannedCode::frame

    bool operator==(const StillHeld&) const = default;
};

using ScanEvent = std::variant<ScannedCode, StillHeld, Hint>;

struct ScanOptions {
    /// Whether a text may be a badge of this event; others make the hint other_code once a showing.
    /// Called on the scan thread; must not throw.
    std::function<bool(std::string_view)> is_badge;
    std::chrono::milliseconds preview_moving{66};  ///< between previews while something moves
    std::chrono::milliseconds preview_still{200};
};

/// Callbacks run on the scan thread and must return fast (put into a mailbox).
class Scan {
public:
    Scan(ScanOptions options, const Clock& clock, std::function<void(ScanEvent)> on_event,
         std::function<void(Preview)> on_preview);
    ~Scan();

    /// Thread-safe; from the next frame and text on, ScanOptions::is_badge.
    void put_is_badge(std::function<bool(std::string_view)> is_badge);
    /// Thread-safe; a frame not yet looked at is replaced.
    void put_frame(FramePtr frame);
    /// Thread-safe; a complete text of a hand scanner, at `entered`.
    void put_text(std::string text, MonotonicTime entered);
    /// Thread-safe; nothing was decided by this code: a badge in view is said again by the next
    /// frame.
    void put_again(std::string text);
    /// Thread-safe; returns once every frame and text put before has been handled (end of a file
    /// feed).
    void drain();
    /// Of the scan thread.
    [[nodiscard]] const Pulse& pulse() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::scanner
