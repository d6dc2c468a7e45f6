/// An event as a program of before wrote it.
#pragma once

namespace hudoor::test {

/// Python that opens event/event.db as `db` and takes out what came with schema 7.
inline constexpr const char* back_to_schema_6 =
    "import sqlite3\n"
    "db = sqlite3.connect('event/event.db')\n"
    "for table in ('known_event_key', 'known_event', 'given', 'purged', 'said'):\n"
    "    db.execute(f'DROP TABLE {table}')\n"
    "for column in ('day_starts_minutes', 'badge_days_after'):\n"
    "    db.execute(f'ALTER TABLE event DROP COLUMN {column}')\n"
    "for column in ('badge_key', 'valid_from_ms', 'valid_until_ms'):\n"
    "    db.execute(f'ALTER TABLE registration DROP COLUMN {column}')\n";

}  // namespace hudoor::test
