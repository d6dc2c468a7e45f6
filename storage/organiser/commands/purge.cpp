#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/pins.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"
#include "storage/organiser/merge/fact_store.hpp"
#include "storage/organiser/report/gathering.hpp"

namespace hudoor::organiser {

using namespace storage;
using nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view record_domain = "hudoor-purge-1";

/// Kiosks that may still hold facts nobody has.
std::vector<std::string> unheard(const Gathered& gathered) {
    std::vector<std::string> names;
    for (const Kiosk& kiosk : gathered.kiosks)
        if (gathered.timeline.find_head(kiosk.id) == nullptr) names.push_back(kiosk.name);
    return names;
}

/// The last day is over, and so is every session.
WallTime end_of(const Identity& event) {
    WallTime end = begin_of_day(event.last_day + std::chrono::days(1), event.agenda);
    for (const Session& session : event.agenda.sessions) end = std::max(end, session.ends);
    return end;
}

/// Why a purge might be a mistake; empty: it is not.
std::string doubts(const std::vector<std::string>& kiosks_unheard, const Identity& event,
                   WallTime now) {
    std::string why;
    if (const WallTime end = end_of(event); now < end)
        why = "The event is not over before " + show_time(end, event.agenda.timezone) + ". ";
    if (kiosks_unheard.empty()) return why;
    why += "Not heard yet: ";
    for (const std::string& name : kiosks_unheard)
        why += (&name == &kiosks_unheard.front() ? "" : ", ") + name;
    return why + ". Their bundles cannot be opened after a purge; merge them first. ";
}

/// The next line of standard input; nothing after it is read: that may be a passphrase.
std::string read_typed_line() {
    std::string line;
    for (char sign = 0; ::read(STDIN_FILENO, &sign, 1) == 1 && sign != '\n';)
        if (line.size() < 1'024) line += sign;
    return line;
}

/// Whoever forces it shows that they know which event it is.
void require_name_typed(const Bilingual& name) {
    if (::isatty(STDIN_FILENO) != 0)
        std::cerr << "Type the name of the event to wipe its people's names: " << std::flush;
    const auto clean = clean_text(read_typed_line());
    const std::string typed = clean ? lower_case(clean->text) : std::string();
    for (const std::string& one : {name.ar, name.en})
        if (!typed.empty() && typed == lower_case(one)) return;
    throw Fault(ExitCode::not_allowed,
                "Nothing was wiped: --force wants the event's name, typed on standard input: " +
                    (name.en.empty() ? name.ar : name.en));
}

/// What the record says before anything is gone.
ordered_json begin_record(const Gathered& gathered, const FactStore& facts, WallTime now) {
    const auto kiosks_unheard = unheard(gathered);
    return {{"purged", iso_time(now)},
            {"event", static_cast<int>(gathered.event.event)},
            {"name", {{"ar", gathered.event.event_name.ar}, {"en", gathered.event.event_name.en}}},
            {"program", "hudoor " HUDOOR_VERSION},
            {"kept",
             {{"facts", facts.count()},
              {"digest", to_hex(facts.digest().bytes)},
              {"kiosks_heard", gathered.kiosks.size() - kiosks_unheard.size()},
              {"incidents", gathered.incidents.size()}}},
            {"kiosks_not_heard", kiosks_unheard}};
}

ordered_json sign_record(const ordered_json& record, const SigningKey& organiser) {
    const std::string text = record.dump();
    const Signature signature = organiser.sign(hash(record_domain, as_bytes(text)).bytes);
    return {{"record", text},
            {"organiser", to_hex(organiser.verify_key())},
            {"signature", to_hex(signature)}};
}

}  // namespace

ExitCode purge_event(const EventOptions& options, bool force) {
    EventStore store(options.event);
    const Identity event = store.event();
    const WallTime now = SystemClock().wall();
    const auto file = options.event / "purge.json";
    if (fs::exists(file)) {
        const auto before = store.purged();
        if (!before)
            throw Fault(ExitCode::cannot_create,
                        file.string() + " is the record of another purge; move it away first");
        std::cout << "The names of this event were wiped at "
                  << show_time(before->at, event.agenda.timezone) << "; " << file.string()
                  << " says so, signed. Nothing was done.\n";
        return ExitCode::done;
    }
    ordered_json record;
    {
        const FactStore facts(options.event);
        const Gathered gathered = gather(store, facts, now);
        const std::string why = doubts(unheard(gathered), event, now);
        if (!why.empty() && !force)
            throw Fault(ExitCode::not_allowed,
                        why +
                            "To wipe all names all the same say --force, and type the event's "
                            "name when asked");
        if (force) require_name_typed(event.event_name);
        record = begin_record(gathered, facts, now);
    }
    SecretText passphrase;
    EventKeys keys = open_keys(options, event, passphrase);
    const PurgeCounts counts = store.purge({now, "purge"});
    keys.opening = OpeningKey::generate();
    keys.code_key = Secret<32>::random();
    replace_event_keys(keys, options.event / "event.keys", passphrase.view());
    wipe_pin_sheets(options.event);

    record["wiped"] = {{"registrations", counts.registrations},
                       {"kept_values", counts.kept_values},
                       {"ushers", counts.ushers},
                       {"history", counts.history},
                       {"keys", {"of sealed notes and bundles", "of imported codes"}}};
    write_file(file, as_bytes(sign_record(record, keys.signing).dump() + "\n"), private_mode);
    std::cout
        << "Wiped: the names of " << counted(counts.registrations, "registration") << " and "
        << counted(counts.ushers, "usher") << ", " << counted(counts.kept_values, "kept value")
        << ", " << counted(counts.history, "line")
        << " of history, the key of sealed notes. Facts and counts stay.\n"
        << file.string() << " says so, signed.\n"
        << "What is outside this folder is yours to destroy: lists, badges, sticks, backups and copies of event.keys.\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
