/// What must hold after a play, each looked at by plain means of its own: no checker uses the code
/// it checks. A finding begins with the invariant's number.
#pragma once

#include "tests/sim/world.hpp"

namespace hudoor::sim {

using Findings = std::vector<std::string>;

/// Facts as a set: by hash.
using FactSet = std::map<storage::Hash, storage::StoredFact>;
[[nodiscard]] FactSet set_of(const Facts& facts);
/// Those that a signature proves, or a signed hello of the same program; by the words of data.md.
[[nodiscard]] FactSet believed_by_hand(const FactSet& facts);
/// The highest list that signed facts of one journal say was in force, since a supervisor last took
/// one; by the words of data.md.
[[nodiscard]] std::uint64_t newest_list_by_hand(const Facts& journal);
/// What an organiser's event.db holds.
[[nodiscard]] Facts facts_of(const organiser::FactStore& store);

/// I-2: within each journal numbers have no gap and each fact follows the one before it.
[[nodiscard]] Findings check_chains(const Facts& journal);
/// I-5: every fact that any holder acknowledged is there, exactly once, and nothing else.
[[nodiscard]] Findings check_complete(const FactSet& expected, const organiser::FactStore& store);
/// I-6: the state that grew with the facts as they came, the one rebuilt in another order, and one
/// worked out by hand agree.
[[nodiscard]] Findings check_state(const Stage& stage, const Facts& as_they_came);
/// I-6: the organiser's people and counts are those of a door that heard the same facts and has the
/// same list.
[[nodiscard]] Findings check_report(const Organiser& organiser);
/// I-20: the organiser believes what is proved, and nothing else.
[[nodiscard]] Findings check_belief(const FactSet& expected, const Organiser& organiser);
/// Forks, gaps, unproved facts and lists that were put back are told where there are some, and only
/// there.
[[nodiscard]] Findings check_incidents(const Stage& stage, const FactSet& expected,
                                       const Organiser& organiser);

}  // namespace hudoor::sim
