/// What both windows share: the ImGui context drawn by OpenGL 3, from clearing to reading back.
/// Made and destroyed, and every call made, with the window's GL context current.
#pragma once

#include <cstdint>

#include "kiosk/window.hpp"

namespace hudoor::kiosk {

class Canvas {
public:
    /// Throws Fault(unavailable) when the context has no OpenGL 3.
    Canvas();
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Starts ImGui's frame; the size, the time step and the mouse stand in ImGuiIO before.
    void begin(std::uint32_t rgb);
    /// Clears the current framebuffer and draws what ImGui was told since begin().
    void finish();
    /// Draws the last finished frame once more: a window's back buffer is undefined after its swap.
    void draw_again();

private:
    std::uint32_t rgb_ = 0;
};

/// Reads the current framebuffer.
[[nodiscard]] Picture read_framebuffer(int width_px, int height_px);

}  // namespace hudoor::kiosk
