/// Where the files are that the programs read at run time (words, sounds, demo event).
#pragma once

#include <filesystem>

namespace hudoor::assets {

/// $HUDOOR_ASSETS if set, else by where this program is: the build folder's or the installed ones.
/// Not checked for being complete.
[[nodiscard]] std::filesystem::path find_assets_dir();

}  // namespace hudoor::assets
