#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

#include "config/clock.hpp"
#include "config/fault.hpp"
#include "config/passphrase.hpp"
#include "storage/badge/code.hpp"
#include "storage/base/files.hpp"
#include "storage/bundle/enrolment_bundle.hpp"
#include "storage/bundle/update_bundle.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/commands/common.hpp"
#include "storage/organiser/commands/pins.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/guest_list.hpp"
#include "storage/organiser/event/time.hpp"

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
        throw Fault(ExitCode::usage,
                    "A kiosk's name is of letters, digits, - and _ and at most 40 long");
}

const Place& find_place(const Identity& event, const std::string& code) {
    std::string codes;
    for (const Place& place : event.agenda.places) {
        if (place.code == code) return place;
        codes += (codes.empty() ? "" : ", ") + place.code;
    }
    throw Fault(ExitCode::bad_data, "There is no place " + quote(code) + "; there are: " + codes);
}

/// The place of a kiosk that exists already; the event file may have dropped it since.
const Place& place_of(const Kiosk& kiosk, const Identity& event, const Identity& with_past) {
    if (const Place* place = event.agenda.find_place(kiosk.place)) return *place;
    const Place* gone = with_past.agenda.find_place(kiosk.place);
    throw Fault(ExitCode::bad_data, "The kiosk " + kiosk.name + " stood at " +
                                        (gone ? gone->code + ", which" : "a place that") +
                                        " the event no longer has; make a new one with hudoor "
                                        "kiosk add");
}

WallTime time_of_list(const std::string& fake_time, const Identity& event) {
    if (fake_time.empty()) return SystemClock().wall();
    if (!event.demo)
        throw Fault(ExitCode::not_allowed,
                    "--fake-time works only for an event marked demo = true");
    const auto time = parse_time(fake_time, event.agenda.timezone);
    if (!time)
        throw Fault(ExitCode::usage, "--fake-time " + fake_time + ": " +
                                         why_no_time(fake_time, event.agenda.timezone));
    return *time;
}

Kiosk make_kiosk(KioskId id, const std::string& name, PlaceId place, const KioskSecrets& secrets) {
    return {id, name, place, secrets.signing.verify_key(), secrets.opening.seal_key(), {}};
}

/// What was made for a kiosk.
GivenToKiosk given_to(KioskId kiosk, const EventStore& store, WallTime list_created,
                      Bytes identity) {
    return {kiosk,        SystemClock().wall(),    store.revision(),
            list_created, store.refusals().number, std::move(identity)};
}

/// Writes the bundle of a kiosk that event.db does not know yet.
GivenToKiosk write_bundle_of(const Kiosk& kiosk, KioskSecrets secrets, EventStore& store,
                             const EventKeys& keys, const KioskBundleOptions& options,
                             WallTime at) {
    const SecretText passphrase =
        config::read_passphrase(options.bundle_passphrase_file, "New passphrase for the bundle",
                                "--bundle-passphrase-file", true);
    const std::vector<Kiosk> kiosks = store.kiosks_with(kiosk, at);
    const std::vector<Kiosk> readers = enabled_of(kiosks);
    const ForKiosks common = make_for_kiosks(store, keys, kiosks);
    const Identity& event = common.event;
    const WallTime created = time_of_list(options.fake_time, event);
    Bytes identity = encode_identity(identity_of(event, kiosk), keys.signing);
    write_enrolment_bundle({identity, make_guest_list(store, keys, created, readers),
                            common.refusals, common.roster, std::move(secrets)},
                           event.event, keys.signing, options.out, passphrase.view());
    return given_to(kiosk.id, store, created, std::move(identity));
}

/// What event.db does not take must not go out: nobody would know this kiosk, or these PINs.
template <typename Save>
void save_or_remove(const std::filesystem::path& bundle, const Save& save) {
    try {
        save();
    } catch (...) {
        std::filesystem::remove(bundle);
        throw;
    }
}

void say_enrol(const Kiosk& kiosk, const std::string& place, const std::filesystem::path& out) {
    std::cout << "Kiosk " << static_cast<int>(kiosk.id) << ", " << kiosk.name << ", at " << place
              << ": " << out.string()
              << " is written and read back; it is safe to remove the stick.\n"
              << "On the kiosk: hudoor-kiosk enrol " << out.filename().string()
              << " (without a TPM: with --ask-passphrase or --key-file)\n";
}

std::map<std::string, CodeHash> hash_codes(const EventStore& store, ByteView code_key) {
    std::map<std::string, CodeHash> codes;
    for (const OrganiserRegistration& one : store.registrations())
        if (one.has_code()) codes[one.door.external_id] = hash_code(one.imported_code, code_key);
    return codes;
}

/// All that a kiosk held and that can be made anew: the key of imported codes and the PINs, which
/// can be found out by trying. Never the badge key: no kiosk has it. (The password of a hub and the
/// badge key of a kiosk that prints belong here, once there are any.)
void disable_and_rotate(EventStore& store, const EventOptions& options, const std::string& name) {
    (void)store.kiosk(name);  // nobody gets a new PIN for a kiosk that is not there
    SecretText passphrase;
    EventKeys keys = open_keys(options, store.event(), passphrase);
    keys.code_key = Secret<32>::random();
    const EventStore::Change change = change_now("kiosk disable --rotate " + name);
    std::vector<Usher> ushers = store.ushers();
    const std::filesystem::path sheet = draw_pins(ushers, options.event, change.at);
    save_or_remove(sheet, [&] {
        // Cut between the two, guest lists are made with the new key all the same.
        replace_event_keys(keys, options.event / "event.keys", passphrase.view());
        store.disable_kiosk(name, hash_codes(store, keys.code_key.view()), ushers, change);
    });
    std::cout << "New PINs of " << counted(ushers.size(), "usher") << " are in " << sheet.string()
              << "; hand them out, then destroy it.\n"
              << "Imported codes are hashed under a new key; take a new copy of event.keys.\n";
}

}  // namespace

ExitCode add_kiosk(const EventOptions& options, const KioskAddOptions& add) {
    EventStore store(options.event);
    const Identity event = store.event();
    check_name(add.name);
    const PlaceId place = find_place(event, add.place).id;
    const KioskId id = store.next_kiosk(add.name);
    const EventKeys keys = open_keys(options, event);
    KioskSecrets secrets{SigningKey::generate(), OpeningKey::generate()};
    const Kiosk kiosk = make_kiosk(id, add.name, place, secrets);
    const EventStore::Change change = change_now("kiosk add " + kiosk.name);
    const GivenToKiosk given =
        write_bundle_of(kiosk, std::move(secrets), store, keys, add.bundle, change.at);
    save_or_remove(add.bundle.out, [&] { store.add_kiosk(kiosk, change); });
    store.note_given({&given, 1});
    say_enrol(kiosk, add.place, add.bundle.out);
    return ExitCode::done;
}

ExitCode renew_kiosk(const EventOptions& options, const KioskRenewOptions& renew) {
    EventStore store(options.event);
    const Identity event = store.event();
    const Kiosk before = store.kiosk(renew.name);
    const Place& place = place_of(before, event, store.event_with_past());
    const EventKeys keys = open_keys(options, event);
    KioskSecrets secrets{SigningKey::generate(), OpeningKey::generate()};
    const Kiosk kiosk = make_kiosk(store.next_kiosk(), before.name, place.id, secrets);
    const EventStore::Change change = change_now("kiosk renew " + kiosk.name);
    const GivenToKiosk given =
        write_bundle_of(kiosk, std::move(secrets), store, keys, renew.bundle, change.at);
    save_or_remove(renew.bundle.out, [&] { store.renew_kiosk(kiosk, change); });
    store.note_given({&given, 1});
    say_enrol(kiosk, place.code, renew.bundle.out);
    std::cout << "The one before is kiosk " << static_cast<int>(before.id) << ", "
              << store.name_of_retired(before)
              << ", and disabled; what it recorded can still be merged.\n";
    return ExitCode::done;
}

ExitCode write_update(const EventOptions& options, const UpdateOptions& update) {
    EventStore store(options.event);
    const std::vector<Kiosk> kiosks = store.kiosks();
    const std::vector<Kiosk> readers = enabled_of(kiosks);
    if (readers.empty())
        throw Fault(ExitCode::no_input, "No kiosk is enabled; make one with hudoor kiosk add");
    const EventKeys keys = open_keys(options, store.event());
    const ForKiosks common = make_for_kiosks(store, keys, kiosks);
    const Identity& event = common.event;
    const WallTime created = time_of_list(update.fake_time, event);
    UpdateContent content{
        {}, make_guest_list(store, keys, created, readers), common.refusals, common.roster};
    std::vector<SealKey> seal_keys;
    std::vector<GivenToKiosk> given;
    for (const Kiosk& kiosk : readers) {
        content.identities.push_back(encode_identity(identity_of(event, kiosk), keys.signing));
        given.push_back(given_to(kiosk.id, store, created, content.identities.back()));
        seal_keys.push_back(kiosk.seal_key);
    }
    write_update_bundle(content, event.event, keys.signing, seal_keys, update.out);
    store.note_given(given);
    std::cout << update.out.string() << ": guest list revision " << store.revision()
              << ", refusal list " << store.refusals().number << ", for "
              << counted(readers.size(), "kiosk")
              << "; it is written and read back, and it is safe to remove the stick.\n"
              << "On each kiosk: hudoor-kiosk update " << update.out.filename().string() << '\n';
    return ExitCode::done;
}

ExitCode list_kiosks(const EventOptions& options, bool json) {
    const EventStore store(options.event);
    const Agenda agenda = store.event().agenda;
    const Agenda ever = store.event_with_past().agenda;
    auto all = nlohmann::ordered_json::array();
    for (const Kiosk& kiosk : store.kiosks()) {
        const Place* place = ever.find_place(kiosk.place);
        all.push_back({{"id", static_cast<int>(kiosk.id)},
                       {"name", kiosk.name},
                       {"place", place ? place->code : "unknown"},
                       {"enabled", kiosk.enabled()},
                       {"key", to_hex(kiosk.verify_key)}});
        if (!agenda.find_place(kiosk.place)) all.back()["place_gone"] = true;
    }
    if (json) {
        std::cout << all.dump() << '\n';
        return ExitCode::done;
    }
    for (const auto& kiosk : all)
        std::cout << kiosk["id"] << '\t' << kiosk["name"].get<std::string>() << '\t'
                  << kiosk["place"].get<std::string>()
                  << (kiosk.contains("place_gone") ? " (no longer in the event)" : "") << '\t'
                  << (kiosk["enabled"].get<bool>() ? "enabled" : "disabled") << '\n';
    return ExitCode::done;
}

ExitCode disable_kiosk(const EventOptions& options, const KioskDisableOptions& disable) {
    EventStore store(options.event);
    if (disable.rotate)
        disable_and_rotate(store, options, disable.name);
    else
        store.disable_kiosk(disable.name, change_now("kiosk disable " + disable.name));
    std::cout << "Kiosk " << disable.name
              << " is disabled: the next guest list is not sealed to it, and what it"
              << " records from now on is told as an incident.\n";
    if (disable.rotate) std::cout << say_next;
    return ExitCode::done;
}

}  // namespace hudoor::organiser
