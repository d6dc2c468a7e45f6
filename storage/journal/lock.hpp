/// journal.lock: held for life, so that a second kiosk fails before it opens anything; and where it
/// is kept that the journal beside it was made completely.
#pragma once

#include <filesystem>

namespace hudoor::storage {

class JournalLock {
public:
    /// Throws Fault(unavailable) if another holder lives, in this process or another.
    explicit JournalLock(const std::filesystem::path& directory);
    ~JournalLock();
    JournalLock(const JournalLock&) = delete;
    JournalLock& operator=(const JournalLock&) = delete;

    /// From then on a journal that is missing or empty is a loss, not a first start.
    [[nodiscard]] bool provisioned() const;
    void mark_provisioned();  ///< at every start: an earlier mark may not be on the disk

private:
    std::filesystem::path directory_;
    int descriptor_;
};

/// Makes new names in the directory survive a power cut. Throws Fault(io).
void sync_directory(const std::filesystem::path& directory);

}  // namespace hudoor::storage
