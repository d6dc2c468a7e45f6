/// The pulse of a thread: since when it is at work without having come back to its wait. A thread
/// that waits is well. Beaten by its thread, read by any.
#pragma once

#include <atomic>
#include <chrono>

#include "config/clock.hpp"

namespace hudoor {

class Pulse {
public:
    /// One piece of work, from its construction to its end.
    class Work {
    public:
        explicit Work(Pulse& pulse) : pulse_(pulse) {
            pulse_.since_ = std::chrono::steady_clock::now().time_since_epoch().count();
        }
        ~Work() { pulse_.since_ = waiting; }
        Work(const Work&) = delete;
        Work& operator=(const Work&) = delete;

    private:
        Pulse& pulse_;
    };

    /// 0 while the thread waits.
    [[nodiscard]] std::chrono::nanoseconds busy_for(MonotonicTime now) const {
        const auto since = since_.load();
        return since == waiting ? std::chrono::nanoseconds(0)
                                : now - MonotonicTime(MonotonicTime::duration(since));
    }

private:
    static constexpr MonotonicTime::rep waiting = 0;
    std::atomic<MonotonicTime::rep> since_{waiting};
};

}  // namespace hudoor
