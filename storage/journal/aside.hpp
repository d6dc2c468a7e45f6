/// What lies aside in a journal's folder: damaged files in folders `damaged-20261204T053112Z`, kept
/// for the organisers. Whatever facts in them prove themselves still count as recorded.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "config/clock.hpp"
#include "storage/facts/missing.hpp"
#include "storage/journal/journal.hpp"

namespace hudoor::storage {

/// Oldest first; none if there is no such directory.
[[nodiscard]] std::vector<std::filesystem::path> folders_aside(
    const std::filesystem::path& directory);

/// A new one whose name begins with `kind`, durably. Throws Fault(io).
[[nodiscard]] std::filesystem::path make_folder_aside(const std::filesystem::path& directory,
                                                      std::string_view kind, WallTime now);

/// The facts in these folders that are this kiosk's, prove themselves (by their hash, and by their
/// signature where they carry one) and are not in `known`: each once, in the order of their clocks,
/// which is also that of every chain. Throws Fault(io).
[[nodiscard]] std::vector<StoredFact> facts_aside(const std::vector<std::filesystem::path>& folders,
                                                  const JournalOptions& options,
                                                  const EpochEnds& known);

}  // namespace hudoor::storage
