/// How the subcommands about recorded facts tell of kiosks and incidents.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "storage/organiser/event/store.hpp"
#include "storage/organiser/merge/facts_check.hpp"
#include "storage/organiser/report/gathering.hpp"

namespace hudoor::organiser {

[[nodiscard]] FindKioskKey keys_of(const std::vector<Kiosk>& kiosks);
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
