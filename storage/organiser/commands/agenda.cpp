#include <algorithm>
#include <iostream>

#include "config/fault.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/event/agenda_change.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/file.hpp"
#include "storage/organiser/event/guest_list.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

void check_same_event(const Identity& here, const Identity& wanted, const std::string& file) {
    if (wanted.event != here.event)
        throw Fault(ExitCode::bad_data,
                    file + ": its number is another event's; badges carry the number of this one");
    if (wanted.demo != here.demo)
        throw Fault(ExitCode::bad_data, file + ": an event does not begin or end being a demo");
}

template <typename Item, typename Id>
bool has(const std::vector<Item>& items, Id id) {
    return std::any_of(items.begin(), items.end(),
                       [id](const Item& item) { return item.id == id; });
}

/// What somebody still stands at or belongs to cannot go.
void check_removals(const EventStore& store, const Identity& wanted) {
    for (const Kiosk& kiosk : enabled_of(store.kiosks()))
        if (!has(wanted.agenda.places, kiosk.place))
            throw Fault(ExitCode::bad_data, "The kiosk " + kiosk.name +
                                                " stands at a place that the file no longer has; "
                                                "disable the kiosk first");
    for (const OrganiserRegistration& one : store.registrations())
        if (!has(wanted.categories, one.door.category))
            throw Fault(ExitCode::bad_data,
                        quote(one.door.external_id) +
                            " and perhaps others are of a category that the file "
                            "no longer has; import them with another one first");
}

void print(const AgendaChange& change) {
    static constexpr const char* kinds[] = {"added", "changed", "removed"};
    std::cout << kinds[static_cast<std::size_t>(change.kind)] << ": " << change.what;
    if (change.kind == ChangeKind::changed)
        std::cout << ": " << change.field << ' ' << quote(change.before) << " to "
                  << quote(change.after);
    std::cout << '\n';
}

}  // namespace

ExitCode change_agenda(const EventOptions& options, const AgendaOptions& agenda) {
    EventStore store(options.event);
    const Identity here = store.event();
    const Identity wanted = with_numbers_of(read_event_file(agenda.file), store.event_with_past());
    check_same_event(here, wanted, agenda.file.string());
    check_removals(store, wanted);
    const auto changes = compare_agendas(here, wanted);
    for (const AgendaChange& change : changes) print(change);
    warn_of_exits(wanted.agenda);
    if (changes.empty()) {
        std::cout << "Nothing to change.\n";
    } else if (agenda.apply) {
        store.set_agenda(wanted, change_now("agenda " + agenda.file.string()));
        std::cout << "Applied. " << say_next;
    } else {
        std::cerr << "hudoor: Nothing was applied: add --apply to do it.\n";
    }
    return ExitCode::done;
}

}  // namespace hudoor::organiser
