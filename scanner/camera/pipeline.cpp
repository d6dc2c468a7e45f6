#include "scanner/camera/pipeline.hpp"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <string_view>

#include "config/fault.hpp"

namespace hudoor::scanner {
namespace {

/// Any layout with a Y plane does, so that JPEG of any kind needs no conversion.
constexpr auto to_frames =
    " ! videoconvert ! video/x-raw,format=(string){I420,Y42B,Y444,NV12,GRAY8}"
    " ! appsink name=hudoor_frames max-buffers=1 drop=true sync=false";
constexpr auto first_frame_message = "hudoor-first-frame";

template <typename T>
struct Unref {
    void operator()(T* object) const { gst_object_unref(object); }
};
template <typename T>
using ObjectPtr = std::unique_ptr<T, Unref<T>>;

struct FreeError {
    void operator()(GError* error) const { g_error_free(error); }
};
using ErrorPtr = std::unique_ptr<GError, FreeError>;

struct UnrefMessage {
    void operator()(GstMessage* message) const { gst_message_unref(message); }
};
using MessagePtr = std::unique_ptr<GstMessage, UnrefMessage>;

MonotonicTime now() { return std::chrono::steady_clock::now(); }

// --- When a picture entered: noted on the buffer itself, which decoders and converters hand on.

GstCaps* entered_caps() {
    static GstCaps* const caps = gst_caps_new_empty_simple("timestamp/x-hudoor-entered");
    return caps;
}

std::optional<MonotonicTime> find_entered(GstBuffer* buffer) {
    const auto* meta = gst_buffer_get_reference_timestamp_meta(buffer, entered_caps());
    if (meta == nullptr) return std::nullopt;
    return MonotonicTime(std::chrono::nanoseconds(meta->timestamp));
}

void note_entered(GstBuffer* buffer) {
    const auto since_boot = std::chrono::nanoseconds(now().time_since_epoch()).count();
    gst_buffer_add_reference_timestamp_meta(
        buffer, entered_caps(), static_cast<GstClockTime>(since_boot), GST_CLOCK_TIME_NONE);
}

void forget_entered(GstBuffer* buffer) {
    if (auto* meta = gst_buffer_get_reference_timestamp_meta(buffer, entered_caps())) {
        gst_buffer_remove_meta(buffer, &meta->parent);
    }
}

/// Whether buffers on this pad are whole pictures; pieces of a stream have other caps or none.
bool carries_pictures(GstPad* pad) {
    GstCaps* caps = gst_pad_get_current_caps(pad);
    if (caps == nullptr) return false;
    const std::string_view type = gst_structure_get_name(gst_caps_get_structure(caps, 0));
    const bool pictures = type.starts_with("image/") || type.starts_with("video/");
    gst_caps_unref(caps);
    return pictures;
}

bool is_pacer(GstPad* pad) {
    const ObjectPtr<GstElement> element(gst_pad_get_parent_element(pad));
    auto* factory = element ? gst_element_get_factory(element.get()) : nullptr;
    if (factory == nullptr || std::string_view(GST_OBJECT_NAME(factory)) != "identity")
        return false;
    gboolean sync = FALSE;
    g_object_get(element.get(), "sync", &sync, nullptr);
    return sync != FALSE;
}

GstPadProbeReturn stamp(GstPad* pad, GstPadProbeInfo* info, gpointer renew) {
    auto* buffer = GST_PAD_PROBE_INFO_BUFFER(info);
    const bool stamped = find_entered(buffer).has_value();
    if ((stamped && renew == nullptr) || !carries_pictures(pad)) return GST_PAD_PROBE_OK;
    buffer = gst_buffer_make_writable(buffer);
    if (stamped) forget_entered(buffer);
    note_entered(buffer);
    GST_PAD_PROBE_INFO_DATA(info) = buffer;
    return GST_PAD_PROBE_OK;
}

void stamp_at_pad(GstElement*, GstPad* pad, gpointer) {
    if (GST_PAD_DIRECTION(pad) != GST_PAD_SRC) return;
    gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, stamp, is_pacer(pad) ? pad : nullptr,
                      nullptr);
}

void stamp_at_element(GstElement* element) {
    GstIterator* pads = gst_element_iterate_src_pads(element);
    gst_iterator_foreach(
        pads,
        [](const GValue* item, gpointer) {
            stamp_at_pad(nullptr, GST_PAD(g_value_get_object(item)), nullptr);
        },
        nullptr);
    gst_iterator_free(pads);
    g_signal_connect(element, "pad-added", G_CALLBACK(stamp_at_pad), nullptr);
}

/// The first pad behind which a picture is whole notes the time; which one that is depends on the
/// source string, and decodebin even adds elements later: so every pad tries.
void stamp_everywhere(GstBin* bin) {
    GstIterator* elements = gst_bin_iterate_recurse(bin);
    gst_iterator_foreach(
        elements,
        [](const GValue* item, gpointer) {
            stamp_at_element(GST_ELEMENT(g_value_get_object(item)));
        },
        nullptr);
    gst_iterator_free(elements);
    g_signal_connect(
        bin, "deep-element-added",
        G_CALLBACK(+[](GstBin*, GstBin*, GstElement* added, gpointer) { stamp_at_element(added); }),
        nullptr);
}

/// Keeps the sample alive and mapped.
class GstFrame final : public Frame {
public:
    GstFrame(GstSample* sample, std::uint64_t number) : sample_(sample), number_(number) {
        auto* buffer = gst_sample_get_buffer(sample);
        entered_ = find_entered(buffer).value_or(now());
        GstVideoInfo info;
        mapped_ = gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) != 0 &&
                  gst_video_frame_map(&frame_, &info, buffer, GST_MAP_READ) != 0;
    }
    ~GstFrame() override {
        if (mapped_) gst_video_frame_unmap(&frame_);
        gst_sample_unref(sample_);
    }
    GstFrame(const GstFrame&) = delete;
    GstFrame& operator=(const GstFrame&) = delete;

    [[nodiscard]] bool is_mapped() const { return mapped_; }
    [[nodiscard]] GrayView gray() const override {
        return {static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame_, 0)),
                GST_VIDEO_FRAME_WIDTH(&frame_), GST_VIDEO_FRAME_HEIGHT(&frame_),
                GST_VIDEO_FRAME_PLANE_STRIDE(&frame_, 0)};
    }
    [[nodiscard]] MonotonicTime entered() const override { return entered_; }
    [[nodiscard]] std::uint64_t number() const override { return number_; }

private:
    GstSample* sample_;
    std::uint64_t number_;
    MonotonicTime entered_;
    GstVideoFrame frame_{};
    bool mapped_ = false;
};

ObjectPtr<GstElement> parse(const std::string& source) {
    static std::once_flag initialised;
    std::call_once(initialised, [] { gst_init(nullptr, nullptr); });
    GError* raw_error = nullptr;
    auto* element = gst_parse_launch((source + to_frames).c_str(), &raw_error);
    if (element != nullptr) gst_object_ref_sink(element);
    ObjectPtr<GstElement> pipeline(element);
    const ErrorPtr error(raw_error);
    if (error || !pipeline || !GST_IS_PIPELINE(pipeline.get())) {
        throw Fault(ExitCode::bad_settings, "camera source \"" + source +
                                                "\" is no GStreamer pipeline: " +
                                                (error ? error->message : "nothing in it"));
    }
    return pipeline;
}

std::string explain(GstMessage* message) {
    GError* raw_error = nullptr;
    gst_message_parse_error(message, &raw_error, nullptr);
    const ErrorPtr error(raw_error);
    return std::string(GST_MESSAGE_SRC_NAME(message)) + ": " +
           (error ? error->message : "unknown error");
}

}  // namespace

class Pipeline::Impl {
public:
    Impl(const std::string& source, std::uint64_t first_number,
         std::function<void(FramePtr)> on_frame)
        : pipeline_(parse(source)),
          bus_(gst_element_get_bus(pipeline_.get())),
          on_frame_(std::move(on_frame)),
          next_number_(first_number) {
        stamp_everywhere(GST_BIN(pipeline_.get()));
        const ObjectPtr<GstElement> sink(
            gst_bin_get_by_name(GST_BIN(pipeline_.get()), "hudoor_frames"));
        GstAppSinkCallbacks callbacks{};
        callbacks.new_sample = [](GstAppSink* from, gpointer self) {
            return static_cast<Impl*>(self)->take(from);
        };
        gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, this, nullptr);
    }

    ~Impl() { gst_element_set_state(pipeline_.get(), GST_STATE_NULL); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] std::optional<std::string> device() const {
        GstIterator* cameras =
            gst_bin_iterate_all_by_element_factory_name(GST_BIN(pipeline_.get()), "v4l2src");
        std::optional<std::string> device;
        gst_iterator_foreach(
            cameras,
            [](const GValue* item, gpointer found) {
                gchar* path = nullptr;
                g_object_get(g_value_get_object(item), "device", &path, nullptr);
                if (path != nullptr) *static_cast<std::optional<std::string>*>(found) = path;
                g_free(path);
            },
            &device);
        gst_iterator_free(cameras);
        return device;
    }

    void start() {
        last_frame_ = now();
        gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);  // a failure comes over the bus
        last_frame_ = now();  // a driver may have taken long to open
    }

    PipelineNews wait_for_news(std::chrono::milliseconds patience) {
        constexpr auto kinds = static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_EOS |
                                                           GST_MESSAGE_APPLICATION);
        const MessagePtr message(gst_bus_timed_pop_filtered(
            bus_.get(), static_cast<GstClockTime>(std::chrono::nanoseconds(patience).count()),
            kinds));
        if (!message) return {};
        if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_EOS) return PipelineEnded{};
        if (GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR)
            return PipelineBroke{explain(message.get())};
        if (gst_message_has_name(message.get(), first_frame_message) == 0) return {};
        return PipelineStarted{};
    }

    [[nodiscard]] MonotonicTime last_frame() const { return last_frame_; }
    [[nodiscard]] std::uint64_t next_number() const { return next_number_; }

private:
    GstFlowReturn take(GstAppSink* sink) {
        GstSample* sample = gst_app_sink_pull_sample(sink);
        if (sample == nullptr) return GST_FLOW_EOS;
        auto frame = std::make_shared<GstFrame>(sample, next_number_);
        if (!frame->is_mapped()) return GST_FLOW_ERROR;
        ++next_number_;
        last_frame_ = now();
        if (!started_) announce_start();
        on_frame_(std::move(frame));
        return GST_FLOW_OK;
    }

    void announce_start() {
        started_ = true;
        gst_bus_post(bus_.get(),
                     gst_message_new_application(GST_OBJECT(pipeline_.get()),
                                                 gst_structure_new_empty(first_frame_message)));
    }

    ObjectPtr<GstElement> pipeline_;
    ObjectPtr<GstBus> bus_;
    std::function<void(FramePtr)> on_frame_;
    std::atomic<std::uint64_t> next_number_;
    std::atomic<MonotonicTime> last_frame_{};
    bool started_ = false;  // streaming thread only
};

Pipeline::Pipeline(const std::string& source, std::uint64_t first_number,
                   std::function<void(FramePtr)> on_frame)
    : impl_(std::make_unique<Impl>(source, first_number, std::move(on_frame))) {}
Pipeline::~Pipeline() = default;

std::optional<std::string> Pipeline::device() const { return impl_->device(); }
void Pipeline::start() { impl_->start(); }
PipelineNews Pipeline::wait_for_news(std::chrono::milliseconds patience) {
    return impl_->wait_for_news(patience);
}
MonotonicTime Pipeline::last_frame() const { return impl_->last_frame(); }
std::uint64_t Pipeline::next_number() const { return impl_->next_number(); }

}  // namespace hudoor::scanner
