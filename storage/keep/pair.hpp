/// The journal and its mirror at the start: opened side by side, each on its keeper's thread,
/// salvaged if damaged, and levelled: facts missing in one are copied unchanged from the other.
#pragma once

#include <filesystem>
#include <functional>

#include "storage/journal/journal.hpp"
#include "storage/keep/keepers.hpp"

namespace hudoor::storage {

struct JournalPairOptions {
    JournalOptions journal;
    std::filesystem::path mirror;  ///< a folder on another device; empty: none
};

struct JournalPair {
    std::unique_ptr<Keepers> keepers;  ///< with the news of the opening
    std::optional<Head> head;          ///< the newest fact of both
};

/// Calls `visit` for every fact, each once, in the order of the journal. A device that cannot be
/// opened, or read to its end, is left out and said in the news. Throws Fault: unavailable when
/// another program holds one of them; what the journal threw when none could be opened and read.
[[nodiscard]] JournalPair open_journal_pair(const JournalPairOptions& options,
                                            const std::function<void(const StoredFact&)>& visit);

}  // namespace hudoor::storage
