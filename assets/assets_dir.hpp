/// Where the files are that the programs read at run time (words, sounds, demo event).
#pragma once

#include <filesystem>

namespace hudoor::assets {

/// $HUDOOR_ASSETS if set, else the build folder's if this program was built there and it still
/// exists, else the installed one. Not checked for being complete.
[[nodiscard]] std::filesystem::path find_assets_dir();

}  // namespace hudoor::assets
