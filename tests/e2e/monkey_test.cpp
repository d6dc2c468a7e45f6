// What nobody ordered: a monkey at the real window, and a film of the first seconds.
#include <csignal>
#include <fstream>
#include <random>

#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
using storage::ActCode;
using storage::FactKind;
using test::within;

namespace {

constexpr int width_px = 1920, height_px = 1080;

/// Clicks, long presses, drags and keys anywhere, as commands of xdotool.
std::string deeds(std::mt19937& random, int count) {
    const char* keys[] = {"Tab",       "Return", "Escape",      "F10",  "BackSpace", "0",
                          "1",         "2",      "7",           "9",    "Left",      "End",
                          "shift+Tab", "a",      "Arabic_alef", "space"};
    const auto any = [&](int below) {
        return std::to_string(random() % static_cast<unsigned>(below));
    };
    std::string script;
    for (int i = 0; i < count; ++i) {
        const auto which = random() % 200;
        const std::string to = "mousemove " + any(width_px) + " " + any(height_px) + "\n";
        if (which < 120)
            script += to + "click 1\n";
        else if (which == 120)
            script += "mousemove 1839 1009 mousedown 1 sleep 3.2 mouseup 1\n";  // staff's corner
        else if (which < 130)
            script += to + "mousedown 1\n" + "mousemove " + any(width_px) + " " + any(height_px) +
                      "\nmouseup 1\n";
        else
            script += std::string("key ") + keys[random() % std::size(keys)] + "\n";
    }
    return script;
}

/// So many deeds; whatever they were, nobody has come in, nothing hangs and no memory is lost.
void let_a_monkey_play(int count, std::uint32_t seed) {
    const Event event = make_event(2, 12);
    const Display display;
    auto kiosk = start_kiosk(
        event, {.camera = nothing_to_see, .display = display.name(), .until_end = false});
    std::mt19937 random(seed);
    INFO("seed " << seed);
    constexpr int at_once = 200;
    double at_first = 0;
    for (int done = 0; done < count; done += at_once) {
        const auto script = event.folder / "monkey.xdo";
        std::ofstream(script) << deeds(random, std::min(at_once, count - done));
        REQUIRE(run({"xdotool", script.string()}, {{"DISPLAY", display.name()}}).exit_code == 0);
        REQUIRE(!kiosk.wait(within(0s)));  // it runs
        if (done <= count / 4) at_first = resident_mb(kiosk.pid());
    }
    const double at_last = resident_mb(kiosk.pid());
    kiosk.kill(SIGTERM);
    CHECK(kiosk.wait(within(10s)) == 0);  // it was listening all the time
    CHECK(at_last - at_first < 8);
    for (const storage::Fact& fact : read_journal(event)) {
        const bool of_pad = fact.act == ActCode::pin_wrong || fact.act == ActCode::pin_locked;
        CAPTURE(static_cast<int>(fact.kind), static_cast<int>(fact.act));
        CHECK((fact.kind == FactKind::hello || (fact.kind == FactKind::act && of_pad)));
    }
    WARN(count << " deeds, seed " << seed << ": " << at_first << " MB, then " << at_last << " MB");
}

/// 32 x 18 pixels a picture.
constexpr int film_width = 32, film_height = 18;
constexpr std::size_t picture_bytes = film_width * film_height * 3;

bool is_near(const unsigned char* pixel, int red, int green, int blue) {
    return std::abs(pixel[0] - red) < 24 && std::abs(pixel[1] - green) < 24 &&
           std::abs(pixel[2] - blue) < 24;
}

/// How much of the picture is a verdict's field: teal, amber or red.
double verdict_part(const unsigned char* picture) {
    int pixels = 0;
    for (std::size_t at = 0; at < picture_bytes; at += 3)
        pixels += is_near(picture + at, 0x00, 0x79, 0x6B) ||
                          is_near(picture + at, 0xFF, 0xC2, 0x0E) ||
                          is_near(picture + at, 0x8E, 0x1B, 0x16)
                      ? 1
                      : 0;
    return static_cast<double>(pixels) / (film_width * film_height);
}
double paper_part(const unsigned char* picture) {
    int pixels = 0;
    for (std::size_t at = 0; at < picture_bytes; at += 3)
        pixels += is_near(picture + at, 0xF7, 0xF5, 0xF0) ? 1 : 0;
    return static_cast<double>(pixels) / (film_width * film_height);
}

}  // namespace

TEST_CASE("a monkey at the window comes past no pad, and the kiosk goes on", "[monkey]") {
    let_a_monkey_play(400, 1);
}

TEST_CASE("a monkey at the window, 20,000 deeds", "[soak-monkey]") { let_a_monkey_play(20'000, 2); }

TEST_CASE("the first seconds show no verdict, since nobody was there", "[film]") {
    const Event event = make_event(2, 12);
    const Display display;
    const auto film = event.folder / "film.raw";
    test::ChildProcess recorder(
        {"gst-launch-1.0", "-q", "ximagesrc", "display-name=" + display.name(), "use-damage=false",
         "num-buffers=150", "!", "video/x-raw,framerate=30/1", "!", "videoconvert", "!",
         "videoscale", "!", "video/x-raw,width=32,height=18,format=RGB", "!", "filesink",
         "location=" + film.string()},
        {});
    auto kiosk = start_kiosk(
        event, {.camera = nothing_to_see, .display = display.name(), .until_end = false});
    REQUIRE(recorder.wait(within(60s)) == 0);
    kiosk.kill(SIGTERM);
    CHECK(kiosk.wait(within(10s)) == 0);
    std::ifstream file(film, std::ios::binary);
    const std::string pictures((std::istreambuf_iterator<char>(file)), {});
    REQUIRE(pictures.size() == 150 * picture_bytes);
    int of_idle = 0;
    for (std::size_t at = 0; at < pictures.size(); at += picture_bytes) {
        const auto* picture = reinterpret_cast<const unsigned char*>(pictures.data()) + at;
        CAPTURE(at / picture_bytes);
        CHECK(verdict_part(picture) < 0.2);  // an amber band at most
        of_idle += paper_part(picture) > 0.4 ? 1 : 0;
    }
    CHECK(of_idle > 0);  // it did see the start
}
