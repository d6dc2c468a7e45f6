/// Import of a list of registrations: what a file would change, worked out without changing
/// anything.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "storage/organiser/event/store.hpp"
#include "storage/organiser/lists/csv.hpp"

namespace hudoor::organiser {

enum class RowResult { added, changed, unchanged, refused };

/// What is wrong with one value, or worth knowing about it.
struct CellNote {
    std::string column;
    std::string value;  ///< as quote() shows it
    std::string reason;
};

/// As a list writes them.
struct ValueChange {
    std::string column;
    std::string before;
    std::string after;
};

struct RowReport {
    int line = 0;
    std::string external_id;
    RowResult result = RowResult::unchanged;
    std::vector<ValueChange> changed;
    std::vector<CellNote> refusals;
    std::vector<CellNote> warnings;
};

struct ImportReport {
    std::vector<RowReport> rows;
    std::vector<std::string> dropped_columns;  ///< unknown and not kept
    std::vector<std::string> warnings;         ///< about the file as a whole
    std::vector<std::string> absent;  ///< ids the event has and the file has not; they stay
    std::vector<OrganiserRegistration> to_save;  ///< added and changed, in order
    std::vector<std::size_t> to_hash;            ///< of to_save: with a new imported code

    [[nodiscard]] std::size_t count(RowResult result) const;
};

struct ImportOptions {
    std::set<std::string> keep;  ///< columns to keep that are not ours
    WallTime now;                ///< stamps the ids of new registrations
    std::function<void(std::size_t done, std::size_t all)>
        progress{};  ///< told now and then, and at the end
};

/// Our columns (peers.md "Ours") by name in any order; attendee_id is needed, and a name in each
/// row. A column that is absent leaves what is known as it is. An empty category is the event's
/// first. Numbers of new badges are drawn here; hashes of imported codes are left to
/// set_code_hashes. Throws Fault(bad_data) for a header that cannot be used.
[[nodiscard]] ImportReport plan_import(const std::vector<CsvRow>& rows, const std::string& file,
                                       const storage::Identity& event,
                                       const std::vector<OrganiserRegistration>& known,
                                       const ImportOptions& options);

/// Needed before to_save is saved, unless to_hash is empty; the key is in event.keys.
void set_code_hashes(ImportReport& report, storage::ByteView code_key);

}  // namespace hudoor::organiser
