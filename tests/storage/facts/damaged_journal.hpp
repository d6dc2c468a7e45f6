/// A journal as a power cut leaves it, to be damaged and salvaged by tests.
#pragma once

#include <fstream>
#include <map>

#include "storage/base/sqlite.hpp"
#include "storage/journal/salvage.hpp"
#include "tests/storage/facts/journal_fixture.hpp"

namespace hudoor::test {

/// Name -> content of the journal's files in a folder.
using JournalFiles = std::map<std::string, std::string>;

[[nodiscard]] inline JournalFiles journal_files_in(const std::filesystem::path& directory) {
    JournalFiles files;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("journal.db")) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files[name] = {std::istreambuf_iterator<char>(in), {}};
    }
    return files;
}

/// Whether the files are those there were, byte for byte. SQLite makes an empty log where it looks.
[[nodiscard]] inline bool are_kept(JournalFiles files, const JournalFiles& before) {
    const bool is_new = !before.contains("journal.db-wal");
    if (is_new && files["journal.db-wal"].empty()) files.erase("journal.db-wal");
    return files == before;
}

/// Three epochs of sixty facts, the last one in the log only; nobody holds it.
class DamagedJournal {
public:
    static constexpr std::size_t in_database = 120;
    static constexpr std::size_t in_all = 180;

    DamagedJournal() {
        const TemporaryDirectory alive;
        for (int start = 0; start < 2; ++start) {
            storage::Journal journal(options_in(alive.path()));
            write_epoch(journal);
        }
        storage::Journal journal(options_in(alive.path()));
        write_epoch(journal);
        std::filesystem::copy(alive.path(), path());  // as a kill leaves it
    }

    [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }
    [[nodiscard]] std::filesystem::path database() const { return directory_ / "journal.db"; }
    [[nodiscard]] std::filesystem::path log() const { return directory_ / "journal.db-wal"; }
    /// What was written, in order.
    [[nodiscard]] const std::vector<storage::StoredFact>& facts() const { return facts_; }

    /// Moves the log into the database, as a checkpoint does.
    void settle() const { const storage::Journal journal(options_in(path())); }

    /// Overwrites a part of a file, given in per cent of its size.
    void overwrite(const std::filesystem::path& file, int from, int to, char with) const {
        const auto size = static_cast<int>(std::filesystem::file_size(file));
        std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(size / 100 * from);
        out << std::string(static_cast<std::size_t>(size / 100 * (to - from)), with);
    }

    /// Runs SQL as one would who knows how: without the triggers, and with the triggers back after.
    void tamper(const std::string& sql) const {
        storage::Database database(this->database());
        std::string drops;
        std::string back;
        auto triggers =
            database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
        while (triggers.step()) {
            drops += "DROP TRIGGER " + triggers.text(0) + ";";
            back += triggers.text(1) + ";";
        }
        triggers.reset();
        database.execute((drops + sql + ";" + back).c_str());
    }

private:
    void write_epoch(storage::Journal& journal) {
        const auto facts = FactMaker(journal.head()).make(60, 500);
        for (const storage::StoredFact& fact : facts) journal.append({&fact, 1});
        facts_.insert(facts_.end(), facts.begin(), facts.end());
    }

    TemporaryDirectory directory_;
    std::vector<storage::StoredFact> facts_;
};

/// Whether `kept` is what was written first, byte for byte.
[[nodiscard]] inline bool is_prefix(const std::vector<storage::StoredFact>& kept,
                                    const std::vector<storage::StoredFact>& written) {
    return kept.size() <= written.size() &&
           std::equal(kept.begin(), kept.end(), written.begin(), [](const auto& a, const auto& b) {
               return a.encoding == b.encoding && a.hash == b.hash && a.signature == b.signature;
           });
}

}  // namespace hudoor::test
