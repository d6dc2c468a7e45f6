/// The surface the kiosk draws on: a GLFW window or, with --headless, an off-screen framebuffer
/// (EGL surfaceless). Owns the GL context and the ImGui context. UI thread only, except wake().
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/clock.hpp"

namespace hudoor::kiosk {

/// A key as it went down; `key` and `mods` are GLFW numbers. Taken from GLFW's own callback because
/// ImGui loses keys pressed and released between two frames.
struct KeyPress {
    int key = 0;
    int mods = 0;
    MonotonicTime at;
    char32_t letter = 0;  ///< what it types under the keyboard's layout; 0: nothing
};

/// RGB rows, top first, 3 bytes a pixel.
struct Picture {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> rgb;
};

/// A part of a picture; pixels from its top left.
struct Region {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

/// Throws Fault(cannot_create or io).
void write_png(const Picture& picture, const std::filesystem::path& file);

struct WindowOptions {
    int width_px = 0;  ///< 0 with height 0: full screen
    int height_px = 0;
    double px_per_mm = 0;  ///< 0: from the monitor, 4.03 if implausible; a window that does not
                           ///< fill it is taken for a small picture of the designed panel
};

/// The panel the screens were designed for, in millimetres; portrait stands on its short side.
inline constexpr double panel_long = 476;
inline constexpr double panel_short = 268;
/// Its scale: 1920 pixels on 476 mm.
inline constexpr double designed_px_per_mm = 4.03;

struct Extent {
    int across = 0;
    int down = 0;
};

/// The scale at which a window of this size shows the whole designed panel, upright or lying.
[[nodiscard]] double scale_of_window(Extent px);

/// Pixels a millimetre by what a monitor says of itself; the designed scale where no screen can be
/// so (projectors and virtual monitors invent their size).
[[nodiscard]] double scale_of_monitor(Extent px, Extent mm);

class Window {
public:
    virtual ~Window() = default;

    /// Sleeps until an input event, a wake() or `deadline`; then takes in the events.
    virtual void wait(MonotonicTime deadline) = 0;
    /// Thread-safe: ends a wait() soon.
    virtual void wake() = 0;

    /// Between the two, ImGui calls and texture uploads; the field is cleared to `rgb` first.
    /// end_frame swaps and returns when the picture is handed to the display. With `only`, the rest
    /// of the last frame stays as it was, and what was drawn there costs nothing.
    virtual void begin_frame(std::uint32_t rgb) = 0;
    virtual void end_frame(const std::optional<Region>& only) = 0;

    /// In place of end_frame: everything is drawn, and nobody sees it, now or later.
    virtual void drop_frame() = 0;

    [[nodiscard]] virtual int width_px() const = 0;
    [[nodiscard]] virtual int height_px() const = 0;
    [[nodiscard]] virtual double px_per_mm() const = 0;
    /// Never of a full screen: who holds Alt+F4 has not shown a PIN.
    [[nodiscard]] virtual bool close_wanted() const = 0;
    /// Key presses since the last call, in order.
    [[nodiscard]] virtual std::vector<KeyPress> take_keys() = 0;
    /// Whether to draw now though nothing else has changed: three times after a touch, a key, a new
    /// size or an uncovered window, because ImGui takes up to three frames to take in an event.
    [[nodiscard]] virtual bool take_redraw() = 0;
    /// The last finished frame, before the next begin_frame.
    [[nodiscard]] virtual Picture read_picture() = 0;
};

/// Throws Fault(unavailable) when there is no display or no OpenGL 3.
[[nodiscard]] std::unique_ptr<Window> open_window(const WindowOptions& options);
/// Throws Fault(unavailable) when EGL has no surfaceless context. Default size 1920x1080.
[[nodiscard]] std::unique_ptr<Window> open_headless(const WindowOptions& options);

}  // namespace hudoor::kiosk
