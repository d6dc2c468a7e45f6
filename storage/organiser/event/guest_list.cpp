#include "storage/organiser/event/guest_list.hpp"

#include "storage/guests/replica.hpp"

namespace hudoor::organiser {

using namespace storage;

Identity identity_of(Identity event, const Kiosk& kiosk) {
    event.kiosk = kiosk.id;
    event.kiosk_name = kiosk.name;
    event.place = kiosk.place;
    event.kiosk_key = kiosk.verify_key;
    event.kiosk_seal = kiosk.seal_key;
    return event;
}

std::vector<Kiosk> enabled_kiosks(const EventStore& store) {
    std::vector<Kiosk> kiosks = store.kiosks();
    std::erase_if(kiosks, [](const Kiosk& kiosk) { return !kiosk.enabled(); });
    return kiosks;
}

Bytes make_guest_list(const EventStore& store, const EventKeys& keys, WallTime created,
                      std::span<const Kiosk> readers) {
    SnapshotContent content{store.event().event,
                            store.revision(),
                            created,
                            {},
                            store.ushers(),
                            Secret<32>(keys.code_key.view())};
    for (OrganiserRegistration& one : store.registrations())
        content.registrations.push_back(std::move(one.door));
    std::vector<SealKey> keys_of_readers;
    for (const Kiosk& kiosk : readers) keys_of_readers.push_back(kiosk.seal_key);
    return make_snapshot(content, keys.signing, keys_of_readers);
}

}  // namespace hudoor::organiser
