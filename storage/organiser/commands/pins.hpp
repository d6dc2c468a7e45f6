/// PINs of ushers: what one may be, its hash as kiosks check it, and new ones on a sheet to hand
/// out.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "config/clock.hpp"
#include "storage/guests/registration.hpp"

namespace hudoor::organiser {

/// Throws Fault(usage) for anything but 6 to 10 digits, and for a pattern: 000000, 121212, 123456.
void check_pin(std::string_view pin);

/// Argon2id, 3 operations, 64 MiB, as the kiosk will check it. Throws Fault(unavailable).
[[nodiscard]] std::string hash_pin(std::string_view pin);

/// Gives every usher a random PIN of 8 digits and writes who has which into a new file in `folder`,
/// 0600, on stable storage on return; the file. The PINs stand nowhere else. Throws Fault: those of
/// hash_pin, cannot_create, io.
[[nodiscard]] std::filesystem::path draw_pins(std::span<storage::Usher> ushers,
                                              const std::filesystem::path& folder, WallTime at);

/// Such sheets, overwritten where they lay. Throws Fault(io).
void wipe_pin_sheets(const std::filesystem::path& folder);

}  // namespace hudoor::organiser
