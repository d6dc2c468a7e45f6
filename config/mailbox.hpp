/// A small bounded queue that hands values from one thread to another. Full: the oldest value is
/// dropped, so a slow reader sees the newest and a fast writer never waits.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

#include "config/clock.hpp"
#include "config/fault.hpp"

namespace hudoor {

/// Thread-safe. `wake`, if given, is called after every put, never under the lock.
template <typename T>
class Mailbox {
public:
    explicit Mailbox(std::size_t capacity, std::function<void()> wake = {})
        : capacity_(capacity), wake_(std::move(wake)) {
        ENSURE(capacity > 0);
    }

    void put(T value) {
        {
            const std::lock_guard lock(mutex_);
            if (values_.size() == capacity_) values_.pop_front();
            values_.push_back(std::move(value));
        }
        filled_.notify_one();
        if (wake_) wake_();
    }

    /// The oldest value, or nothing if the box is empty now.
    [[nodiscard]] std::optional<T> try_take() {
        const std::lock_guard lock(mutex_);
        return pop();
    }

    /// Waits until there is a value, `stop` is requested or `deadline` has passed.
    [[nodiscard]] std::optional<T> take_until(const std::stop_token& stop, MonotonicTime deadline) {
        std::unique_lock lock(mutex_);
        filled_.wait_until(lock, stop, deadline, [this] { return !values_.empty(); });
        return pop();
    }

    /// Waits until there is a value or `stop` is requested.
    [[nodiscard]] std::optional<T> take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, stop, [this] { return !values_.empty(); });
        return pop();
    }

private:
    std::optional<T> pop() {
        if (values_.empty()) return std::nullopt;
        std::optional<T> value(std::move(values_.front()));
        values_.pop_front();
        return value;
    }

    mutable std::mutex mutex_;
    std::condition_variable_any filled_;
    std::deque<T> values_;
    std::size_t capacity_;
    std::function<void()> wake_;
};

}  // namespace hudoor
