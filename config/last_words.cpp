#include "config/last_words.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace hudoor {

namespace {

constexpr int aborts = -1;

void end(int /*signal*/, siginfo_t* info, void* /*context*/) {
    const int exit_code = info->si_value.sival_int;
    if (exit_code == aborts) std::abort();
    ::_exit(exit_code);
}

bool take_alarm() {
    struct sigaction action {};
    action.sa_sigaction = end;
    action.sa_flags = SA_SIGINFO;
    sigset_t alarm;
    ::sigemptyset(&alarm);
    ::sigaddset(&alarm, SIGALRM);
    return ::sigaction(SIGALRM, &action, nullptr) == 0 &&
           ::pthread_sigmask(SIG_UNBLOCK, &alarm, nullptr) == 0;
}

}  // namespace

EndsWithin::EndsWithin(std::chrono::milliseconds longest,
                       std::optional<ExitCode> exit_code) noexcept {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    event.sigev_value.sival_int = exit_code ? static_cast<int>(*exit_code) : aborts;
    timer_t timer{};
    if (!take_alarm() || ::timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return;
    timer_ = timer;
    itimerspec when{};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(longest);
    when.it_value = {seconds.count(), std::chrono::nanoseconds(longest - seconds).count()};
    ::timer_settime(timer, 0, &when, nullptr);
}

EndsWithin::~EndsWithin() {
    if (timer_) ::timer_delete(*timer_);
}

void say_last_words(std::initializer_list<std::string_view> words,
                    std::optional<ExitCode> exit_code) noexcept {
    using namespace std::chrono_literals;
    const EndsWithin deadline(500ms, exit_code);
    if (!deadline.is_set()) return;
    for (const std::string_view word : words)
        if (::write(STDERR_FILENO, word.data(), word.size()) < 0) return;
}

}  // namespace hudoor
