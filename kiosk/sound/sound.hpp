/// The short sounds of the kiosk, made as samples by the program itself, and the recorded words
/// after them; played through GStreamer.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "assets/catalogue.hpp"
#include "config/mailbox.hpp"
#include "config/settings.hpp"

namespace hudoor::kiosk {

/// aim: rises as the badge comes right.
enum class Cue { admitted, already_in, see_usher, refused, tap, aim };

inline constexpr int samples_per_second = 48'000;

/// Mono samples, less than 0.45 s, at most half of full scale; begins and ends in silence.
/// `rightness` is for aim, 0 to 1.
[[nodiscard]] std::vector<std::int16_t> make_cue(Cue cue, double rightness = 0);

/// A cue, then recorded words: in one language or in both.
struct Call {
    std::optional<Cue> cue{};
    std::optional<assets::Language> only{};
    std::vector<std::string> words{};  ///< names of recordings, one after the other
    double rightness = 0;              ///< of aim
};

/// Plays cues on a thread of its own. Without a sound card, or when it is lost, the kiosk goes on
/// in silence: a log line, and a new attempt with a later cue.
class Sound {
public:
    /// Never throws for a card or a `settings.sink` that does not work. Looking for a card in vain
    /// costs some milliseconds and many lines of ALSA's on stderr, so it is done once
    /// `between_attempts`.
    explicit Sound(const config::SoundSettings& settings,
                   std::chrono::seconds between_attempts = std::chrono::seconds(30));
    /// Lets the last cue end; half a second at most.
    ~Sound();
    Sound(const Sound&) = delete;
    Sound& operator=(const Sound&) = delete;

    /// Thread-safe, returns at once. A cue the card cannot keep up with is left out.
    void play(Call call) { calls_.put(std::move(call)); }
    void play(Cue cue) { play(Call{.cue = cue}); }
    /// Thread-safe; from the next cue on, 0 to 100.
    void set_volume(int percent) { volume_percent_ = percent; }
    /// Thread-safe. False until the card has been opened, and after it failed.
    [[nodiscard]] bool works() const { return works_; }

private:
    void serve(const std::stop_token& stop);

    config::SoundSettings settings_;
    std::chrono::seconds between_attempts_;
    Mailbox<Call> calls_{2};
    std::atomic<int> volume_percent_;
    std::atomic<bool> works_ = false;
    std::jthread thread_;
};

}  // namespace hudoor::kiosk
