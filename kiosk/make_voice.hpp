/// `hudoor-kiosk voice`: records everything the kiosk may say with espeak-ng.
#pragma once

#include <cstddef>
#include <filesystem>

#include "assets/catalogue.hpp"

namespace hudoor::kiosk {

struct MadeVoice {
    std::size_t made = 0;
    std::size_t kept = 0;  ///< recordings that were there already, of any format
};

/// Makes the folder. What is there already stays as it is; nothing half-written is left. Throws
/// Fault(unavailable) without the program, Fault(io) when it or the folder fails.
MadeVoice make_voice(const assets::Catalogue& catalogue, const std::filesystem::path& folder);

}  // namespace hudoor::kiosk
