// What delegates and those who train for them do with the screen: real clicks, real windows.
#include <algorithm>
#include <csignal>
#include <filesystem>

#include "tests/e2e/picture.hpp"
#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using test::within;

namespace {

/// Presses and lifts a finger at millimetres of the reference panel.
void tap(const std::string& display, double x_mm, double y_mm) {
    const auto px = [](double mm) { return std::to_string(static_cast<int>(mm * 1920 / 476)); };
    const auto done = run({"xdotool", "mousemove", px(x_mm), px(y_mm), "mousedown", "1", "sleep",
                           "0.1", "mouseup", "1"},
                          {{"DISPLAY", display}});
    REQUIRE(done.exit_code == 0);
}

/// The colour in the corner of the door sign's card, as the screen has it, until it is `wanted`.
bool comes_to(const std::string& display, const fs::path& file, int x, int y,
              const std::string& wanted) {
    for (const auto deadline = within(30s); std::chrono::steady_clock::now() < deadline;) {
        REQUIRE(
            run({"import", "-window", "root", file.string()}, {{"DISPLAY", display}}).exit_code ==
            0);
        const auto pixel =
            run({"convert", file.string(), "-format",
                 "%[hex:p{" + std::to_string(x) + "," + std::to_string(y) + "}]\\n", "info:"});
        if (pixel.output.rfind(wanted, 0) == 0) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("in training everything is as usual and nothing is recorded", "[delegate]") {
    const Event event = make_event(2, 12);
    const auto truth = truth_of(event);
    auto kiosk = start_kiosk(event, {.camera = fast_source(event.feed()),
                                     .display = {},
                                     .until_end = true,
                                     .more = {"--training"}});
    std::vector<std::string> lines;
    while (const auto line = kiosk.read_line(within(60s))) lines.push_back(*line);
    CHECK(kiosk.wait(within(10s)) == 0);
    const auto admitted = std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find("\"admitted\"") != std::string::npos;
    });
    CHECK(admitted > 0);
    CHECK_FALSE(fs::exists(event.state() / "journal.db"));  // storage path: asked for, not opened
}

TEST_CASE("a finger changes the contrast and changes it back", "[delegate]") {
    const Event event = make_event(2, 12);
    const Display display;
    auto kiosk = start_kiosk(
        event,
        {.camera = nothing_to_see, .display = display.name(), .until_end = false, .more = {}});
    const auto shot = event.folder / "touched.png";
    constexpr int x = 20, y = 540;  // beside the words: the ground
    REQUIRE(comes_to(display.name(), shot, x, y, "F7F5F0"));
    tap(display.name(), 200, 244);
    CHECK(comes_to(display.name(), shot, x, y, "000000"));
    tap(display.name(), 200, 244);
    CHECK(comes_to(display.name(), shot, x, y, "F7F5F0"));
    kiosk.kill(SIGTERM);
    CHECK(kiosk.wait(within(10s)) == 0);
}
