#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

#include "config/fault.hpp"
#include "config/passphrase.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/file.hpp"
#include "storage/organiser/event/known_event.hpp"
#include "storage/organiser/merge/fact_store.hpp"

namespace hudoor::organiser {

using namespace storage;
namespace fs = std::filesystem;

namespace {

void refuse_existing(const fs::path& directory) {
    for (const char* name : {"event.db", "event.keys"})
        if (fs::exists(directory / name))
            throw Fault(ExitCode::cannot_create,
                        (directory / name).string() + " exists; take another folder");
}

void create_private_folder(const fs::path& directory) {
    std::error_code error;
    if (fs::create_directories(directory, error))
        fs::permissions(directory, fs::perms::owner_all, error);
    if (error)
        throw Fault(ExitCode::cannot_create,
                    "Cannot create " + directory.string() + ": " + error.message());
}

struct Counts {
    std::size_t registrations = 0;
    std::size_t confirmed = 0;
    std::size_t pending = 0;
    std::size_t cancelled = 0;
    std::size_t blocked = 0;
    std::size_t badges = 0;
    std::size_t imported_codes = 0;
};

Counts count(const std::vector<OrganiserRegistration>& registrations) {
    Counts counts;
    counts.registrations = registrations.size();
    for (const OrganiserRegistration& one : registrations) {
        counts.confirmed += one.door.status == RegistrationStatus::confirmed;
        counts.pending += one.door.status == RegistrationStatus::pending;
        counts.cancelled += one.door.status == RegistrationStatus::cancelled;
        counts.blocked += one.door.status == RegistrationStatus::blocked;
        counts.badges += !one.door.badge.is_zero();
        counts.imported_codes += !one.imported_code.empty();
    }
    return counts;
}

nlohmann::ordered_json status_of(const EventStore& store, const FactStore& facts) {
    const Identity event = store.event();
    const Counts counts = count(store.registrations());
    const auto kiosks = store.kiosks();
    nlohmann::ordered_json status;
    status["event"] = static_cast<int>(event.event);
    status["name"] = {{"ar", event.event_name.ar}, {"en", event.event_name.en}};
    status["demo"] = event.demo;
    status["revision"] = store.revision();
    status["registrations"] = {{"all", counts.registrations},
                               {"confirmed", counts.confirmed},
                               {"pending", counts.pending},
                               {"cancelled", counts.cancelled},
                               {"blocked", counts.blocked}};
    status["badges"] = counts.badges;
    status["imported_codes"] = counts.imported_codes;
    status["revoked_badges"] = store.refusals().badges.size();
    status["places"] = event.agenda.places.size();
    status["sessions"] = event.agenda.sessions.size();
    status["ushers"] = store.ushers().size();
    status["kiosks"] = kiosks.size();
    status["kiosks_enabled"] = std::count_if(kiosks.begin(), kiosks.end(),
                                             [](const Kiosk& kiosk) { return kiosk.enabled(); });
    status["kiosks_heard"] = std::count_if(
        kiosks.begin(), kiosks.end(), [&](const Kiosk& kiosk) { return facts.is_heard(kiosk.id); });
    status["facts"] = facts.count();
    return status;
}

}  // namespace

ExitCode make_event(const NewOptions& options) {
    Identity event = read_event_file(options.from);
    event.known_events = read_known_events(options.knows, event.event);
    refuse_existing(options.directory);
    const SecretText passphrase = config::read_passphrase(
        options.passphrase_file, "New passphrase for event.keys", "--passphrase-file", true);
    create_private_folder(options.directory);
    const EventKeys keys = EventKeys::generate();
    event.organiser = keys.signing.verify_key();
    event.organiser_seal = keys.opening.seal_key();
    for (const auto& [id, key] : keys.badge_keys)
        event.badge_keys.push_back({id, key.verify_key(), false});
    const fs::path key_file = options.directory / "event.keys";
    write_event_keys(keys, key_file, passphrase.view());
    try {
        EventStore::create(options.directory, event);
    } catch (...) {
        fs::remove(key_file);  // keys without an event would only be in the way
        throw;
    }
    std::cout
        << "Made " << event.event_name.en << " in " << options.directory.string() << ": "
        << counted(event.agenda.places.size(), "place") << ", "
        << counted(event.agenda.sessions.size(), "session") << ", "
        << counted(event.categories.size(), "category", "categories") << ".\n"
        << "Keep a copy of event.keys and its passphrase apart from this machine: badges cannot be "
           "made without them.\n";
    if (!event.known_events.empty())
        std::cout << "Badges of " << counted(event.known_events.size(), "other event")
                  << " will be told apart from forged ones.\n";
    if (event.demo) std::cerr << "hudoor: This is " << demo_note(event) << ".\n";
    warn_of_exits(event.agenda);
    return ExitCode::done;
}

ExitCode show_status(const EventOptions& event, bool json) {
    const EventStore store(event.event);
    const auto status = status_of(store, FactStore(event.event));
    if (json) {
        std::cout << status.dump() << '\n';
        return ExitCode::done;
    }
    const auto& people = status["registrations"];
    std::cout << status["name"]["en"].get<std::string>() << " (event " << status["event"]
              << ", guest list revision " << status["revision"] << ")\n"
              << (status["demo"].get<bool>() ? "This is " + demo_note(store.event()) + ".\n" : "")
              << "Registrations: " << people["all"] << " (" << people["confirmed"] << " confirmed, "
              << people["pending"] << " pending, " << people["cancelled"] << " cancelled, "
              << people["blocked"] << " blocked)\n"
              << "Badges: " << status["badges"] << ", imported codes: " << status["imported_codes"]
              << ", revoked: " << status["revoked_badges"] << "\n"
              << "Places: " << status["places"] << ", sessions: " << status["sessions"]
              << ", ushers: " << status["ushers"] << "\n"
              << "Kiosks: " << status["kiosks"] << " (" << status["kiosks_enabled"] << " enabled, "
              << status["kiosks_heard"] << " heard)\n"
              << "Facts: " << status["facts"] << "\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
