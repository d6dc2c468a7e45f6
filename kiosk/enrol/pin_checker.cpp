#include "kiosk/enrol/pin_checker.hpp"

#include <sodium.h>

namespace hudoor::kiosk {

namespace {

/// Of no PIN: its salt and sum are zeros.
constexpr const char* nobodys_hash =
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool is_right(const std::string& hash, std::string_view pin) {
    const char* against = hash.empty() ? nobodys_hash : hash.c_str();
    return crypto_pwhash_str_verify(against, pin.data(), pin.size()) == 0 && !hash.empty();
}

}  // namespace

void PinChecker::begin(std::string hash, Digits pin, std::function<void(bool)> on_done) {
    thread_ = std::jthread([this, against = std::move(hash), typed = std::move(pin),
                            done = std::move(on_done)]() mutable {
        const Pulse::Work work(pulse_);
        const bool right = is_right(against, typed.view());
        typed = Digits();  // wiped before anything else happens
        done(right);
    });
}

}  // namespace hudoor::kiosk
