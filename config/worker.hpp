/// A thread that handles messages one after another: the queue, the pulse, the wait for everything
/// to be handled and the join, once for every thread of ours that has work brought to it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "config/fault.hpp"
#include "config/pulse.hpp"

namespace hudoor {

/// What a worker does; all of it runs on its thread.
template <typename Message>
struct WorkerParts {
    std::function<void(Message)> handle;
    /// Once at the beginning, and whenever `every` has passed without a message.
    std::function<void()> idle{};
    std::chrono::milliseconds every{0};  ///< 0: only messages wake it
    std::size_t most_waiting = 4'096;
    bool finishes = true;  ///< at the end what waits is handled; else it is dropped
};

/// Thread-safe. The owner declares it after everything its parts use, so that it goes first.
template <typename Message>
class Worker {
public:
    explicit Worker(WorkerParts<Message> parts)
        : parts_(std::move(parts)), thread_([this] { run(); }) {
        ENSURE(parts_.most_waiting > 0);
    }
    ~Worker() { stop(); }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// False, and nothing is put, when as many wait as may or the worker has been stopped.
    bool put(Message message) {
        return put_where([](const Message&) { return false; }, std::move(message));
    }

    /// Takes the place of a waiting message of its kind (the same alternative of a variant): only
    /// the newest counts.
    bool put_newest(Message message) {
        const auto kind = message.index();
        return put_where([kind](const Message& one) { return one.index() == kind; },
                         std::move(message));
    }

    /// Returns once everything put before has been handled.
    void drain() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return (waiting_.empty() && !busy_) || ended_; });
    }

    /// Ends the thread and waits for it; from then on nothing can be put. Not on the thread itself.
    void stop() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        if (thread_.joinable()) thread_.join();
    }

    [[nodiscard]] const Pulse& pulse() const { return pulse_; }

private:
    template <typename Replaces>
    bool put_where(const Replaces& replaces, Message message) {
        {
            const std::lock_guard lock(mutex_);
            std::erase_if(waiting_, replaces);
            if (stopping_ || waiting_.size() >= parts_.most_waiting) return false;
            waiting_.push_back(std::move(message));
        }
        changed_.notify_all();
        return true;
    }

    void run() {
        do_idle();
        while (wait()) {
            if (auto message = take()) {
                const Pulse::Work at_work(pulse_);
                parts_.handle(std::move(*message));
            } else {
                do_idle();
            }
            set_busy(false);
        }
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }

    /// False at the end. Busy from here on, so that drain() waits for what is in hand, too.
    bool wait() {
        std::unique_lock lock(mutex_);
        const auto is_due = [this] { return stopping_ || !waiting_.empty(); };
        if (parts_.every.count() > 0)
            changed_.wait_for(lock, parts_.every, is_due);
        else
            changed_.wait(lock, is_due);
        if (stopping_ && (waiting_.empty() || !parts_.finishes)) return false;
        busy_ = true;
        return true;
    }

    std::optional<Message> take() {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) return std::nullopt;
        std::optional<Message> message(std::move(waiting_.front()));
        waiting_.pop_front();
        return message;
    }

    void do_idle() {
        const Pulse::Work at_work(pulse_);
        if (parts_.idle) parts_.idle();
    }

    void set_busy(bool busy) {
        {
            const std::lock_guard lock(mutex_);
            busy_ = busy;
        }
        changed_.notify_all();
    }

    WorkerParts<Message> parts_;
    Pulse pulse_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Message> waiting_;
    bool busy_ = false;
    bool stopping_ = false;
    bool ended_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace hudoor
