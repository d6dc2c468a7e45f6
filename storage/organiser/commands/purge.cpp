#include <iostream>
#include <nlohmann/json.hpp>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/base/files.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/gathering.hpp"
#include "storage/organiser/commands/pins.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/merge/fact_store.hpp"

namespace hudoor::organiser {

using namespace storage;
using nlohmann::ordered_json;

namespace {

constexpr std::string_view record_domain = "hudoor-purge-1";

/// Kiosks that may still hold facts nobody has.
std::vector<std::string> unheard(const Gathered& gathered) {
    std::vector<std::string> names;
    for (const Kiosk& kiosk : gathered.kiosks)
        if (gathered.timeline.find_head(kiosk.id) == nullptr) names.push_back(kiosk.name);
    return names;
}

void refuse_unheard(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    throw Fault(ExitCode::not_allowed, "Not heard yet: " + all +
                                           ". Their bundles cannot be opened after a purge; merge "
                                           "them first, or say --force");
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
    ordered_json record;
    {
        const FactStore facts(options.event);
        const Gathered gathered = gather(store, facts);
        if (const auto names = unheard(gathered); !names.empty() && !force) refuse_unheard(names);
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
    const auto file = options.event / "purge.json";
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
