#include "kiosk/sound/sound.hpp"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <optional>
#include <span>
#include <string>

#include "config/fault.hpp"
#include "kiosk/sound/voice.hpp"

namespace hudoor::kiosk {

namespace {

constexpr std::chrono::seconds look_after_card{1};

struct Note {
    double hertz;
    double seconds;
};

constexpr Note pause{0, 0.03};

std::vector<Note> notes_of(Cue cue, double rightness) {
    switch (cue) {
        case Cue::admitted:
            return {{659.26, 0.09}, {987.77, 0.22}};  // rises
        case Cue::already_in:
            return {{659.26, 0.12}, pause, {659.26, 0.16}};  // stays
        case Cue::see_usher:
            return {{587.33, 0.12}, pause, {440.0, 0.22}};  // falls
        case Cue::refused:
            return {{233.08, 0.16}, pause, {174.61, 0.22}};  // low, falls
        case Cue::tap:
            return {{1318.51, 0.03}};
        case Cue::aim:
            return {{330 + 550 * rightness, 0.08}};  // an octave and a half, as it comes right
    }
    return {};
}

/// Loud at once, then fading, and silent at both ends: a step would crack in the loudspeaker.
double loudness_at(double seconds, double length_seconds) {
    const double attack = std::min(1.0, seconds / 0.004);
    const double release = std::min(1.0, (length_seconds - seconds) / 0.012);
    return attack * release * std::exp(-4.0 * seconds);
}

/// With two overtones, because small loudspeakers hardly give a low note itself.
double tone_at(double seconds, double hertz) {
    const double phase = 2 * std::numbers::pi * hertz * seconds;
    return (std::sin(phase) + 0.4 * std::sin(2 * phase) + 0.3 * std::sin(3 * phase)) / 1.7;
}

void append_note(std::vector<std::int16_t>& samples, const Note& note) {
    const int count = static_cast<int>(note.seconds * samples_per_second);
    for (int index = 0; index < count; ++index) {
        const double seconds = static_cast<double>(index) / samples_per_second;
        const double sample = loudness_at(seconds, note.seconds) * tone_at(seconds, note.hertz);
        samples.push_back(static_cast<std::int16_t>(std::lround(sample * 0.5 * INT16_MAX)));
    }
}

struct Unref {
    void operator()(void* object) const { gst_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

Fault sound_fault(const std::string& sink, const std::string& why) {
    return {ExitCode::unavailable, "Cannot play sound through \"" + sink + "\": " + why};
}

std::string take_text(GError* error) {
    std::string text = error != nullptr ? error->message : "no reason given";
    g_clear_error(&error);
    return text;
}

/// A card's own 200 ms of buffer would sound after the screen has changed.
void shorten_buffer(GstBin*, GstBin*, GstElement* element, void*) {
    if (g_object_class_find_property(G_OBJECT_GET_CLASS(element), "buffer-time") == nullptr) return;
    g_object_set(element, "buffer-time", gint64{80'000}, nullptr);
}

/// The open sound card.
class Player {
public:
    explicit Player(const config::SoundSettings& settings) : sink_(settings.sink) {
        const std::string text =
            "appsrc name=cues is-live=true do-timestamp=true format=time "
            "caps=audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=" +
            std::to_string(samples_per_second) +
            " ! audioconvert ! audioresample ! volume name=volume ! " + sink_;
        GError* error = nullptr;
        pipeline_.reset(gst_parse_launch(text.c_str(), &error));
        if (error != nullptr) throw sound_fault(sink_, take_text(error));
        cues_.reset(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "cues"));
        bus_.reset(gst_element_get_bus(pipeline_.get()));
        start();
    }

    ~Player() {
        if (!failed_) end();
        gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    }

    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    void play(std::span<const std::int16_t> samples) {
        if (waiting_bytes() > most_waiting_bytes) return;
        gst_app_src_push_buffer(GST_APP_SRC(cues_.get()),
                                gst_buffer_new_memdup(samples.data(), samples.size_bytes()));
    }

    /// What the card has not taken yet.
    [[nodiscard]] std::size_t waiting_bytes() const {
        return gst_app_src_get_current_level_bytes(GST_APP_SRC(cues_.get()));
    }

    /// Throws Fault(unavailable) when the card has failed since the last call.
    void check() {
        const auto kinds = static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);
        while (GstMessage* message = gst_bus_pop_filtered(bus_.get(), kinds)) {
            const std::string problem = problem_of(message);
            gst_message_unref(message);
            if (problem.empty()) continue;
            failed_ = true;
            throw sound_fault(sink_, problem);
        }
    }

    void set_volume(int percent) {
        const Owned<GstElement> volume(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "volume"));
        g_object_set(volume.get(), "volume", percent / 100.0, nullptr);
    }

private:
    /// Two cues of the longest.
    static constexpr std::size_t most_waiting_bytes =
        std::size_t{2} * samples_per_second * 45 / 100 * 2;

    void start() {
        // Not the card's clock: it stands still until the first cue, which would then be late.
        const Owned<GstClock> clock(gst_system_clock_obtain());
        gst_pipeline_use_clock(GST_PIPELINE(pipeline_.get()), clock.get());
        g_signal_connect(pipeline_.get(), "deep-element-added", G_CALLBACK(shorten_buffer),
                         nullptr);
        if (gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
            const std::string why = first_error();
            gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
            throw sound_fault(sink_, why);
        }
        play(std::vector<std::int16_t>(samples_per_second /
                                       100));  // the card opens on the first buffer
    }

    void end() {
        gst_app_src_end_of_stream(GST_APP_SRC(cues_.get()));
        const auto ended = static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
        GstMessage* message = gst_bus_timed_pop_filtered(bus_.get(), GST_SECOND / 2, ended);
        if (message != nullptr) gst_message_unref(message);
    }

    std::string first_error() {
        GstMessage* message = gst_bus_pop_filtered(bus_.get(), GST_MESSAGE_ERROR);
        if (message == nullptr) return "it does not start";
        std::string problem = problem_of(message);
        gst_message_unref(message);
        return problem;
    }

    /// The error in words; empty for a warning that leaves the sound as it is.
    static std::string problem_of(GstMessage* message) {
        GError* error = nullptr;
        if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
            gst_message_parse_error(message, &error, nullptr);
            return take_text(error);
        }
        gst_message_parse_warning(message, &error, nullptr);
        // autoaudiosink only warns when no card can be opened, and plays to nobody.
        const bool no_card = error != nullptr && error->domain == GST_RESOURCE_ERROR;
        const std::string text = take_text(error);
        return no_card ? text : "";
    }

    std::string sink_;
    Owned<GstElement> pipeline_;
    Owned<GstElement> cues_;
    Owned<GstBus> bus_;
    bool failed_ = false;
};

constexpr std::size_t piece_samples = samples_per_second / 10;
constexpr std::chrono::milliseconds between_pieces{50};

/// Opens the sound card, and again when it was lost.
class Card {
public:
    Card(const config::SoundSettings& settings, std::chrono::seconds between_attempts)
        : settings_(settings), between_attempts_(between_attempts) {}

    /// Opens the card if it is time to, makes the call if there is one; whether the card works.
    bool serve(const std::optional<Call>& call, int volume_percent) {
        try {
            if (!player_ && !open()) return false;
            if (call) {
                player_->set_volume(volume_percent);
                begin(*call);
            }
            speak();
            player_->check();
            said_.clear();
            return true;
        } catch (const Fault& fault) {
            player_.reset();
            if (said_ != fault.what()) spdlog::warn("{}; the kiosk is silent", fault.what());
            said_ = fault.what();
            return false;
        }
    }

    /// There are words that the card has not been given yet.
    [[nodiscard]] bool speaks() const { return spoken_ < words_.size(); }

private:
    /// New words take the place of those that are being said; a tap or a tone lets them go on, and
    /// a tone is left out meanwhile.
    void begin(const Call& call) {
        if (call.cue == Cue::aim && speaks()) return;
        if (call.cue) player_->play(make_cue(*call.cue, call.rightness));
        if (call.cue == Cue::tap || call.cue == Cue::aim) return;
        words_ = voice_.words(call);
        spoken_ = 0;
    }

    /// Words are given piece by piece, so that the next cue need not wait for their end.
    void speak() {
        while (speaks() && player_->waiting_bytes() < 2 * piece_samples * sizeof(std::int16_t)) {
            const std::size_t count = std::min(piece_samples, words_.size() - spoken_);
            player_->play(std::span(words_).subspan(spoken_, count));
            spoken_ += count;
        }
    }

    bool open() {
        const MonotonicTime now = std::chrono::steady_clock::now();
        if (attempted_ && now - *attempted_ < between_attempts_) return false;
        attempted_ = now;
        player_.emplace(settings_);
        return true;
    }

    const config::SoundSettings& settings_;
    Voice voice_{settings_.voice};
    std::vector<std::int16_t> words_;  ///< of the last call
    std::size_t spoken_ = 0;           ///< samples of them that were given to the card
    std::chrono::seconds between_attempts_;
    std::optional<MonotonicTime> attempted_;
    std::optional<Player> player_;
    std::string said_;
};

}  // namespace

std::vector<std::int16_t> make_cue(Cue cue, double rightness) {
    std::vector<std::int16_t> samples;
    for (const Note& note : notes_of(cue, rightness)) append_note(samples, note);
    return samples;
}

Sound::Sound(const config::SoundSettings& settings, std::chrono::seconds between_attempts)
    : settings_(settings),
      between_attempts_(between_attempts),
      volume_percent_(settings.volume_percent),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {}

Sound::~Sound() = default;

void Sound::serve(const std::stop_token& stop) {
    gst_init(nullptr, nullptr);
    Card card(settings_, between_attempts_);
    std::optional<Call> call;
    do {
        works_ = card.serve(call, volume_percent_);
        const auto patience =
            card.speaks() ? between_pieces : std::chrono::milliseconds(look_after_card);
        call = works_ ? calls_.take_until(stop, std::chrono::steady_clock::now() + patience)
                      : calls_.take(stop);
    } while (call || !stop.stop_requested());
}

}  // namespace hudoor::kiosk
