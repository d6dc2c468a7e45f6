/// Whether a journal's files are still those it was opened on. Somebody may remove them, or put
/// others in their place, while it is in use: what is written from then on is found by nobody.
#pragma once

#include <sys/types.h>

#include <array>
#include <filesystem>
#include <optional>

namespace hudoor::storage {

/// Asks for database, log and lock by their names only: opening them would drop SQLite's locks.
class FileWatch {
public:
    /// As they are now. Throws Fault(io) if one is not there.
    explicit FileWatch(const std::filesystem::path& directory);

    /// One that is gone or another one; nothing if all are the same.
    [[nodiscard]] std::optional<std::filesystem::path> find_change() const;
    /// One that has a second name, by which others may change it.
    [[nodiscard]] std::optional<std::filesystem::path> find_second_name() const;

private:
    struct Watched {
        std::filesystem::path path;
        dev_t device = 0;
        ino_t inode = 0;
    };
    std::array<Watched, 3> files_;
};

}  // namespace hudoor::storage
