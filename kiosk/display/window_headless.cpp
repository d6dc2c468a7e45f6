#include <EGL/egl.h>
#include <EGL/eglext.h>
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <string>

#include "config/fault.hpp"
#include "kiosk/display/canvas.hpp"
#include "kiosk/display/window.hpp"

namespace hudoor::kiosk {

namespace {

Fault no_surfaceless(const char* step) {
    return {ExitCode::unavailable, std::string("Cannot draw without a display: EGL ") + step +
                                       " failed; install Mesa's EGL (libegl1, libgl1-mesa-dri)"};
}

/// An OpenGL context that belongs to no window.
class SurfacelessContext {
public:
    SurfacelessContext() {
        display_ =
            eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (display_ == EGL_NO_DISPLAY) throw no_surfaceless("surfaceless display");
        if (eglInitialize(display_, nullptr, nullptr) == EGL_FALSE) throw no_surfaceless("start");
        try {
            make_context();
        } catch (const Fault&) {
            eglTerminate(display_);
            throw;
        }
    }

    ~SurfacelessContext() {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(display_, context_);
        eglTerminate(display_);
        eglReleaseThread();
    }

    SurfacelessContext(const SurfacelessContext&) = delete;
    SurfacelessContext& operator=(const SurfacelessContext&) = delete;

private:
    void make_context() {
        constexpr std::array<EGLint, 5> wanted{EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE,
                                               EGL_OPENGL_BIT, EGL_NONE};
        constexpr std::array<EGLint, 5> version{EGL_CONTEXT_MAJOR_VERSION, 3,
                                                EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE};
        EGLConfig config = nullptr;
        EGLint found = 0;
        if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE) throw no_surfaceless("OpenGL");
        if (eglChooseConfig(display_, wanted.data(), &config, 1, &found) == EGL_FALSE ||
            found == 0) {
            throw no_surfaceless("configuration");
        }
        context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version.data());
        if (context_ == EGL_NO_CONTEXT) throw no_surfaceless("OpenGL 3 context");
        if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_FALSE) {
            throw no_surfaceless("surfaceless context");
        }
    }

    EGLDisplay display_ = EGL_NO_DISPLAY;
    EGLContext context_ = EGL_NO_CONTEXT;
};

class HeadlessWindow final : public Window {
public:
    explicit HeadlessWindow(const WindowOptions& options)
        : width_px_(options.width_px > 0 ? options.width_px : 1920),
          height_px_(options.height_px > 0 ? options.height_px : 1080),
          px_per_mm_(options.px_per_mm > 0 ? options.px_per_mm
                                           : scale_of_window({width_px_, height_px_})) {
        canvas_.resize(width_px_, height_px_);
        ImGui::GetIO().DisplaySize =
            ImVec2(static_cast<float>(width_px_), static_cast<float>(height_px_));
    }

    void wait(MonotonicTime deadline) override {
        std::unique_lock lock(mutex_);
        woken_.wait_until(lock, deadline, [this] { return wake_pending_; });
        wake_pending_ = false;
    }

    void wake() override {
        {
            const std::lock_guard lock(mutex_);
            wake_pending_ = true;
        }
        woken_.notify_one();
    }

    void begin_frame(std::uint32_t rgb) override {
        const MonotonicTime now = std::chrono::steady_clock::now();
        const std::chrono::duration<float> passed = now - last_frame_;
        last_frame_ = now;
        ImGui::GetIO().DeltaTime = std::clamp(passed.count(), 0.001F, 0.1F);
        canvas_.begin(rgb);
    }

    void end_frame(const std::optional<Region>& only) override {
        canvas_.finish(only);
        glFinish();
    }

    void drop_frame() override { canvas_.discard(); }

    int width_px() const override { return width_px_; }
    int height_px() const override { return height_px_; }
    double px_per_mm() const override { return px_per_mm_; }
    bool close_wanted() const override { return false; }
    std::vector<KeyPress> take_keys() override { return {}; }
    bool take_redraw() override { return false; }
    Picture read_picture() override { return canvas_.read(); }

private:
    int width_px_;
    int height_px_;
    double px_per_mm_;
    SurfacelessContext context_;
    Canvas canvas_;
    MonotonicTime last_frame_ = std::chrono::steady_clock::now();
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wake_pending_ = false;
};

}  // namespace

std::unique_ptr<Window> open_headless(const WindowOptions& options) {
    return std::make_unique<HeadlessWindow>(options);
}

}  // namespace hudoor::kiosk
