/// A SQLite VFS that passes everything on to the default one, counts writes and syncs, and can make
/// one of them fail. Only one at a time may be alive, longer than every database opened through it;
/// databases of several threads may use it at once.
#pragma once

#include <filesystem>
#include <memory>

namespace hudoor::test {

enum class FileKind { database, wal, other };

class SyncCountVfs {
public:
    SyncCountVfs();
    ~SyncCountVfs();
    SyncCountVfs(const SyncCountVfs&) = delete;
    SyncCountVfs& operator=(const SyncCountVfs&) = delete;

    /// What to give as the VFS of a JournalOptions.
    [[nodiscard]] const char* name() const;
    [[nodiscard]] int syncs(FileKind kind) const;
    [[nodiscard]] int writes(FileKind kind) const;
    /// Truncations count as writes too.
    [[nodiscard]] int all_writes_and_syncs() const;

    /// The nth sync (write) of this kind from now on fails, once; those after it succeed again.
    void fail_sync(FileKind kind, int nth = 1);
    void fail_write(FileKind kind, int nth = 1);
    /// Of the files of one folder from the nth read on every one fails, as of a disk torn out. To
    /// be said before they are opened.
    void fail_reads_in(const std::filesystem::path& folder, int nth);
    [[nodiscard]] bool has_failed_reads() const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

}  // namespace hudoor::test
