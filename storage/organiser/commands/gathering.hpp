/// What the subcommands about recorded facts begin and end with: everything brought home so far,
/// and how incidents and kiosks are told.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "storage/organiser/event/store.hpp"
#include "storage/organiser/merge/facts_check.hpp"
#include "storage/organiser/report/incidents.hpp"

namespace hudoor::organiser {

/// All that is known after the last merge.
struct Gathered {
    storage::Identity event;
    std::vector<Kiosk> kiosks;
    Timeline timeline;
    PeopleIndex people;
    std::vector<Incident> incidents;
};
[[nodiscard]] Gathered gather(const EventStore& store, const FactStore& facts);

[[nodiscard]] FindKioskKey keys_of(const std::vector<Kiosk>& kiosks);
/// "north-1", empty for a kiosk the event does not have.
[[nodiscard]] std::string name_of_kiosk(const std::vector<Kiosk>& kiosks, storage::KioskId id);
[[nodiscard]] std::string hex_of(storage::Epoch epoch);

/// One object a kiosk: heard or not, facts, last head.
[[nodiscard]] nlohmann::ordered_json kiosks_to_json(const Gathered& gathered,
                                                    const FactStore& facts);
void print_kiosks(const Gathered& gathered, const FactStore& facts);

[[nodiscard]] nlohmann::ordered_json incidents_to_json(const Gathered& gathered);
/// Each with the facts behind it; times as corrected, and as the kiosk's clock said where that
/// differs.
void print_incidents(const Gathered& gathered);

}  // namespace hudoor::organiser
