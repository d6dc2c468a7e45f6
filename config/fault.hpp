/// Operating faults: something outside the program failed (disk, camera, file, settings).
/// Thrown where it happens; caught at the few edges (desk, scan and keeper loops, each main), where
/// it becomes a screen, a log line and an exit code. Refusals are values, bugs abort (ENSURE).
#pragma once

#include <stdexcept>
#include <string>

#include "config/exit_code.hpp"

namespace hudoor {

class Fault : public std::runtime_error {
public:
    /// `what` is one sentence a person can act on: what was tried, where, what to do.
    Fault(ExitCode exit_code, const std::string& what)
        : std::runtime_error(what), exit_code_(exit_code) {}

    [[nodiscard]] ExitCode exit_code() const noexcept { return exit_code_; }

private:
    ExitCode exit_code_;
};

/// Prints the broken condition to stderr and aborts; the supervisor restarts us, losing nothing.
[[noreturn]] void abort_on_bug(const char* condition, const char* file, int line) noexcept;

}  // namespace hudoor

/// Programmer errors abort, in release too. Never for input or operating faults.
#define ENSURE(condition)                                \
    (static_cast<bool>(condition) ? static_cast<void>(0) \
                                  : ::hudoor::abort_on_bug(#condition, __FILE__, __LINE__))
