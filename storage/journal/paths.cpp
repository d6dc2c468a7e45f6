#include "storage/journal/paths.hpp"

#include <unistd.h>

#include <vector>

#include "config/fault.hpp"
#include "storage/journal/lock.hpp"

namespace hudoor::storage {

namespace fs = std::filesystem;

namespace {

constexpr const char* database_name = "journal.db";

}  // namespace

fs::path journal_file(const fs::path& directory) { return directory / database_name; }

fs::path log_of(const fs::path& database) { return database.string() + "-wal"; }

fs::path lock_file(const fs::path& directory) { return directory / "journal.lock"; }

bool is_journal_file(const fs::path& file) {
    return file.filename().string().starts_with(database_name);
}

bool is_missing_or_empty(const fs::path& file) {
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(file, missing);
    return missing || size == 0;
}

void make_journal_directory(const fs::path& directory) try {
    fs::path level = fs::absolute(directory).lexically_normal();
    if (!level.has_filename()) level = level.parent_path();  // "records/"
    std::vector<fs::path> fresh;
    for (; !fs::exists(level); level = level.parent_path()) fresh.push_back(level);
    if (!fs::is_directory(level))
        throw Fault(ExitCode::cannot_create, level.string() + " is not a folder.");
    // An earlier call may have ended between making this one and syncing its name.
    if (::access(level.parent_path().c_str(), R_OK) == 0) sync_directory(level.parent_path());
    for (auto next = fresh.rbegin(); next != fresh.rend(); ++next) {
        fs::create_directory(*next);
        sync_directory(*next);
        sync_directory(next->parent_path());
    }
} catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::cannot_create,
                "Making the folder " + directory.string() + ": " + error.code().message());
}

}  // namespace hudoor::storage
