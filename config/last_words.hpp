/// How a process ends with a sentence: whoever reads its standard error may hang, or a thread of
/// its own that holds the lock of it, and neither must keep the process.
#pragma once

#include <chrono>
#include <ctime>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "config/exit_code.hpp"

namespace hudoor {

/// While this lives, the process ends by itself after `longest` with this exit code; nothing: it
/// aborts. One at a time; takes SIGALRM for it. Destructors are not run then.
class EndsWithin {
public:
    EndsWithin(std::chrono::milliseconds longest, std::optional<ExitCode> exit_code) noexcept;
    ~EndsWithin();
    EndsWithin(const EndsWithin&) = delete;
    EndsWithin& operator=(const EndsWithin&) = delete;

    /// False where the system has no timer left: then nothing may be waited for.
    [[nodiscard]] bool is_set() const { return timer_.has_value(); }

private:
    std::optional<timer_t> timer_;
};

/// Says so on standard error, past its buffer and lock. If that takes half a second, the process
/// ends as EndsWithin has it.
void say_last_words(std::initializer_list<std::string_view> words,
                    std::optional<ExitCode> exit_code) noexcept;

}  // namespace hudoor
