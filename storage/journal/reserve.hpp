/// Room kept for the worst day: a file of 16 MiB beside the journal. It goes when the disk is full,
/// so that the next start can keep records again.
#pragma once

#include <filesystem>

namespace hudoor::storage {

/// Unless it is there already or less than 64 MiB are free. That it cannot be made harms nobody.
void make_reserve(const std::filesystem::path& directory);
void free_reserve(const std::filesystem::path& directory);

}  // namespace hudoor::storage
