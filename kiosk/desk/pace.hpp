/// How fast codes are decided: never faster than a person at the screen can be told, and codes that
/// prove nothing only as far as anybody could hold them up. Pure: time is an argument.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "config/clock.hpp"
#include "scanner/scan.hpp"

namespace hudoor::kiosk {

/// How often an act says how many codes of a flood were left out, and a screen with it.
inline constexpr std::chrono::seconds flood_told_every{10};

/// Codes come, answers are made of some of them and shown one after another. Used by one thread;
/// `now` does not go backwards.
class Pace {
public:
    enum class Next {
        decide,
        wait,     ///< a hand scanner's: until the answer before it is shown
        again,    ///< not now: a camera reads it again, a hand scanner has to
        left_out  ///< one of a flood, counted there
    };
    struct Coming {
        std::string_view text;
        scanner::ScanSource source{};
        bool imported = false;  ///< no signature: only the guest list knows it
    };
    /// Codes of a flood that no fact has told of yet.
    struct Flood {
        std::uint32_t codes = 0;
        bool goes_on = true;
    };

    /// `is_proved` (a good signature, or a code of the list) is asked only if it may be looked up
    /// now: after a code that is on no list, no imported one is for a second.
    [[nodiscard]] Next judge(const Coming& coming, const std::function<bool()>& is_proved,
                             MonotonicTime now);
    /// An answer is on its way to the screen.
    void note_answer(MonotonicTime now) {
        ++waiting_;
        answered_ = now;
    }
    /// It is on the screen, where another may take its place from `free_at` on.
    void note_shown(MonotonicTime free_at);
    /// Takes what is to be told, if it is time for it.
    [[nodiscard]] std::optional<Flood> take_flood(MonotonicTime now);

private:
    struct Doubtful {
        std::string text;
        MonotonicTime first;
        bool decided = false;
    };
    [[nodiscard]] Next judge_doubtful(std::string_view text, MonotonicTime now);
    [[nodiscard]] Next judge_proved(scanner::ScanSource source, MonotonicTime now);
    Doubtful& note_doubtful(std::string_view text, MonotonicTime now);
    void forget_before(MonotonicTime at);
    [[nodiscard]] bool is_busy(MonotonicTime now) const { return waiting_ > 0 || now < free_at_; }

    int waiting_ = 0;
    MonotonicTime answered_{};  ///< last
    MonotonicTime free_at_{};
    std::deque<Doubtful> doubtful_;        ///< of the last seconds, each once
    std::deque<MonotonicTime> decided_;    ///< proved ones of the last seconds
    std::optional<MonotonicTime> missed_;  ///< an imported code that is on no list
    bool flooded_ = false;
    std::uint32_t left_out_ = 0;  ///< of the flood, and not told
    std::optional<MonotonicTime> told_;
};

}  // namespace hudoor::kiosk
