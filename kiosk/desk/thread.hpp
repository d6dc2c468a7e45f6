/// The thread the desk works on: takes scans, as fast as they can be shown, and orders in order,
/// and looks after the storage twice a second.
#pragma once

#include <functional>
#include <memory>

#include "config/pulse.hpp"
#include "kiosk/desk/desk.hpp"

namespace hudoor::kiosk {

/// Owns the desk.
class DeskThread {
public:
    /// All run on the desk thread and must return fast. The storage's and the door's first state
    /// are told, and every change.
    struct Tell {
        std::function<void(Answer)> answer;  ///< each asks for shown(), if it is stored
        std::function<void(StorageStatus)> storage;
        std::function<void(DeskNews)> news = [](const DeskNews&) {};
        /// Nothing is decided by this code now: it has to be read again.
        std::function<void(scanner::ScannedCode)> again = [](const scanner::ScannedCode&) {};
        /// Decided by from now on.
        std::function<void(storage::InForcePtr)> in_force = [](const storage::InForcePtr&) {};
    };
    DeskThread(std::unique_ptr<Desk> desk, Tell tell);
    ~DeskThread();  ///< handles what was put, then joins

    /// All thread-safe, and handled in the order they were put. While an answer waits to be shown
    /// no scan is decided but told of as `again`; two of a hand scanner's wait.
    void put(scanner::ScannedCode scan);
    /// The oldest answer that was not shown is, and another may take its place from then on.
    void shown(MonotonicTime free_at);
    void put(Publication now);
    /// Desk::choose.
    void choose(storage::Direction direction);
    /// Desk::obey; a PIN is compared on a thread of its own meanwhile.
    void obey(Order order);
    /// Thread-safe; returns once everything put before has been answered.
    void drain();
    [[nodiscard]] const Pulse& pulse() const;
    [[nodiscard]] const Pulse& pin_pulse() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
