// The whole way: a QR before a camera in another process becomes a result line, a picture on a real
// window, and a row that the sqlite3 command finds in the journal.
#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/e2e/picture.hpp"
#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
using test::within;

namespace {

/// How many appearances the lines answer: a kiosk on a slow machine may give advice besides.
std::size_t answers_in(const std::vector<std::string>& lines) {
    return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), feed::is_answer));
}

/// Reads result lines until the program ends, the deadline, or `most` answers are there.
void read_lines(test::ChildProcess& kiosk, std::vector<std::string>& lines, std::size_t most,
                MonotonicTime deadline) {
    while (answers_in(lines) < most) {
        auto line = kiosk.read_line(deadline);
        if (!line) return;
        lines.push_back(std::move(*line));
    }
}

constexpr std::size_t no_end = 1'000'000;

/// So many badges before a camera in another process become as many right answers and facts.
void play_badges(int count) {
    const Event event = make_event(1, count);
    const auto truth = truth_of(event);
    const auto pictures = read_pictures(event.feed());
    const auto cut = event.folder / "play.avi";
    write_cut(pictures,
              {.first = 0, .last = pictures.size(), .empty_before = 120, .empty_after = 60}, cut);
    const auto screenshots = event.folder / "screenshots";
    std::filesystem::remove_all(screenshots);
    std::filesystem::create_directories(screenshots);

    const Display display;
    const int port = test::find_free_port();
    auto camera = start_camera(cut, port);
    auto kiosk = start_kiosk(event, {.camera = camera_source(port),
                                     .display = display.name(),
                                     .until_end = true,
                                     .more = {"--screenshots", screenshots.string()}});
    std::vector<std::string> lines;
    read_lines(kiosk, lines, no_end, within(std::chrono::milliseconds(pictures.size() * 34) + 60s));
    REQUIRE(kiosk.wait(within(20s)) == 0);

    const auto report = feed::check_results(expected_of(truth), lines);
    INFO(feed::describe_report(expected_of(truth), report));
    CHECK(report.wrong.empty());
    CHECK(report.right == count);
    CHECK(keys_of_facts(read_journal(event)) == keys_of_lines(lines));

    check_admitted_name(event, lines, screenshots);
}

/// A badge every three seconds, the next person close behind.
void play_rush(int count) {
    const Event event = make_event(3, 0);
    const auto feed = event.folder / ("rush-" + std::to_string(count) + ".avi"),
               rows = event.folder / ("rush-" + std::to_string(count) + ".csv");
    if (!std::filesystem::exists(rows)) {
        const auto made =
            run({program("hudoor-feed").string(), "frames", (event.folder / "event").string(),
                 "--passphrase-file", (event.folder / "passphrase").string(), "--out",
                 feed.string(), "--truth", rows.string(), "--play", "rush", "--lists",
                 std::string(HUDOOR_SOURCE_DIR) + "/assets/demo", "--every", "3", "--appearances",
                 std::to_string(count), "--seed", "3"});
        REQUIRE(made.exit_code == 0);
    }
    const auto truth = feed::read_truth(rows);
    REQUIRE(truth.size() == static_cast<std::size_t>(count));
    const Display display;
    const auto source = run({program("hudoor-feed").string(), "source", feed.string()}).output;
    auto kiosk = start_kiosk(event, {.camera = source.substr(0, source.find('\n')),
                                     .display = display.name(),
                                     .until_end = true,
                                     .more = {}});
    std::vector<std::string> lines;
    read_lines(kiosk, lines, no_end, within(std::chrono::seconds(3 * count + 60)));
    REQUIRE(kiosk.wait(within(20s)) == 0);

    const auto report = feed::check_results(expected_of(truth), lines);
    INFO(feed::describe_report(expected_of(truth), report));
    CHECK(report.wrong.empty());
    CHECK(report.right == count);

    // From the first frame that shows the whole code to the picture of the answer; none waits
    // behind another.
    std::vector<double> shown;
    for (std::size_t next = 0; const std::string& text : lines) {
        const auto line = nlohmann::json::parse(text);
        if (!line.contains("verdict")) continue;
        const feed::Truth& one = truth[next++];
        const double waited =
            (line["frame"].get<double>() - 1 - one.first_frame) * 1'000.0 / one.fps;
        shown.push_back(std::max(0.0, waited) + line["ms"]["frame_to_screen"].get<double>());
    }
    REQUIRE(shown.size() == truth.size());
    std::sort(shown.begin(), shown.end());
    CHECK(shown[static_cast<std::size_t>(0.95 * static_cast<double>(shown.size() - 1))] <= 700);
    CHECK(shown.back() < 3'000);  // before the next person
}

}  // namespace

TEST_CASE(
    "twenty badges before a camera in another process become twenty answers and as many facts",
    "[play]") {
    play_badges(20);
}
TEST_CASE("forty badges become forty answers and as many facts", "[.][soak-play]") {
    play_badges(40);
}

TEST_CASE("twenty badges a minute are answered as they come, none late", "[rush]") {
    play_rush(20);
}
TEST_CASE("twenty badges a minute for ten minutes are answered as they come, none late",
          "[.][soak-rush]") {
    play_rush(200);
}

TEST_CASE("a camera killed once and stopped once for 5 s costs no badge", "[play]") {
    const Event event = make_event(2, 12);
    const auto truth = truth_of(event);
    REQUIRE(truth.size() == 12);
    const auto pictures = read_pictures(event.feed());
    // Three parts, cut where nobody is in view. The camera that is stopped is stopped in the long
    // empty end of its part: what a stopped camera does not see, nobody can read.
    const auto between = [&](std::size_t index) {
        return static_cast<std::size_t>((truth[index].last_frame + truth[index + 1].first_frame) /
                                        2);
    };
    const auto part = [&](const std::string& name, std::size_t first, std::size_t last) {
        auto file = event.folder / (name + ".avi");
        write_cut(pictures, {.first = first, .last = last, .empty_before = 120, .empty_after = 900},
                  file);
        return file;
    };
    const auto first = part("first", 0, between(3));
    const auto second = part("second", between(3), between(7));
    const auto third = part("third", between(7), pictures.size());

    const Display display;
    const int port = test::find_free_port();
    auto camera = std::make_unique<test::ChildProcess>(start_camera(first, port));
    auto kiosk = start_kiosk(
        event,
        {.camera = camera_source(port), .display = display.name(), .until_end = false, .more = {}});

    std::vector<std::string> lines;
    read_lines(kiosk, lines, 4, within(60s));
    CHECK(answers_in(lines) == 4);
    camera.reset();  // kill -9
    camera = std::make_unique<test::ChildProcess>(start_camera(second, port));
    read_lines(kiosk, lines, 8, within(60s));
    camera->kill(SIGSTOP);
    read_lines(kiosk, lines, 9, within(5s));
    CHECK(answers_in(lines) == 8);
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
