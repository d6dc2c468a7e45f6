/// The tables of journal.db and the settings of its one connection, exactly those of data.md.
#pragma once

#include "storage/sqlite.hpp"

namespace hudoor::storage {

/// Sets everything and reads it back. Throws Fault(io) naming the first setting that did not take.
void apply_journal_settings(Database& database);

/// In one durable step; a database that has the tables is left alone.
void create_journal_tables(Database& database);

/// Throws Fault(bad_data) unless tables and triggers are exactly those we create.
void check_journal_tables(const Database& database);

}  // namespace hudoor::storage
