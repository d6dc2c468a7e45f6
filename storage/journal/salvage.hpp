/// A damaged journal (F9), or one that was replaced in use (F31): what is found is kept aside
/// whole, and another takes its place, with all facts that can still be proved.
#pragma once

#include <memory>
#include <optional>

#include "storage/journal/journal.hpp"

namespace hudoor::storage {

struct Salvaged {
    std::uint64_t facts = 0;                      ///< how many the journal took over, unchanged
    std::filesystem::path aside;                  ///< the folder with the files as they were found
    std::string trouble;                          ///< what was wrong with them
    DeviceTrouble kind = DeviceTrouble::damaged;  ///< or replaced
};

struct OpenedJournal {
    std::unique_ptr<Journal> journal;
    std::optional<Salvaged> salvaged;  ///< for a fault fact and a banner
};

/// Opens the journal like its constructor. One that is damaged (bad_data) is moved unchanged into
/// `damaged-20261204T053112Z` in its folder, and the longest run of its facts from the first one in
/// which all can be read, follow one another and are signed is copied into a new journal, with the
/// kiosk's other state. Of a log that goes on past its last whole commit a copy is kept there
/// first, and it is opened as far as it is whole. Then facts found in the raw files there are taken
/// over that continue what the journal has; others wait there for the organisers, see aside.hpp.
/// A journal that was rescued when its files were removed or replaced in use takes the place of
/// what is found there, which moves to `replaced-20261204T053112Z` and is looked at like a damaged
/// one. journal.lock is held throughout. A crash at any moment leaves the damaged journal in place,
/// or a plan from which the next call finishes; it then reports the salvage too. Throws Fault:
/// unavailable (another program holds it), io (also of a disk that cannot be read: nothing is moved
/// then), and bad_data only if the new journal is damaged as well.
[[nodiscard]] OpenedJournal open_or_salvage(const JournalOptions& options,
                                            WallTime now = SystemClock().wall());

}  // namespace hudoor::storage
