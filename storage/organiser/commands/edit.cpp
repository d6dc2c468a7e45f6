#include <iostream>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/lists/plan.hpp"

namespace hudoor::organiser {

namespace {

/// A list of one row, so that the same rules hold as in an import.
Rows list_of(const std::string& external_id, const std::vector<std::string>& changes) {
    ListRow header{1, {"attendee_id"}};
    ListRow row{2, {external_id}};
    for (const std::string& change : changes) {
        const auto sign = change.find('=');
        if (sign == std::string::npos || sign == 0)
            throw Fault(ExitCode::usage,
                        quote(change) + ": write it as COLUMN=VALUE, e.g. status=cancelled");
        header.fields.push_back(change.substr(0, sign));
        row.fields.push_back(change.substr(sign + 1));
    }
    if (header.fields.back() == "attendee_id")
        throw Fault(ExitCode::usage, "An attendee_id never changes");
    return {header, row};
}

void check(const ImportReport& report) {
    if (!report.dropped_columns.empty())
        throw Fault(ExitCode::usage, "There is no column " + quote(report.dropped_columns.front()));
    std::string wrong;
    for (const CellNote& note : report.rows.front().refusals)
        wrong += (wrong.empty() ? "" : "; ") + note.column + " " + note.value + ": " + note.reason;
    if (!wrong.empty()) throw Fault(ExitCode::bad_data, wrong);
}

}  // namespace

ExitCode edit_registration(const EventOptions& event, const EditOptions& options) {
    EventStore store(event.event);
    const std::string id = get_person(store, options.who).door.external_id;
    ImportReport report =
        plan_import(list_of(id, options.changes), "edit", store.event(), store.registrations(),
                    {.keep = {}, .now = SystemClock().wall(), .by_hand = true});
    check(report);
    if (report.to_save.empty()) {
        std::cout << "Nothing to change.\n";
        return ExitCode::done;
    }
    if (!report.to_hash.empty())
        set_code_hashes(report, open_keys(event, store.event()).code_key.view());
    store.save(report.to_save, change_now("edit " + id), decided_here, report.said);
    for (const ValueChange& change : report.rows.front().changed)
        std::cout << "\u2068" << id << "\u2069: " << change.column << ' ' << quote(change.before)
                  << " to " << quote(change.after) << '\n';
    std::cout << say_next;
    return ExitCode::done;
}

}  // namespace hudoor::organiser
