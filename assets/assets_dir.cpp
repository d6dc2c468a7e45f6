#include "assets/assets_dir.hpp"

#include <cstdlib>

namespace hudoor::assets {

std::filesystem::path find_assets_dir() {
    if (const char* wanted = std::getenv("HUDOOR_ASSETS"); wanted != nullptr && *wanted != '\0') {
        return wanted;
    }
    std::error_code none;
    if (std::filesystem::exists(HUDOOR_ASSETS_DIR "/words", none)) return HUDOOR_ASSETS_DIR;
    return HUDOOR_ASSETS_INSTALL_DIR;
}

}  // namespace hudoor::assets
