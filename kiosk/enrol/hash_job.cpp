#include "kiosk/enrol/hash_job.hpp"

#include <sodium.h>

namespace hudoor::kiosk {

namespace {

/// Of no PIN: its salt and sum are zeros.
constexpr const char* nobodys_hash =
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

}  // namespace

bool is_right_pin(const std::string& hash, std::string_view pin) {
    const char* against = hash.empty() ? nobodys_hash : hash.c_str();
    return crypto_pwhash_str_verify(against, pin.data(), pin.size()) == 0 && !hash.empty();
}

}  // namespace hudoor::kiosk
