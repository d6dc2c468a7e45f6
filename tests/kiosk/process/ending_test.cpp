// A process ends, whoever hangs that should read what it says last.
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>
#include <functional>
#include <thread>

#include "config/fault.hpp"
#include "config/last_words.hpp"
#include "kiosk/process/watchdog.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/hanging_reader.hpp"

using namespace hudoor;
using namespace std::chrono_literals;
using test::within;

namespace {

/// Exit code, or 128 + the signal, of a process that does `work` while its standard error hangs and
/// a thread of it holds the lock of that; 0 if it does not end within 10 s.
[[maybe_unused]] int ended_by(const std::function<void()>& work) {
    const test::HangingReader reader;
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        ::signal(SIGABRT, SIG_DFL);
        ::dup2(reader.descriptor(), STDERR_FILENO);
        std::thread([] {
            ::flockfile(stderr);
            std::fputs("a log line\n", stderr);
        }).detach();
        while (::ftrylockfile(stderr) == 0) {
            ::funlockfile(stderr);
            std::this_thread::yield();
        }
        work();
        ::_exit(0);
    }
    const int ending = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    pollfd ended{ending, POLLIN, 0};
    if (::poll(&ended, 1, 10'000) <= 0) ::kill(child, SIGKILL);
    ::close(ending);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    return WTERMSIG(status) == SIGKILL ? 0 : 128 + WTERMSIG(status);
}

}  // namespace

// ThreadSanitizer holds a signal back while a write hangs, which is what these two are about.
#ifndef __SANITIZE_THREAD__
TEST_CASE("F28: the end for a new start does not wait for a reader of the log that hangs") {
    CHECK(ended_by([] {
              kiosk::end_now({ExitCode::try_again, "no memory"});
          }) == static_cast<int>(ExitCode::try_again));
}

TEST_CASE("a bug aborts, also while the reader of the log hangs") {
    CHECK(ended_by([] { ENSURE(false); }) == 128 + SIGABRT);
}
#endif

TEST_CASE("a command that fails ends with its exit code, also while the reader of its log hangs") {
    const test::HangingReader reader;
    const int before = ::dup(STDERR_FILENO);
    REQUIRE(::dup2(reader.descriptor(), STDERR_FILENO) == STDERR_FILENO);
    test::ChildProcess kiosk({HUDOOR_KIOSK_PROGRAM, "enrol", "/nowhere.kiosk", "--key-file",
                              "--bundle-passphrase-file", "/nowhere"});
    REQUIRE(::dup2(before, STDERR_FILENO) == STDERR_FILENO);
    ::close(before);
    CHECK(kiosk.wait(within(10s)) == static_cast<int>(ExitCode::no_input));
}

TEST_CASE("last words that are read are whole") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        say_last_words({"one ", "two\n"}, ExitCode::bug);
        ::_exit(0);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    std::array<char, 32> said{};
    CHECK(::read(ends[0], said.data(), said.size()) == 8);
    CHECK(std::string(said.data()) == "one two\n");
    for (const int end : ends) ::close(end);
}
