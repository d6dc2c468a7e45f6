/// Import of a list of registrations: what a file would change, worked out without changing
/// anything.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "storage/organiser/event/store.hpp"
#include "storage/organiser/sheets/rows.hpp"

namespace hudoor::organiser {

enum class RowResult { added, changed, unchanged, refused, conflict };

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

/// The list says another value than the last time, and here another one was decided since.
struct Conflict {
    std::string column;
    std::string here;
    std::string list;    ///< what it says now; empty: emptied
    std::string reason;  ///< "it said pending the last time"
};

struct RowReport {
    int line = 0;  ///< 0: not in the file
    std::string external_id;
    RowResult result = RowResult::unchanged;
    std::vector<ValueChange> changed;
    std::vector<CellNote> refusals;
    std::vector<CellNote> warnings;
    std::vector<CellNote> stands;  ///< decided here and left, though the list says otherwise
    std::vector<Conflict> conflicts;
};

struct ImportReport {
    std::vector<RowReport> rows;
    std::vector<std::string> dropped_columns;  ///< unknown and not kept
    std::vector<std::string> warnings;         ///< about the file as a whole
    std::vector<std::string> blocked;          ///< why nothing of it may be applied
    std::vector<std::string> absent;          ///< ids the event has and the file has not; they stay
    std::map<std::string, std::size_t> left;  ///< by column: people whose value stays as known
    std::map<std::string, std::size_t> defaults;  ///< by column: new people who get the default
    std::vector<std::string> sample_names;        ///< six that are not ASCII, as they were read
    std::vector<OrganiserRegistration> to_save;   ///< added and changed, in order
    std::vector<std::size_t> to_hash;             ///< of to_save: with a new imported code
    SaidByPerson said;                            ///< what the list says now, to be remembered

    [[nodiscard]] std::size_t count(RowResult result) const;
};

enum class Resolve { ask, theirs, ours };

struct ImportOptions {
    std::set<std::string> keep;  ///< columns to keep that are not ours
    WallTime now;                ///< stamps the ids of new registrations
    std::function<void(std::size_t done, std::size_t all)>
        progress{};                    ///< told now and then, and at the end
    std::set<std::string> ignore{};    ///< columns that may be dropped though they decide; folded
    std::set<std::string> harmless{};  ///< the same, by the preset
    SaidByPerson said{};               ///< what this source said the last time
    SaidByPerson decided{};            ///< what was decided here by hand
    Resolve resolve = Resolve::ask;
    bool by_hand = false;             ///< of one person: an empty value is meant
    bool orders = false;              ///< attendee_id names orders, which may be for several people
    bool may_be_row_numbers = false;  ///< so the column of the ids is called
    bool cancel_absent = false;       ///< who was in this source's list and is no more is cancelled
};

/// Our columns (peers.md "Ours") by name in any order; attendee_id is needed, and a name in each
/// row. A column that is absent and a cell that its source never filled leave what is known as it
/// is; "(none)" clears. A new person without a category gets the event's first. Numbers of new
/// badges are drawn here; hashes of imported codes are left to set_code_hashes. Throws
/// Fault(bad_data) for a header that cannot be used, and for orders whose people nothing tells
/// apart.
[[nodiscard]] ImportReport plan_import(const Rows& rows, const std::string& file,
                                       const storage::Identity& event,
                                       const std::vector<OrganiserRegistration>& known,
                                       const ImportOptions& options);

/// Needed before to_save is saved, unless to_hash is empty; the key is in event.keys.
void set_code_hashes(ImportReport& report, storage::ByteView code_key);

}  // namespace hudoor::organiser
