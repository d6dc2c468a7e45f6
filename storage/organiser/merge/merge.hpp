/// Brings facts home: takes what kiosks recorded, from bundles and from copies of journals, into
/// event.db. A fact is taken if it proves itself, whatever else its file holds, so the order of the
/// files, their number and what they have in common do not matter.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "config/fault.hpp"
#include "storage/bundle/facts_bundle.hpp"
#include "storage/organiser/merge/fact_store.hpp"
#include "storage/organiser/merge/facts_check.hpp"

namespace hudoor::organiser {

struct MergeReport {
    std::uint64_t fresh = 0;  ///< not known before
    std::uint64_t known = 0;
    std::uint64_t forked = 0;  ///< of the fresh: with the number of another fact; both stay
    std::vector<storage::Hash> unsigned_facts;  ///< taken, but by themselves they prove nothing
    bool without_act = false;                   ///< none of them says that they were exported
    std::uint64_t bad = 0;                      ///< left out: altered, or not this event's
    std::optional<std::string> trouble;  ///< the first bad one, or what is wrong with the file
    std::set<storage::KioskId> kiosks;
    storage::Hash hash;  ///< of the file, as `b2sum -l 256` says it; of a journal with its log
};

/// How a file comes.
struct Arrival {
    WallTime at{};
    bool again = false;  ///< though it was taken out
};

/// A bundle, whole or not at all. Throws Fault: what FactsBundleReader throws, bad_data (of another
/// event, or sent by a kiosk this event does not have), not_allowed (sealed to others, or taken out
/// before).
[[nodiscard]] MergeReport merge_bundle(FactStore& facts, const std::filesystem::path& file,
                                       storage::EventNumber event, const FindKioskKey& find_key,
                                       const std::set<storage::VerifyKey>& senders,
                                       const storage::OpeningKey& reader,
                                       const Arrival& arrival = {});

/// A journal or a copy of one. What can be read of a damaged one is taken, and its damage told as
/// trouble. Throws Fault: no_input, try_again (a running kiosk holds it), bad_data (no journal),
/// not_allowed (taken out before), io.
[[nodiscard]] MergeReport merge_journal(FactStore& facts, const std::filesystem::path& file,
                                        const FindKioskKey& find_key, const Arrival& arrival = {});

/// By the first bytes of the file. Throws Fault(no_input) if it cannot be read.
[[nodiscard]] bool is_bundle(const std::filesystem::path& file);

}  // namespace hudoor::organiser
