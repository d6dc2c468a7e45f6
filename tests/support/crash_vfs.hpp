/// A SQLite VFS over the default one that can lose power and fail as disks do, all from one seed.
/// It follows what is written and synced past SQLite as well, by pwrite, fsync and fdatasync, which
/// are therefore defined here for the whole program. One thread at a time; longer alive than every
/// database opened through it; several may live beside each other, each for its folder.
#pragma once

#include <filesystem>
#include <memory>

namespace hudoor::test {

/// What goes wrong, counted in operations from begin(): writes, truncations, creates, deletes and
/// syncs of files and folders. 0 is never.
struct DiskTrouble {
    enum class FailedSync {
        keeps,  ///< the data wait for the next sync
        drops,  ///< the data are as good as synced, reads give them, the disk may not have them
        drops_seen,  ///< the same, and reads give what the disk has
    };
    std::uint64_t cut_at = 0;         ///< this operation does not return: the power goes
    std::uint64_t fail_write_at = 0;  ///< the nth write or truncation
    std::uint64_t fail_sync_at = 0;   ///< the nth sync
    std::uint64_t full_at = 0;        ///< from the nth write on no file grows
    bool for_good = false;            ///< a write or sync that fails once fails always
    FailedSync failed_sync = FailedSync::drops;
};

class CrashVfs {
public:
    /// `folder` must not be there yet.
    CrashVfs(const std::filesystem::path& folder, std::uint64_t seed);
    ~CrashVfs();
    CrashVfs(const CrashVfs&) = delete;
    CrashVfs& operator=(const CrashVfs&) = delete;

    /// What to give as the VFS of a JournalOptions.
    [[nodiscard]] const char* name() const;

    /// From here on everything works but for this.
    void begin(const DiskTrouble& trouble);
    /// From here on no call does anything, as after kill -9. What was written is still there.
    void stop();
    /// Leaves in the folder one of the states a power cut may leave now. No file may be open.
    void cut_power();

    [[nodiscard]] bool power_has_gone() const;       ///< the operation `cut_at` has come
    [[nodiscard]] bool has_failed() const;           ///< the program was told of a failure
    [[nodiscard]] int writes_after_failure() const;  ///< tried since, deletes and truncations too
    /// A sync failed, perhaps unseen: SQLite does not tell when that of a new file's folder does.
    [[nodiscard]] bool has_failed_to_sync() const;
    [[nodiscard]] std::uint64_t operations() const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

}  // namespace hudoor::test
