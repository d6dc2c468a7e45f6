#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "config/fault.hpp"
#include "kiosk/display/canvas.hpp"
#include "kiosk/display/imgui_shim.hpp"
#include "kiosk/display/window.hpp"

namespace hudoor::kiosk {

namespace {

/// A hand scanner types its text in one burst; nobody types this much between two frames.
constexpr std::size_t most_keys_kept = 4096;

constexpr int frames_an_event = 3;  // see Window::take_redraw
constexpr std::chrono::seconds longest_wait{3600};

Fault glfw_fault(const std::string& tried) {
    const char* why = nullptr;
    glfwGetError(&why);
    return {ExitCode::unavailable, tried + ": " + (why != nullptr ? why : "no reason given") +
                                       "; is DISPLAY set to an X server with OpenGL 3?"};
}

class GlfwLibrary {
public:
    GlfwLibrary() {
#if GLFW_VERSION_MAJOR > 3 || GLFW_VERSION_MINOR >= 4
        glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);  // on Wayland GLFW has no touch
#endif
        if (glfwInit() == GLFW_FALSE) throw glfw_fault("Cannot open a window");
    }
    ~GlfwLibrary() { glfwTerminate(); }
    GlfwLibrary(const GlfwLibrary&) = delete;
    GlfwLibrary& operator=(const GlfwLibrary&) = delete;
};

struct DestroyWindow {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
using WindowHandle = std::unique_ptr<GLFWwindow, DestroyWindow>;

void set_hints() {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);  // small boards have 3.1 and no core profile
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);  // a kiosk stays up when it loses the focus
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "hudoor-kiosk");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "hudoor-kiosk");
}

GLFWwindow* create_full_screen() {
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) throw glfw_fault("Cannot open a full screen, no monitor is connected");
    glfwWindowHint(GLFW_REFRESH_RATE, mode->refreshRate);
    return glfwCreateWindow(mode->width, mode->height, "Hudoor", monitor, nullptr);
}

bool is_full_screen(const WindowOptions& options) {
    return options.width_px == 0 && options.height_px == 0;
}

WindowHandle create_window(const WindowOptions& options) {
    set_hints();
    const bool full_screen = is_full_screen(options);
    WindowHandle window(full_screen ? create_full_screen()
                                    : glfwCreateWindow(options.width_px, options.height_px,
                                                       "Hudoor", nullptr, nullptr));
    if (!window) throw glfw_fault("Cannot open a window with OpenGL 3");
    if (full_screen) glfwSetInputMode(window.get(), GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
    glfwMakeContextCurrent(window.get());
    glfwSwapInterval(1);
    return window;
}

double monitor_px_per_mm() {
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) return designed_px_per_mm;
    Extent mm;
    glfwGetMonitorPhysicalSize(monitor, &mm.across, &mm.down);
    return scale_of_monitor({mode->width, mode->height}, mm);
}

/// ImGui's GLFW backend without its callbacks: keys and touches are handed on by GlfwWindow.
class ImguiInput {
public:
    explicit ImguiInput(GLFWwindow* window) {
        ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
        ImGui_ImplGlfw_InitForOpenGL(window, false);
    }
    ~ImguiInput() { ImGui_ImplGlfw_Shutdown(); }
    ImguiInput(const ImguiInput&) = delete;
    ImguiInput& operator=(const ImguiInput&) = delete;
};

/// A finger, or a mouse, that went down or up there; pixels.
struct Finger {
    float x = 0;
    float y = 0;
    bool down = false;
};

class GlfwWindow final : public Window {
public:
    explicit GlfwWindow(const WindowOptions& options)
        : window_(create_window(options)),
          full_screen_(is_full_screen(options)),
          px_per_mm_(options.px_per_mm > 0  ? options.px_per_mm
                     : options.width_px > 0 ? scale_of_window({options.width_px, options.height_px})
                                            : monitor_px_per_mm()),
          input_(window_.get()) {
        take_callbacks();
        measure();
        double x = 0;
        double y = 0;
        glfwGetCursorPos(window_.get(), &x, &y);
        on_pointer(x, y);
    }

    void wait(MonotonicTime deadline) override {
        const std::size_t known = keys_.size();
        glfwPollEvents();
        spread_keys(known);
        const auto left = deadline - std::chrono::steady_clock::now();
        const std::chrono::duration<double> timeout =
            std::min<std::chrono::nanoseconds>(left, longest_wait);
        if (timeout.count() > 0 && frames_wanted_ == 0 && !woken_.exchange(false))
            glfwWaitEventsTimeout(timeout.count());
        woken_ = false;
        waited_ = std::chrono::steady_clock::now();
    }

    /// The flag because the poll before a wait swallows the event.
    void wake() override {
        woken_ = true;
        glfwPostEmptyEvent();
    }

    void begin_frame(std::uint32_t rgb) override {
        ImGui_ImplGlfw_NewFrame();
        place_finger();
        canvas_.begin(rgb);
    }

    void drop_frame() override { canvas_.discard(); }

    void end_frame(const std::optional<Region>& only) override {
        canvas_.finish(only);
        canvas_.show();
        glfwSwapBuffers(window_.get());
    }

    int width_px() const override { return width_px_; }
    int height_px() const override { return height_px_; }
    double px_per_mm() const override { return px_per_mm_; }
    bool close_wanted() const override {
        return !full_screen_ && glfwWindowShouldClose(window_.get()) != 0;
    }
    std::vector<KeyPress> take_keys() override { return std::exchange(keys_, {}); }
    bool take_redraw() override { return frames_wanted_ > 0 && frames_wanted_-- > 0; }

    Picture read_picture() override { return canvas_.read(); }

private:
    static GlfwWindow& of(GLFWwindow* window) {
        return *static_cast<GlfwWindow*>(glfwGetWindowUserPointer(window));
    }

    void take_callbacks() {
        GLFWwindow* window = window_.get();
        glfwSetWindowUserPointer(window, this);
        glfwSetKeyCallback(window, [](GLFWwindow* from, int key, int, int action, int mods) {
            if (action == GLFW_PRESS) of(from).on_key(key, mods);
        });
        glfwSetCharCallback(window,
                            [](GLFWwindow* from, unsigned letter) { of(from).on_letter(letter); });
        glfwSetMouseButtonCallback(window, [](GLFWwindow* from, int, int action, int) {
            of(from).on_button(action == GLFW_PRESS);
        });
        glfwSetCursorPosCallback(
            window, [](GLFWwindow* from, double x, double y) { of(from).on_pointer(x, y); });
        glfwSetFramebufferSizeCallback(window,
                                       [](GLFWwindow* from, int, int) { of(from).measure(); });
        glfwSetWindowRefreshCallback(
            window, [](GLFWwindow* from) { of(from).frames_wanted_ = frames_an_event; });
    }

    /// Spaces the keys that came while a frame was drawn evenly over that time: a slow frame must
    /// not tear a hand scanner's burst apart, nor make a burst of what a person types.
    void spread_keys(std::size_t first) {
        if (keys_.size() <= first) return;
        const auto passed = std::chrono::steady_clock::now() - waited_;
        const auto gaps = static_cast<std::int64_t>(keys_.size() - first - 1);
        for (std::size_t i = first; i < keys_.size(); ++i)
            keys_[i].at =
                waited_ +
                (gaps == 0 ? passed * 0 : passed * static_cast<std::int64_t>(i - first) / gaps);
    }

    void on_key(int key, int mods) {
        frames_wanted_ = frames_an_event;
        if (keys_.size() < most_keys_kept) {
            keys_.push_back({key, mods, std::chrono::steady_clock::now(), 0});
        }
    }

    /// Comes right after its key.
    void on_letter(unsigned letter) {
        if (!keys_.empty() && keys_.back().letter == 0) keys_.back().letter = letter;
    }

    void on_pointer(double x, double y) {
        pointer_x_ = static_cast<float>(x);
        pointer_y_ = static_cast<float>(y);
        if (finger_.down) frames_wanted_ = frames_an_event;
    }

    /// At the last movement before it: glfwGetCursorPos tells where the pointer is by now.
    void on_button(bool pressed) {
        frames_wanted_ = frames_an_event;
        if (touches_.size() < most_keys_kept) touches_.push_back({pointer_x_, pointer_y_, pressed});
    }

    /// One change a frame, at the place where it was made: fast fingers over slow frames lose no
    /// tap. A lifted finger is nowhere; left where it was, it would keep a button lit.
    void place_finger() {
        const bool was_down = finger_.down;
        if (!touches_.empty()) {
            finger_ = touches_.front();
            touches_.pop_front();
            frames_wanted_ = frames_an_event;
        } else if (finger_.down) {
            finger_ = {pointer_x_, pointer_y_, true};
        }
        if (finger_.down || was_down)
            imgui::place_mouse(finger_.x, finger_.y);
        else
            imgui::park_mouse();
        imgui::press_mouse(finger_.down);
    }

    void measure() {
        frames_wanted_ = frames_an_event;
        glfwGetFramebufferSize(window_.get(), &width_px_, &height_px_);
        if (width_px_ > 0 && height_px_ > 0) canvas_.resize(width_px_, height_px_);
    }

    GlfwLibrary library_;
    WindowHandle window_;
    bool full_screen_;
    double px_per_mm_;
    Canvas canvas_;
    ImguiInput input_;
    int width_px_ = 0;
    int height_px_ = 0;
    int frames_wanted_ = frames_an_event;
    std::deque<Finger> touches_;  ///< not yet shown to ImGui
    Finger finger_;
    float pointer_x_ = 0;
    float pointer_y_ = 0;
    MonotonicTime waited_ = std::chrono::steady_clock::now();
    std::atomic<bool> woken_ = false;
    std::vector<KeyPress> keys_;
};

}  // namespace

double scale_of_window(Extent px) {
    const auto [across, down] = px.down > px.across ? std::pair{panel_short, panel_long}
                                                    : std::pair{panel_long, panel_short};
    return std::min(px.across / across, px.down / down);
}

double scale_of_monitor(Extent px, Extent mm) {
    if (mm.across <= 0 || mm.down <= 0) return designed_px_per_mm;
    const double across = static_cast<double>(px.across) / mm.across;
    const double down = static_cast<double>(px.down) / mm.down;
    const bool square = std::abs(across / down - 1) < 0.15;
    return square && across > 2 && across < 12 ? across : designed_px_per_mm;
}

std::unique_ptr<Window> open_window(const WindowOptions& options) {
    return std::make_unique<GlfwWindow>(options);
}

}  // namespace hudoor::kiosk
