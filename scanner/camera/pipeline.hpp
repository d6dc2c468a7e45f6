/// One run of a GStreamer source, from start to error, end or destruction. Camera makes a new one
/// for every try.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "scanner/camera/frame.hpp"

namespace hudoor::scanner {

/// What became of the pipeline: its first frame has come, it broke, or the source is at its end.
struct PipelineStarted {};
struct PipelineBroke {
    std::string why;
};
struct PipelineEnded {};
using PipelineNews = std::variant<std::monostate, PipelineStarted, PipelineBroke, PipelineEnded>;

class Pipeline {
public:
    /// `on_frame` runs on a streaming thread, with the numbers from `first_number` on. Throws
    /// Fault(bad_settings) if `source` cannot be parsed.
    Pipeline(const std::string& source, std::uint64_t first_number,
             std::function<void(FramePtr)> on_frame);
    /// Stops it; `on_frame` is not called any more.
    ~Pipeline();

    /// The V4L2 device the source reads; nothing if it is no such camera.
    [[nodiscard]] std::optional<std::string> device() const;

    /// Waits for the driver to open the device.
    void start();
    /// Waits up to `patience` for something to happen; monostate if nothing did.
    [[nodiscard]] PipelineNews wait_for_news(std::chrono::milliseconds patience);
    /// Thread-safe. Of the newest frame; of start() before the first.
    [[nodiscard]] MonotonicTime last_frame() const;
    /// Thread-safe. The number the next frame will have.
    [[nodiscard]] std::uint64_t next_number() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::scanner
