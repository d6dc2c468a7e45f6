/// Where the files are that the programs read at run time (words, sounds, demo event).
#pragma once

#include <filesystem>

namespace hudoor::assets {

/// $HUDOOR_ASSETS if set, else the build folder's or the installed files, found from where this
/// program lies. Whether they are all there is not checked.
[[nodiscard]] std::filesystem::path find_assets_dir();

}  // namespace hudoor::assets
