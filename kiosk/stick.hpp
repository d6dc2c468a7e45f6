/// The USB stick of a running kiosk: its facts onto it, newer guest lists from it. Reads the journal
/// between the keeper's commits, so that nobody at the door waits.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "kiosk/usher/panel_view.hpp"
#include "storage/identity.hpp"
#include "storage/keeper.hpp"
#include "storage/update.hpp"

namespace hudoor::kiosk {

/// All of it must outlive what uses it.
struct StickOptions {
    std::filesystem::path stick;            ///< where sticks are mounted; not there: no stick
    std::filesystem::path state;
    const storage::Identity& identity;
    std::vector<storage::Keeper*> keepers;  ///< the first that answers is read
};

/// What a stick job needs of the moment.
struct StickJob {
    StickPage::Of of = StickPage::Of::copy;
    std::uint64_t facts = 0;                ///< about how many there are, for the progress bar
    storage::Edition edition;               ///< what is in force, for an update
};

struct StickResult {
    StickPage page;
    std::optional<storage::TakenUpdate> update;  ///< in force for a caller who goes on with it
};

/// NAME.facts on the stick: written aside, synced, renamed, read back. Nothing half-written stays.
[[nodiscard]] StickPage copy_records(const StickOptions& options, const storage::SigningKey* signing, std::uint64_t facts,
                                     const std::function<void(double)>& progress);
/// The newest NAME.update on the stick that is made for this kiosk.
[[nodiscard]] StickResult take_list(const StickOptions& options, const storage::OpeningKey& reader, const storage::Edition& now);

/// The thread for it: one job at a time, others meanwhile are dropped. Not under the watchdog's eye: a
/// stick may be as slow as it likes.
class StickThread {
public:
    /// `on_result` runs on the thread: the progress, and at the end the result.
    StickThread(StickOptions options, std::function<void(StickResult)> on_result);
    ~StickThread();

    /// Copies; thread-safe. Without secrets a bundle is unsigned and no list can be taken.
    void use(const storage::KioskSecrets& secrets);
    void begin(const StickJob& job);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
