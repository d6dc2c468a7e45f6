/// Opens a journal that another process holds, for tests: as a second kiosk (`intruder DIR
/// journal`), or as any SQLite program does, reading it and closing it in order (`intruder DIR
/// database`). Ends with the exit code of its fault.
#include <string_view>

#include "storage/base/sqlite.hpp"
#include "tests/storage/facts/journal_fixture.hpp"

namespace {

using namespace hudoor;

int intrude(const std::filesystem::path& directory, std::string_view how) {
    if (how == "journal") {
        const storage::Journal journal(test::options_in(directory));
        return 0;
    }
    const storage::Database database(directory / "journal.db");
    return database.value("SELECT count(*) FROM fact").empty() ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return static_cast<int>(ExitCode::usage);
    storage::init_crypto();
    try {
        return intrude(argv[1], argv[2]);
    } catch (const Fault& fault) {
        return static_cast<int>(fault.exit_code());
    }
}
