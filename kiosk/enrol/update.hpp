/// `hudoor-kiosk update`: a newer guest list, agenda and refusals from a bundle, while the kiosk
/// is stopped.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "config/secret.hpp"
#include "storage/bundle/update_bundle.hpp"

namespace hudoor::kiosk {

struct UpdateOptions {
    std::filesystem::path state;
    std::filesystem::path mirror{};            ///< setting storage.mirror; empty: none
    std::filesystem::path bundle;              ///< NAME.update
    std::function<SecretText()> ask_digits{};  ///< called where digits open the kiosk's secrets
};

struct Updated {
    std::string kiosk;
    storage::Edition edition;
    std::uint32_t registrations = 0;
};

/// In force from the next start; all of it or nothing. An act in the journal, before and after.
/// Nothing older is taken than what is here or was, by the journal. Throws Fault: try_again (the
/// kiosk is running), no_input (no kiosk is enrolled here, or no bundle), not_allowed (no key that
/// opens it, wrong digits), and those of storage::take_update.
Updated update(const UpdateOptions& options);

}  // namespace hudoor::kiosk
