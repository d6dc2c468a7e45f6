/// How often a kiosk was started and ended, as something counts that nobody can count back (a TPM).
/// Each head beside a journal carries the number: where all of them are behind it, an older copy of
/// everything was put back.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace hudoor::storage {

/// One for all devices of a kiosk, from its start to its end. Thread-safe.
class StartCount {
public:
    struct Counter {
        std::optional<std::uint64_t> before;  ///< what it counted to; nothing: never for anybody
        std::optional<std::uint64_t> now;     ///< nothing: there is none, and none is counted
        /// By one. Called by any device's thread, must not wait nor throw.
        std::function<void()> raise;
    };
    explicit StartCount(Counter counter) : counter_(std::move(counter)) {}

    /// What heads carry from now on: one more than was counted, so that none is behind at a power
    /// cut between the two; 0 where nothing counts.
    [[nodiscard]] std::uint64_t carried() const;
    /// The number in a head that was there at the start; 0: none.
    void found(std::uint64_t in_head);
    /// A head that carries it is on stable storage: it is counted now.
    void written();
    /// The clean stop counts as a start does.
    void end();
    /// Once: what is wrong with the heads that were found, if anything.
    [[nodiscard]] std::optional<std::string> take_trouble();

private:
    [[nodiscard]] std::uint64_t carried_now() const;

    Counter counter_;
    mutable std::mutex mutex_;
    std::uint64_t newest_found_ = 0;
    std::uint64_t ends_ = 0;
    bool raised_ = false;
    bool told_ = false;
};

using StartCountPtr = std::shared_ptr<StartCount>;

}  // namespace hudoor::storage
