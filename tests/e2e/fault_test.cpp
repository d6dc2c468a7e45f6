// The faults of a working day with the whole program on real file systems: F4, F7, F8, F11, F27,
// F28.
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "storage/journal/salvage.hpp"
#include "tests/e2e/disk.hpp"
#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using test::within;

namespace {

constexpr auto in_memory = "mount -t tmpfs -o size=96m tmpfs \"$0\"";
/// Its blocks are made when they are first written, in a memory that can be filled: then writes
/// fail.
constexpr auto on_failing_loop =
    "mkdir -p \"$0.memory\" && mount -t tmpfs -o size=40m tmpfs \"$0.memory\" && truncate -s 96m \"$0.memory/image\" && "
    "mkfs.ext4 -q -F \"$0.memory/image\" && mount -o loop,errors=remount-ro \"$0.memory/image\" \"$0\"";

/// A kiosk with a mirror before a camera that shows twelve badges.
struct Play {
    Event event = make_event(2, 12);
    fs::path mirror = event.folder / "mirror";
    int port = test::find_free_port();
    std::optional<test::ChildProcess> camera;
    std::optional<test::ChildProcess> kiosk;
    std::vector<std::string> lines;

    Play() {
        fs::remove_all(mirror);
        fs::create_directory(mirror);
    }

    void start(const Disk& disk, const std::string& display = {}) {
        const auto settings = event.folder / "mirror.toml";
        std::ofstream(settings) << "[storage]\nmirror = \"" << mirror.string() << "\"\n";
        camera.emplace(start_camera(event.feed(), port));
        kiosk.emplace(start_kiosk(event, {.camera = camera_source(port),
                                          .display = display,
                                          .until_end = false,
                                          .inside = disk.inside(),
                                          .more = {"--config", settings.string()}}));
    }
    /// Waits for so many more verdicts.
    void read(std::size_t count) {
        while (count > 0) {
            const auto line = kiosk->read_line(within(30s));
            REQUIRE(line);
            if (nlohmann::json::parse(*line).contains("hint")) continue;
            lines.push_back(*line);
            --count;
        }
    }
    int stop() {
        kiosk->kill(SIGTERM);
        return kiosk->wait(within(10s)).value_or(-1);
    }
};

/// As the next start reads them: a commit that the disk cut short stands behind the last whole one.
std::vector<storage::Fact> facts_in(const fs::path& folder) {
    const storage::OpenedJournal opened = storage::open_or_salvage(
        {.directory = folder, .kiosk = storage::KioskId{1}, .kiosk_key = {}});
    std::vector<storage::Fact> facts;
    opened.journal->visit_facts(
        [&](const storage::StoredFact& stored) { facts.push_back(stored.fact); });
    return facts;
}

/// Every printed line is among the facts, once.
void check_all_kept(const std::vector<std::string>& lines,
                    const std::vector<storage::Fact>& facts) {
    const auto kept = keys_of_facts(facts);
    for (const std::string& key : keys_of_lines(lines)) {
        INFO(key);
        CHECK(std::count(kept.begin(), kept.end(), key) == 1);
    }
}

/// The troubles said of the journal.
std::vector<std::uint32_t> troubles_in(const std::vector<storage::Fact>& facts) {
    std::vector<std::uint32_t> troubles;
    for (const storage::Fact& fact : facts)
        if (fact.kind == storage::FactKind::fault &&
            std::string(fact.payload.begin(), fact.payload.end()) == "journal")
            troubles.push_back(fact.argument);
    return troubles;
}

double frame_to_verdict_ms(const std::string& line) {
    return nlohmann::json::parse(line)["ms"]["frame_to_verdict"];
}

}  // namespace

TEST_CASE(
    "F4: on a full disk admissions go on with the mirror, and room is made for the next start",
    "[fault]") {
    Play play;
    const Disk disk(play.event.state(), in_memory);
    play.start(disk);
    play.read(2);
    CHECK(disk.run_inside("test -f \"$0/reserve\"").exit_code == 0);
    disk.fill();
    play.read(3);
    CHECK(play.stop() == 0);

    CHECK(disk.run_inside("test -f \"$0/reserve\"").exit_code == 1);
    const auto facts = facts_in(play.mirror);
    check_all_kept(play.lines, facts);
    CHECK(troubles_in(facts) ==
          std::vector{static_cast<std::uint32_t>(storage::DeviceTrouble::full)});

    // The next start has room enough, and both are level again.
    play.start(disk);
    play.read(1);
    CHECK(play.stop() == 0);
    disk.bring_home(play.event.folder / "home");
    check_all_kept(play.lines, facts_in(play.event.folder / "home"));
}

TEST_CASE("F8, I-10: while the disk hangs for ten seconds badges are decided as before",
          "[fault]") {
    Play play;
    const Disk disk(play.event.state(), on_loop);
    play.start(disk);
    play.read(2);
    REQUIRE(disk.run_inside("fsfreeze -f \"$0\"").exit_code == 0);
    const auto frozen = std::chrono::steady_clock::now();
    play.read(5);
    const auto hung = std::chrono::steady_clock::now() - frozen;
    play.kiosk->kill(SIGTERM);
    while (play.kiosk->read_line(within(10s)))
        continue;  // it has closed its output, but for the kernel
    REQUIRE(disk.run_inside("fsfreeze -u \"$0\"").exit_code == 0);
    CHECK(play.kiosk->wait(within(10s)) == 0);
    CHECK(hung > 5s);

    std::string table = "frame to verdict, ms; the disk hangs from the third on:";
    for (const std::string& line : play.lines)
        table += " " + std::to_string(static_cast<int>(frame_to_verdict_ms(line)));
    WARN(table);
    CHECK(frame_to_verdict_ms(play.lines[2]) < 600);
    for (std::size_t i = 3; i < play.lines.size(); ++i)
        CHECK(frame_to_verdict_ms(play.lines[i]) < 250);
    const auto facts = facts_in(play.mirror);
    check_all_kept(play.lines, facts);
    CHECK(troubles_in(facts) ==
          std::vector{static_cast<std::uint32_t>(storage::DeviceTrouble::hung)});
}

TEST_CASE(
    "F5, F6, F7: when writes fail and the file system turns read-only the mirror takes the facts",
    "[fault]") {
    Play play;
    const Disk disk(play.event.state(), on_failing_loop);
    play.start(disk);
    play.read(2);
    (void)disk.run_inside(
        "dd if=/dev/zero of=\"$0.memory/filler\" bs=64k; dd if=/dev/zero of=\"$0.memory/last\" bs=4k");
    play.read(3);
    CHECK(play.stop() == 0);
    const auto facts = facts_in(play.mirror);
    check_all_kept(play.lines, facts);
    CHECK(troubles_in(facts).size() == 1);
}

TEST_CASE(
    "F11: when nothing can be kept any more guests are admitted by hand, and a new start is tried",
    "[fault]") {
    Play play;
    const Disk disk(play.event.state(), in_memory);
    const Display display;
    play.mirror.clear();
    play.start(disk, display.name());
    play.read(2);
    disk.fill();
    while (const auto line = play.kiosk->read_line(within(30s))) play.lines.push_back(*line);
    CHECK(play.kiosk->wait(within(5s)) == 74);
    disk.bring_home(play.event.folder / "home");
    check_all_kept(play.lines, facts_in(play.event.folder / "home"));
}

TEST_CASE(
    "F11: a kiosk that can keep nothing from the start says so on its screen, and tries again",
    "[fault]") {
    Play play;
    const Disk disk(play.event.state(), in_memory);
    disk.fill();
    const Display display;
    play.mirror.clear();
    play.start(disk, display.name());
    CHECK_FALSE(play.kiosk->read_line(within(5s)));
    const auto picture = play.event.folder / "by-hand.png";
    REQUIRE(run({"import", "-display", display.name(), "-window", "root", picture.string()})
                .exit_code == 0);
    // The ground of the out-of-service screen, at its left edge.
    CHECK(run({"convert", picture.string(), "-format", "%[hex:p{20,300}]\\n", "info:"}).output ==
          "E6E5E1\n");
    CHECK(play.kiosk->wait(within(20s)) == 74);
}

TEST_CASE("F27: when the display goes the program ends at once, and starts again on the next one",
          "[fault]") {
    Play play;
    play.camera.emplace(start_camera(play.event.feed(), play.port));
    const KioskOptions options{.camera = camera_source(play.port),
                               .display = {},
                               .until_end = false,
                               .inside = {},
                               .more = {}};
    auto first = options;
    {
        const Display display;
        first.display = display.name();
        play.kiosk.emplace(start_kiosk(play.event, first));
        play.read(2);
    }
    const auto ended = play.kiosk->wait(within(3s));
    REQUIRE(ended);
    CHECK(*ended != 0);
    const Display display;
    auto second = options;
    second.display = display.name();
    play.kiosk.emplace(start_kiosk(play.event, second));
    play.read(1);
    CHECK(play.stop() == 0);
    check_all_kept(play.lines, read_journal(play.event));
}

TEST_CASE("F19: a camera whose driver hangs while it is opened hangs nothing else, and not the end",
          "[fault]") {
    Play play;
    const auto node = play.event.folder / "node";
    fs::remove(node);
    REQUIRE(::mkfifo(node.c_str(), 0600) ==
            0);  // opening it waits for another end that never comes
    play.kiosk.emplace(start_kiosk(
        play.event, {.camera = "filesrc location=" + node.string() + " ! multipartdemux ! jpegdec",
                     .display = {},
                     .until_end = false,
                     .inside = {},
                     .more = {}}));
    // Longer than the watchdog lets any thread be at work.
    CHECK_FALSE(play.kiosk->read_line(within(14s)));
    CHECK(play.stop() == 0);
    fs::remove(node);
}

TEST_CASE("F28: a program that can open no more files ends for a new start and loses nothing",
          "[fault]") {
    Play play;
    play.camera.emplace(start_camera(play.event.feed(), play.port));
    play.kiosk.emplace(start_kiosk(play.event, {.camera = camera_source(play.port),
                                                .display = {},
                                                .until_end = false,
                                                .inside = {},
                                                .more = {}}));
    play.read(2);
    CHECK(run({"prlimit", "--pid", std::to_string(play.kiosk->pid()), "--nofile=3:3"}).exit_code ==
          0);
    while (const auto line = play.kiosk->read_line(within(10s))) play.lines.push_back(*line);
    const auto ended = play.kiosk->wait(within(5s));
    REQUIRE(ended);  // by us with 75, or by a library that can do without even less
    CHECK(*ended != 0);
    check_all_kept(play.lines, read_journal(play.event));
}
