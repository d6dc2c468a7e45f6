/// The USB stick of a running kiosk: its facts onto it, newer guest lists from it. Reads the
/// journal between the keeper's commits, so that nobody at the door waits.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "storage/bundle/update_bundle.hpp"
#include "storage/guests/identity.hpp"
#include "storage/keep/keeper.hpp"

namespace hudoor::kiosk {

/// All of it must outlive what uses it.
struct StickOptions {
    std::filesystem::path stick;  ///< where sticks are mounted; not there: no stick
    std::filesystem::path state;
    const storage::Identity& identity;
    std::vector<storage::Keeper*> keepers;  ///< the first that answers is read
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
        failed
    } state = State::no_stick;
    double part = 0;             ///< working: 0 to 1
    std::uint64_t revision = 0;  ///< updated
};

struct StickResult {
    StickPage page;
    std::optional<storage::TakenUpdate> update;  ///< in force for a caller who goes on with it
};

/// NAME.facts on the stick: written aside, synced, renamed, read back. Nothing half-written stays.
[[nodiscard]] StickPage copy_records(const StickOptions& options,
                                     const storage::SigningKey* signing, std::uint64_t facts,
                                     const std::function<void(double)>& progress);
/// The last log lines as a text file on the stick.
[[nodiscard]] bool save_log(const StickOptions& options, const std::vector<std::string>& lines);
/// The newest NAME.update on the stick that is made for this kiosk.
[[nodiscard]] StickResult take_list(const StickOptions& options, const storage::OpeningKey& reader,
                                    const storage::Edition& now);

}  // namespace hudoor::kiosk
