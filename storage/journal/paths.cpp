#include "storage/journal/paths.hpp"

#include "config/fault.hpp"
#include "storage/journal/lock.hpp"

namespace hudoor::storage {

namespace fs = std::filesystem;

namespace {

constexpr const char* database_name = "journal.db";

}  // namespace

fs::path journal_file(const fs::path& directory) { return directory / database_name; }

fs::path log_of(const fs::path& database) { return database.string() + "-wal"; }

bool is_journal_file(const fs::path& file) {
    return file.filename().string().starts_with(database_name);
}

bool is_missing_or_empty(const fs::path& file) {
    std::error_code missing;
    const std::uintmax_t size = fs::file_size(file, missing);
    return missing || size == 0;
}

void make_journal_directory(const fs::path& directory) {
    std::error_code error;
    const bool is_new = fs::create_directories(directory, error);
    if (error)
        throw Fault(ExitCode::cannot_create,
                    "Making the folder " + directory.string() + ": " + error.message());
    if (is_new) sync_directory(fs::absolute(directory).parent_path());
}

}  // namespace hudoor::storage
