/// The thread the desk works on: takes scans and orders in order, and looks after the storage twice
/// a second.
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
        std::function<void(Answer)> answer;
        std::function<void(StorageStatus)> storage;
        std::function<void(DeskNews)> news = [](const DeskNews&) {};
        /// Decided by from now on.
        std::function<void(storage::InForcePtr)> in_force = [](const storage::InForcePtr&) {};
    };
    DeskThread(std::unique_ptr<Desk> desk, Tell tell);
    ~DeskThread();  ///< handles what was put, then joins

    /// All thread-safe, and handled in the order they were put. A scan is dropped when thousands
    /// wait.
    void put(scanner::ScannedCode scan);
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
