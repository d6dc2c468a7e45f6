/// A keeper: the thread that stores facts on one device. The desk hands it a fact and waits, at
/// most so long; a keeper that fails or is too late is out until the next start.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>

#include "storage/journal_device.hpp"

namespace hudoor::storage {

/// The fate of one fact at one keeper.
struct Kept {
    bool durable = false;
    std::chrono::nanoseconds commit{};  ///< time spent in the device's append
    std::string trouble;                ///< why not, when not durable
};

/// Thread-safe face of one keeper thread. Owns the device.
class Keeper {
public:
    /// `make_device` runs on the keeper's thread, so that the handle is opened and used there only.
    /// The constructor returns when it has succeeded and rethrows its Fault.
    /// After `idle_after` without facts the device is told, once.
    explicit Keeper(const std::function<std::unique_ptr<JournalDevice>()>& make_device,
                    std::chrono::milliseconds idle_after = std::chrono::seconds(10));
    ~Keeper();  ///< finishes what was submitted, closes the device, joins

    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    /// Facts are stored in the order they are submitted; several waiting ones share one commit.
    [[nodiscard]] std::future<Kept> submit(StoredFact fact);
    /// False after the first failure; then submit answers at once, not durable.
    [[nodiscard]] bool healthy() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::storage
