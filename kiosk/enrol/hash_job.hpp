/// What takes Argon2id: whether typed digits are a PIN, or open the kiosk's secrets. A part of a
/// second and 64 MiB, on a short-lived thread, so that nobody else waits.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "config/pulse.hpp"
#include "kiosk/enrol/digits.hpp"

namespace hudoor::kiosk {

/// Begun by one thread.
class HashJob {
public:
    /// `hash` and then `done` run on the short-lived thread; the digits are wiped between them. One
    /// at a time: the next waits for the last one's end.
    template <typename Hash, typename Done>
    void begin(Digits digits, Hash hash, Done done) {
        thread_ = std::jthread([this, typed = std::move(digits), hash = std::move(hash),
                                done = std::move(done)]() mutable {
            const Pulse::Work work(pulse_);
            auto result = hash(typed.view());
            typed = Digits();
            done(std::move(result));
        });
    }
    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

private:
    Pulse pulse_;
    std::jthread thread_;
};

/// Against an Argon2id string of libsodium (3 operations, 64 MiB). An empty hash, of an usher who
/// does not exist, is never right and takes as long.
[[nodiscard]] bool is_right_pin(const std::string& hash, std::string_view pin);

}  // namespace hudoor::kiosk
