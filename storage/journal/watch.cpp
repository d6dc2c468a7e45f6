#include "storage/journal/watch.hpp"

#include <sys/stat.h>

#include "config/fault.hpp"
#include "storage/journal/paths.hpp"

namespace hudoor::storage {

namespace fs = std::filesystem;

namespace {

std::optional<struct stat> find_status(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

}  // namespace

FileWatch::FileWatch(const fs::path& directory) {
    const fs::path database = journal_file(directory);
    files_ = {Watched{database}, Watched{log_of(database)}, Watched{lock_file(directory)}};
    for (Watched& file : files_) {
        const auto status = find_status(file.path);
        if (!status)
            throw Fault(ExitCode::io, file.path.string() + " is not where it was just written.");
        file.device = status->st_dev;
        file.inode = status->st_ino;
    }
}

std::optional<fs::path> FileWatch::find_change() const {
    for (const Watched& file : files_) {
        const auto status = find_status(file.path);
        if (!status || status->st_dev != file.device || status->st_ino != file.inode)
            return file.path;
    }
    return std::nullopt;
}

std::optional<fs::path> FileWatch::find_second_name() const {
    for (const Watched& file : files_)
        if (const auto status = find_status(file.path); status && status->st_nlink > 1)
            return file.path;
    return std::nullopt;
}

}  // namespace hudoor::storage
