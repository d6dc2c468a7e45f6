/// What lies aside in a journal's folder, kept for the organisers, in folders like
/// `damaged-20261204T053112Z`. Whatever facts in there prove themselves still count as recorded.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "config/clock.hpp"
#include "storage/facts/missing.hpp"
#include "storage/journal/journal.hpp"

namespace hudoor::storage {

/// What the names of these folders begin with.
inline constexpr const char* damaged_kind = "damaged-";    ///< files that were not whole
inline constexpr const char* replaced_kind = "replaced-";  ///< found in place of a journal's own
inline constexpr const char* rescued_kind = "rescued-";    ///< copied out of a journal in use

/// Of one kind oldest first; none if there is no such directory.
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

/// Whether the journal in `options.directory` has facts, and none of this kiosk's. Reads its files,
/// so not in a program that has it open. Throws Fault(io).
[[nodiscard]] bool is_another_kiosks(const JournalOptions& options);

}  // namespace hudoor::storage
