// Whoever photographs the guests' screen gets no badge.
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>

#include <filesystem>

#include "kiosk/display/window.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/scan.hpp"
#include "tests/kiosk/screens/sample_views.hpp"
#include "tests/kiosk/screens/stage.hpp"
#include "tests/scanner/code_picture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace hudoor::kiosk;
using namespace std::chrono_literals;

namespace {

test::Picture gray(const Picture& picture) {
    auto to = test::make_blank(picture.width_px, picture.height_px);
    for (std::size_t i = 0; i < to.pixels.size(); ++i)
        to.pixels[i] =
            static_cast<std::uint8_t>((299 * picture.rgb[3 * i] + 587 * picture.rgb[3 * i + 1] +
                                       114 * picture.rgb[3 * i + 2]) /
                                      1000);
    return to;
}

/// Our own reader, with every step it has.
bool we_read(const Picture& picture) {
    scanner::Reader reader({.takes_turns = false});
    return !reader.read(gray(picture).view()).empty();
}

/// A reader that is not ours.
bool zbar_reads(const Picture& picture) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("hudoor-screen-" + std::to_string(::getpid()) + ".png");
    write_png(picture, path);
    test::ChildProcess zbar({"zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", path});
    const auto ended = zbar.wait(test::within(60s));
    std::filesystem::remove(path);
    REQUIRE(ended);
    REQUIRE((*ended == 0 || *ended == 4));  // 4: nothing found
    return *ended == 0;
}

/// What the scan gives the screen while this is held before the camera.
std::vector<scanner::Preview> previews_of(const test::Picture& seen) {
    test::ManualClock clock;
    std::vector<scanner::Preview> previews;
    scanner::Scan scan(
        {.is_badge = [](std::string_view text) { return text.size() < 40; }}, clock,
        [](const scanner::ScanEvent&) {},
        [&](scanner::Preview preview) { previews.push_back(std::move(preview)); });
    for (int frame = 0; frame < 12; ++frame) {
        clock.advance(33ms);
        scan.put_frame(std::make_shared<test::PictureFrame>(seen, clock.monotonic()));
        scan.drain();
    }
    return previews;
}

test::Picture held_close(const std::string& text, int module_px) {
    auto picture = test::make_blank(1280, 720, 140);
    const auto code = test::draw_code(text, module_px);
    test::paste(picture, code, (1280 - code.width_px) / 2, std::max(0, (720 - code.height_px) / 2));
    return picture;
}

std::size_t textures_of(int width_px, int height_px) {
    std::size_t found = 0;
    for (GLuint name = 1; name < 4096; ++name) {
        if (glIsTexture(name) == GL_FALSE) continue;
        GLint width = 0, height = 0;
        glBindTexture(GL_TEXTURE_2D, name);
        glGetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_WIDTH, &width);
        glGetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_HEIGHT, &height);
        if (width == width_px && height == height_px) ++found;
    }
    return found;
}

}  // namespace

TEST_CASE("both readers read the code in a picture that has one: they would find it on a screen") {
    const auto seen = held_close("D1099", 12);
    Picture picture{seen.width_px, seen.height_px, {}};
    for (const std::uint8_t level : seen.pixels) picture.rgb.insert(picture.rgb.end(), 3, level);
    CHECK(we_read(picture));
    CHECK(zbar_reads(picture));
}

TEST_CASE("nothing is read from the idle screen while a badge is held close, of any size of code") {
    const bool portrait = GENERATE(false, true);
    Stage stage({.width_px = portrait ? 1080 : 1920, .height_px = portrait ? 1920 : 1080});
    // An imported code of version 1, and one as long as a signed badge's.
    for (const std::string& text : {std::string("D1099"), "HD1:" + std::string(112, 'A')})
        for (const int module_px : {6, 12, 22}) {
            if (test::draw_code(text, module_px).height_px > 720) continue;  // not all in view
            const auto seen = held_close(text, module_px);
            const auto previews = previews_of(seen);
            REQUIRE_FALSE(previews.empty());
            for (const std::size_t at : {std::size_t{0}, previews.size() - 1}) {
                CAPTURE(text, module_px, at);
                View view = samples::idle();
                view.preview = previews[at];
                view.appearance.text = at == 0 ? 1.5 : 1;
                static_cast<void>(stage.show(view));
                const Picture picture = stage.window->read_picture();
                CHECK_FALSE(we_read(picture));
                CHECK_FALSE(zbar_reads(picture));
            }
        }
}

TEST_CASE("no screen of its own has anything in it that reads as a code") {
    Stage stage({.width_px = 1920, .height_px = 1080});
    for (const auto& [name, view] : samples::all()) {
        INFO(name);
        static_cast<void>(stage.show(view));
        CHECK_FALSE(we_read(stage.window->read_picture()));
    }
}

TEST_CASE("once the camera is not seen no frame of it is left, in no memory and no texture") {
    Stage stage({.width_px = 952, .height_px = 536});
    constexpr int width = 237, height = 131;  // no text has that size
    View view = samples::idle();
    std::weak_ptr<const std::uint8_t[]> watched;
    {
        const std::shared_ptr<const std::uint8_t[]> pixels =
            std::make_shared<std::uint8_t[]>(std::size_t{width} * height);
        watched = pixels;
        view.preview = scanner::Preview{pixels, width, height};
    }
    static_cast<void>(stage.show(view));
    REQUIRE(textures_of(width, height) == 1);
    view.preview.reset();
    static_cast<void>(stage.show(view));
    CHECK(textures_of(width, height) == 0);
    CHECK(watched.expired());
}
