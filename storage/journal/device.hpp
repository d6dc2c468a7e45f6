/// Where facts are kept durably, as the keeper sees it: a journal.db on a disk, or a fake in tests.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/fault.hpp"
#include "storage/facts/fact.hpp"
#include "storage/journal/head_file.hpp"

namespace hudoor::storage {

/// What is the matter with a device. The numbers stand in fault facts and are never renumbered.
enum class DeviceTrouble : std::uint8_t {
    none = 0,
    failed = 1,  ///< a read, write or sync failed
    full = 2,
    read_only = 3,
    hung = 4,          ///< no answer within the longest wait
    damaged = 5,       ///< its journal was not whole at the start and was put aside
    missing = 6,       ///< could not be opened at the start
    replaced = 7,      ///< its files were removed or replaced while it was in use
    tail_missing = 8,  ///< it ends before where it stood at its last checkpoint
};

/// Somebody took a device's files away: it is lost, and a new start finds what was copied out.
class ReplacedFault : public Fault {
public:
    explicit ReplacedFault(const std::string& what) : Fault(ExitCode::io, what) {}
};

/// Facts in the order in which they were written.
struct FactSlice {
    std::vector<StoredFact> facts;
    std::uint64_t next =
        0;  ///< where the slice after this one begins; as before when there is none
};

/// Used by one thread at a time.
class JournalDevice {
public:
    virtual ~JournalDevice() = default;
    /// On return every fact is on stable storage. Throws Fault; after the first one the device is
    /// never written again.
    virtual void append(std::span<const StoredFact> facts) = 0;
    /// Called after each append, when its facts have been answered: may do overdue work. Throws
    /// like append.
    virtual void tidy() {}
    /// Called when nothing has come for a while: may checkpoint. Throws like append.
    virtual void idle() = 0;
    /// Called about once a second while nothing comes: may look whether the device is still what it
    /// was. Throws like append.
    virtual void look() {}
    /// From now on how far it has come is written beside it after each checkpoint. Why what was
    /// written there before does not fit what it holds, if it does not. Throws Fault.
    [[nodiscard]] virtual std::optional<std::string> watch_head(const HeadKey& /*key*/) {
        return std::nullopt;
    }
    /// From a place on, 0 being the first; fewer than `most` when there are no more. Throws Fault.
    [[nodiscard]] virtual FactSlice read(std::uint64_t from, std::size_t most) const = 0;
};

}  // namespace hudoor::storage
