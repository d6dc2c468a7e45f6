#include <gdk-pixbuf/gdk-pixbuf.h>
#include <imgui.h>
#include <unistd.h>
#include <cmath>

#include <array>
#include <chrono>
#include <filesystem>
#include <thread>

#include "config/fault.hpp"
#include "kiosk/display/window.hpp"
#include "tests/support/catch.hpp"

using namespace std::chrono_literals;
using hudoor::kiosk::open_headless;
using hudoor::kiosk::Picture;
using hudoor::kiosk::Window;

namespace {

using Rgb = std::array<int, 3>;

Rgb at(const Picture& picture, int x, int y) {
    const std::size_t offset =
        (std::size_t(y) * std::size_t(picture.width_px) + std::size_t(x)) * 3;
    return {picture.rgb[offset], picture.rgb[offset + 1], picture.rgb[offset + 2]};
}

/// A sea-blue field with a red rectangle from (10, 20) to (60, 40).
void draw_rectangle(Window& window) {
    window.begin_frame(0x123456);
    ImGui::GetBackgroundDrawList()->AddRectFilled(ImVec2(10, 20), ImVec2(60, 40),
                                                  IM_COL32(255, 0, 0, 255));
    window.end_frame({});
}

constexpr Rgb sea{0x12, 0x34, 0x56};
constexpr Rgb red{255, 0, 0};

}  // namespace

TEST_CASE("what is drawn without a display reads back with exact colours, top row first") {
    const auto window = open_headless({200, 101, 0});
    draw_rectangle(*window);
    const Picture picture = window->read_picture();

    REQUIRE(picture.width_px == 200);
    REQUIRE(picture.height_px == 101);
    REQUIRE(picture.rgb.size() == std::size_t{200} * 101 * 3);
    CHECK(at(picture, 10, 20) == red);
    CHECK(at(picture, 59, 39) == red);
    CHECK(at(picture, 9, 20) == sea);
    CHECK(at(picture, 10, 19) == sea);
    CHECK(at(picture, 60, 39) == sea);
    CHECK(at(picture, 59, 40) == sea);
    CHECK(at(picture, 30, 70) == sea);
    CHECK(at(picture, 199, 100) == sea);
}

TEST_CASE(
    "each frame starts from a clean field, and a second surface works after the first is gone") {
    for (int round = 0; round < 2; ++round) {
        const auto window = open_headless({64, 64, 0});
        draw_rectangle(*window);
        window->begin_frame(0xffffff);
        window->end_frame({});
        CHECK(at(window->read_picture(), 30, 30) == Rgb{255, 255, 255});
    }
}

TEST_CASE("a surface without a display has the designed size unless told otherwise") {
    const auto designed = open_headless({});
    CHECK(designed->width_px() == 1920);
    CHECK(designed->height_px() == 1080);
    CHECK(std::abs(designed->px_per_mm() - 4.03) < 0.001);
    CHECK_FALSE(designed->close_wanted());
}

TEST_CASE("a wait without a display ends at its deadline or when woken, also beforehand") {
    const auto window = open_headless({32, 32, 0});
    const auto before = std::chrono::steady_clock::now();
    window->wait(before + 30ms);
    CHECK(std::chrono::steady_clock::now() - before >= 30ms);

    window->wake();
    window->wait(before + 1h);
    std::jthread waker([&window] { window->wake(); });
    window->wait(before + 1h);
    CHECK(std::chrono::steady_clock::now() - before < 1min);
}

TEST_CASE("a written picture is the same when another library reads it") {
    const auto window = open_headless({70, 50, 0});
    draw_rectangle(*window);
    const Picture picture = window->read_picture();
    const auto file = std::filesystem::temp_directory_path() /
                      ("hudoor-window-" + std::to_string(getpid()) + ".png");
    write_png(picture, file);

    GdkPixbuf* read = gdk_pixbuf_new_from_file(file.c_str(), nullptr);
    std::filesystem::remove(file);
    REQUIRE(read != nullptr);
    REQUIRE(gdk_pixbuf_get_width(read) == 70);
    REQUIRE(gdk_pixbuf_get_height(read) == 50);
    REQUIRE(gdk_pixbuf_get_n_channels(read) == 3);
    int different = 0;
    for (int y = 0; y < 50; ++y) {
        const guchar* row =
            gdk_pixbuf_read_pixels(read) + std::ptrdiff_t{y} * gdk_pixbuf_get_rowstride(read);
        for (int x = 0; x < 70; ++x, row += 3) {
            different += at(picture, x, y) != Rgb{row[0], row[1], row[2]};
        }
    }
    g_object_unref(read);
    CHECK(different == 0);
}

TEST_CASE("a picture that cannot be written names the file") {
    const Picture picture{1, 1, {1, 2, 3}};
    try {
        write_png(picture, "/nowhere/at/all.png");
        FAIL("it was written");
    } catch (const hudoor::Fault& fault) {
        CHECK(fault.exit_code() == hudoor::ExitCode::cannot_create);
        CHECK(std::string(fault.what()).find("/nowhere/at/all.png") != std::string::npos);
    }
}
