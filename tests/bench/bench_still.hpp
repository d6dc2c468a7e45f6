/// Pictures held before the reader for some frames: which are read at once, which in time, and what
/// the dearest frame costs.
#pragma once

#include <filesystem>
#include <vector>

namespace hudoor::bench {

/// Of every picture in the folders, those without a text beside them, too.
void print_still(const std::vector<std::filesystem::path>& folders, int frames);

}  // namespace hudoor::bench
