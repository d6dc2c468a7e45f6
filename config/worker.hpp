/// A thread that handles messages one after another: the queue, the pulse, the wait for everything
/// to be handled and the join, once for every thread of ours that has work brought to it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
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

/// Thread-safe. The owner declares it after everything its parts use, so that it goes first; one
/// that may be abandoned shares with its parts what they use.
template <typename Message>
class Worker {
public:
    explicit Worker(WorkerParts<Message> parts)
        : state_(std::make_shared<State>(std::move(parts))) {
        ENSURE(state_->parts.most_waiting > 0);
        thread_ = std::thread([state = state_] { state->run(); });
    }
    ~Worker() { stop(); }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// False, and nothing is put, when as many wait as may or the worker has been stopped.
    bool put(Message message) {
        return state_->put([](auto&) { return false; }, std::move(message));
    }

    /// Takes the place of a waiting message of its kind (the same alternative of a variant): only
    /// the newest counts.
    bool put_newest(Message message) {
        const auto take_place = [&message](std::deque<Message>& waiting) {
            std::erase_if(waiting,
                          [&](const Message& one) { return one.index() == message.index(); });
            return false;
        };
        return state_->put(take_place, std::move(message));
    }

    /// Becomes a part of the last message that waits, where join(Message& last, Message& added)
    /// says that it did.
    template <typename Join>
    bool put_joined(const Join& join, Message message) {
        const auto join_last = [&](std::deque<Message>& waiting) {
            return !waiting.empty() && join(waiting.back(), message);
        };
        return state_->put(join_last, std::move(message));
    }

    /// Returns once everything put before has been handled.
    void drain() { state_->drain(); }

    /// Ends the thread and waits for it; from then on nothing can be put. Not on the thread itself.
    void stop() {
        state_->end();
        if (thread_.joinable()) thread_.join();
    }

    /// Ends the thread when what it is at lets it go, and waits for nothing: for work that hangs.
    /// The process must then end without running destructors of statics (std::quick_exit).
    void abandon() {
        state_->end();
        thread_.detach();
    }

    [[nodiscard]] const Pulse& pulse() const { return state_->pulse; }

private:
    struct State {
        explicit State(WorkerParts<Message> given) : parts(std::move(given)) {}

        template <typename Meet>
        bool put(const Meet& meets_waiting, Message&& message) {
            {
                const std::lock_guard lock(mutex);
                if (stopping) return false;
                if (meets_waiting(waiting)) return true;
                if (waiting.size() >= parts.most_waiting) return false;
                waiting.push_back(std::move(message));
            }
            changed.notify_all();
            return true;
        }

        void run() {
            do_idle();
            while (wait()) {
                if (auto message = take()) {
                    const Pulse::Work at_work(pulse);
                    parts.handle(std::move(*message));
                } else {
                    do_idle();
                }
                set_busy(false);
            }
            const std::lock_guard lock(mutex);
            ended = true;
            changed.notify_all();
        }

        /// False at the end. Busy from here on, so that drain() waits for what is in hand, too.
        bool wait() {
            std::unique_lock lock(mutex);
            const auto is_due = [this] { return stopping || !waiting.empty(); };
            if (parts.every.count() > 0)
                changed.wait_for(lock, parts.every, is_due);
            else
                changed.wait(lock, is_due);
            if (stopping && (waiting.empty() || !parts.finishes)) return false;
            busy = true;
            return true;
        }

        std::optional<Message> take() {
            const std::lock_guard lock(mutex);
            if (waiting.empty()) return std::nullopt;
            std::optional<Message> message(std::move(waiting.front()));
            waiting.pop_front();
            return message;
        }

        void do_idle() {
            const Pulse::Work at_work(pulse);
            if (parts.idle) parts.idle();
        }

        void set_busy(bool now) {
            {
                const std::lock_guard lock(mutex);
                busy = now;
            }
            changed.notify_all();
        }

        void drain() {
            std::unique_lock lock(mutex);
            changed.wait(lock, [this] { return (waiting.empty() && !busy) || ended; });
        }

        void end() {
            {
                const std::lock_guard lock(mutex);
                stopping = true;
            }
            changed.notify_all();
        }

        WorkerParts<Message> parts;
        Pulse pulse;
        std::mutex mutex;
        std::condition_variable changed;
        std::deque<Message> waiting;
        bool busy = false;
        bool stopping = false;
        bool ended = false;
    };

    std::shared_ptr<State>
        state_;  // the thread has a share, too: it may outlive an abandoned worker
    std::thread thread_;
};

}  // namespace hudoor
