/// The USB stick of a running kiosk: its facts onto it, newer guest lists from it. Reads the
/// journal between the keeper's commits, so that nobody at the door waits.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "config/exit_code.hpp"
#include "kiosk/chores/sticks.hpp"
#include "kiosk/enrol/publication.hpp"
#include "storage/bundle/facts_bundles.hpp"
#include "storage/keep/keeper.hpp"

namespace hudoor::kiosk {

struct StickOptions {
    StickPlaces sticks;
    std::filesystem::path state;
    std::vector<storage::Keeper*> keepers;  ///< the first that answers is read; must outlive this
    std::filesystem::path mirror{};         ///< setting storage.mirror; empty: none
    std::size_t most_facts = storage::max_bundle_facts;  ///< in one file; tests lower it
    const Clock* clock = nullptr;  ///< of copies made without secrets; null: none are made
};

/// Copying to the stick, or a list from it.
struct StickPage {
    enum class Of { copy, update } of = Of::copy;
    enum class State {
        no_stick,
        working,
        safe,
        full,
        gone,
        updated,
        old,
        other_kiosk,  ///< its file of this name is another kiosk's, and was left
        in_training,  ///< an update is not taken then: its act would be recorded nowhere
        failed
    } state = State::no_stick;
    /// One that is plugged in, and what came of it.
    struct Line {
        std::string label;
        std::uint64_t free_bytes = 0;
        State state{};
    };
    std::vector<Line> sticks{};  ///< of a copy: each gets all records
    double part = 0;             ///< working: 0 to 1
    std::uint64_t revision = 0;  ///< updated
};

struct StickResult {
    StickPage page;
    std::optional<storage::TakenUpdate> update;  ///< in force for a caller who goes on with it
};

/// NAME.facts on every stick that is plugged in: written aside, synced, renamed, read back. Nothing
/// half-written stays. Facts of damaged files that were put aside come along as far as they prove
/// themselves. Without secrets it is unsigned. What is kept in training has a name of its own and
/// never takes the place of records.
[[nodiscard]] StickPage copy_records(const StickOptions& options, const Publication& now,
                                     std::uint64_t facts,
                                     const std::function<void(double)>& progress);
/// The last log lines as a text file on every stick; true if on one.
[[nodiscard]] bool save_log(const StickOptions& options, const storage::Identity& identity,
                            const std::vector<std::string>& lines);
/// The newest NAME.update on the sticks that is made for this kiosk and not older than `newest`,
/// nor than what is in force. Without secrets none can be taken.
[[nodiscard]] StickResult take_list(const StickOptions& options, const Publication& now,
                                    const storage::Edition& newest);

/// What the act's outcome says of it.
[[nodiscard]] ExitCode outcome_of(const StickPage& page);

}  // namespace hudoor::kiosk
