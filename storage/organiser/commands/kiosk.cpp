#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "storage/bundle.hpp"
#include "storage/organiser/clean_text.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/opening.hpp"
#include "storage/organiser/event_time.hpp"
#include "storage/passphrase.hpp"
#include "storage/replica.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::size_t max_name_length = 40;

void check_name(const std::string& name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
               (sign >= '0' && sign <= '9') || sign == '-' || sign == '_';
    });
    if (name.empty() || name.size() > max_name_length || !plain)
        throw Fault(ExitCode::usage, "A kiosk's name is of letters, digits, - and _ and at most 40 long");
}

const Place& find_place(const Identity& event, const std::string& code) {
    std::string codes;
    for (const Place& place : event.agenda.places) {
        if (place.code == code) return place;
        codes += (codes.empty() ? "" : ", ") + place.code;
    }
    throw Fault(ExitCode::bad_data, "There is no place " + quote(code) + "; there are: " + codes);
}

WallTime time_of_list(const std::string& fake_time, const Identity& event) {
    if (fake_time.empty()) return SystemClock().wall();
    if (!event.demo)
        throw Fault(ExitCode::not_allowed, "--fake-time works only for an event marked demo = true");
    const auto time = parse_time(fake_time, event.agenda.timezone);
    if (!time) throw Fault(ExitCode::usage, "--fake-time " + fake_time + ": write it as 2026-12-04T05:00:00Z");
    return *time;
}

Bytes make_guest_list(const EventStore& store, const EventKeys& keys, EventNumber event, WallTime created,
                      const SealKey& newcomer) {
    SnapshotContent content{event, store.revision(), created, {}, store.ushers(),
                            Secret<32>(keys.code_key.view())};
    for (OrganiserRegistration& one : store.registrations())
        content.registrations.push_back(std::move(one.door));
    std::vector<SealKey> readers{newcomer};
    for (const Kiosk& kiosk : store.kiosks())
        if (kiosk.enabled()) readers.push_back(kiosk.seal_key);
    return make_snapshot(content, keys.signing, readers);
}

}  // namespace

ExitCode add_kiosk(const EventOptions& options, const KioskAddOptions& add) {
    EventStore store(options.event);
    Identity identity = store.event();
    check_name(add.name);
    const PlaceId place = find_place(identity, add.place).id;
    identity.kiosk = store.next_kiosk(add.name);
    const EventKeys keys = open_keys(options, identity);
    const std::string passphrase = read_passphrase(
        add.bundle_passphrase_file, "New passphrase for the bundle", "--bundle-passphrase-file", true);

    KioskSecrets secrets{SigningKey::generate(), OpeningKey::generate()};
    const Kiosk kiosk{identity.kiosk, add.name, place, secrets.signing.verify_key(),
                      secrets.opening.seal_key(), {}};
    identity.kiosk_name = kiosk.name;
    identity.place = place;
    identity.kiosk_key = kiosk.verify_key;
    identity.kiosk_seal = kiosk.seal_key;
    write_enrolment_bundle({encode_identity(identity, keys.signing),
                            make_guest_list(store, keys, identity.event, time_of_list(add.fake_time, identity), kiosk.seal_key),
                            encode_revocations(store.revocations(), identity.event, keys.signing),
                            std::move(secrets)},
                           identity.event, keys.signing, add.out, passphrase);
    try {
        store.add_kiosk(kiosk, change_now("kiosk add " + kiosk.name));
    } catch (...) {
        std::filesystem::remove(add.out);  // nobody would know this kiosk
        throw;
    }
    std::cout << "Kiosk " << static_cast<int>(kiosk.id) << ", " << kiosk.name << ", at " << add.place
              << ": " << add.out.string() << " is written and read back; it is safe to remove the stick.\n"
              << "On the kiosk: hudoor-kiosk enrol " << add.out.filename().string() << '\n';
    return ExitCode::done;
}

ExitCode list_kiosks(const EventOptions& options, const KioskListOptions& list) {
    const EventStore store(options.event);
    const Identity event = store.event();
    auto all = nlohmann::ordered_json::array();
    for (const Kiosk& kiosk : store.kiosks())
        all.push_back({{"id", static_cast<int>(kiosk.id)}, {"name", kiosk.name},
                       {"place", event.agenda.find_place(kiosk.place)->code}, {"enabled", kiosk.enabled()},
                       {"key", to_hex(kiosk.verify_key)}});
    if (list.json) {
        std::cout << all.dump() << '\n';
        return ExitCode::done;
    }
    for (const auto& kiosk : all)
        std::cout << kiosk["id"] << '\t' << kiosk["name"].get<std::string>() << '\t'
                  << kiosk["place"].get<std::string>() << '\t'
                  << (kiosk["enabled"].get<bool>() ? "enabled" : "disabled") << '\n';
    return ExitCode::done;
}

ExitCode disable_kiosk(const EventOptions& options, const KioskDisableOptions& disable) {
    EventStore store(options.event);
    store.disable_kiosk(disable.name, change_now("kiosk disable " + disable.name));
    std::cout << "Kiosk " << disable.name << " is disabled: the next guest list is not sealed to it, and what it"
              << " records from now on is told as an incident.\n";
    return ExitCode::done;
}

}  // namespace hudoor::organiser
