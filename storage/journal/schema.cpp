#include "storage/journal/schema.hpp"

#include <sqlite3.h>

#include <array>

namespace hudoor::storage {

namespace {

constexpr const char* schema = R"(
CREATE TABLE fact (
  number INTEGER PRIMARY KEY, -- the order they were written in
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  encoding BLOB NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (epoch, seq)
) STRICT;
CREATE TRIGGER fact_not_updated BEFORE UPDATE ON fact
  BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
CREATE TRIGGER fact_not_deleted BEFORE DELETE ON fact
  BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;
CREATE TRIGGER fact_not_replaced BEFORE INSERT ON fact
  WHEN EXISTS (SELECT 1 FROM fact WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM fact WHERE epoch = NEW.epoch AND seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'facts are never replaced'); END;
CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
)";

constexpr std::string_view schema_query =
    "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY type, name)";

struct Setting {
    const char* set;
    const char* read;
    const char* expected;
};

// The locking mode must come before WAL: then the index of the -wal is kept in our memory and no
// -shm file lets a second program in.
constexpr std::array settings{
    Setting{"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA locking_mode", "exclusive"},
    Setting{"PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal"},
    Setting{"PRAGMA synchronous=FULL", "PRAGMA synchronous", "2"},
    Setting{"PRAGMA wal_autocheckpoint=0", "PRAGMA wal_autocheckpoint", "0"},
    Setting{"PRAGMA trusted_schema=OFF", "PRAGMA trusted_schema", "0"},
};

void switch_on(const Database& database, int option, const char* name) {
    int is_on = 0;
    sqlite3_db_config(database.handle(), option, 1, &is_on);
    if (is_on != 1)
        throw Fault(ExitCode::io, std::string("SQLite does not take the setting ") + name);
}

}  // namespace

void apply_journal_settings(Database& database) {
    switch_on(database, SQLITE_DBCONFIG_DEFENSIVE, "defensive");
    // Closing must never write by itself: a failed handle is not written again, and of a good one
    // the last checkpoint is ours, with its result looked at.
    switch_on(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, "no checkpoint on close");
    for (const Setting& setting : settings) database.execute(setting.set);
    for (const Setting& setting : settings)
        if (database.value(setting.read) != setting.expected)
            throw Fault(ExitCode::io,
                        std::string("SQLite does not take the setting ") + setting.set);
}

void apply_looking_settings(Database& database) {
    switch_on(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, "no checkpoint on close");
    // With writable_schema SQLite also reads a file that ends before its header says it does.
    database.execute(
        "PRAGMA trusted_schema=OFF; PRAGMA query_only=ON; PRAGMA writable_schema=ON;"
        " PRAGMA locking_mode=EXCLUSIVE");
}

void create_journal_tables(Database& database) {
    // A first start that was cut off may have left half of the way to WAL, which SQLite would go on
    // with as it stands. Back to the beginning first; exclusively, so that no -shm file is made.
    database.execute("PRAGMA locking_mode=EXCLUSIVE");
    database.execute("PRAGMA journal_mode=DELETE");
    database.execute("PRAGMA locking_mode=NORMAL");
    database.execute("PRAGMA synchronous=EXTRA");
    Transaction transaction(database);
    if (!database.value(schema_query).empty()) return;
    database.execute(schema);
    transaction.commit();
}

void check_journal_tables(const Database& database) {
    Database model = Database::in_memory();
    model.execute(schema);
    if (database.value(schema_query) != model.value(schema_query))
        throw Fault(ExitCode::bad_data,
                    "journal.db does not have the tables of this program's journal.");
}

}  // namespace hudoor::storage
