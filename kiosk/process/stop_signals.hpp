/// SIGTERM and SIGINT as an orderly end: a thread waits for them so that no handler has to be
/// signal-safe.
#pragma once

#include <functional>
#include <memory>

namespace hudoor::kiosk {

/// Make it before any other thread: it blocks the two signals in every thread begun afterwards.
class StopSignals {
public:
    /// `on_stop` runs once, on the waiting thread.
    explicit StopSignals(std::function<void()> on_stop);
    ~StopSignals();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::kiosk
