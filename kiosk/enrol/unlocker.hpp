/// Opens secrets and guest list with the digits a supervisor typed, on a short-lived thread: it
/// takes a part of a second, and nobody else waits for it.
#pragma once

#include <functional>
#include <optional>
#include <thread>

#include "config/pulse.hpp"
#include "kiosk/enrol/digits.hpp"
#include "kiosk/enrol/enrolment.hpp"

namespace hudoor::kiosk {

class Unlocker {
public:
    /// `on_done` runs on the short-lived thread, with nothing if the digits are wrong. The
    /// enrolment, which has a digit_lock, must outlive it.
    Unlocker(const Enrolment& enrolment, std::function<void(std::optional<Opened>)> on_done);

    /// One at a time: the next try waits for the last one's end. One thread.
    void begin(Digits digits);
    /// Of the short-lived threads.
    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

private:
    const Enrolment& enrolment_;
    std::function<void(std::optional<Opened>)> on_done_;
    Pulse pulse_;
    std::jthread thread_;
};

}  // namespace hudoor::kiosk
