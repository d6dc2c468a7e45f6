#include "storage/organiser/event/guest_list.hpp"

#include "storage/badge/code.hpp"
#include "storage/guests/replica.hpp"
#include "storage/guests/roster.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::string_view content_domain = "hudoor-edition-content-1";

Roster roster_of(std::span<const Kiosk> kiosks) {
    Roster roster;
    for (const Kiosk& kiosk : kiosks)
        roster.kiosks.push_back(
            {kiosk.id, kiosk.name, kiosk.place, kiosk.verify_key, kiosk.disabled});
    return roster;
}

}  // namespace

ForKiosks make_for_kiosks(EventStore& store, const EventKeys& keys, std::span<const Kiosk> kiosks) {
    ForKiosks made{.event = store.event(), .refusals = {}, .roster = {}};
    const EventNumber event = made.event.event;
    Roster roster = roster_of(kiosks);
    roster.number =
        store.number_of("roster", hash(content_domain, encode_roster(roster, event, keys.signing)));
    made.roster = encode_roster(roster, event, keys.signing);
    made.event.number =
        store.number_of("agenda", hash(content_domain, encode_identity(made.event, keys.signing)));
    made.refusals = encode_refusals(store.refusals(), event, keys.signing);
    return made;
}

Identity identity_of(Identity event, const Kiosk& kiosk) {
    event.kiosk = kiosk.id;
    event.kiosk_name = kiosk.name;
    event.place = kiosk.place;
    event.kiosk_key = kiosk.verify_key;
    event.kiosk_seal = kiosk.seal_key;
    return event;
}

std::vector<Kiosk> enabled_of(std::vector<Kiosk> kiosks) {
    std::erase_if(kiosks, [](const Kiosk& kiosk) { return !kiosk.enabled(); });
    return kiosks;
}

Bytes make_guest_list(const EventStore& store, const EventKeys& keys, WallTime created,
                      std::span<const Kiosk> readers) {
    store.refuse_purged();
    SnapshotContent content{store.event().event,
                            store.revision(),
                            created,
                            {},
                            store.ushers(),
                            Secret<32>(keys.code_key.view())};
    for (OrganiserRegistration& one : store.registrations()) {
        // By the key that goes along, whatever the hash in event.db was made with.
        if (one.has_code()) one.door.code = hash_code(one.imported_code, keys.code_key.view());
        content.registrations.push_back(std::move(one.door));
    }
    std::vector<SealKey> keys_of_readers;
    for (const Kiosk& kiosk : readers) keys_of_readers.push_back(kiosk.seal_key);
    return make_snapshot(content, keys.signing, keys_of_readers);
}

}  // namespace hudoor::organiser
