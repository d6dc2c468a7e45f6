/// Another program, started by a test and ended with it: never outlives its ChildProcess, nor the
/// test.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/clock.hpp"

namespace hudoor::test {

/// Not thread-safe. Start it from the main thread: the kernel ends the child with the thread that
/// started it, should the test die.
class ChildProcess {
public:
    /// Runs argv[0] (found in PATH) with our environment and `env` on top. Its stdout comes to
    /// read_line; stderr goes where ours goes. Throws std::system_error if it cannot be started.
    explicit ChildProcess(const std::vector<std::string>& argv,
                          const std::map<std::string, std::string>& env = {});
    /// Kills it, if it still runs.
    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ChildProcess& operator=(ChildProcess&&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    /// Nothing happens when it has ended.
    void kill(int signal) const;
    /// Its exit code, or 128 + the signal that ended it; nothing if it still runs at the deadline.
    [[nodiscard]] std::optional<int> wait(MonotonicTime deadline);
    /// The next line of its stdout, without the line end; nothing at the deadline or the end of
    /// output.
    [[nodiscard]] std::optional<std::string> read_line(MonotonicTime deadline);

private:
    pid_t pid_ = -1;
    int pidfd_ = -1;
    int output_ = -1;
    std::string unread_;
    std::optional<int> ended_;
};

/// A TCP port of 127.0.0.1 nobody listens on at the moment.
[[nodiscard]] int find_free_port();

/// `duration` from now, for deadlines.
template <typename Duration>
[[nodiscard]] MonotonicTime within(Duration duration) {
    return std::chrono::steady_clock::now() + duration;
}

}  // namespace hudoor::test
