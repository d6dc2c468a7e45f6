#include "kiosk/canvas.hpp"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>

#include "config/fault.hpp"

namespace hudoor::kiosk {

namespace {

// Accepted by every OpenGL 3 there is, the 3.1 of small boards included.
constexpr const char* shader_version = "#version 130";

float channel(std::uint32_t rgb, int shift) {
    return static_cast<float>((rgb >> shift) & 0xffU) / 255.0F;
}

void clear(std::uint32_t rgb) {
    glClearColor(channel(rgb, 16), channel(rgb, 8), channel(rgb, 0), 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

Canvas::Canvas() {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().LogFilename = nullptr;
    if (!ImGui_ImplOpenGL3_Init(shader_version)) {
        ImGui::DestroyContext();
        throw Fault(ExitCode::unavailable, "Cannot draw: this display has no OpenGL 3");
    }
}

Canvas::~Canvas() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
}

void Canvas::begin(std::uint32_t rgb) {
    rgb_ = rgb;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
}

void Canvas::finish() {
    ImGui::Render();
    draw_again();
}

void Canvas::draw_again() {
    clear(rgb_);
    if (ImDrawData* drawn = ImGui::GetDrawData()) ImGui_ImplOpenGL3_RenderDrawData(drawn);
}

Picture read_framebuffer(int width_px, int height_px) {
    const auto row = static_cast<std::ptrdiff_t>(width_px) * 3;
    Picture picture{width_px, height_px, {}};
    picture.rgb.resize(static_cast<std::size_t>(row) * static_cast<std::size_t>(height_px));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_px, height_px, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
    const auto first = picture.rgb.begin();
    for (int y = 0; y < height_px / 2; ++y) {  // OpenGL's first row is the lowest
        std::swap_ranges(first + y * row, first + (y + 1) * row, first + (height_px - 1 - y) * row);
    }
    return picture;
}

}  // namespace hudoor::kiosk
