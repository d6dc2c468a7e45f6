#include "kiosk/sound/voice.hpp"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "config/fault.hpp"

namespace hudoor::kiosk {
namespace {

using assets::Language;

constexpr std::size_t longest_samples = std::size_t{5} * samples_per_second;

constexpr std::array<std::pair<Cue, const char*>, 4> spoken{{{Cue::admitted, "admitted"},
                                                             {Cue::already_in, "already_in"},
                                                             {Cue::see_usher, "see_usher"},
                                                             {Cue::refused, "refused"}}};
constexpr std::array<std::pair<Language, const char*>, 2> languages{
    {{Language::ar, "ar"}, {Language::en, "en"}}};

struct Unref {
    void operator()(void* object) const { gst_object_unref(object); }
};

/// The file of this stem, whatever its ending.
std::optional<std::filesystem::path> find_recording(const std::filesystem::path& folder,
                                                    const std::string& stem) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().stem() == stem && entry.is_regular_file(error)) return entry.path();
    return std::nullopt;
}

/// Throws Fault(bad_data) for what is no sound, or longer than five seconds.
std::vector<std::int16_t> read_recording(const std::filesystem::path& file) {
    const std::string text =
        "filesrc name=file ! decodebin ! audioconvert ! audioresample ! "
        "audio/x-raw,format=S16LE,channels=1,rate=" +
        std::to_string(samples_per_second) + " ! appsink name=samples sync=false";
    const std::unique_ptr<GstElement, Unref> pipeline(gst_parse_launch(text.c_str(), nullptr));
    const std::unique_ptr<GstElement, Unref> source(
        gst_bin_get_by_name(GST_BIN(pipeline.get()), "file"));
    const std::unique_ptr<GstElement, Unref> sink(
        gst_bin_get_by_name(GST_BIN(pipeline.get()), "samples"));
    g_object_set(source.get(), "location", file.c_str(), nullptr);
    gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
    std::vector<std::int16_t> samples;
    while (samples.size() <= longest_samples) {
        const std::unique_ptr<GstSample, decltype(&gst_sample_unref)> sample(
            gst_app_sink_try_pull_sample(GST_APP_SINK(sink.get()), 2 * GST_SECOND),
            &gst_sample_unref);
        if (!sample) break;
        GstMapInfo map;
        GstBuffer* buffer = gst_sample_get_buffer(sample.get());
        if (gst_buffer_map(buffer, &map, GST_MAP_READ) == FALSE) break;
        const auto* begin = reinterpret_cast<const std::int16_t*>(map.data);
        samples.insert(samples.end(), begin, begin + map.size / sizeof(std::int16_t));
        gst_buffer_unmap(buffer, &map);
    }
    gst_element_set_state(pipeline.get(), GST_STATE_NULL);
    if (samples.empty())
        throw Fault(ExitCode::bad_data, file.string() + ": no sound that can be played");
    if (samples.size() > longest_samples)
        throw Fault(ExitCode::bad_data, file.string() + ": longer than five seconds");
    return samples;
}

}  // namespace

Voice::Voice(const std::filesystem::path& folder) {
    if (folder.empty()) return;
    for (const auto& [cue, name] : spoken)
        for (const auto& [language, ending] : languages) {
            const auto file = find_recording(folder, std::string(name) + '.' + ending);
            if (!file) continue;
            try {
                recorded_[{cue, language}] = read_recording(*file);
            } catch (const Fault& fault) {
                spdlog::warn("{}; it is left out", fault.what());
            }
        }
    if (recorded_.empty())
        spdlog::warn("sound.voice: there are no recorded words in {}", folder.string());
}

std::vector<std::int16_t> Voice::words(const Call& call) const {
    std::vector<std::int16_t> samples;
    for (const auto& [language, ending] : languages) {
        const auto found = recorded_.find({call.cue, language});
        if (found == recorded_.end() || (call.only && *call.only != language)) continue;
        samples.insert(samples.end(), found->second.begin(), found->second.end());
    }
    return samples;
}

}  // namespace hudoor::kiosk
