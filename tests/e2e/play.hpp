/// Plays the kiosk end to end: a demo event made by the organisers' commands, a screen (Xvfb), a
/// camera in another process, and the kiosk itself. Everything started is ended by its own process
/// id.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/facts/fact.hpp"
#include "tests/feed/check.hpp"
#include "tests/feed/truth.hpp"
#include "tests/support/child_process.hpp"

namespace hudoor::e2e {

/// A made event with its feed, below the build folder.
struct Event {
    std::filesystem::path folder;

    [[nodiscard]] std::filesystem::path state() const { return folder / "state"; }
    [[nodiscard]] std::filesystem::path feed() const { return folder / "feed.avi"; }
};

/// Runs tests/support/make_event.sh; the state is fresh, the feed is made once.
[[nodiscard]] Event make_event(int seed, int appearances, const std::string& size = "1280x720",
                               int delegates = 2'000);

[[nodiscard]] std::vector<feed::Truth> truth_of(const Event& event);
[[nodiscard]] std::vector<feed::Expected> expected_of(const std::vector<feed::Truth>& truth);

/// A virtual X display.
class Display {
public:
    Display();
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    std::unique_ptr<test::ChildProcess> server_;
    std::string name_;
};

/// The JPEG pictures of a feed, in order.
[[nodiscard]] std::vector<std::string> read_pictures(const std::filesystem::path& feed);

/// Cuts pictures [first, last) out of a feed, with empty ones (the feed's first picture) before and
/// after.
struct Cut {
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t empty_before = 0;
    std::size_t empty_after = 0;
};
void write_cut(const std::vector<std::string>& pictures, const Cut& cut,
               const std::filesystem::path& file);

/// A camera that sees a test picture, and never a badge.
inline constexpr const char* nothing_to_see =
    "videotestsrc is-live=true pattern=smpte ! video/x-raw,width=640,height=360,framerate=10/1";
/// A camera: another process that serves a feed at 30 frames a second on a loopback port.
[[nodiscard]] test::ChildProcess start_camera(const std::filesystem::path& feed, int port);
/// The kiosk's source for it.
[[nodiscard]] std::string camera_source(int port);
/// The kiosk's source for a feed file, as fast as it can be decoded.
[[nodiscard]] std::string fast_source(const std::filesystem::path& feed);

struct KioskOptions {
    std::string camera;
    std::string display;  ///< empty: headless
    bool until_end = true;
    std::vector<std::string> inside{};  ///< a command that runs it elsewhere, e.g. nsenter
    std::vector<std::string> more{};
    std::string time = "2026-12-04T05:31:00Z";
};
[[nodiscard]] test::ChildProcess start_kiosk(const Event& event, const KioskOptions& options);
[[nodiscard]] std::filesystem::path program(const std::string& name);

/// Megabytes of a process that are in memory; 0 when it has ended.
[[nodiscard]] double resident_mb(pid_t process);

/// Runs a program to its end; its standard output, and its exit code.
struct Finished {
    std::string output;
    int exit_code = -1;
};
[[nodiscard]] Finished run(const std::vector<std::string>& argv,
                           const std::map<std::string, std::string>& env = {});

/// The facts of a kiosk's journal as the sqlite3 command reads them, while no kiosk runs.
[[nodiscard]] std::vector<storage::Fact> read_journal(const Event& event);

/// Epoch, seq, verdict and reason of every result line, and of every fact of a scan: to compare.
[[nodiscard]] std::vector<std::string> keys_of_lines(const std::vector<std::string>& lines);
[[nodiscard]] std::vector<std::string> keys_of_facts(const std::vector<storage::Fact>& facts);

}  // namespace hudoor::e2e
