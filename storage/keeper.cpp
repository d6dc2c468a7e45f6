#include "storage/keeper.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace hudoor::storage {

namespace {

/// Bounds one commit, so that the first of many waiting facts is not answered late.
constexpr std::size_t most_facts_in_a_commit = 256;

struct Waiting {
    StoredFact fact;
    std::promise<Kept> answer;
};

Kept not_durable(const std::string& trouble) {
    return {.durable = false, .commit = {}, .trouble = trouble};
}

}  // namespace

class Keeper::Impl {
public:
    Impl(const std::function<std::unique_ptr<JournalDevice>()>& make_device,
         std::chrono::milliseconds idle_after);
    ~Impl();

    std::future<Kept> submit(StoredFact fact);
    [[nodiscard]] bool healthy() const { return healthy_; }

private:
    enum class Wake { facts, idle, stop };

    void run(JournalDevice& device);
    Wake wait(bool may_idle);
    std::vector<Waiting> take_batch();
    void keep(JournalDevice& device);
    void fail(const std::string& trouble);

    std::chrono::milliseconds idle_after_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> waiting_;
    bool stopping_ = false;
    std::string trouble_;
    std::atomic<bool> healthy_{true};  // turns false under the lock, after trouble_ was set
    std::jthread thread_;
};

Keeper::Impl::Impl(const std::function<std::unique_ptr<JournalDevice>()>& make_device,
                   std::chrono::milliseconds idle_after)
    : idle_after_(idle_after) {
    std::promise<void> opened;
    std::future<void> is_open = opened.get_future();
    thread_ = std::jthread([this, &make_device, opened = std::move(opened)]() mutable {
        std::unique_ptr<JournalDevice> device;
        try {
            device = make_device();
        } catch (...) {
            opened.set_exception(std::current_exception());
            return;
        }
        opened.set_value();  // from here on make_device may be gone
        run(*device);
    });
    is_open.get();
}

Keeper::Impl::~Impl() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
}

std::future<Kept> Keeper::Impl::submit(StoredFact fact) {
    Waiting entry{std::move(fact), {}};
    std::future<Kept> kept = entry.answer.get_future();
    {
        const std::lock_guard lock(mutex_);
        if (healthy_)
            waiting_.push_back(std::move(entry));
        else
            entry.answer.set_value(not_durable(trouble_));
    }
    changed_.notify_one();
    return kept;
}

/// On the keeper's thread, until it is told to stop and nothing waits.
void Keeper::Impl::run(JournalDevice& device) {
    bool was_idle = false;
    for (;;) {
        const Wake wake = wait(healthy_ && !was_idle);
        if (wake == Wake::stop) return;
        try {
            if (wake == Wake::facts)
                keep(device);
            else
                device.idle();
        } catch (const std::exception& fault) {
            fail(fault.what());
        }
        was_idle = wake == Wake::idle;
    }
}

Keeper::Impl::Wake Keeper::Impl::wait(bool may_idle) {
    std::unique_lock lock(mutex_);
    const auto is_due = [this] { return stopping_ || !waiting_.empty(); };
    if (!may_idle)
        changed_.wait(lock, is_due);
    else if (!changed_.wait_for(lock, idle_after_, is_due))
        return Wake::idle;
    return waiting_.empty() ? Wake::stop : Wake::facts;
}

std::vector<Waiting> Keeper::Impl::take_batch() {
    const std::lock_guard lock(mutex_);
    std::vector<Waiting> batch;
    while (!waiting_.empty() && batch.size() < most_facts_in_a_commit) {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    return batch;
}

void Keeper::Impl::keep(JournalDevice& device) {
    std::vector<Waiting> batch = take_batch();
    std::vector<StoredFact> facts;
    for (Waiting& entry : batch) facts.push_back(std::move(entry.fact));
    const auto began = std::chrono::steady_clock::now();
    try {
        device.append(facts);
    } catch (const std::exception& fault) {
        fail(fault.what());
        for (Waiting& entry : batch) entry.answer.set_value(not_durable(fault.what()));
        return;
    }
    const auto commit = std::chrono::steady_clock::now() - began;
    for (Waiting& entry : batch)
        entry.answer.set_value({.durable = true, .commit = commit, .trouble = {}});
    device.tidy();
}

/// The device is out until the next start: nothing is handed to it any more.
void Keeper::Impl::fail(const std::string& trouble) {
    std::deque<Waiting> unanswered;
    {
        const std::lock_guard lock(mutex_);
        trouble_ = trouble;
        healthy_ = false;
        unanswered.swap(waiting_);
    }
    for (Waiting& entry : unanswered) entry.answer.set_value(not_durable(trouble));
}

Keeper::Keeper(const std::function<std::unique_ptr<JournalDevice>()>& make_device,
               std::chrono::milliseconds idle_after)
    : impl_(std::make_unique<Impl>(make_device, idle_after)) {}
Keeper::~Keeper() = default;
std::future<Kept> Keeper::submit(StoredFact fact) { return impl_->submit(std::move(fact)); }
bool Keeper::healthy() const { return impl_->healthy(); }

}  // namespace hudoor::storage
