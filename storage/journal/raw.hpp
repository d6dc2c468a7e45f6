/// The files of a journal as bytes: its log before SQLite has opened it, and files put aside, which
/// nobody opens any more. Reading a file that SQLite has open would drop SQLite's locks on it: so
/// whoever looks at a log must hold the journal's lock, and open the journal only afterwards.
#pragma once

#include <filesystem>
#include <functional>

#include "storage/facts/fact.hpp"
#include "storage/journal/lock.hpp"

namespace hudoor::storage {

/// Writes a log's bytes over themselves and syncs it, if there is one. After a sync that failed
/// the kernel gives bytes which the disk may not have, and the next sync says nothing of them.
/// Throws Fault(io).
void write_anew(const JournalLock& held, const std::filesystem::path& log);

/// Whether a log has more than SQLite will read of it: behind the last commit that is whole there
/// are parts of later ones. So it is after a bit has changed, and after a power cut amid a commit.
/// Parts that are whole but lack their end are no such thing: nobody was told of that commit.
/// Throws Fault(io).
[[nodiscard]] bool goes_on_past_last_commit(const JournalLock& held,
                                            const std::filesystem::path& log);

/// A copy, durable but for its name. Throws Fault(io).
void copy_log(const JournalLock& held, const std::filesystem::path& log,
              const std::filesystem::path& to);

/// Every fact in a file whose hash holds, wherever it stands and however damaged what is around it;
/// the same one as often as it stands there. Until `visit` returns false. Throws Fault(io).
void visit_raw_facts(const std::filesystem::path& file, std::string_view domain,
                     const std::function<bool(StoredFact&&)>& visit);

}  // namespace hudoor::storage
