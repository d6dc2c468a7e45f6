#include "storage/organiser/event/known_event.hpp"

#include <algorithm>

#include "config/fault.hpp"
#include "storage/base/sqlite.hpp"
#include "storage/organiser/event/rows.hpp"
#include "storage/organiser/event/schema.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

/// Of any schema there was.
KnownEvent read_known_event(const fs::path& file) {
    const Database db(file, Database::Open::read_only);
    if (db.value("PRAGMA application_id") != std::to_string(application_id))
        throw Fault(ExitCode::bad_data, file.string() + " is not an event of hudoor");
    auto row = db.prepare("SELECT number, name_ar, name_en FROM event");
    if (!row.step()) throw Fault(ExitCode::bad_data, file.string() + " names no event");
    KnownEvent known{row.as<EventNumber>(0), words_in(row, 1), {}};
    auto keys = db.prepare("SELECT key FROM badge_key ORDER BY id");
    while (keys.step()) known.badge_keys.push_back(key_in(keys, 0));
    return known;
}

}  // namespace

std::vector<KnownEvent> read_known_events(std::span<const fs::path> files, EventNumber own) {
    std::vector<KnownEvent> all;
    for (const fs::path& named : files) {
        const fs::path file = fs::is_directory(named) ? named / "event.db" : named;
        if (!fs::exists(file))
            throw Fault(ExitCode::no_input,
                        "--knows " + named.string() + ": there is no such event");
        KnownEvent known = read_known_event(file);
        if (known.number == own)
            throw Fault(ExitCode::bad_data,
                        file.string() + " has this event's number, " +
                            std::to_string(static_cast<int>(own)) +
                            ", too; give this one another, so that its badges can be told apart");
        const auto same = std::ranges::find(all, known.number, &KnownEvent::number);
        if (same == all.end())
            all.push_back(std::move(known));
        else
            same->badge_keys.insert(same->badge_keys.end(), known.badge_keys.begin(),
                                    known.badge_keys.end());
    }
    return all;
}

}  // namespace hudoor::organiser
