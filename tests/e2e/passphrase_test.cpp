// F26 with the whole program: a kiosk without its key works by signatures until a supervisor has
// typed the passphrase, partly on a keyboard and partly on the screen.
#include <sys/mman.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kiosk/enrol/enrolment.hpp"
#include "kiosk/screens/pad.hpp"
#include "storage/base/files.hpp"
#include "storage/guests/identity.hpp"
#include "storage/journal/journal.hpp"
#include "tests/e2e/play.hpp"
#include "tests/feed/avi.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_systemd.hpp"
#include "tests/support/with_variable.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
using kiosk::Intent;
using test::within;

namespace {

constexpr double px_per_mm = 1080 / kiosk::panel_short;
constexpr kiosk::Box card{(kiosk::panel_long - kiosk::pad_width) / 2, 32, kiosk::pad_width,
                          kiosk::pad_height};

/// The screen and the fingers before it.
class Supervisor {
public:
    explicit Supervisor(const Display& display) : env_{{"DISPLAY", display.name()}} {}

    void type(const std::vector<std::string>& keys) const {
        std::vector<std::string> argv{"xdotool", "key", "--delay", "120"};
        argv.insert(argv.end(), keys.begin(), keys.end());
        REQUIRE(run(argv, env_).exit_code == 0);
    }
    void touch(Intent intent) const {
        for (const kiosk::PadKey& key : kiosk::pad_keys(card))
            if (key.intent == intent)
                REQUIRE(run({"xdotool", "mousemove", std::to_string(x_px(key.box.centre().x)),
                             std::to_string(y_px(key.box.centre().y)), "click", "1"},
                            env_)
                            .exit_code == 0);
    }
    /// Once more if a verdict came over the pad just then.
    [[nodiscard]] bool touch_until(Intent intent, std::optional<std::size_t> places) const {
        for (int tries = 0; tries < 3; ++tries) {
            touch(intent);
            if (sees_filled(places)) return true;
        }
        return false;
    }
    /// A finger on the staff corner until the pad comes.
    [[nodiscard]] bool hold_staff() const {
        REQUIRE(run({"xdotool", "mousemove", std::to_string(x_px(456)), std::to_string(y_px(250)),
                     "mousedown", "1"},
                    env_)
                    .exit_code == 0);
        const auto held = std::chrono::steady_clock::now();
        const bool came = sees_filled(0) && std::chrono::steady_clock::now() - held > 2500ms;
        REQUIRE(run({"xdotool", "mouseup", "1"}, env_).exit_code == 0);
        return came;
    }
    /// Waits until the pad is to be seen with so many places filled; nothing: until it is gone.
    [[nodiscard]] bool sees_filled(std::optional<std::size_t> count) const {
        const auto deadline = within(5s);
        while (std::chrono::steady_clock::now() < deadline)
            if (filled() == count) return true;
        return false;
    }
    void take_picture(const std::filesystem::path& file) const {
        REQUIRE(run({"import", "-window", "root", file.string()}, env_).exit_code == 0);
    }

private:
    static int x_px(double mm) {
        return static_cast<int>((1920 - kiosk::panel_long * px_per_mm) / 2 + mm * px_per_mm);
    }
    static int y_px(double mm) { return static_cast<int>(mm * px_per_mm); }

    /// How many places have ink in their middle; nothing without the pad.
    [[nodiscard]] std::optional<std::size_t> filled() const {
        std::string wanted;
        for (const kiosk::Spot& place : kiosk::digit_spots(kiosk::start_digits, card))
            wanted += "%[hex:p{" + std::to_string(x_px(place.x)) + "," +
                      std::to_string(y_px(place.y)) + "}] ";
        const Finished seen = run(
            {"import", "-window", "root", "-depth", "8", "-format", wanted + "\n", "info:-"}, env_);
        std::istringstream colours(seen.output);
        std::size_t count = 0;
        for (std::string colour; colours >> colour;) {
            if (colour != ink && colour != paper) return std::nullopt;
            count += colour == ink;
        }
        return count;
    }

    static constexpr const char* ink = "152238";
    static constexpr const char* paper = "FFFFFF";
    std::map<std::string, std::string> env_;
};

/// The event with its kiosk enrolled anew, with digits.
Event enrol_with(const std::string& digits) {
    Event event = make_event(2, 12);
    std::filesystem::remove_all(event.state());
    std::ofstream(event.folder / "digits") << digits << "\n";
    REQUIRE(run({program("hudoor-kiosk").string(), "enrol",
                 (event.folder / "north-1.kiosk").string(), "--state", event.state().string(),
                 "--bundle-passphrase-file", (event.folder / "passphrase").string(),
                 "--ask-passphrase", "--start-passphrase-file", (event.folder / "digits").string()})
                .exit_code == 0);
    return event;
}

/// Badges that are admitted with the guest list: one, time to type, and others with a pause after
/// each.
std::filesystem::path make_feed(const Event& event) {
    constexpr std::size_t to_type = 360, between = 75;
    const auto pictures = read_pictures(event.feed());
    const auto file = event.folder / "passphrase.avi";
    feed::AviWriter out(file, {1280, 720}, 30);
    const auto add = [&](std::size_t i) {
        out.add_frame({pictures[i].begin(), pictures[i].end()});
    };
    const auto add_empty = [&](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) add(i % 8);
    };
    add_empty(30);
    bool first = true;
    for (const feed::Truth& badge : truth_of(event)) {
        if (badge.expect != "admitted/ok") continue;
        for (int i = badge.first_frame; i <= badge.last_frame; ++i)
            add(static_cast<std::size_t>(i));
        add_empty(std::exchange(first, false) ? to_type : between);
    }
    out.finish();
    return file;
}

/// The next verdict's reason.
std::string read_reason(test::ChildProcess& kiosk) {
    while (const auto line = kiosk.read_line(within(30s))) {
        const auto result = nlohmann::json::parse(*line);
        if (!result.contains("hint"))
            return result["verdict"].get<std::string>() + "/" + result["reason"].get<std::string>();
    }
    return "no line";
}

/// Opening it verifies hashes, links and signatures.
std::vector<bool> signed_epochs_of(const Event& event) {
    const auto identity =
        storage::parse_identity(storage::read_file(event.state() / "identity", 1 << 20));
    REQUIRE(identity);
    const storage::Journal journal(
        {.directory = event.state(), .kiosk = identity->kiosk, .kiosk_key = identity->kiosk_key});
    std::vector<bool> signed_epochs;
    journal.visit_facts([&](const storage::StoredFact& stored) {
        if (stored.fact.kind == storage::FactKind::hello)
            signed_epochs.push_back(storage::is_signed(stored.signature));
    });
    return signed_epochs;
}

/// The kiosk begun anew by systemd, which gives it what it kept; until its feed ends.
void restart_with(const Event& event, int kept) {
    constexpr int first_given = 3;
    const test::Held before(::fcntl(first_given, F_DUPFD_CLOEXEC, 10));
    REQUIRE(::dup2(kept, first_given) == first_given);
    auto kiosk = start_kiosk(
        event, {.camera = "videotestsrc num-buffers=30 ! video/x-raw,width=640,height=480",
                .display = {},
                .inside = {"sh", "-c",
                           "LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=kiosk-key exec \"$@\"", "sh"},
                .more = {}});
    if (before.number() >= 0)
        REQUIRE(::dup2(before.number(), first_given) == first_given);
    else
        ::close(first_given);
    CHECK(kiosk.wait(within(30s)) == 0);
}

}  // namespace

TEST_CASE(
    "F26: a kiosk without its key admits by signature, and by the list once a supervisor typed the digits, "
    "also when the program is begun anew",
    "[fault]") {
    const Event event = enrol_with("314159265358");
    const Display display;
    const Supervisor supervisor(display);
    test::FakeSystemd systemd;
    const test::WithVariable socket("NOTIFY_SOCKET", systemd.path());
    const int port = test::find_free_port();
    const auto camera = start_camera(make_feed(event), port);
    auto kiosk = start_kiosk(event, {.camera = camera_source(port),
                                     .display = display.name(),
                                     .until_end = false,
                                     .inside = {},
                                     .more = {}});
    CHECK(read_reason(kiosk) == "admitted/signature_only");
    REQUIRE(systemd.receive("READY=1"));

    REQUIRE(supervisor.sees_filled(0));
    REQUIRE(supervisor.touch_until(Intent::skip, std::nullopt));
    REQUIRE(supervisor.hold_staff());
    supervisor.type({"3", "1", "4", "1", "5", "0", "BackSpace", "KP_9"});
    REQUIRE(supervisor.sees_filled(6));
    supervisor.take_picture(event.folder / "pad.png");
    std::size_t filled = 6;
    for (const Intent digit : {Intent::digit_2, Intent::digit_6, Intent::digit_5, Intent::digit_3,
                               Intent::digit_5, Intent::digit_8}) {
        ++filled;
        REQUIRE(supervisor.touch_until(digit, filled));
    }
    supervisor.touch(Intent::enter);
    std::string reason = read_reason(kiosk);
    while (reason == "admitted/signature_only") reason = read_reason(kiosk);
    CHECK(reason == "admitted/ok");
    kiosk.kill(SIGTERM);
    CHECK(kiosk.wait(within(10s)) == 0);
    CHECK(signed_epochs_of(event) == std::vector{false, true});

    const auto kept = systemd.receive("FDSTORE=1");
    REQUIRE(kept);
    restart_with(event, kept->descriptor.number());
    CHECK(signed_epochs_of(event) == std::vector{false, true, true});
    CHECK_FALSE(systemd.receive("FDSTOREREMOVE=1", 0ms));

    const test::Held foreign(::memfd_create("of-a-test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(::ftruncate(foreign.number(), 32) == 0);
    REQUIRE(::fcntl(foreign.number(), F_ADD_SEALS,
                    F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0);
    restart_with(event, foreign.number());
    CHECK(signed_epochs_of(event) == std::vector{false, true, true, false});
    CHECK(systemd.receive("FDSTOREREMOVE=1"));
}
