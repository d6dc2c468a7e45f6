/// The watchdog: checks that every thread still comes back to its wait and that files and memory
/// have not run out, and tells systemd so (WATCHDOG=1, sd_notify(3)). If not, it ends the program
/// at once for the supervisor to restart it; nothing acknowledged is lost by that.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/clock.hpp"
#include "config/exit_code.hpp"
#include "config/pulse.hpp"

namespace hudoor::kiosk {

struct WatchedThread {
    std::string name;
    const Pulse* pulse;  ///< must outlive the watchdog
};

/// Why the program must be restarted.
struct Ailment {
    ExitCode exit_code{};
    std::string what;
};

/// UI thread only.
class Watchdog {
public:
    /// Between looks; the UI loop must come by at least as often.
    static constexpr std::chrono::seconds look_every{2};

    explicit Watchdog(std::vector<WatchedThread> threads) : threads_(std::move(threads)) {}

    /// READY=1.
    void say_ready() const;
    /// What is wrong, if anything; looks every `look_every` only, however often it is called.
    [[nodiscard]] std::optional<Ailment> look(MonotonicTime now);

private:
    std::vector<WatchedThread> threads_;
    std::optional<MonotonicTime> looked_;
};

/// Says why and ends the process without waiting for any thread, nor long for a reader of standard
/// error, and without a memory image.
[[noreturn]] void end_now(const Ailment& ailment) noexcept;

}  // namespace hudoor::kiosk
