// The whole way: a QR before a camera in another process becomes a result line, a picture on a real
// window, and a row that the sqlite3 command finds in the journal.
#include <csignal>

#include "tests/e2e/picture.hpp"
#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
using test::within;

namespace {

/// Reads result lines until the program ends, the deadline, or `most` are there.
void read_lines(test::ChildProcess& kiosk, std::vector<std::string>& lines, std::size_t most, MonotonicTime deadline) {
    while (lines.size() < most) {
        auto line = kiosk.read_line(deadline);
        if (!line) return;
        lines.push_back(std::move(*line));
    }
}

constexpr std::size_t no_end = 1'000'000;

}  // namespace

TEST_CASE("forty badges before a camera in another process become forty answers and as many facts", "[play]") {
    const Event event = make_event(1, 40);
    const auto truth = truth_of(event);
    const auto pictures = read_pictures(event.feed());
    const auto cut = event.folder / "play.avi";
    write_cut(pictures, {.first = 0, .last = pictures.size(), .empty_before = 120, .empty_after = 60}, cut);
    const auto screenshots = event.folder / "screenshots";
    std::filesystem::remove_all(screenshots);
    std::filesystem::create_directories(screenshots);

    const Display display;
    const int port = test::find_free_port();
    auto camera = start_camera(cut, port);
    auto kiosk = start_kiosk(event, {.camera = camera_source(port), .display = display.name(), .until_end = true,
                                     .more = {"--screenshots", screenshots.string()}});
    std::vector<std::string> lines;
    read_lines(kiosk, lines, no_end, within(std::chrono::milliseconds(pictures.size() * 34) + 60s));
    REQUIRE(kiosk.wait(within(20s)) == 0);

    const auto report = feed::check_results(expected_of(truth), lines);
    INFO(feed::describe_report(expected_of(truth), report));
    CHECK(report.wrong.empty());
    CHECK(report.right == 40);
    CHECK(keys_of_facts(read_journal(event)) == keys_of_lines(lines));

    check_admitted_name(event, lines, screenshots);
}

TEST_CASE("a camera killed once and stopped once for 5 s costs no badge", "[play]") {
    const Event event = make_event(2, 12);
    const auto truth = truth_of(event);
    REQUIRE(truth.size() == 12);
    const auto pictures = read_pictures(event.feed());
    // Three parts, cut where nobody is in view. The camera that is stopped is stopped in the long empty
    // end of its part: what a stopped camera does not see, nobody can read.
    const auto between = [&](std::size_t index) { return static_cast<std::size_t>((truth[index].last_frame + truth[index + 1].first_frame) / 2); };
    const auto part = [&](const std::string& name, std::size_t first, std::size_t last) {
        const auto file = event.folder / (name + ".avi");
        write_cut(pictures, {.first = first, .last = last, .empty_before = 120, .empty_after = 900}, file);
        return file;
    };
    const auto first = part("first", 0, between(3));
    const auto second = part("second", between(3), between(7));
    const auto third = part("third", between(7), pictures.size());

    const Display display;
    const int port = test::find_free_port();
    auto camera = std::make_unique<test::ChildProcess>(start_camera(first, port));
    auto kiosk = start_kiosk(event, {.camera = camera_source(port), .display = display.name(), .until_end = false, .more = {}});

    std::vector<std::string> lines;
    read_lines(kiosk, lines, 4, within(60s));
    CHECK(lines.size() == 4);
    camera.reset();  // kill -9
    camera = std::make_unique<test::ChildProcess>(start_camera(second, port));
    read_lines(kiosk, lines, 8, within(60s));
    camera->kill(SIGSTOP);
    read_lines(kiosk, lines, 9, within(5s));
    CHECK(lines.size() == 8);
    camera->kill(SIGCONT);
    camera.reset();
    camera = std::make_unique<test::ChildProcess>(start_camera(third, port));
    read_lines(kiosk, lines, 12, within(60s));
    read_lines(kiosk, lines, no_end, within(3s));
    kiosk.kill(SIGTERM);
    read_lines(kiosk, lines, no_end, within(10s));
    CHECK(kiosk.wait(within(10s)) == 0);

    const auto expected = expected_of(truth);
    const auto report = feed::check_results(expected, lines);
    INFO(feed::describe_report(expected, report));
    CHECK(report.wrong.empty());
    CHECK(keys_of_facts(read_journal(event)) == keys_of_lines(lines));
}
