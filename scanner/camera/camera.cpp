#include "scanner/camera/camera.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "config/fault.hpp"
#include "scanner/camera/device.hpp"
#include "scanner/camera/exposure.hpp"
#include "scanner/camera/pipeline.hpp"

namespace hudoor::scanner {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds glance{100};  // how late a stall or a stop may be noticed

std::string resolve(const std::string& source) {
    if (source != "auto") return source;
    if (auto found = find_camera_source()) return *found;
    throw Fault(
        ExitCode::unavailable,
        "no camera found under /dev/v4l/by-id or /dev/video*: plug one in, or set camera.source");
}

}  // namespace

class Camera::Impl {
public:
    Impl(CameraOptions options, std::function<void(FramePtr)> on_frame,
         std::function<void(const CameraNews&)> on_news)
        : options_(std::move(options)),
          on_frame_(std::move(on_frame)),
          on_news_(std::move(on_news)),
          pipeline_(make_pipeline()),
          retry_after_(options_.retry_first),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

private:
    std::unique_ptr<Pipeline> make_pipeline() const {
        return std::make_unique<Pipeline>(resolve(options_.source), next_number_, on_frame_);
    }

    void run(const std::stop_token& stop) {
        while (!stop.stop_requested() && state_ != CameraState::ended) {
            if (pipeline_) play(stop);
            if (state_ == CameraState::ended) return;
            pause(stop);
            reopen();
        }
    }

    /// Until the pipeline is of no more use, which is then gone.
    void play(const std::stop_token& stop) {
        frame_came_ = false;
        at_work([this] { pipeline_->start(); });
        while (!stop.stop_requested() && watch(pipeline_->wait_for_news(glance))) continue;
        next_number_ = pipeline_->next_number();
        at_work([this] { pipeline_.reset(); });
    }

    /// Drivers may hang in any of these.
    template <typename Step>
    void at_work(Step step) {
        const Pulse::Work work(pulse_);
        step();
    }

    /// Whether to go on with this pipeline.
    bool watch(const PipelineNews& news) {
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
        if (options_.exposure.count() > 0) {
            at_work([&] { news.exposure = fix_exposure(); });
            news.why = news.exposure
                           ? "exposure fixed at " + std::to_string(news.exposure->count()) + " us"
                           : "the camera does not let its exposure be fixed";
        }
        become(news);
    }

    /// Once it is streaming: some cameras forget what they were told before.
    std::optional<std::chrono::microseconds> fix_exposure() {
        const auto device = pipeline_->device();
        return device ? scanner::fix_exposure(*device, options_.exposure) : std::nullopt;
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

    void reopen() {
        try {
            at_work([this] { pipeline_ = make_pipeline(); });
        } catch (const Fault& fault) {
            become(CameraState::lost, fault.what());
        }
    }

    const CameraOptions options_;
    const std::function<void(FramePtr)> on_frame_;
    const std::function<void(const CameraNews&)> on_news_;
    std::uint64_t next_number_ = 1;
    std::unique_ptr<Pipeline> pipeline_;  // null while an "auto" camera is unplugged
    milliseconds retry_after_;
    CameraState state_ = CameraState::opening;
    bool frame_came_ = false;
    Pulse pulse_;
    std::jthread thread_;  // last: it uses all of the above
};

Camera::Camera(CameraOptions options, std::function<void(FramePtr)> on_frame,
               std::function<void(const CameraNews&)> on_news)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(on_frame), std::move(on_news))) {}
Camera::~Camera() = default;
const Pulse& Camera::pulse() const { return impl_->pulse(); }

}  // namespace hudoor::scanner
