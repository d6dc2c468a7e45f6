/// A registration as the door knows it: what a kiosk needs and nothing more (no e-mail, phone,
/// passport, diet).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "storage/base/ids.hpp"
#include "storage/guests/agenda.hpp"

namespace hudoor::storage {

enum class RegistrationStatus : std::uint8_t {
    confirmed = 0,
    pending = 1,
    cancelled = 2,
    blocked = 3
};

struct Registration {
    RegistrationId id;
    Bilingual name;
    Bilingual organisation;
    std::string country;  ///< ISO 3166 alpha-2, or empty
    CategoryId category{};
    std::vector<SessionId> sessions;  ///< registered for
    std::string seat;
    std::optional<std::chrono::sys_days> valid_from;   ///< first day, event time zone
    std::optional<std::chrono::sys_days> valid_until;  ///< last day
    RegistrationStatus status = RegistrationStatus::confirmed;
    bool attention = false;
    Bilingual usher_note;    ///< what the attention is about; ushers only
    bool discreet = false;   ///< name never on a public screen
    BadgeNumber badge;       ///< zero: carries an imported code only
    std::uint8_t issue = 0;  ///< newest issue known to the organiser
    CodeHash code;           ///< zero: none
};

enum class UsherRole : std::uint8_t { usher = 1, supervisor = 2 };

struct Usher {
    UsherNumber number{};
    UsherRole role = UsherRole::usher;
    std::string name;
    std::string pin_hash;  ///< crypto_pwhash_str, Argon2id
    BadgeNumber badge;     ///< staff badge, or zero
};

}  // namespace hudoor::storage
