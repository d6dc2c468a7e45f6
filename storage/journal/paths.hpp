/// What the files of a journal are called. Nothing but SQLite opens them in the program that holds
/// the journal: closing any descriptor of theirs would drop the locks.
#pragma once

#include <filesystem>

namespace hudoor::storage {

/// The database of the journal in this folder.
[[nodiscard]] std::filesystem::path journal_file(const std::filesystem::path& directory);
/// The write-ahead log that belongs to a database: facts are in there until a checkpoint.
[[nodiscard]] std::filesystem::path log_of(const std::filesystem::path& database);
/// See lock.hpp.
[[nodiscard]] std::filesystem::path lock_file(const std::filesystem::path& directory);
/// Whether the file belongs to the journal in the same folder: the database, its log and whatever
/// else SQLite keeps beside them.
[[nodiscard]] bool is_journal_file(const std::filesystem::path& file);

[[nodiscard]] bool is_missing_or_empty(const std::filesystem::path& file);

/// Makes the folder of a journal and those above it, each durably. Throws Fault: cannot_create, io.
void make_journal_directory(const std::filesystem::path& directory);

}  // namespace hudoor::storage
