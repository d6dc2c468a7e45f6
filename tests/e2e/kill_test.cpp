// F1: kill -9 at any moment. Every result line that was printed is a fact in the journal, and the
// chain holds; the next start goes on in a new epoch.
#include <algorithm>
#include <csignal>
#include <random>

#include "storage/journal/salvage.hpp"
#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
using test::within;

namespace {

/// Opens the journal as the next start would (everything verified) and returns its facts.
std::vector<storage::Fact> verified_facts(const Event& event) {
    const storage::OpenedJournal opened = storage::open_or_salvage(
        {.directory = event.state(), .kiosk = storage::KioskId{1}, .kiosk_key = {}});
    std::vector<storage::Fact> facts;
    opened.journal->visit_facts(
        [&](const storage::StoredFact& stored) { facts.push_back(stored.fact); });
    return facts;
}

void kill_and_check(int times, bool with_window, unsigned seed) {
    const Event event = make_event(2, 12);
    std::optional<Display> display;
    if (with_window) display.emplace();
    std::mt19937 random(seed);
    std::size_t lines_seen = 0;
    std::vector<std::string> printed;
    for (int kill = 0; kill < times; ++kill) {
        auto kiosk = start_kiosk(event, {.camera = fast_source(event.feed()),
                                         .display = display ? display->name() : "",
                                         .until_end = false,
                                         .more = {}});
        // A random number of lines, then a random moment after the last.
        const auto wanted = std::uniform_int_distribution<std::size_t>(1, 3)(random);
        std::vector<std::string> lines;
        while (lines.size() < wanted)
            if (auto line = kiosk.read_line(within(30s)))
                lines.push_back(std::move(*line));
            else
                break;
        CHECK(lines.size() == wanted);
        const auto moment =
            std::chrono::microseconds(std::uniform_int_distribution<int>(0, 900'000)(random));
        if (auto line = kiosk.read_line(within(moment))) lines.push_back(std::move(*line));
        kiosk.kill(SIGKILL);
        while (auto line = kiosk.read_line(within(5s))) lines.push_back(std::move(*line));
        CHECK(kiosk.wait(within(5s)) == 128 + SIGKILL);

        const auto keys = keys_of_lines(lines);
        printed.insert(printed.end(), keys.begin(), keys.end());
        lines_seen += lines.size();
        const auto kept = keys_of_facts(verified_facts(event));
        for (const std::string& key : printed) {
            INFO("printed before kill " << kill << ": " << key);
            CHECK(std::count(kept.begin(), kept.end(), key) == 1);
        }
    }
    CHECK(lines_seen >= static_cast<std::size_t>(times));
}

}  // namespace

TEST_CASE(
    "F1: under a supervisor with the unit's rule the kiosk is back in less than 3 s after kill -9",
    "[kill]") {
    const Event event = make_event(2, 12);
    // Restart=always, and the pause of config/hudoor-kiosk.service between two starts.
    KioskOptions options{.camera = fast_source(event.feed()), .display = {}, .until_end = false};
    options.inside = {
        "bash", "-c",
        "trap 'kill $kiosk; wait $kiosk; exit 0' TERM; while :; do \"$@\" 2>&1 & kiosk=$!; echo \"began $kiosk\"; wait $kiosk; sleep 0.3; done",
        "supervisor"};
    auto supervisor = start_kiosk(event, options);
    const auto read_until = [&](const std::string& words) {
        for (;;) {
            const auto line = supervisor.read_line(within(30s));
            REQUIRE(line);
            if (line->find(words) != std::string::npos) return *line;
        }
    };
    pid_t kiosk = std::stoi(read_until("began ").substr(6));
    read_until("ready after");
    for (int kill = 0; kill < 3; ++kill) {
        read_until("\"verdict\"");
        const auto killed = std::chrono::steady_clock::now();
        ::kill(kiosk, SIGKILL);
        kiosk = std::stoi(read_until("began ").substr(6));
        read_until("ready after");
        CHECK(std::chrono::steady_clock::now() - killed < 3s);
    }
    supervisor.kill(SIGTERM);
    CHECK(supervisor.wait(within(10s)) == 0);
}

TEST_CASE("F1: what was answered before kill -9 is in the journal, headless", "[kill]") {
    kill_and_check(20, false, 1);
}

TEST_CASE("F1: what was answered before kill -9 is in the journal, with a window", "[kill]") {
    kill_and_check(5, true, 2);
}

TEST_CASE("F1: what was answered before kill -9 is in the journal, a hundred times",
          "[.][soak-kill]") {
    kill_and_check(80, false, 3);
    kill_and_check(20, true, 4);
}
