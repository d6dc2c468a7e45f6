#include "tests/support/crash_vfs.hpp"

#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <optional>

#include "config/fault.hpp"
#include "tests/support/crash_disk.hpp"

namespace hudoor::test {

namespace fs = std::filesystem;

namespace {

enum class Answer { works, stopped, power_goes, fails, full };

std::vector<CrashVfs::State*>& living() {
    static std::vector<CrashVfs::State*> states;
    return states;
}

}  // namespace

struct CrashVfs::State {
    State(const fs::path& path, std::uint64_t seed)
        : folder(path), random(seed), name("crash-" + path.string()) {}

    Answer ask_any() {
        if (is_stopped) return Answer::stopped;
        if (++operations != trouble.cut_at) return Answer::works;
        power_gone = is_stopped = true;
        return Answer::power_goes;
    }
    Answer ask_change() {
        if (!is_stopped && has_failed) ++writes_after_failure;
        return ask_any();
    }
    Answer ask_write(bool grows) {
        const Answer answer = ask_change();
        if (answer != Answer::works) return answer;
        ++writes;
        const bool is_full = grows && trouble.full_at != 0 && writes >= trouble.full_at;
        if (!is_full && !is_due(writes, trouble.fail_write_at)) return Answer::works;
        has_failed = true;
        return is_full ? Answer::full : Answer::fails;
    }
    Answer ask_sync() {
        const Answer answer = ask_any();
        if (answer != Answer::works) return answer;
        if (!is_due(++syncs, trouble.fail_sync_at)) return Answer::works;
        has_failed_to_sync = true;
        return Answer::fails;
    }
    [[nodiscard]] bool is_due(std::uint64_t count, std::uint64_t at) const {
        return count == at || (trouble.for_good && at != 0 && count > at);
    }

    /// Nothing if the path is none of ours, else whether it was synced.
    std::optional<bool> sync(const fs::path& path);
    bool sync_folder();
    bool sync_file(const std::string& file);
    /// Nothing if the path is none of ours, else whether it may be written.
    std::optional<bool> write(const fs::path& path, std::uint64_t offset, storage::ByteView bytes);

    CrashFolder folder;
    SeededRandom random;
    std::string name;
    sqlite3_vfs vfs{};
    sqlite3_vfs* below = nullptr;
    DiskTrouble trouble;
    std::uint64_t operations = 0;
    std::uint64_t writes = 0;
    std::uint64_t syncs = 0;
    int writes_after_failure = 0;
    bool is_stopped = false;
    bool power_gone = false;
    bool has_failed = false;
    bool has_failed_to_sync = false;
    bool in_file_sync = false;
};

std::optional<bool> CrashVfs::State::sync(const fs::path& path) {
    if (path == folder.path()) return sync_folder();
    if (path.parent_path() == folder.path()) return sync_file(path.filename());
    if (!folder.has_level_in(path)) return std::nullopt;
    if (ask_any() != Answer::works) return false;
    folder.sync_level_in(path);
    return true;
}

/// A file system that cannot store names does not forget them: they wait for the next sync.
bool CrashVfs::State::sync_folder() {
    const Answer answer = ask_sync();
    has_failed = has_failed || (answer == Answer::fails && !in_file_sync);
    if (answer == Answer::works) folder.sync_names();
    return answer == Answer::works;
}

bool CrashVfs::State::sync_file(const std::string& file) {
    folder.meet_strangers();
    const auto known = folder.find(file);
    const Answer answer = ask_sync();
    if (answer == Answer::works && known) known->sync();
    if (answer != Answer::fails) return answer == Answer::works;
    has_failed = true;
    if (trouble.failed_sync != DiskTrouble::FailedSync::keeps && known) known->settle(random);
    return false;
}

std::optional<bool> CrashVfs::State::write(const fs::path& path, std::uint64_t offset,
                                           storage::ByteView bytes) {
    if (path.parent_path() != folder.path()) return std::nullopt;
    folder.meet_strangers();
    const Answer answer = ask_write(false);
    const bool is_written = answer == Answer::works || answer == Answer::power_goes;
    if (const auto file = folder.find(path.filename()); file && is_written)
        file->write(offset, bytes);
    return answer == Answer::works;
}

namespace {

/// Our file begins with SQLite's part, the file of the VFS below follows in the same memory.
struct CrashHandle {
    sqlite3_file base{};
    CrashVfs::State* state = nullptr;
    std::shared_ptr<CrashFile> file;  ///< null: a temporary one, of no interest

    [[nodiscard]] sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    [[nodiscard]] std::uint64_t size() {
        sqlite3_int64 size = 0;
        below()->pMethods->xFileSize(below(), &size);
        return static_cast<std::uint64_t>(size);
    }
};

CrashHandle& handle_of(sqlite3_file* file) { return *reinterpret_cast<CrashHandle*>(file); }

/// Calls the same method of the file below.
template <auto Method, typename... Arguments>
auto pass(sqlite3_file* file, Arguments... arguments) {
    sqlite3_file* below = handle_of(file).below();
    return (below->pMethods->*Method)(below, arguments...);
}

int close(sqlite3_file* file) {
    const int code = pass<&sqlite3_io_methods::xClose>(file);
    handle_of(file).~CrashHandle();
    return code;
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    const CrashHandle& handle = handle_of(file);
    if (handle.file && handle.state->is_stopped) return SQLITE_IOERR_READ;
    return pass<&sqlite3_io_methods::xRead>(file, bytes, size, offset);
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    CrashHandle& handle = handle_of(file);
    if (!handle.file) return pass<&sqlite3_io_methods::xWrite>(file, bytes, size, offset);
    const auto start = static_cast<std::uint64_t>(offset);
    const storage::ByteView view{static_cast<const std::uint8_t*>(bytes),
                                 static_cast<std::size_t>(size)};
    const Answer answer = handle.state->ask_write(start + view.size() > handle.size());
    if (answer == Answer::stopped) return SQLITE_IOERR_WRITE;
    if (answer == Answer::full) return SQLITE_FULL;
    // A write that fails has written as far as it came.
    const auto done =
        answer == Answer::fails ? view.first(handle.state->random.below(view.size())) : view;
    handle.file->write(start, done);
    if (answer == Answer::power_goes) return SQLITE_IOERR_WRITE;
    const int code =
        pass<&sqlite3_io_methods::xWrite>(file, bytes, static_cast<int>(done.size()), offset);
    return answer == Answer::fails ? SQLITE_IOERR_WRITE : code;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    CrashHandle& handle = handle_of(file);
    if (!handle.file) return pass<&sqlite3_io_methods::xTruncate>(file, size);
    const Answer answer = handle.state->ask_write(false);
    if (answer == Answer::stopped || answer == Answer::fails) return SQLITE_IOERR_TRUNCATE;
    handle.file->truncate(static_cast<std::uint64_t>(size));
    if (answer == Answer::power_goes) return SQLITE_IOERR_TRUNCATE;
    return pass<&sqlite3_io_methods::xTruncate>(file, size);
}

/// Makes reads give what the disk has. In pieces: the VFS below takes no more than 128 KiB at once.
void show_stored(CrashHandle& handle) {
    constexpr std::size_t most = 65'536;
    sqlite3_file* below = handle.below();
    const storage::Bytes& stored = handle.file->stored();
    below->pMethods->xTruncate(below, 0);
    for (std::size_t from = 0; from < stored.size(); from += most)
        below->pMethods->xWrite(below, stored.data() + from,
                                static_cast<int>(std::min(most, stored.size() - from)),
                                static_cast<sqlite3_int64>(from));
}

/// The VFS below calls fdatasync, which is ours.
int sync(sqlite3_file* file, int flags) {
    CrashHandle& handle = handle_of(file);
    handle.state->in_file_sync = true;
    const int code = pass<&sqlite3_io_methods::xSync>(file, flags);
    handle.state->in_file_sync = false;
    const bool is_failure = code != SQLITE_OK && handle.file && !handle.state->is_stopped;
    if (is_failure && handle.state->trouble.failed_sync == DiskTrouble::FailedSync::drops_seen)
        show_stored(handle);
    return code;
}

// Version 1: no shared memory and no mapped pages, so that nothing is written past us. A journal in
// exclusive mode needs neither.
const sqlite3_io_methods methods{
    .iVersion = 1,
    .xClose = close,
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

CrashVfs::State& state_of(sqlite3_vfs* vfs) {
    return *static_cast<CrashVfs::State*>(vfs->pAppData);
}

/// The name within our folder; empty for temporary files and those elsewhere.
std::string name_in(const CrashFolder& folder, const char* path) {
    if (path == nullptr || fs::path(path).parent_path() != folder.path()) return {};
    return fs::path(path).filename();
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto& state = state_of(vfs);
    auto* handle = new (file) CrashHandle;
    handle->state = &state;
    const std::string name = name_in(state.folder, path);
    const bool is_new = !name.empty() && !state.folder.find(name);
    if (is_new && (flags & SQLITE_OPEN_CREATE) != 0 && state.ask_any() != Answer::works)
        return SQLITE_CANTOPEN;
    const int code = state.below->xOpen(state.below, path, handle->below(), flags, out_flags);
    if (handle->below()->pMethods == nullptr) return code;
    handle->base.pMethods = &methods;
    if (!name.empty()) handle->file = is_new ? state.folder.create(name) : state.folder.find(name);
    return code;
}

int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    auto& state = state_of(vfs);
    const std::string name = name_in(state.folder, path);
    if (!state.folder.find(name)) return state.below->xDelete(state.below, path, sync_folder);
    const Answer answer = state.ask_change();
    if (answer == Answer::stopped) return SQLITE_IOERR_DELETE;
    state.folder.remove(name);
    if (answer == Answer::power_goes) return SQLITE_IOERR_DELETE;
    return state.below->xDelete(state.below, path, sync_folder);  // syncs by our fdatasync
}

fs::path path_of(int descriptor) {
    std::error_code error;
    return fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), error);
}

int sync_descriptor(int descriptor, long call) {
    const fs::path path = path_of(descriptor);
    std::optional<bool> is_synced;  // two disks may have the folder above in common
    for (CrashVfs::State* state : living())
        if (const auto answer = state->sync(path)) is_synced = is_synced.value_or(true) && *answer;
    if (!is_synced) return static_cast<int>(::syscall(call, descriptor));
    errno = EIO;
    return *is_synced ? 0 : -1;
}

bool may_write(int descriptor, storage::ByteView bytes, off_t offset) {
    const fs::path path = path_of(descriptor);
    for (CrashVfs::State* state : living())
        if (const auto answer = state->write(path, static_cast<std::uint64_t>(offset), bytes))
            return *answer;
    return true;
}

}  // namespace

CrashVfs::CrashVfs(const fs::path& folder, std::uint64_t seed)
    : state_(std::make_unique<State>(folder, seed)) {
    ENSURE(sqlite3_vfs_find(name()) == nullptr);
    state_->below = sqlite3_vfs_find(nullptr);
    // The rest is the default VFS's own; those functions look only at their arguments.
    state_->vfs = *state_->below;
    state_->vfs.pNext = nullptr;
    state_->vfs.zName = name();
    state_->vfs.pAppData = state_.get();
    state_->vfs.szOsFile = static_cast<int>(sizeof(CrashHandle)) + state_->below->szOsFile;
    state_->vfs.xOpen = open;
    state_->vfs.xDelete = remove;
    sqlite3_vfs_register(&state_->vfs, 0);
    living().push_back(state_.get());
}

CrashVfs::~CrashVfs() {
    std::erase(living(), state_.get());
    sqlite3_vfs_unregister(&state_->vfs);
}

const char* CrashVfs::name() const { return state_->name.c_str(); }

void CrashVfs::begin(const DiskTrouble& trouble) {
    state_->trouble = trouble;
    state_->operations = state_->writes = state_->syncs = 0;
    state_->writes_after_failure = 0;
    state_->is_stopped = state_->power_gone = false;
    state_->has_failed = state_->has_failed_to_sync = false;
}

void CrashVfs::stop() { state_->is_stopped = true; }
void CrashVfs::cut_power() { state_->folder.cut_power(state_->random); }
bool CrashVfs::power_has_gone() const { return state_->power_gone; }
bool CrashVfs::has_failed() const { return state_->has_failed; }
bool CrashVfs::has_failed_to_sync() const { return state_->has_failed_to_sync; }
int CrashVfs::writes_after_failure() const { return state_->writes_after_failure; }
std::uint64_t CrashVfs::operations() const { return state_->operations; }

}  // namespace hudoor::test

// Of the whole program, SQLite's library too (which writes by pwrite64): the names of libc are
// looked up here first.
extern "C" int fsync(int descriptor) {
    return hudoor::test::sync_descriptor(descriptor, SYS_fsync);
}
extern "C" ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    errno = EIO;
    if (!hudoor::test::may_write(descriptor, {static_cast<const std::uint8_t*>(bytes), size},
                                 offset))
        return -1;
    return ::syscall(SYS_pwrite64, descriptor, bytes, size, offset);
}
extern "C" int fdatasync(int descriptor) {
    return hudoor::test::sync_descriptor(descriptor, SYS_fdatasync);
}
