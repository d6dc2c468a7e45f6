#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <time.h>

#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "config/fault.hpp"
#include "scanner/codes/reader.hpp"
#include "storage/organiser/commands/commands.hpp"

namespace hudoor::organiser {

namespace fs = std::filesystem;

namespace {

struct Unref {
    void operator()(GdkPixbuf* it) const { g_object_unref(it); }
    void operator()(GError* it) const { g_error_free(it); }
    void operator()(GstSample* it) const { gst_sample_unref(it); }
    void operator()(GstMessage* it) const { gst_message_unref(it); }
    void operator()(GstBus* it) const { gst_object_unref(it); }
    void operator()(char* it) const { g_free(it); }
};
template <typename Thing>
using Owned = std::unique_ptr<Thing, Unref>;

double thread_cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Reads frames and prints what was found in each.
class Printer {
public:
    explicit Printer(bool json) : json_(json) {}

    /// A picture by itself.
    void read_single(const fs::path& file, const scanner::GrayView& view) {
        single_.reset();
        read(single_, file, 0, view);
    }
    /// The next frame of a sequence, as a kiosk reads it.
    void read_next(const fs::path& file, int frame, const scanner::GrayView& view) {
        read(sequence_, file, frame, view);
    }
    void begin_sequence() { sequence_.reset(); }

private:
    void read(scanner::Reader& reader, const fs::path& file, int frame,
              const scanner::GrayView& view) const {
        const double began = thread_cpu_ms();
        const auto codes = reader.read(view);
        const double cpu_ms = thread_cpu_ms() - began;
        json_ ? print_json(file, frame, codes, cpu_ms) : print_text(file, frame, codes);
    }

    static void print_json(const fs::path& file, int frame,
                           const std::vector<scanner::FoundCode>& codes, double cpu_ms) {
        nlohmann::ordered_json out{{"file", file.string()}, {"frame", frame}};
        out["codes"] = nlohmann::ordered_json::array();
        for (const scanner::FoundCode& code : codes) {
            nlohmann::ordered_json corners;
            for (const scanner::Point& corner : code.corners)
                corners.push_back({std::lround(corner.x), std::lround(corner.y)});
            out["codes"].push_back({{"text", code.text}, {"corners", corners}});
        }
        out["cpu_ms"] = std::round(cpu_ms * 1000) / 1000;
        std::cout << dump(out) << '\n';
    }

    /// As JSON strings, so that no code can write to the terminal.
    static void print_text(const fs::path& file, int frame,
                           const std::vector<scanner::FoundCode>& codes) {
        for (const scanner::FoundCode& code : codes)
            std::cout << file.string() << ':' << frame << ": " << dump(code.text) << '\n';
    }

    static std::string dump(const nlohmann::ordered_json& value) {
        return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }

    bool json_;
    scanner::Reader single_{{.takes_turns = false}};
    scanner::Reader sequence_;
};

bool is_picture(const fs::path& file) {
    return gdk_pixbuf_get_file_info(file.c_str(), nullptr, nullptr) != nullptr;
}

/// BT.601 luma over white.
std::vector<std::uint8_t> to_gray(const GdkPixbuf* picture) {
    const int width = gdk_pixbuf_get_width(picture);
    const int height = gdk_pixbuf_get_height(picture);
    const int channels = gdk_pixbuf_get_n_channels(picture);
    const guint8* pixels = gdk_pixbuf_read_pixels(picture);
    std::vector<std::uint8_t> gray;
    gray.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        const guint8* at =
            pixels + static_cast<std::ptrdiff_t>(y) * gdk_pixbuf_get_rowstride(picture);
        for (int x = 0; x < width; ++x, at += channels) {
            const int luma = (77 * at[0] + 150 * at[1] + 29 * at[2] + 128) >> 8;
            const int alpha = channels == 4 ? at[3] : 255;
            gray.push_back(static_cast<std::uint8_t>((luma * alpha + 255 * (255 - alpha)) / 255));
        }
    }
    return gray;
}

struct GrayPicture {
    std::vector<std::uint8_t> pixels;
    int width_px = 0;
    int height_px = 0;

    [[nodiscard]] scanner::GrayView view() const {
        return {pixels.data(), width_px, height_px, width_px};
    }
};

GrayPicture load_picture(const fs::path& file) {
    GError* error = nullptr;
    const Owned<GdkPixbuf> picture(gdk_pixbuf_new_from_file(file.c_str(), &error));
    const Owned<GError> owned_error(error);
    if (!picture) throw Fault(ExitCode::bad_data, file.string() + ": " + error->message);
    return {to_gray(picture.get()), gdk_pixbuf_get_width(picture.get()),
            gdk_pixbuf_get_height(picture.get())};
}

/// One file decoded to gray frames, as fast as they are taken.
class Video {
public:
    explicit Video(fs::path file) : file_(std::move(file)) {
        const Owned<char> uri(g_filename_to_uri(fs::absolute(file_).c_str(), nullptr, nullptr));
        pipeline_ = gst_parse_launch(
            "uridecodebin name=source ! videoconvert ! video/x-raw,format=GRAY8 ! "
            "appsink name=sink sync=false max-buffers=4",
            nullptr);
        if (!pipeline_ || !uri)
            throw Fault(ExitCode::unavailable, "GStreamer's base plugins are not installed");
        const auto by_name = [this](const char* name) {
            return gst_bin_get_by_name(GST_BIN(pipeline_), name);
        };
        source_ = by_name("source");
        sink_ = by_name("sink");
        g_object_set(source_, "uri", uri.get(), nullptr);
        gst_element_set_state(pipeline_, GST_STATE_PLAYING);
    }
    ~Video() {
        gst_element_set_state(pipeline_, GST_STATE_NULL);
        for (GstElement* element : {source_, sink_, pipeline_}) gst_object_unref(element);
    }
    Video(const Video&) = delete;
    Video& operator=(const Video&) = delete;

    void read_all(Printer& printer) {
        int frame = 0;
        printer.begin_sequence();
        while (auto sample = next()) read(sample.get(), frame++, printer);
        if (const std::string trouble = find_trouble(); !trouble.empty() || frame == 0)
            throw Fault(
                ExitCode::bad_data,
                file_.string() + ": " + (trouble.empty() ? "no picture is in it" : trouble));
    }

private:
    /// Nothing at the end or after an error (which ends the stream for the sink only sometimes).
    Owned<GstSample> next() {
        const Owned<GstBus> bus(gst_element_get_bus(pipeline_));
        while (!gst_app_sink_is_eos(GST_APP_SINK(sink_))) {
            Owned<GstSample> sample(
                gst_app_sink_try_pull_sample(GST_APP_SINK(sink_), 50 * GST_MSECOND));
            if (sample) return sample;
            trouble_.reset(gst_bus_pop_filtered(bus.get(), GST_MESSAGE_ERROR));
            if (trouble_) return nullptr;
        }
        return nullptr;
    }

    void read(GstSample* sample, int frame, Printer& printer) const {
        GstVideoInfo info;
        GstVideoFrame mapped;
        if (!gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) ||
            !gst_video_frame_map(&mapped, &info, gst_sample_get_buffer(sample), GST_MAP_READ))
            throw Fault(ExitCode::bad_data, file_.string() + ": a frame cannot be read");
        printer.read_next(file_, frame,
                          {static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&mapped, 0)),
                           info.width, info.height, GST_VIDEO_FRAME_PLANE_STRIDE(&mapped, 0)});
        gst_video_frame_unmap(&mapped);
    }

    std::string find_trouble() {
        const Owned<GstBus> bus(gst_element_get_bus(pipeline_));
        if (!trouble_) trouble_.reset(gst_bus_pop_filtered(bus.get(), GST_MESSAGE_ERROR));
        if (!trouble_) return {};
        GError* error = nullptr;
        gst_message_parse_error(trouble_.get(), &error, nullptr);
        return Owned<GError>(error)->message;
    }

    fs::path file_;
    GstElement* pipeline_ = nullptr;
    GstElement* source_ = nullptr;
    GstElement* sink_ = nullptr;
    Owned<GstMessage> trouble_;
};

void scan_file(const fs::path& file, std::optional<int> frame_of_sequence, Printer& printer) {
    if (!fs::exists(file))
        throw Fault(ExitCode::no_input, file.string() + ": there is no such file");
    if (!is_picture(file)) {
        gst_init(nullptr, nullptr);
        Video(file).read_all(printer);
    } else if (frame_of_sequence) {
        printer.read_next(file, *frame_of_sequence, load_picture(file).view());
    } else {
        printer.read_single(file, load_picture(file).view());
    }
}

}  // namespace

ExitCode scan_files(const ScanFilesOptions& options) {
    Printer printer(options.json);
    ExitCode result = ExitCode::done;
    int position = 0;
    for (const fs::path& file : options.files) {
        try {
            scan_file(file, options.sequence ? std::optional(position++) : std::nullopt, printer);
        } catch (const Fault& fault) {
            std::cerr << "hudoor: " << fault.what() << '\n';
            result = ExitCode::bad_data;
        }
    }
    return result;
}

}  // namespace hudoor::organiser
