/// An event with its agenda in the tables of event.db. Not for others than the event's store.
#pragma once

#include "storage/base/sqlite.hpp"
#include "storage/guests/identity.hpp"

namespace hudoor::organiser {

/// Into empty tables, with the other events it knows; the agenda not yet.
void insert_event(storage::Database& db, const storage::Identity& event);
/// Categories, rooms, places, the help desk and sessions, in place of what there is; what goes
/// keeps its number and code.
void write_agenda(storage::Database& db, const storage::Identity& event);
/// `with_past`: what the event file no longer has, too. Throws Fault(bad_data) if there is no
/// event.
[[nodiscard]] storage::Identity read_event(const storage::Database& db, bool with_past);

}  // namespace hudoor::organiser
