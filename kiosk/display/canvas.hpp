/// The picture that both kinds of window draw into: ImGui's context and an OpenGL 3 framebuffer. It
/// stays from frame to frame, so that a frame may redraw a part of it only. The window's GL context
/// must be current in every call, the constructor and the destructor included.
#pragma once

#include <cstdint>
#include <optional>

#include "kiosk/display/window.hpp"

namespace hudoor::kiosk {

class Canvas {
public:
    /// Throws Fault(unavailable) when the context has no OpenGL 3.
    Canvas();
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Throws Fault(unavailable) when there is no picture of that size.
    void resize(int width_px, int height_px);

    /// Starts ImGui's frame; the size, the time step and the mouse stand in ImGuiIO before.
    void begin(std::uint32_t rgb);
    /// Clears the picture, or `only` a part of it, and draws what was given to ImGui since begin().
    void finish(const std::optional<Region>& only);
    /// Draws it all the same, so that what drawing needs is loaded, and leaves an empty picture.
    void discard();
    /// Copies the picture to the window's back buffer, which is undefined after each swap.
    void show() const;
    [[nodiscard]] Picture read() const;

private:
    void release();

    std::uint32_t rgb_ = 0;
    int width_px_ = 0;
    int height_px_ = 0;
    unsigned colour_ = 0;
    unsigned framebuffer_ = 0;
};

}  // namespace hudoor::kiosk
