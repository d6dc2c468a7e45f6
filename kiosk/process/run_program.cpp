#include "kiosk/process/run_program.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "config/fault.hpp"

namespace hudoor::kiosk {

int run_program(const std::vector<std::string>& arguments, std::string_view package) {
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (const std::string& one : arguments) argv.push_back(const_cast<char*>(one.c_str()));
    argv.push_back(nullptr);
    pid_t child = 0;
    if (const int error = posix_spawnp(&child, argv[0], nullptr, nullptr, argv.data(), environ))
        throw Fault(ExitCode::unavailable, arguments[0] +
                                               " cannot be run: " + std::strerror(error) +
                                               "; install the package " + std::string(package));
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace hudoor::kiosk
