/// The repeat gate: a badge held in view is one scan. No clock, no thread: time is an argument.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "config/clock.hpp"

namespace hudoor::scanner {

/// Whether a text is a new scan.
struct Passing {
    bool passes = false;
    bool again = false;  ///< it was in view less than 10 s ago: whoever holds it may not have gone

    explicit operator bool() const { return passes; }
};

class RepeatGate {
public:
    /// Camera: the same text passes again when it comes back after 1 s or more out of view and 5 s
    /// have passed since it passed. Call for every frame in which the text is seen.
    [[nodiscard]] Passing pass_seen(std::string_view text, MonotonicTime at);
    /// Hand scanner: 2.5 s since it passed, from whichever source.
    [[nodiscard]] Passing pass_typed(std::string_view text, MonotonicTime at);
    /// It is in view but may not pass now (another badge is beside it): it has not been away.
    void note_seen(std::string_view text, MonotonicTime at);
    /// It passed, and nothing came of it: it passes again when it is seen next, as what it was.
    void forget(std::string_view text);
    /// For this long no frame came: nobody was seen to leave, so it does not count as out of view.
    void note_blind(std::chrono::nanoseconds span);

private:
    struct Entry {
        std::string text;
        MonotonicTime passed;
        MonotonicTime seen;
        bool again = false;      ///< as it was said to be when it passed
        bool undecided = false;  ///< nothing came of it
    };
    static Passing pass(Entry& entry, MonotonicTime at);
    Entry* find(std::string_view text);
    /// Nothing for a text that is new, which passes at `at`. Forgets what is new again.
    Entry* recall(std::string_view text, MonotonicTime at);

    std::vector<Entry> entries_;
};

}  // namespace hudoor::scanner
