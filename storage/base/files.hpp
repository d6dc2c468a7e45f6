/// Small files read whole and written so that a crash leaves the old one or the new one, never a
/// part.
#pragma once

#include <sys/types.h>

#include <filesystem>

#include "storage/base/bytes.hpp"

namespace hudoor::storage {

inline constexpr mode_t private_mode = 0600;

/// The whole file. Throws Fault: no_input (not there, not readable), bad_data (longer than
/// `max_bytes`), io.
[[nodiscard]] Bytes read_file(const std::filesystem::path& file, std::uint64_t max_bytes);
/// The same for a key: none of it stays anywhere else in memory.
[[nodiscard]] SecretBytes read_secret_file(const std::filesystem::path& file,
                                           std::uint64_t max_bytes);

/// A file in the making, under a temporary name beside its own; gone again unless it was published.
class FileDraft {
public:
    /// Throws Fault(cannot_create).
    FileDraft(const std::filesystem::path& file, mode_t mode);
    ~FileDraft();
    FileDraft(const FileDraft&) = delete;
    FileDraft& operator=(const FileDraft&) = delete;

    /// Throws Fault(io).
    void write(ByteView bytes);
    /// Syncs it, renames it and syncs the folder: on return it is on stable storage. An existing
    /// file is replaced. Throws Fault(io).
    void publish();

private:
    [[noreturn]] void fail(const char* tried) const;

    std::filesystem::path final_;
    std::filesystem::path draft_;
    int descriptor_ = -1;
    bool published_ = false;
};

/// Writes a temporary name beside `file`, syncs it, renames it and syncs the folder: on return the
/// bytes are on stable storage. An existing file is replaced. Throws Fault: cannot_create, io.
void write_file(const std::filesystem::path& file, ByteView bytes, mode_t mode);

/// A file made or renamed in this folder is there after a power cut. Throws Fault(io).
void sync_folder_of(const std::filesystem::path& file);

/// A file that gets another content under its name; what it held is then overwritten where it lay
/// and no program that has it open can go on with it.
class OldContent {
public:
    /// Holds on to what the name means now. Throws Fault(no_input).
    explicit OldContent(const std::filesystem::path& file);
    ~OldContent();
    OldContent(const OldContent&) = delete;
    OldContent& operator=(const OldContent&) = delete;

    /// Zeros all of it, durably. Throws Fault(io).
    void wipe();

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
};

/// A new folder for nobody else, removed with everything in it.
class TemporaryFolder {
public:
    /// Throws Fault(cannot_create).
    explicit TemporaryFolder(const std::filesystem::path& parent);
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace hudoor::storage
