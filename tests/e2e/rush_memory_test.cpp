// An hour before the first session, at a door of a real window: what is remembered of the people
// who came must not fill the machine. HUDOOR_RUSH_MINUTES plays less of it.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
using test::within;

namespace {

constexpr int badges_a_minute = 20, settled_minute = 5;
constexpr double most_growth_mb = 4, step_mb = 1;

int minutes_to_play() {
    const char* text = std::getenv("HUDOOR_RUSH_MINUTES");
    return text == nullptr ? 60 : std::max(settled_minute + 1, std::atoi(text));
}

/// Everybody comes once. Ten frames a second, so that an hour stays below 2 GB.
std::filesystem::path make_film(const Event& event, int minutes) {
    const std::string name = "rush-" + std::to_string(minutes) + "-minutes";
    auto film = event.folder / (name + ".avi");
    const auto truth = event.folder / (name + ".csv");
    if (std::filesystem::exists(truth)) return film;
    test::ChildProcess maker({program("hudoor-feed").string(),
                              "frames",
                              (event.folder / "event").string(),
                              "--passphrase-file",
                              (event.folder / "passphrase").string(),
                              "--out",
                              film.string(),
                              "--truth",
                              truth.string(),
                              "--play",
                              "rush",
                              "--lists",
                              std::string(HUDOOR_SOURCE_DIR) + "/assets/demo",
                              "--every",
                              "3",
                              "--appearances",
                              std::to_string(badges_a_minute * minutes),
                              "--seed",
                              "4",
                              "--fps",
                              "10",
                              "--quality",
                              "60"});
    REQUIRE(maker.wait(within(2h)) == 0);
    return film;
}

struct Minutes {
    std::vector<double> resident;  ///< at the end of each
    std::ptrdiff_t answers = 0;
};

Minutes play(const Event& event, const std::filesystem::path& film, int minutes) {
    const Display display;
    const auto source = run({program("hudoor-feed").string(), "source", film.string()}).output;
    auto kiosk = start_kiosk(event, {.camera = source.substr(0, source.find('\n')),
                                     .display = display.name(),
                                     .until_end = false,
                                     .more = {}});
    Minutes played;
    for (int minute = 1; minute <= minutes; ++minute) {
        const auto end = within(1min);
        while (const auto line = kiosk.read_line(end)) played.answers += feed::is_answer(*line);
        played.resident.push_back(resident_mb(kiosk.pid()));
        std::cout << "minute " << minute << ": " << played.resident.back() << " MB, "
                  << played.answers << " answers" << std::endl;
    }
    kiosk.kill(SIGTERM);
    CHECK(kiosk.wait(within(20s)) == 0);
    return played;
}

/// The largest rise that stayed, from any minute on.
double largest_step(const std::vector<double>& values) {
    double largest = 0;
    for (auto at = values.begin(); at != values.end() && at + 1 != values.end(); ++at)
        largest = std::max(largest, *std::min_element(at + 1, values.end()) -
                                        *std::max_element(values.begin(), at + 1));
    return largest;
}

}  // namespace

TEST_CASE("a step is a rise that stays", "[rush-memory]") {
    CHECK(largest_step({}) == 0);
    CHECK(largest_step({100, 100.5, 100, 100.5}) <= 0.5);
    CHECK(largest_step({100, 102, 100}) == 0);
    CHECK(largest_step({100, 100, 102, 103, 102}) == 2);
}

TEST_CASE(
    "an hour of rush leaves at most 4 MB more than its fifth minute, and no step in its second half",
    "[.][soak-memory]") {
    const int minutes = minutes_to_play();
    const Event event = make_event(4, 0);
    const Minutes played = play(event, make_film(event, minutes), minutes);
    // Else it was no rush.
    CHECK(played.answers >= badges_a_minute * minutes * 9 / 10);
    REQUIRE(played.resident.size() == static_cast<std::size_t>(minutes));
    const auto settled = played.resident.begin() + settled_minute - 1;
    const double growth = *std::max_element(settled, played.resident.end()) - *settled;
    const double step =
        largest_step({played.resident.begin() + minutes / 2, played.resident.end()});
    std::cout << "largest growth after minute " << settled_minute << ": " << growth
              << " MB, largest step in the second half: " << step << " MB" << std::endl;
    CHECK(growth <= most_growth_mb);
    CHECK(step <= step_mb);
}
