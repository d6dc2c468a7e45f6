/// Compares a PIN with its Argon2id hash (3 operations, 64 MiB) on a short-lived thread: it takes a
/// part of a second, and nobody else waits for it.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "config/pulse.hpp"
#include "kiosk/enrol/digits.hpp"

namespace hudoor::kiosk {

class PinChecker {
public:
    /// `on_done` runs on the short-lived thread; one at a time: the next waits for the last one's
    /// end. An empty hash, of an usher who does not exist, is never right and takes as long. One
    /// thread.
    void begin(std::string hash, Digits pin, std::function<void(bool)> on_done);
    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

private:
    Pulse pulse_;
    std::jthread thread_;
};

}  // namespace hudoor::kiosk
