/// A keeper: the thread that stores facts on one device. The first failure of the device is its
/// last: nothing is handed to it until the next start.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "storage/journal/device.hpp"

namespace hudoor::storage {

/// The fate of one fact at one keeper.
struct Kept {
    bool durable = false;
    std::chrono::nanoseconds commit{};  ///< time spent in the device's append
    DeviceTrouble trouble{};            ///< why not, when not durable
    std::string why;                    ///< the same for a person
};

/// Thread-safe face of one keeper thread. Owns the device.
class Keeper {
public:
    /// `make_device` runs on the keeper's thread, so that the handle is opened and used there only.
    /// The constructor returns when it has succeeded and rethrows its Fault.
    /// After `idle_after` without facts the device is told, once; and as often as `look_every`
    /// while there are none, it may look after itself.
    explicit Keeper(const std::function<std::unique_ptr<JournalDevice>()>& make_device,
                    std::chrono::milliseconds idle_after = std::chrono::seconds(10),
                    std::chrono::milliseconds look_every = std::chrono::seconds(1));
    ~Keeper();  ///< finishes what was submitted, closes the device, joins; not if abandoned

    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    /// Facts are stored in the order they are submitted; several waiting ones share one commit.
    [[nodiscard]] std::future<Kept> submit(StoredFact fact);
    /// False after the first failure; then submit answers at once, not durable.
    [[nodiscard]] bool healthy() const;
    /// The failure that made it unhealthy; only then.
    [[nodiscard]] Kept failure() const;
    /// Runs `work` on the keeper's thread, between commits, and rethrows what it throws. Not for a
    /// thread that must not wait for a disk.
    void run(const std::function<void()>& work);
    /// What the device holds, see JournalDevice::read; between commits. Thread-safe, during its
    /// life.
    [[nodiscard]] std::future<FactSlice> read(std::uint64_t from, std::size_t most);
    /// See JournalDevice::watch_head; between commits. Thread-safe.
    [[nodiscard]] std::future<std::optional<std::string>> watch_head(HeadKey key);
    /// For a device that hangs: the thread is never waited for again, its late answers harm nobody.
    /// The process must then end without running destructors of statics (std::quick_exit).
    void abandon();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
