#include "storage/keep/keeper.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "storage/base/sqlite.hpp"

namespace hudoor::storage {

namespace {

/// Bounds one commit, so that the first of many waiting facts is not answered late.
constexpr std::size_t most_facts_in_a_commit = 256;

/// A fact to store, or work to do on the thread.
struct Waiting {
    std::optional<StoredFact> fact;
    std::promise<Kept> kept;
    std::function<void(JournalDevice&)> work;
    std::promise<void> done;
};

DeviceTrouble trouble_of(const std::exception& fault) {
    if (dynamic_cast<const ReplacedFault*>(&fault) != nullptr) return DeviceTrouble::replaced;
    const auto* database = dynamic_cast<const DatabaseFault*>(&fault);
    switch (database == nullptr ? SQLITE_OK : database->code() & 0xff) {
        case SQLITE_FULL:
            return DeviceTrouble::full;
        case SQLITE_READONLY:
            return DeviceTrouble::read_only;
        default:
            return DeviceTrouble::failed;
    }
}

Kept failure_of(const std::exception& fault) {
    return {.durable = false, .commit = {}, .trouble = trouble_of(fault), .why = fault.what()};
}

}  // namespace

class Keeper::Impl {
public:
    Impl(std::chrono::milliseconds idle_after, std::chrono::milliseconds look_every)
        : idle_after_(idle_after), look_every_(look_every) {}

    void run(JournalDevice& device);
    void stop();
    std::future<Kept> submit(StoredFact fact);
    std::future<void> submit(std::function<void(JournalDevice&)> work);
    [[nodiscard]] bool healthy() const { return healthy_; }
    [[nodiscard]] Kept failure() const;

private:
    enum class Wake { waiting, quiet, stop };

    Wake wait();
    std::deque<Waiting> take_batch();
    void serve(JournalDevice& device);
    void keep(JournalDevice& device, std::deque<Waiting>& batch);
    void fail(const Kept& failure);

    std::chrono::milliseconds idle_after_;
    std::chrono::milliseconds look_every_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> waiting_;
    bool stopping_ = false;
    Kept failure_;
    std::atomic<bool> healthy_{true};  // turns false under the lock, after failure_ was set
};

void Keeper::Impl::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
}

std::future<Kept> Keeper::Impl::submit(StoredFact fact) {
    Waiting entry{.fact = std::move(fact), .kept = {}, .work = {}, .done = {}};
    std::future<Kept> kept = entry.kept.get_future();
    {
        const std::lock_guard lock(mutex_);
        if (healthy_)
            waiting_.push_back(std::move(entry));
        else
            entry.kept.set_value(failure_);
    }
    changed_.notify_one();
    return kept;
}

std::future<void> Keeper::Impl::submit(std::function<void(JournalDevice&)> work) {
    Waiting entry{.fact = {}, .kept = {}, .work = std::move(work), .done = {}};
    std::future<void> done = entry.done.get_future();
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(entry));
    }
    changed_.notify_one();
    return done;
}

Kept Keeper::Impl::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

/// On the keeper's thread, until it is told to stop and nothing waits.
void Keeper::Impl::run(JournalDevice& device) {
    auto quiet_since = std::chrono::steady_clock::now();
    bool was_idle = false;
    for (Wake wake = wait(); wake != Wake::stop; wake = wait()) {
        try {
            if (wake == Wake::waiting) {
                serve(device);
                quiet_since = std::chrono::steady_clock::now();
                was_idle = false;
                continue;
            }
            device.look();
            if (was_idle || std::chrono::steady_clock::now() - quiet_since < idle_after_) continue;
            was_idle = true;
            device.idle();
        } catch (const std::exception& fault) {
            fail(failure_of(fault));
        }
    }
}

Keeper::Impl::Wake Keeper::Impl::wait() {
    std::unique_lock lock(mutex_);
    const auto is_due = [this] { return stopping_ || !waiting_.empty(); };
    if (!healthy_)
        changed_.wait(lock, is_due);
    else if (!changed_.wait_for(lock, std::min(look_every_, idle_after_), is_due))
        return Wake::quiet;
    return waiting_.empty() ? Wake::stop : Wake::waiting;
}

/// Facts that wait together, or one piece of work.
std::deque<Waiting> Keeper::Impl::take_batch() {
    const std::lock_guard lock(mutex_);
    std::deque<Waiting> batch;
    const auto may_join = [&] {
        return batch.empty() || (waiting_.front().fact && batch.front().fact &&
                                 batch.size() < most_facts_in_a_commit);
    };
    while (!waiting_.empty() && may_join()) {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    return batch;
}

void Keeper::Impl::serve(JournalDevice& device) {
    std::deque<Waiting> batch = take_batch();
    if (batch.front().fact) return keep(device, batch);
    try {
        batch.front().work(device);
        batch.front().done.set_value();
    } catch (...) {
        batch.front().done.set_exception(std::current_exception());
    }
}

void Keeper::Impl::keep(JournalDevice& device, std::deque<Waiting>& batch) {
    std::vector<StoredFact> facts;
    facts.reserve(batch.size());
    for (Waiting& entry : batch) facts.push_back(std::move(*entry.fact));
    const auto began = std::chrono::steady_clock::now();
    try {
        device.append(facts);
    } catch (const std::exception& fault) {
        const Kept failure = failure_of(fault);
        fail(failure);
        for (Waiting& entry : batch) entry.kept.set_value(failure);
        return;
    }
    const auto commit = std::chrono::steady_clock::now() - began;
    for (Waiting& entry : batch)
        entry.kept.set_value({.durable = true, .commit = commit, .trouble = {}, .why = {}});
    device.tidy();
}

/// The device is out until the next start: nothing is handed to it any more.
void Keeper::Impl::fail(const Kept& failure) {
    std::deque<Waiting> unanswered;
    {
        const std::lock_guard lock(mutex_);
        failure_ = failure;
        healthy_ = false;
        for (auto it = waiting_.begin(); it != waiting_.end();) {
            if (!it->fact) {
                ++it;
                continue;
            }
            unanswered.push_back(std::move(*it));
            it = waiting_.erase(it);
        }
    }
    for (Waiting& entry : unanswered) entry.kept.set_value(failure);
}

namespace {

/// What the device answers, between commits.
template <typename Impl, typename Question>
auto ask(Impl& keeper, Question question) {
    using Answer = std::invoke_result_t<Question, JournalDevice&>;
    const auto answer = std::make_shared<std::promise<Answer>>();
    (void)keeper.submit([answer, question = std::move(question)](JournalDevice& device) {
        try {
            answer->set_value(question(device));
        } catch (...) {
            answer->set_exception(std::current_exception());
        }
    });
    return answer->get_future();
}

}  // namespace

Keeper::Keeper(const std::function<std::unique_ptr<JournalDevice>()>& make_device,
               std::chrono::milliseconds idle_after, std::chrono::milliseconds look_every)
    : impl_(std::make_shared<Impl>(idle_after, look_every)) {
    std::promise<void> opened;
    std::future<void> is_open = opened.get_future();
    thread_ = std::thread([impl = impl_, &make_device, opened = std::move(opened)]() mutable {
        std::unique_ptr<JournalDevice> device;
        try {
            device = make_device();
        } catch (...) {
            opened.set_exception(std::current_exception());
            return;
        }
        opened.set_value();  // from here on make_device may be gone
        impl->run(*device);
    });
    try {
        is_open.get();
    } catch (...) {
        thread_.join();
        throw;
    }
}

Keeper::~Keeper() {
    impl_->stop();
    if (thread_.joinable()) thread_.join();
}

std::future<Kept> Keeper::submit(StoredFact fact) { return impl_->submit(std::move(fact)); }
bool Keeper::healthy() const { return impl_->healthy(); }
Kept Keeper::failure() const { return impl_->failure(); }
void Keeper::run(const std::function<void()>& work) {
    impl_->submit([&work](JournalDevice&) { work(); }).get();
}
std::future<FactSlice> Keeper::read(std::uint64_t from, std::size_t most) {
    return ask(*impl_, [from, most](JournalDevice& device) { return device.read(from, most); });
}
std::future<std::optional<std::string>> Keeper::watch_head(HeadKey key) {
    return ask(*impl_,
               [key = std::move(key)](JournalDevice& device) { return device.watch_head(key); });
}
void Keeper::abandon() { thread_.detach(); }

}  // namespace hudoor::storage
