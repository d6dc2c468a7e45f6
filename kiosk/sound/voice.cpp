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

constexpr std::size_t longest_samples = std::size_t{10} * samples_per_second;

constexpr std::size_t most_samples_kept = std::size_t{60} * samples_per_second;
constexpr std::array<std::pair<Language, const char*>, 2> languages{
    {{Language::ar, ".ar"}, {Language::en, ".en"}}};

/// What recordings of the four verdicts are called that know no more than these.
std::string name_of(Cue cue) {
    switch (cue) {
        case Cue::admitted:
            return "admitted";
        case Cue::already_in:
            return "already_in";
        case Cue::see_usher:
            return "see_usher";
        case Cue::refused:
            return "refused";
        case Cue::tap:
        case Cue::aim:
            break;
    }
    return {};
}

struct Unref {
    void operator()(void* object) const { gst_object_unref(object); }
};

/// Throws Fault(bad_data) for what is no sound, or longer than ten seconds.
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
        throw Fault(ExitCode::bad_data, file.string() + ": longer than ten seconds");
    return samples;
}

}  // namespace

Voice::Voice(const std::filesystem::path& folder) {
    if (folder.empty()) return;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.is_regular_file(error)) files_[entry.path().stem().string()] = entry.path();
    if (files_.empty())
        spdlog::warn("sound.voice: there are no recorded words in {}", folder.string());
}

const Voice::Samples& Voice::recording(const std::string& stem) {
    static const Samples none;
    const auto file = files_.find(stem);
    if (file == files_.end()) return none;
    const auto [read, is_new] = read_.try_emplace(stem);
    if (!is_new) return read->second;
    try {
        read->second = read_recording(file->second);
    } catch (const Fault& fault) {
        spdlog::warn("{}; it is left out", fault.what());
    }
    samples_ += read->second.size();
    return read->second;
}

std::vector<std::int16_t> Voice::words(const Call& call) {
    if (samples_ > most_samples_kept) {
        read_.clear();
        samples_ = 0;
    }
    std::vector<std::int16_t> samples;
    for (const auto& [language, ending] : languages) {
        if (call.only && *call.only != language) continue;
        for (std::size_t i = 0; i < call.words.size(); ++i) {
            const Samples* said = &recording(call.words[i] + ending);
            if (i == 0 && said->empty() && call.cue && call.words[i] != "exit.word")
                said = &recording(name_of(*call.cue) + ending);
            samples.insert(samples.end(), said->begin(), said->end());
        }
    }
    return samples;
}

}  // namespace hudoor::kiosk
