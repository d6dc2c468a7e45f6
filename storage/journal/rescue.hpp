/// A journal whose files were taken away under it: what its open handle still holds is copied into
/// a folder `rescued-20261204T053112Z` beside, from which the next start takes it, see salvage.hpp.
#pragma once

#include <filesystem>
#include <vector>

#include "storage/base/sqlite.hpp"
#include "storage/journal/journal.hpp"

namespace hudoor::storage {

/// As far as it can be read; on return it is on stable storage. The reserve is freed for it, and
/// the journal's folder made again if it is gone. Where the copy lies. Throws Fault: cannot_create,
/// io.
std::filesystem::path copy_out(const Database& journal, const JournalOptions& options);

/// The journals that were copied out and wait for a start, oldest first.
[[nodiscard]] std::vector<std::filesystem::path> find_rescued(
    const std::filesystem::path& directory);

}  // namespace hudoor::storage
