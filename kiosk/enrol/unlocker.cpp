#include "kiosk/enrol/unlocker.hpp"

#include <spdlog/spdlog.h>

#include "config/fault.hpp"

namespace hudoor::kiosk {

namespace {

std::optional<Opened> try_digits(const Enrolment& enrolment, const Digits& digits) {
    try {
        return open_with_digits(enrolment, digits.view());
    } catch (const Fault& fault) {
        spdlog::error("the passphrase cannot be tried: {}", fault.what());
        return std::nullopt;
    }
}

}  // namespace

Unlocker::Unlocker(const Enrolment& enrolment, std::function<void(std::optional<Opened>)> on_done)
    : enrolment_(enrolment), on_done_(std::move(on_done)) {}

void Unlocker::begin(Digits digits) {
    thread_ = std::jthread([this, typed = std::move(digits)]() mutable {
        const Pulse::Work work(pulse_);
        auto opened = try_digits(enrolment_, typed);
        typed = Digits();  // wiped before anything else happens
        on_done_(std::move(opened));
    });
}

}  // namespace hudoor::kiosk
