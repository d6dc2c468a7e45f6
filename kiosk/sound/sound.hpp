/// The five short sounds of the kiosk: made as samples by the program itself, played through
/// GStreamer.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

#include "assets/catalogue.hpp"
#include "config/mailbox.hpp"
#include "config/settings.hpp"

namespace hudoor::kiosk {

enum class Cue { admitted, already_in, see_usher, refused, tap };

inline constexpr int samples_per_second = 48'000;

/// Mono samples, less than 0.45 s, at most half of full scale; begins and ends in silence.
[[nodiscard]] std::vector<std::int16_t> make_cue(Cue cue);

/// A cue, then its recorded words, if there are any: in one language or in both.
struct Call {
    Cue cue{};
    std::optional<assets::Language> only;
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
    void play(Cue cue, std::optional<assets::Language> only = {}) { calls_.put({cue, only}); }
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
