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

struct CopyRecords {
    std::uint64_t facts = 0;  ///< about how many there are, for the progress bar
};
struct TakeList {
    storage::Edition edition;  ///< what is in force
};
struct SaveLog {
    std::vector<std::string> lines;
};
struct SelfTest {};
struct LookAtMachine {};
using FilesJob = std::variant<CopyRecords, TakeList, SaveLog, SelfTest, LookAtMachine>;

struct LogSaved {
    bool saved = false;
};
struct SelfTested {
    bool reads = false;  ///< a clear code that was drawn for it
};
struct MachineState {
    std::uint64_t free_bytes = 0;  ///< of the state's disk
    std::optional<int> celsius;    ///< of the processor, where it says
};
using FilesNews = std::variant<StickResult, LogSaved, SelfTested, MachineState>;

class FilesThread {
public:
    /// `on_news` runs on the thread: a copy's progress, and every job's result.
    FilesThread(StickOptions options, std::function<void(FilesNews)> on_news);
    ~FilesThread();

    /// Copies; thread-safe. Without secrets a bundle is unsigned and no list can be taken.
    void use(const storage::KioskSecrets& secrets);
    /// Thread-safe; one after another.
    void begin(FilesJob job);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
