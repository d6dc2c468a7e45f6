/// The tables of journal.db and the settings of its one connection, exactly those of data.md.
#pragma once

#include "storage/base/sqlite.hpp"

namespace hudoor::storage {

/// Sets everything and reads it back. Throws Fault(io) naming the first setting that did not take.
void apply_journal_settings(Database& database);

/// For looking into a damaged journal that must stay as it is, byte for byte: SELECT only, no
/// checkpoint, no -shm. An empty log may come into being beside it. Not for an empty file, whose
/// log SQLite would remove.
void apply_looking_settings(Database& database);

/// In one durable step; a database that has the tables is left alone.
void create_journal_tables(Database& database);

/// Throws Fault(bad_data) unless tables and triggers are exactly those we create.
void check_journal_tables(const Database& database);

}  // namespace hudoor::storage
