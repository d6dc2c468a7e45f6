#include "tests/support/sync_count_vfs.hpp"

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <new>

#include "config/fault.hpp"

namespace hudoor::test {

namespace {

constexpr const char* vfs_name = "sync-count";

/// Counts calls and says which one fails.
struct Counter {
    std::atomic<int> count = 0;
    std::atomic<int> failing = 0;  ///< 0: none

    [[nodiscard]] bool next_fails() { return ++count == failing; }
    void fail_nth_from_now(int nth) { failing = count + nth; }
};

struct KindCounters {
    Counter syncs;
    Counter writes;
};

/// How many reads of a folder's files still succeed.
struct TornFolder {
    std::filesystem::path path;
    std::atomic<int> reads_left = 0;

    [[nodiscard]] bool next_fails() { return --reads_left <= 0; }
};

/// Our file begins with SQLite's part, the file of the VFS below follows in the same memory.
struct CountedFile {
    sqlite3_file base;
    KindCounters* counters;
    TornFolder* torn;  ///< null: it lies elsewhere

    [[nodiscard]] sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

CountedFile& counted(sqlite3_file* file) { return *reinterpret_cast<CountedFile*>(file); }

/// Calls the same method of the file below.
template <auto Method, typename... Arguments>
auto pass(sqlite3_file* file, Arguments... arguments) {
    sqlite3_file* below = counted(file).below();
    return (below->pMethods->*Method)(below, arguments...);
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    TornFolder* torn = counted(file).torn;
    if (torn != nullptr && torn->next_fails()) return SQLITE_IOERR_READ;
    return pass<&sqlite3_io_methods::xRead>(file, bytes, size, offset);
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    if (counted(file).counters->writes.next_fails()) return SQLITE_IOERR_WRITE;
    return pass<&sqlite3_io_methods::xWrite>(file, bytes, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (counted(file).counters->writes.next_fails()) return SQLITE_IOERR_TRUNCATE;
    return pass<&sqlite3_io_methods::xTruncate>(file, size);
}

int sync(sqlite3_file* file, int flags) {
    if (counted(file).counters->syncs.next_fails()) return SQLITE_IOERR_FSYNC;
    return pass<&sqlite3_io_methods::xSync>(file, flags);
}

// Version 1: no shared memory and no mapped pages, so that nothing is written past the counters. A
// journal in exclusive mode needs neither.
const sqlite3_io_methods methods{
    .iVersion = 1,
    .xClose = pass<&sqlite3_io_methods::xClose>,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = pass<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = pass<&sqlite3_io_methods::xLock, int>,
    .xUnlock = pass<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = pass<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = pass<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = pass<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = pass<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

FileKind kind_of(int open_flags) {
    if ((open_flags & SQLITE_OPEN_WAL) != 0) return FileKind::wal;
    if ((open_flags & SQLITE_OPEN_MAIN_DB) != 0) return FileKind::database;
    return FileKind::other;
}

}  // namespace

struct SyncCountVfs::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* below = nullptr;
    std::array<KindCounters, 3> kinds;
    TornFolder torn;

    [[nodiscard]] KindCounters& of(FileKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] TornFolder* torn_of(const char* file) {
        const bool is_in = file != nullptr && !torn.path.empty() &&
                           std::filesystem::path(file).parent_path() == torn.path;
        return is_in ? &torn : nullptr;
    }
};

namespace {

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto& state = *static_cast<SyncCountVfs::State*>(vfs->pAppData);
    auto* ours = new (file) CountedFile{{nullptr}, &state.of(kind_of(flags)), state.torn_of(path)};
    const int code = state.below->xOpen(state.below, path, ours->below(), flags, out_flags);
    if (ours->below()->pMethods != nullptr) ours->base.pMethods = &methods;
    return code;
}

}  // namespace

SyncCountVfs::SyncCountVfs() : state_(std::make_unique<State>()) {
    ENSURE(sqlite3_vfs_find(vfs_name) == nullptr);
    state_->below = sqlite3_vfs_find(nullptr);
    // Everything but opening is the default VFS's own; those functions look only at their
    // arguments.
    state_->vfs = *state_->below;
    state_->vfs.pNext = nullptr;
    state_->vfs.zName = vfs_name;
    state_->vfs.pAppData = state_.get();
    state_->vfs.szOsFile = static_cast<int>(sizeof(CountedFile)) + state_->below->szOsFile;
    state_->vfs.xOpen = open;
    sqlite3_vfs_register(&state_->vfs, 0);
}

SyncCountVfs::~SyncCountVfs() { sqlite3_vfs_unregister(&state_->vfs); }

const char* SyncCountVfs::name() const { return vfs_name; }
int SyncCountVfs::syncs(FileKind kind) const { return state_->of(kind).syncs.count; }
int SyncCountVfs::writes(FileKind kind) const { return state_->of(kind).writes.count; }

int SyncCountVfs::all_writes_and_syncs() const {
    int sum = 0;
    for (const KindCounters& kind : state_->kinds) sum += kind.syncs.count + kind.writes.count;
    return sum;
}

void SyncCountVfs::fail_sync(FileKind kind, int nth) {
    state_->of(kind).syncs.fail_nth_from_now(nth);
}
void SyncCountVfs::fail_write(FileKind kind, int nth) {
    state_->of(kind).writes.fail_nth_from_now(nth);
}
void SyncCountVfs::fail_reads_in(const std::filesystem::path& folder, int nth) {
    state_->torn.path = folder;
    state_->torn.reads_left = nth;
}
bool SyncCountVfs::has_failed_reads() const { return state_->torn.reads_left <= 0; }

}  // namespace hudoor::test
