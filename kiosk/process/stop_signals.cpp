#include "kiosk/process/stop_signals.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <csignal>
#include <thread>

#include <array>

#include "config/fault.hpp"

namespace hudoor::kiosk {

class StopSignals::Impl {
public:
    explicit Impl(std::function<void()> on_stop) : on_stop_(std::move(on_stop)) {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGINT);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        signals_ = signalfd(-1, &signals, SFD_CLOEXEC);
        end_ = eventfd(0, EFD_CLOEXEC);
        if (signals_ < 0 || end_ < 0)
            throw Fault(ExitCode::unavailable, "cannot wait for signals: no file descriptors left");
        thread_ = std::thread([this] { wait(); });
    }

    ~Impl() {
        eventfd_write(end_, 1);
        thread_.join();
        close(signals_);
        close(end_);
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

private:
    void wait() {
        std::array<pollfd, 2> wanted{{{signals_, POLLIN, 0}, {end_, POLLIN, 0}}};
        while (poll(wanted.data(), wanted.size(), -1) < 0) {
        }
        if ((wanted[0].revents & POLLIN) != 0) on_stop_();
    }

    std::function<void()> on_stop_;
    int signals_ = -1;
    int end_ = -1;
    std::thread thread_;
};

StopSignals::StopSignals(std::function<void()> on_stop)
    : impl_(std::make_unique<Impl>(std::move(on_stop))) {}
StopSignals::~StopSignals() = default;

}  // namespace hudoor::kiosk
