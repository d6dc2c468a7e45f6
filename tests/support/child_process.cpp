#include "tests/support/child_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <system_error>
#include <utility>

namespace hudoor::test {
namespace {

[[noreturn]] void throw_errno(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

std::vector<std::string> merge_environment(const std::map<std::string, std::string>& env) {
    std::vector<std::string> merged;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text(*entry);
        if (!env.contains(text.substr(0, text.find('=')))) merged.push_back(text);
    }
    for (const auto& [name, value] : env) merged.push_back(name + "=" + value);
    return merged;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (const auto& text : texts) result.push_back(const_cast<char*>(text.c_str()));
    result.push_back(nullptr);
    return result;
}

/// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(char* const* argv, char* const* env, int output, int failure) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(output, STDOUT_FILENO);
    ::execvpe(argv[0], argv, env);
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(failure, &error, sizeof error);
    ::_exit(127);
}

/// False at the deadline.
bool wait_readable(int descriptor, MonotonicTime deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        pollfd entry{descriptor, POLLIN, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(std::max<long>(0, left.count())));
        if (ready > 0) return true;
        if (ready == 0) return false;
        if (errno != EINTR) throw_errno("poll");
    }
}

int decode_status(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& argv,
                           const std::map<std::string, std::string>& env) {
    const auto environment = merge_environment(env);
    const auto argv_pointers = pointers(argv);
    const auto env_pointers = pointers(environment);
    std::array<int, 2> output{};
    std::array<int, 2> failure{};  // closed by a successful exec, else carries its errno
    if (::pipe2(output.data(), O_CLOEXEC) != 0 || ::pipe2(failure.data(), O_CLOEXEC) != 0) {
        throw_errno("pipe");
    }
    pid_ = ::fork();
    if (pid_ < 0) throw_errno("fork");
    if (pid_ == 0) become(argv_pointers.data(), env_pointers.data(), output[1], failure[1]);
    ::close(output[1]);
    ::close(failure[1]);
    output_ = output[0];
    pidfd_ = static_cast<int>(
        ::syscall(SYS_pidfd_open, pid_, 0));  // 2.36 declares it without extern "C"
    int error = 0;
    const bool failed = ::read(failure[0], &error, sizeof error) > 0;
    ::close(failure[0]);
    if (failed) {
        ::waitpid(pid_, nullptr, 0);
        ::close(output_);
        ::close(pidfd_);
        throw std::system_error(error, std::generic_category(), argv.at(0));
    }
}

ChildProcess::~ChildProcess() {
    if (pid_ < 0) return;
    if (!ended_) {
        kill(SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(output_);
    ::close(pidfd_);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      pidfd_(other.pidfd_),
      output_(other.output_),
      unread_(std::move(other.unread_)),
      ended_(other.ended_) {}

void ChildProcess::kill(int signal) const {
    if (!ended_) ::kill(pid_, signal);
}

std::optional<int> ChildProcess::wait(MonotonicTime deadline) {
    if (ended_ || !wait_readable(pidfd_, deadline)) return ended_;
    int status = 0;
    if (::waitpid(pid_, &status, 0) != pid_) throw_errno("waitpid");
    ended_ = decode_status(status);
    return ended_;
}

std::optional<std::string> ChildProcess::read_line(MonotonicTime deadline) {
    for (;;) {
        if (const auto end = unread_.find('\n'); end != std::string::npos) {
            auto line = unread_.substr(0, end);
            unread_.erase(0, end + 1);
            return line;
        }
        if (!wait_readable(output_, deadline)) return std::nullopt;
        std::array<char, 4096> bytes{};
        const auto count = ::read(output_, bytes.data(), bytes.size());
        if (count <= 0) return std::nullopt;
        unread_.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

int find_free_port() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (descriptor < 0 || ::bind(descriptor, generic, length) != 0 ||
        ::getsockname(descriptor, generic, &length) != 0) {
        throw_errno("find a free port");
    }
    ::close(descriptor);
    return ntohs(address.sin_port);
}

}  // namespace hudoor::test
