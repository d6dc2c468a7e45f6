/// The journal and its mirror at the start: opened side by side, each on its keeper's thread,
/// salvaged if damaged, and levelled: facts missing in one are copied unchanged from the other.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>

#include "storage/journal/journal.hpp"
#include "storage/keep/keepers.hpp"

namespace hudoor::storage {

/// The device a folder lies on, as stat says; nothing if it is not there.
[[nodiscard]] std::optional<dev_t> device_of(const std::filesystem::path& folder);

struct JournalPairOptions {
    JournalOptions journal;
    /// A folder on another device; empty: none. It must be there: it is never made, so that nothing
    /// is written beside a device that is not mounted. Another kiosk's is left as it is.
    std::filesystem::path mirror{};
    HeadKey head_key{};  ///< none: the ends are not looked at, see head_file.hpp
    std::function<std::optional<dev_t>(const std::filesystem::path&)> device_of =
        storage::device_of;  ///< tests give folders devices of their own
};

/// Why the folder that is set cannot be the mirror; nothing if it can, or none is set.
[[nodiscard]] std::optional<std::string> find_obstacle_to_mirror(const JournalPairOptions& options);

struct JournalPair {
    std::unique_ptr<Keepers> keepers;  ///< with the news of the opening
    std::optional<Head> head;          ///< the newest fact of both
};

/// Calls `visit` for every fact, each once, in the order of the journal. A device that cannot be
/// opened, or read to its end, is left out and said in the news. Throws Fault: unavailable when
/// another program holds one of them; what the journal threw when none could be opened and read.
[[nodiscard]] JournalPair open_journal_pair(const JournalPairOptions& options,
                                            const std::function<void(StoredFact&&)>& visit);

}  // namespace hudoor::storage
