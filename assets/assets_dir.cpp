#include "assets/assets_dir.hpp"

#include <cstdlib>

namespace hudoor::assets {

namespace fs = std::filesystem;

fs::path find_assets_dir() {
    if (const char* wanted = std::getenv("HUDOOR_ASSETS"); wanted != nullptr && *wanted != '\0') {
        return wanted;
    }
    std::error_code none;
    const fs::path program_folder = fs::read_symlink("/proc/self/exe", none).parent_path();
    // PREFIX/bin/hudoor-kiosk stands near PREFIX/share/hudoor; what was built and not installed
    // stands somewhere below the folder that holds the assets built with it.
    for (fs::path up = program_folder; up.has_relative_path(); up = up.parent_path()) {
        for (const fs::path& assets : {up / "share/hudoor", up / "assets"}) {
            if (fs::exists(assets / "words/en/LC_MESSAGES", none)) return assets;
        }
    }
    return program_folder.parent_path() / "share/hudoor";
}

}  // namespace hudoor::assets
