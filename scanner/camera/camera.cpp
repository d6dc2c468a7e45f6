#include "scanner/camera/camera.hpp"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

#include "config/fault.hpp"
#include "config/worker.hpp"
#include "scanner/camera/device.hpp"
#include "scanner/camera/pipeline.hpp"

namespace hudoor::scanner {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds glance{100};  // how late a stall or a stop may be noticed

/// Where frames go until the camera is closed: a driver that hangs may let go later.
class Outlet {
public:
    explicit Outlet(std::function<void(FramePtr)> on_frame) : on_frame_(std::move(on_frame)) {}

    void give(FramePtr frame) {
        const std::lock_guard lock(mutex_);
        if (on_frame_) on_frame_(std::move(frame));
    }
    void close() {
        const std::lock_guard lock(mutex_);
        on_frame_ = nullptr;
    }

private:
    std::mutex mutex_;
    std::function<void(FramePtr)> on_frame_;
};

/// What is to be opened. Has all it needs in itself, since opening may hang for ever.
struct Opening {
    std::string source;
    std::string name;
    std::string silent;  ///< the device that was opened last and sent nothing
    std::uint64_t first_number = 1;
    std::shared_ptr<Outlet> outlet;

    [[nodiscard]] std::shared_ptr<Pipeline> make() const {
        return std::make_shared<Pipeline>(
            source == "auto" ? source_of(choose_camera(list_cameras(), name, silent)) : source,
            first_number, [outlet = outlet](FramePtr frame) { outlet->give(std::move(frame)); });
    }
};

}  // namespace

class Camera::Impl {
public:
    Impl(CameraOptions options, std::function<void(FramePtr)> on_frame,
         std::function<void(const CameraNews&)> on_news)
        : options_(std::move(options)),
          on_news_(std::move(on_news)),
          tuning_(options_.tuning),
          opening_{
              options_.source, options_.name, {}, 1, std::make_shared<Outlet>(std::move(on_frame))},
          pipeline_(opening_.make()),
          retry_after_(options_.retry_first),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    ~Impl() { (void)close(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    bool close() {
        if (thread_.joinable()) {
            thread_.request_stop();
            thread_.join();
        }
        opening_.outlet->close();
        return !abandoned_;
    }

    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested() && state_ != CameraState::ended) {
            if (pipeline_) play(stop);
            if (state_ == CameraState::ended) return;
            pause(stop);
            reopen(stop);
        }
    }

    /// Drivers may hang while they open a device: then the camera is lost, and it is waited for; a
    /// new start of the program would hang as well. Nothing where it was told to stop meanwhile.
    template <typename Step>
    auto open(const std::stop_token& stop, Step step) -> std::optional<std::invoke_result_t<Step>> {
        const auto task =
            std::make_shared<std::packaged_task<std::invoke_result_t<Step>()>>(std::move(step));
        auto done = task->get_future();
        hands_.put([task] { (*task)(); });
        const auto began = std::chrono::steady_clock::now();
        while (done.wait_for(glance) != std::future_status::ready) {
            if (stop.stop_requested()) {
                hands_.abandon();
                abandoned_ = true;
                return std::nullopt;
            }
            if (std::chrono::steady_clock::now() - began >= options_.stall_after)
                become(CameraState::lost, "the camera does not answer while it is opened");
        }
        hands_.drain();  // nothing of the step is left
        return done.get();
    }

    /// Until the pipeline is of no more use, which is then gone.
    void play(const std::stop_token& stop) {
        frame_came_ = false;
        if (!open(stop, [pipeline = pipeline_] { return pipeline->start(), true; })) return;
        while (!stop.stop_requested() && watch(pipeline_->wait_for_news(glance))) continue;
        opening_.first_number = pipeline_->next_number();
        opening_.silent = frame_came_ ? std::string() : pipeline_->device().value_or("");
        at_work([this] {
            controls_.reset();
            pipeline_.reset();
        });
    }

    /// Drivers may hang in any of these.
    template <typename Step>
    void at_work(Step step) {
        const Pulse::Work work(pulse_);
        step();
    }

    /// Whether to go on with this pipeline.
    bool watch(const PipelineNews& news) {
        if (state_ == CameraState::live) tune();
        if (std::holds_alternative<std::monostate>(news)) return !has_stalled();
        if (std::holds_alternative<PipelineStarted>(news)) {
            go_live();
            return true;
        }
        if (const auto* broke = std::get_if<PipelineBroke>(&news))
            become(CameraState::lost, broke->why);
        else
            become(options_.end_is_final ? CameraState::ended : CameraState::lost,
                   "the source came to its end");
        return false;
    }

    void go_live() {
        frame_came_ = true;
        retry_after_ = options_.retry_first;
        CameraNews news{CameraState::live, {}};
        if (tuning_.is_wanted()) {
            at_work([&] {
                // Of what is no V4L2 camera nothing can be set, either.
                controls_.emplace(pipeline_->device().value_or(""));
                take(tuning_.begin(*controls_), news);
            });
        }
        become(news);
    }

    /// While it is streaming: badges are read, or are blurred.
    void tune() {
        if (!controls_ || options_.sightings == nullptr || !options_.sightings->are_new()) return;
        CameraNews news{CameraState::live, {}};
        at_work([&] { take(tuning_.go_on(*controls_, *options_.sightings), news); });
        if (!news.why.empty()) on_news_(news);
    }

    static void take(Tuned tuned, CameraNews& news) {
        news.exposure = tuned.exposure;
        news.why = std::move(tuned.what);
    }

    /// A source that is just being opened is given longer, but is called lost as early.
    bool has_stalled() {
        const auto silence = std::chrono::steady_clock::now() - pipeline_->last_frame();
        if (silence < options_.stall_after) return false;
        become(CameraState::lost,
               "no picture for " + std::to_string(options_.stall_after.count()) + " ms");
        return frame_came_ || silence >= options_.first_frame_within;
    }

    void become(CameraState state, const std::string& why) { become({state, why}); }
    void become(const CameraNews& news) {
        if (news.state == state_) return;
        state_ = news.state;
        on_news_(news);
    }

    void pause(const std::stop_token& stop) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop, retry_after_, [] { return false; });
        retry_after_ = std::min(retry_after_ * 2, options_.retry_most);
    }

    void reopen(const std::stop_token& stop) {
        if (stop.stop_requested()) return;
        try {
            pipeline_ =
                open(stop, [opening = opening_] { return opening.make(); }).value_or(nullptr);
        } catch (const Fault& fault) {
            become(CameraState::lost, fault.what());
        }
    }

    const CameraOptions options_;
    const std::function<void(const CameraNews&)> on_news_;
    CameraTuning tuning_;
    std::optional<DeviceControls> controls_;  ///< of a run that is streaming
    Opening opening_;                         ///< the next one
    std::shared_ptr<Pipeline> pipeline_;      ///< null while an "auto" camera is unplugged
    milliseconds retry_after_;
    CameraState state_ = CameraState::opening;
    bool frame_came_ = false;
    bool abandoned_ = false;
    Pulse pulse_;
    Worker<std::function<void()>> hands_{
        {.handle = [](const std::function<void()>& step) { step(); }}};
    std::jthread thread_;  // last: it uses all of the above
};

Camera::Camera(CameraOptions options, std::function<void(FramePtr)> on_frame,
               std::function<void(const CameraNews&)> on_news)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(on_frame), std::move(on_news))) {}
Camera::~Camera() = default;
bool Camera::close() { return impl_->close(); }
const Pulse& Camera::pulse() const { return impl_->pulse(); }

}  // namespace hudoor::scanner
