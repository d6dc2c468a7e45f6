#include "storage/organiser/merge/journal_copy.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "storage/base/files.hpp"
#include "storage/journal/paths.hpp"
#include "storage/journal/schema.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

/// SQLite holds a POSIX lock on what it uses, and a kiosk uses its journal all the time. Only asks.
bool is_held(int descriptor) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return ::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

void expect_free(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        throw Fault(ExitCode::no_input,
                    "Cannot read " + file.string() + ": " + std::strerror(errno));
    const bool held = is_held(descriptor);
    ::close(descriptor);
    if (held)
        throw Fault(ExitCode::try_again,
                    "A running kiosk holds " + file.string() + ". End it first, or verify a copy.");
}

fs::path copy_into(const fs::path& folder, const fs::path& file) {
    fs::path copy = folder / "copy";
    expect_free(file);
    fs::copy_file(file, copy);
    if (fs::exists(log_of(file))) fs::copy_file(log_of(file), log_of(copy));
    expect_free(file);  // nobody began to write meanwhile
    return copy;
}

/// Nothing if the file is whole as a database; a file that is no journal at all is a
/// Fault(bad_data).
std::optional<std::string> damage_of(const Database& database) {
    try {
        const std::string result = database.value("PRAGMA integrity_check(1)");
        check_journal_tables(database);
        if (result != "ok") return result;
    } catch (const DatabaseFault& fault) {
        if (fault.exit_code() != ExitCode::bad_data) throw;
        return fault.what();
    }
    return std::nullopt;
}

std::optional<std::string> visit_copy(const fs::path& copy,
                                      const std::function<bool(const FactRow&)>& visit) {
    Database database(copy);
    database.execute("PRAGMA trusted_schema=OFF; PRAGMA locking_mode=EXCLUSIVE");
    auto damage = damage_of(database);
    try {
        Statement rows = database.prepare(select_fact_rows);
        while (rows.step() && visit(fact_row(rows))) {
        }
    } catch (const DatabaseFault& fault) {
        if (!damage || fault.exit_code() != ExitCode::bad_data) throw;
    }
    return damage;
}

}  // namespace

std::optional<std::string> visit_journal(const fs::path& file,
                                         const std::function<bool(const FactRow&)>& visit) try {
    const TemporaryFolder folder(fs::temp_directory_path());
    return visit_copy(copy_into(folder.path(), file), visit);
} catch (const fs::filesystem_error& error) {
    throw Fault(ExitCode::io, "Copying " + file.string() + ": " + error.what());
}

FactsReport check_journal(const fs::path& file, const FindKioskKey& find_key) {
    FactsCheck check(find_key);
    std::optional<std::string> damage;
    try {
        damage = visit_journal(file, [&](const FactRow& row) { return check.take(row); });
    } catch (const Fault& fault) {
        if (fault.exit_code() != ExitCode::bad_data) throw;
        damage = fault.what();
    }
    FactsReport report = check.finish();
    if (damage) report.trouble = damage;
    return report;
}

}  // namespace hudoor::organiser
