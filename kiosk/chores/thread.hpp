/// The thread for everything of a running kiosk that may wait for a file and is not a fact: sticks,
/// the log, a look at the machine. Not under the watchdog's eye: a stick may be as slow as it
/// likes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/chores/stick.hpp"

namespace hudoor::kiosk {

/// The next three end acts that somebody ordered; a zero intent: none could be recorded.
struct CopyRecords {
    storage::FactId intent;
    std::uint64_t facts = 0;  ///< about how many there are, for the progress bar
};
struct TakeList {
    storage::FactId intent;
    storage::Edition newest;  ///< nothing older is taken
};
struct SelfTest {
    std::optional<storage::FactId> intent;  ///< none: only a look at the camera
};
struct SaveLog {
    std::vector<std::string> lines;
};
struct LookAtMachine {};
/// To the next of a few steps; the answer is a MachineState.
struct ChangeBrightness {};
using Chore =
    std::variant<CopyRecords, TakeList, SaveLog, SelfTest, LookAtMachine, ChangeBrightness>;

struct LogSaved {
    bool saved = false;
};
struct SelfTested {
    bool reads = false;  ///< a clear code that was drawn for it
};
struct MachineState {
    std::uint64_t free_bytes = 0;             ///< of the state's disk
    std::optional<int> celsius;               ///< of the processor, where it says
    std::optional<int> brightness_percent{};  ///< of the panel, where it can be told
    std::string aside{};                      ///< the newest folder of damaged records, or none
};
/// Without its key the kiosk copied its records by itself.
struct UnsignedCopied {};
using ChoreNews = std::variant<StickPage, LogSaved, SelfTested, MachineState, UnsignedCopied>;

/// While nothing that is in force has secrets, records are copied to every stick plugged in, by
/// itself: see UnsignedCopies.
class ChoresThread {
public:
    /// All run on the thread.
    struct Tell {
        std::function<void(ChoreNews)> news;  ///< a copy's progress, and every chore's result
        /// A newer list that was kept: for who publishes it.
        std::function<void(storage::TakenUpdate)> update;
        /// What became of an act's deed.
        std::function<void(storage::FactId intent, ExitCode outcome)> ended;
    };
    ChoresThread(StickOptions options, Publication now, Tell tell);
    ~ChoresThread();  ///< finishes what is in hand, drops what waits

    /// The next two are thread-safe.
    void put(Publication now);
    /// One after another. When too many wait it ends at once, told as failed by the caller's
    /// thread.
    void begin(Chore chore);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
