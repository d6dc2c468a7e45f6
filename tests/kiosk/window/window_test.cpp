#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "config/fault.hpp"
#include "kiosk/display/window.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

using namespace std::chrono_literals;
using hudoor::kiosk::KeyPress;
using hudoor::kiosk::open_window;
using hudoor::kiosk::Picture;
using hudoor::kiosk::scale_of_monitor;
using hudoor::kiosk::Window;
using hudoor::test::ChildProcess;
using hudoor::test::within;

namespace {

/// An X server without a screen; the test's DISPLAY while it lives.
class VirtualDisplay {
public:
    VirtualDisplay()
        : server_({"Xvfb", "-displayfd", "1", "-screen", "0", "1280x720x24", "-noreset",
                   "-nolisten", "tcp"}) {
        const auto number = server_.read_line(within(20s));
        if (!number) throw std::runtime_error("Xvfb did not start");
        setenv("DISPLAY", (":" + *number).c_str(), 1);
    }
    ~VirtualDisplay() { unsetenv("DISPLAY"); }
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;

    void unplug() const { server_.kill(SIGKILL); }

private:
    ChildProcess server_;
};

void run(const std::vector<std::string>& command) {
    const auto code = ChildProcess(command).wait(within(20s));
    if (code != 0) throw std::runtime_error(command.front() + " failed");
}

/// Types as a hand scanner does.
void scan(const std::string& delay_ms, const std::string& text) {
    run({"xdotool", "type", "--delay", delay_ms, "--args", "1", text, "key", "Return"});
}

/// The keys up to and with Enter; fewer if Enter does not come.
std::vector<int> keys_until_enter(Window& window) {
    std::vector<int> keys;
    const auto deadline = within(10s);
    while (std::chrono::steady_clock::now() < deadline) {
        window.wait(deadline);
        for (const KeyPress& press : window.take_keys()) keys.push_back(press.key);
        if (!keys.empty() && keys.back() == GLFW_KEY_ENTER) break;
    }
    return keys;
}

/// GLFW names letters and digits by their ASCII capitals.
std::vector<int> keys_of(const std::string& text) {
    std::vector<int> keys(text.begin(), text.end());
    keys.push_back(GLFW_KEY_ENTER);
    return keys;
}

std::array<int, 3> at(const Picture& picture, int x, int y) {
    const std::size_t offset =
        (std::size_t(y) * std::size_t(picture.width_px) + std::size_t(x)) * 3;
    return {picture.rgb[offset], picture.rgb[offset + 1], picture.rgb[offset + 2]};
}

/// The colour on the display itself, by a tool that is not ours.
std::string shown_at(const std::string& place) {
    ChildProcess tool({"import", "-window", "root", "-depth", "8", "-format",
                       "#%[hex:p{" + place + "}]\n", "info:-"});
    return tool.read_line(within(20s)).value_or("nothing");
}

/// A screen of one invisible button, as the kiosk's are.
struct OneButton {
    int clicks = 0;
    bool hovered = false;

    void draw(Window& window) {
        window.begin_frame(0x104020);
        ImGui::SetNextWindowPos(ImVec2(0, 0));
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::Begin("screen", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
        ImGui::SetCursorScreenPos(ImVec2(100, 100));
        if (ImGui::InvisibleButton("button", ImVec2(50, 50))) ++clicks;
        hovered = ImGui::IsItemHovered();
        ImGui::End();
        window.end_frame({});
    }

    /// As many frames after every event as the window asks for, until `clicks` have come.
    void serve(Window& window, int wanted) {
        const auto deadline = within(10s);
        while (clicks < wanted && std::chrono::steady_clock::now() < deadline) {
            window.wait(deadline);
            while (window.take_redraw()) draw(window);
        }
    }
};

}  // namespace

TEST_CASE("a hand scanner's burst arrives whole and in order, its Enter too") {
    const VirtualDisplay display;
    const auto window = open_window({400, 300, 0});
    run({"setxkbmap", "us"});

    // No key twice: the X server's clock counts milliseconds, and no keyboard is faster.
    scan("0", "hud7x2qwertyiopasfgjklzcvbnm013456");
    CHECK(keys_until_enter(*window) == keys_of("HUD7X2QWERTYIOPASFGJKLZCVBNM013456"));

    scan("4", "00aa11");
    CHECK(keys_until_enter(*window) == keys_of("00AA11"));
}

TEST_CASE("an Arabic keyboard group leaves the key codes at their US places") {
    const VirtualDisplay display;
    run({"setxkbmap", "ara"});
    const auto window = open_window({400, 300, 0});
    run({"xdotool", "key", "--delay", "4", "24", "25", "26", "10", "36"});
    CHECK(keys_until_enter(*window) == keys_of("QWE1"));
}

TEST_CASE("a shifted key says so") {
    const VirtualDisplay display;
    const auto window = open_window({400, 300, 0});
    run({"xdotool", "key", "--delay", "4", "shift+a"});
    std::vector<KeyPress> presses;
    const auto deadline = within(10s);
    while (presses.size() < 2 && std::chrono::steady_clock::now() < deadline) {
        window->wait(deadline);
        for (const KeyPress& press : window->take_keys()) presses.push_back(press);
    }
    REQUIRE(presses.size() == 2);
    CHECK(presses[0].key == GLFW_KEY_LEFT_SHIFT);
    CHECK(presses[1].key == GLFW_KEY_A);
    CHECK((presses[1].mods & GLFW_MOD_SHIFT) != 0);
    CHECK(presses[1].at >= presses[0].at);
    CHECK(window->take_redraw());
}

TEST_CASE("a window shows what is drawn, and reads it back after the swap") {
    const VirtualDisplay display;
    const auto window = open_window({400, 300, 0});
    for (int frame = 0; frame < 3; ++frame) {
        window->begin_frame(0x104020);
        ImGui::GetBackgroundDrawList()->AddRectFilled(ImVec2(10, 20), ImVec2(60, 40),
                                                      IM_COL32(255, 0, 0, 255));
        window->end_frame({});
    }
    CHECK(shown_at("20,30") == "#FF0000");
    CHECK(shown_at("30,260") == "#104020");

    const Picture picture = window->read_picture();
    REQUIRE(picture.width_px == 400);
    REQUIRE(picture.height_px == 300);
    CHECK(at(picture, 10, 20) == std::array{255, 0, 0});
    CHECK(at(picture, 59, 39) == std::array{255, 0, 0});
    CHECK(at(picture, 9, 20) == std::array{0x10, 0x40, 0x20});
    CHECK(at(picture, 30, 260) == std::array{0x10, 0x40, 0x20});
}

TEST_CASE("full screen has the monitor's size and scale") {
    const VirtualDisplay display;  // says 96 dots an inch
    const auto window = open_window({});
    CHECK(window->width_px() == 1280);
    CHECK(window->height_px() == 720);
    CHECK(window->px_per_mm() > 3.7);
    CHECK(window->px_per_mm() < 3.9);
}

TEST_CASE("a given scale is taken as it is") {
    const VirtualDisplay display;
    CHECK(open_window({400, 300, 2.5})->px_per_mm() == 2.5);
}

TEST_CASE("a monitor's word about its size is taken where a screen can be so") {
    CHECK(scale_of_monitor({1920, 1080}, {480, 270}) == 4.0);
    CHECK(scale_of_monitor({1080, 1920}, {270, 480}) == 4.0);
    CHECK(scale_of_monitor({1920, 1080}, {0, 0}) == 4.03);
    CHECK(scale_of_monitor({1920, 1080}, {160, 90}) == 4.03);    // a ratio, not a size
    CHECK(scale_of_monitor({1920, 1080}, {1600, 900}) == 4.03);  // a projector's guess
    CHECK(scale_of_monitor({1920, 1080}, {480, 480}) == 4.03);   // not square pixels
}

TEST_CASE("a finger clicks once, leaves nothing lit, and may touch the same spot again") {
    const VirtualDisplay display;
    const auto window = open_window({400, 300, 0});
    OneButton screen;
    screen.draw(*window);

    run({"xdotool", "mousemove", "120", "120", "click", "1"});
    screen.serve(*window, 1);
    CHECK(screen.clicks == 1);
    screen.draw(*window);
    screen.draw(*window);
    CHECK(screen.clicks == 1);
    CHECK_FALSE(screen.hovered);

    run({"xdotool", "click", "1"});
    screen.serve(*window, 2);
    CHECK(screen.clicks == 2);
}

TEST_CASE("a window's wait ends at its deadline or when another thread wakes it") {
    const VirtualDisplay display;
    const auto window = open_window({400, 300, 0});
    const auto before = std::chrono::steady_clock::now();
    std::jthread waker([&window] { window->wake(); });
    window->wait(before + 1h);
    CHECK(std::chrono::steady_clock::now() - before < 1min);
    waker.join();

    const auto deadline = within(40ms);
    while (std::chrono::steady_clock::now() < deadline) window->wait(deadline);
    window->wait(before);  // already passed
    CHECK(std::chrono::steady_clock::now() >= deadline);
}

TEST_CASE("closing the window is a wish the program is told of") {
    const VirtualDisplay display;
    const auto window = open_window({400, 300, 0});
    CHECK_FALSE(window->close_wanted());
    glfwSetWindowShouldClose(glfwGetCurrentContext(), GLFW_TRUE);
    CHECK(window->close_wanted());
}

TEST_CASE("a full screen is not closed by a key, whoever holds it") {
    const VirtualDisplay display;
    const auto window = open_window({});
    glfwSetWindowShouldClose(glfwGetCurrentContext(), GLFW_TRUE);
    CHECK_FALSE(window->close_wanted());
}

TEST_CASE("without a display the fault says what is missing") {
    setenv("DISPLAY", ":4095", 1);
    try {
        static_cast<void>(open_window({}));
        FAIL("a window opened");
    } catch (const hudoor::Fault& fault) {
        CHECK(fault.exit_code() == hudoor::ExitCode::unavailable);
        CHECK(std::string(fault.what()).find("DISPLAY") != std::string::npos);
    }
    unsetenv("DISPLAY");
}

// Not run by itself: the program whose display the next test unplugs.
TEST_CASE("wait until the display is gone", "[.][display]") {
    const auto window = open_window({400, 300, 0});
    std::puts("open");
    std::fflush(stdout);
    const auto deadline = within(30s);
    while (std::chrono::steady_clock::now() < deadline) window->wait(deadline);
}

TEST_CASE("a display that goes away ends the program at once, for the supervisor to restart it") {
    const VirtualDisplay display;
    ChildProcess program({"/proc/self/exe", "[display]"});
    std::optional<std::string> line;
    do line = program.read_line(within(20s));
    while (line && *line != "open");
    REQUIRE(line);
    display.unplug();
    const auto code = program.wait(within(3s));
    REQUIRE(code);
    CHECK(*code != 0);
}
