#include "storage/journal/rescue.hpp"

#include <limits>

#include "storage/journal/aside.hpp"
#include "storage/journal/lock.hpp"
#include "storage/journal/paths.hpp"
#include "storage/journal/reserve.hpp"
#include "storage/journal/rows.hpp"
#include "storage/journal/schema.hpp"

namespace hudoor::storage {

namespace fs = std::filesystem;

namespace {

/// What cannot be read is left out; what cannot be written fails the commit at the latest.
void copy_all(const Database& journal, const fs::path& file, const char* vfs) {
    Database rescued(file, Database::Open::create, vfs);
    create_journal_tables(rescued);
    Transaction transaction(rescued);
    try {
        copy_facts(journal, std::numeric_limits<std::int64_t>::max(), rescued);
        copy_state(journal, rescued);
    } catch (const Fault&) {  // NOLINT(bugprone-empty-catch): as above
    }
    transaction.commit();
}

}  // namespace

fs::path copy_out(const Database& journal, const JournalOptions& options) try {
    free_reserve(options.directory);
    make_journal_directory(options.directory);
    fs::path folder = make_folder_aside(options.directory, rescued_kind, SystemClock().wall());
    const fs::path draft = journal_file(folder).string() + ".draft";
    copy_all(journal, draft, options.vfs);
    fs::rename(draft, journal_file(folder));
    sync_directory(folder);
    return folder;
} catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::io, error.what());
}

std::vector<fs::path> find_rescued(const fs::path& directory) {
    std::vector<fs::path> files;
    for (const fs::path& folder : folders_aside(directory))
        if (folder.filename().string().starts_with(rescued_kind) &&
            fs::exists(journal_file(folder)))
            files.push_back(journal_file(folder));
    return files;
}

}  // namespace hudoor::storage
