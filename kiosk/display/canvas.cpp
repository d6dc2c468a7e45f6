#include "kiosk/display/canvas.hpp"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <string>

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

/// Every drawing command keeps inside the region; one that lies outside is empty then.
void clip(ImDrawData& drawn, const Region& region) {
    const auto left = static_cast<float>(region.x), top = static_cast<float>(region.y);
    const auto right = left + static_cast<float>(region.width),
               bottom = top + static_cast<float>(region.height);
    for (int list = 0; list < drawn.CmdListsCount; ++list)
        for (ImDrawCmd& command : drawn.CmdLists[list]->CmdBuffer) {
            command.ClipRect.x = std::max(command.ClipRect.x, left);
            command.ClipRect.y = std::max(command.ClipRect.y, top);
            command.ClipRect.z = std::min(command.ClipRect.z, right);
            command.ClipRect.w = std::min(command.ClipRect.w, bottom);
        }
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
    release();
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
}

void Canvas::release() {
    glDeleteFramebuffers(1, &framebuffer_);
    glDeleteRenderbuffers(1, &colour_);
}

void Canvas::resize(int width_px, int height_px) {
    if (width_px == width_px_ && height_px == height_px_) return;
    release();
    glGenRenderbuffers(1, &colour_);
    glBindRenderbuffer(GL_RENDERBUFFER, colour_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_px, height_px);
    glGenFramebuffers(1, &framebuffer_);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
        throw Fault(ExitCode::unavailable, "Cannot draw: this display has no picture of " +
                                               std::to_string(width_px) + "x" +
                                               std::to_string(height_px));
    width_px_ = width_px;
    height_px_ = height_px;
}

void Canvas::begin(std::uint32_t rgb) {
    rgb_ = rgb;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
}

void Canvas::finish(const std::optional<Region>& only) {
    ImGui::Render();
    ImDrawData* drawn = ImGui::GetDrawData();
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glViewport(0, 0, width_px_, height_px_);
    if (only) {
        clip(*drawn, *only);
        glEnable(GL_SCISSOR_TEST);
        glScissor(only->x, height_px_ - only->y - only->height, only->width, only->height);
    }
    clear(rgb_);
    glDisable(GL_SCISSOR_TEST);
    ImGui_ImplOpenGL3_RenderDrawData(drawn);
}

void Canvas::discard() {
    finish({});
    clear(0);
}

void Canvas::show() const {
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    glBlitFramebuffer(0, 0, width_px_, height_px_, 0, 0, width_px_, height_px_, GL_COLOR_BUFFER_BIT,
                      GL_NEAREST);
}

Picture Canvas::read() const {
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    const auto row = static_cast<std::ptrdiff_t>(width_px_) * 3;
    Picture picture{width_px_, height_px_, {}};
    picture.rgb.resize(static_cast<std::size_t>(row) * static_cast<std::size_t>(height_px_));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_px_, height_px_, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
    const auto first = picture.rgb.begin();
    for (int y = 0; y < height_px_ / 2; ++y) {  // OpenGL's first row is the lowest
        std::swap_ranges(first + y * row, first + (y + 1) * row,
                         first + (height_px_ - 1 - y) * row);
    }
    return picture;
}

}  // namespace hudoor::kiosk
