#include "scanner/camera/camera.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "config/fault.hpp"
#include "scanner/camera/device.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

namespace hudoor::scanner {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using test::ChildProcess;
using test::within;

/// Remembers what a camera said, and waits for it.
class Watched {
public:
    explicit Watched(CameraOptions options)
        : camera_(std::make_unique<Camera>(
              std::move(options), [this](FramePtr frame) { note(std::move(frame)); },
              [this](const CameraNews& news) { note(news.state, news.why); })) {}

    [[nodiscard]] bool wait_for_frames(std::size_t more, MonotonicTime deadline) {
        std::unique_lock lock(mutex_);
        const auto wanted = ages_.size() + more;
        return changed_.wait_until(lock, deadline, [&] { return ages_.size() >= wanted; });
    }
    /// A state told now or later; older ones do not count.
    [[nodiscard]] bool wait_for(CameraState state, MonotonicTime deadline) {
        std::unique_lock lock(mutex_);
        return changed_.wait_until(lock, deadline,
                                   [&] { return !states_.empty() && states_.back() == state; });
    }
    [[nodiscard]] bool wait_for_states(std::size_t count, MonotonicTime deadline) {
        std::unique_lock lock(mutex_);
        return changed_.wait_until(lock, deadline, [&] { return states_.size() >= count; });
    }
    void close() { camera_.reset(); }
    [[nodiscard]] std::chrono::nanoseconds busy_for() const {
        return camera_->pulse().busy_for(std::chrono::steady_clock::now());
    }
    [[nodiscard]] bool closes() { return camera_->close(); }

    // Of a closed or ended camera.
    [[nodiscard]] const std::vector<CameraState>& states() const { return states_; }
    [[nodiscard]] const std::vector<milliseconds>& ages() const { return ages_; }
    [[nodiscard]] const std::vector<MonotonicTime>& entered() const { return entered_; }
    [[nodiscard]] const std::vector<std::uint64_t>& numbers() const { return numbers_; }
    [[nodiscard]] FramePtr last() const { return last_; }
    [[nodiscard]] std::string why() {
        const std::lock_guard lock(mutex_);
        return why_;
    }

private:
    void note(FramePtr frame) {
        const auto age = std::chrono::steady_clock::now() - frame->entered();
        const std::lock_guard lock(mutex_);
        ages_.push_back(std::chrono::duration_cast<milliseconds>(age));
        entered_.push_back(frame->entered());
        numbers_.push_back(frame->number());
        last_ = std::move(frame);
        changed_.notify_all();
    }
    void note(CameraState state, const std::string& why) {
        const std::lock_guard lock(mutex_);
        states_.push_back(state);
        if (!why.empty()) why_ = why;
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<CameraState> states_;
    std::vector<milliseconds> ages_;
    std::vector<MonotonicTime> entered_;
    std::vector<std::uint64_t> numbers_;
    FramePtr last_;
    std::string why_;
    std::unique_ptr<Camera> camera_;  // last: its threads use all of the above
};

using States = std::vector<CameraState>;

ChildProcess gst_launch(const std::string& pipeline) {
    std::vector<std::string> argv{"gst-launch-1.0", "-q"};
    std::string word;
    for (const char c : pipeline + " ") {
        if (c != ' ')
            word += c;
        else if (!word.empty())
            argv.push_back(std::exchange(word, {}));
    }
    return ChildProcess(argv);
}

/// A camera that is another process, as a network camera is.
class RemoteCamera {
public:
    [[nodiscard]] ChildProcess start() const {
        return gst_launch(
            "videotestsrc is-live=true pattern=ball ! "
            "video/x-raw,width=320,height=240,framerate=30/1 "
            "! jpegenc ! multipartmux ! tcpserversink host=127.0.0.1 port=" +
            port_);
    }
    [[nodiscard]] std::string source() const {
        return "tcpclientsrc host=127.0.0.1 port=" + port_ +
               " do-timestamp=true ! multipartdemux ! jpegdec";
    }

private:
    std::string port_ = std::to_string(test::find_free_port());
};

TEST_CASE("a source gives its frames, numbered, and ends where ending is final") {
    Watched camera(
        {.source = "videotestsrc num-buffers=5 pattern=white ! video/x-raw,width=322,height=243",
         .end_is_final = true});
    REQUIRE(camera.wait_for(CameraState::ended, within(10s)));
    camera.close();
    CHECK(camera.states() == States{CameraState::live, CameraState::ended});
    CHECK(camera.numbers() == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
    const auto gray = camera.last()->gray();  // frames outlive their camera
    CHECK(gray.width_px == 322);
    CHECK(gray.height_px == 243);
    CHECK(gray.pixels[std::ptrdiff_t{242} * gray.stride_bytes + 321] > 230);
}

TEST_CASE("color layouts of all kinds become gray frames") {
    const auto format = GENERATE(as<std::string>{}, "YUY2", "BGRx", "Y42B", "GRAY8", "NV12");
    CAPTURE(format);
    Watched camera(
        {.source =
             "videotestsrc num-buffers=2 pattern=black ! video/x-raw,width=64,height=48,format=" +
             format,
         .end_is_final = true});
    REQUIRE(camera.wait_for(CameraState::ended, within(10s)));
    REQUIRE(camera.last());
    CHECK(camera.last()->gray().pixels[0] < 20);
}

TEST_CASE("a source that ends is opened again where ending is not final, and numbers go on") {
    Watched camera({.source = "videotestsrc num-buffers=2 ! video/x-raw,width=64,height=48",
                    .retry_first = 10ms});
    REQUIRE(camera.wait_for_states(3, within(10s)));
    REQUIRE(camera.wait_for_frames(2, within(10s)));
    camera.close();
    CHECK(camera.states()[1] == CameraState::lost);
    CHECK(camera.states()[2] == CameraState::live);
    CHECK(camera.numbers()[3] == 4);
}

TEST_CASE("a source string that is no pipeline is refused by name") {
    const auto source =
        GENERATE(as<std::string>{}, "no-such-element ! jpegdec", "videotestsrc ! ! jpegdec",
                 "videotestsrc no-such-property=1", "fakesink", "videotestsrc ! audioconvert", "");
    CAPTURE(source);
    const auto open = [&source] {
        Camera(
            {.source = source}, [](FramePtr) {}, [](const CameraNews&) {});
    };
    try {
        open();
        FAIL("no fault");
    } catch (const Fault& fault) {
        CHECK(fault.exit_code() == ExitCode::bad_settings);
        CHECK(std::string(fault.what()).find("\"" + source + "\"") != std::string::npos);
    }
}

TEST_CASE("auto is refused exactly where there is no capture device") {
    bool refused = false;
    try {
        const Watched camera({.source = "auto"});
    } catch (const Fault& fault) {
        refused = fault.exit_code() == ExitCode::unavailable;
    }
    CHECK(refused == list_cameras().empty());
}

TEST_CASE("a source that cannot be opened, or gives no pictures, is lost and says why") {
    const auto source =
        GENERATE(as<std::string>{}, "filesrc location=/nonexistent/feed.mjpeg ! jpegdec",
                 "fakesrc num-buffers=50 sizetype=fixed sizemax=1000 filltype=random ! jpegdec",
                 "fakesrc num-buffers=50 sizetype=fixed sizemax=1000 filltype=random ! "
                 "multipartdemux ! jpegdec",
                 "tcpclientsrc host=127.0.0.1 port=1 ! multipartdemux ! jpegdec");
    CAPTURE(source);
    Watched camera({.source = source});
    REQUIRE(camera.wait_for(CameraState::lost, within(2s)));
    camera.close();
    CHECK_FALSE(camera.why().empty());
    CHECK(camera.ages().empty());
}

TEST_CASE(
    "a camera in another process: killed it is lost within 2 s, started again it is live again") {
    const RemoteCamera remote;
    Watched camera({.source = remote.source()});
    {
        const auto process = remote.start();
        REQUIRE(camera.wait_for_frames(10, within(20s)));
        REQUIRE(camera.wait_for(CameraState::live, within(1s)));
        process.kill(SIGKILL);
        CHECK(camera.wait_for(CameraState::lost, within(2s)));
    }
    const auto process = remote.start();
    CHECK(camera.wait_for(CameraState::live, within(20s)));
    CHECK(camera.wait_for_frames(10, within(10s)));
    camera.close();
    CHECK(std::ranges::is_sorted(camera.numbers()));
}

TEST_CASE("a camera in another process: stopped it is lost within 2 s, going on it is live again") {
    const RemoteCamera remote;
    Watched camera({.source = remote.source()});
    const auto process = remote.start();
    REQUIRE(camera.wait_for_frames(10, within(20s)));
    process.kill(SIGSTOP);
    CHECK(camera.wait_for(CameraState::lost, within(2s)));
    process.kill(SIGCONT);
    CHECK(camera.wait_for(CameraState::live, within(20s)));
    CHECK(camera.wait_for_frames(10, within(10s)));
}

TEST_CASE("a frame entered before its decoder and whatever comes after it") {
    const RemoteCamera remote;
    const auto process = remote.start();
    Watched camera({.source = remote.source() + " ! identity sleep-time=60000"});
    REQUIRE(camera.wait_for_frames(10, within(20s)));
    camera.close();
    const auto [least, most] = std::ranges::minmax(camera.ages());
    CHECK(least >= 60ms);
    CHECK(most < 5s);
    CHECK(std::ranges::is_sorted(camera.entered()));
}

TEST_CASE("a slow element before the decoder counts as well") {
    const auto source = GENERATE(as<std::string>{}, "jpegenc ! identity sleep-time=60000 ! jpegdec",
                                 "jpegenc ! identity sleep-time=60000 ! decodebin",
                                 "jpegenc ! jpegparse ! identity sleep-time=60000 ! queue ! "
                                 "jpegdec ! videorate ! videoscale ! video/x-raw,width=100",
                                 "identity sleep-time=60000");
    CAPTURE(source);
    Watched camera(
        {.source = "videotestsrc num-buffers=5 ! video/x-raw,width=320,height=240,format=Y42B ! " +
                   source,
         .end_is_final = true});
    REQUIRE(camera.wait_for(CameraState::ended, within(10s)));
    REQUIRE_FALSE(camera.ages().empty());
    const auto [least, most] = std::ranges::minmax(camera.ages());
    CHECK(least >= 60ms);
    CHECK(most < 5s);
}

TEST_CASE("a file with time stamps plays at its own pace, and waiting its turn is no delay") {
    const auto file = std::filesystem::temp_directory_path() /
                      ("hudoor-feed-" + std::to_string(test::find_free_port()) + ".avi");
    auto maker = gst_launch(
        "videotestsrc num-buffers=11 ! video/x-raw,width=320,height=240,framerate=20/1 "
        "! jpegenc ! avimux ! filesink location=" +
        file.string());
    REQUIRE(maker.wait(within(20s)) == 0);
    Watched camera({.source = "filesrc location=" + file.string() +
                              " ! avidemux ! identity sync=true ! jpegdec",
                    .end_is_final = true});
    REQUIRE(camera.wait_for(CameraState::ended, within(20s)));
    std::filesystem::remove(file);
    REQUIRE(camera.numbers().size() == 11);
    CHECK(camera.entered().back() - camera.entered().front() >= 450ms);
    CHECK(std::ranges::min(camera.ages()) < 25ms);
}

/// A device file: nothing comes out of it until a camera is plugged in behind it.
class Node {
public:
    Node()
        : path_(std::filesystem::temp_directory_path() /
                ("hudoor-node-" + std::to_string(test::find_free_port()))) {
        REQUIRE(::mkfifo(path_.c_str(), 0600) == 0);
    }
    ~Node() {
        let_go();
        std::filesystem::remove(path_);
    }
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    /// Opened so that it answers, and is as silent as before.
    [[nodiscard]] int answer() {
        if (descriptor_ < 0) descriptor_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
        return descriptor_;
    }
    [[nodiscard]] ChildProcess plug_in() const {
        return gst_launch(
            "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=30/1 ! jpegenc "
            "! multipartmux ! filesink buffer-mode=2 location=" +
            path_.string());
    }
    /// Whatever waits for it to be opened waits no longer.
    void let_go() {
        if (answer() >= 0) ::close(std::exchange(descriptor_, -1));
    }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
};

TEST_CASE("a device that opens and sends nothing is lost within 2 s, and live when it sends") {
    Node node;
    Watched camera(
        {.source = "fdsrc fd=" + std::to_string(node.answer()) + " ! multipartdemux ! jpegdec",
         .first_frame_within = 2'000ms});
    REQUIRE(camera.wait_for(CameraState::lost, within(2s)));
    CHECK(camera.why().find("no picture") != std::string::npos);
    CHECK_FALSE(camera.wait_for_frames(1, within(4s)));  // while it is tried again
    const auto process = node.plug_in();
    CHECK(camera.wait_for(CameraState::live, within(20s)));
    CHECK(camera.wait_for_frames(10, within(10s)));
    CHECK(camera.closes());
    CHECK(camera.states() == States{CameraState::lost, CameraState::live});
}

TEST_CASE("a device that hangs while it is opened is lost within 2 s, and live once it answers") {
    const Node node;
    Watched camera({.source = "filesrc location=" + node.path() + " ! multipartdemux ! jpegdec",
                    .first_frame_within = 1'000ms});
    REQUIRE(camera.wait_for(CameraState::lost, within(2s)));
    CHECK(camera.why().find("does not answer") != std::string::npos);
    CHECK(camera.busy_for() <
          1s);  // its thread does not hang, and the watchdog leaves the program be
    CHECK_FALSE(camera.wait_for_frames(1, within(2s)));
    const auto process = node.plug_in();
    CHECK(camera.wait_for(CameraState::live, within(20s)));
    CHECK(camera.wait_for_frames(10, within(10s)));
    process.kill(SIGKILL);
    CHECK(camera.closes());
}

TEST_CASE("a camera that hangs while it is opened is left alone at the end") {
    const Node node;
    Watched camera({.source = "filesrc location=" + node.path() + " ! multipartdemux ! jpegdec"});
    REQUIRE(camera.wait_for(CameraState::lost, within(2s)));
    const auto told = std::chrono::steady_clock::now();
    CHECK_FALSE(camera.closes());
    CHECK(std::chrono::steady_clock::now() - told < 1s);
}

TEST_CASE("a camera thread that hangs while it closes a source is seen by its pulse") {
    std::promise<void> lets_go;
    const std::shared_future<void> held = lets_go.get_future().share();
    std::promise<void> lost;
    {
        const Camera camera(
            {.source = "videotestsrc num-buffers=1 ! video/x-raw,width=64,height=64",
             .stall_after = 300ms,
             .first_frame_within = 300ms},
            [held](const FramePtr&) {
                held.wait();
            },  // as a driver that never gives its picture back
            [&lost, told = false](const CameraNews& news) mutable {
                if (news.state == CameraState::lost && !std::exchange(told, true)) lost.set_value();
            });
        REQUIRE(lost.get_future().wait_for(10s) == std::future_status::ready);
        const auto deadline = within(10s);
        while (camera.pulse().busy_for(std::chrono::steady_clock::now()) < 200ms &&
               std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        CHECK(camera.pulse().busy_for(std::chrono::steady_clock::now()) >= 200ms);
        lets_go.set_value();
        while (camera.pulse().busy_for(std::chrono::steady_clock::now()) > 0ms &&
               std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        CHECK(std::chrono::steady_clock::now() < deadline);
    }
}

TEST_CASE("a camera that falls silent is lost in time, and closing it does not wait for it") {
    Watched camera({.source = "videotestsrc is-live=true ! video/x-raw,framerate=1/60",
                    .stall_after = 300ms,
                    .first_frame_within = 500ms});
    REQUIRE(camera.wait_for_frames(1, within(10s)));
    CHECK(camera.wait_for(CameraState::lost, within(2s)));
}

}  // namespace
}  // namespace hudoor::scanner
