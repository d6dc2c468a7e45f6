#include "config/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace hudoor::config {

namespace {

/// Why the output is not whole; null if it is. Some file systems tell only when a file is closed.
const char* trouble_of_output() {
    errno = 0;
    std::cout.flush();
    const bool lost_before = std::ferror(stdout) != 0 || !std::cout;
    if (std::fflush(stdout) != 0 || lost_before)
        return errno != 0 ? std::strerror(errno) : "some of it was refused";
    const int copy = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return copy >= 0 && ::close(copy) != 0 ? std::strerror(errno) : nullptr;
}

}  // namespace

void hold_standard_streams() {
    std::signal(SIGPIPE, SIG_IGN);
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        if (::fcntl(stream, F_GETFD) >= 0) continue;
        // Opened the wrong way round: whoever reads or writes it is told so, as if it were closed.
        const int direction = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (::open("/dev/null", direction) != stream) std::abort();
    }
}

ExitCode finish_output(const char* program, ExitCode code) {
    const char* trouble = trouble_of_output();
    if (trouble == nullptr) return code;
    std::fprintf(stderr, "%s: Not all of the output could be written to standard output: %s\n",
                 program, trouble);
    return code == ExitCode::done ? ExitCode::io : code;
}

}  // namespace hudoor::config
