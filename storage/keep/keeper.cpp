#include "storage/keep/keeper.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <variant>
#include <vector>

#include "config/worker.hpp"
#include "storage/base/sqlite.hpp"

namespace hudoor::storage {

namespace {

/// Bounds one commit, so that the first of many waiting facts is not answered late.
constexpr std::size_t most_facts_in_a_commit = 256;

/// Facts for one commit, each with whom to tell.
struct Facts {
    std::vector<StoredFact> facts;
    std::vector<std::promise<Kept>> kept;
};
using Task = std::function<void()>;
using Message = std::variant<Facts, Task>;

/// Facts that wait together share one commit.
bool join(Message& last, Message& added) {
    auto* waiting = std::get_if<Facts>(&last);
    auto* more = std::get_if<Facts>(&added);
    if (waiting == nullptr || more == nullptr || waiting->facts.size() >= most_facts_in_a_commit)
        return false;
    std::ranges::move(more->facts, std::back_inserter(waiting->facts));
    std::ranges::move(more->kept, std::back_inserter(waiting->kept));
    return true;
}

void tell(Facts& facts, const Kept& fate) {
    for (auto& kept : facts.kept) kept.set_value(fate);
}

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

/// The device and how it is. On the keeper's thread but for healthy() and failure().
class WatchedDevice {
public:
    explicit WatchedDevice(std::chrono::milliseconds idle_after) : idle_after_(idle_after) {}

    void handle(Message& message);
    void look();
    [[nodiscard]] bool healthy() const { return healthy_; }
    [[nodiscard]] Kept failure() const {
        const std::lock_guard lock(mutex_);
        return failure_;
    }

    std::unique_ptr<JournalDevice> device;  ///< from its opening to its closing

private:
    void keep(Facts& facts);
    void fail(const Kept& failure);

    std::chrono::milliseconds idle_after_;
    std::chrono::steady_clock::time_point quiet_since_ = std::chrono::steady_clock::now();
    bool was_idle_ = false;
    mutable std::mutex mutex_;
    Kept failure_;
    std::atomic<bool> healthy_{true};  // turns false under the lock, after failure_ was set
};

void WatchedDevice::handle(Message& message) {
    if (auto* facts = std::get_if<Facts>(&message))
        keep(*facts);
    else
        std::get<Task>(message)();
    quiet_since_ = std::chrono::steady_clock::now();
    was_idle_ = false;
}

void WatchedDevice::keep(Facts& facts) {
    if (!healthy_) return tell(facts, failure());
    const auto began = std::chrono::steady_clock::now();
    try {
        device->append(facts.facts);
        tell(facts, {.durable = true,
                     .commit = std::chrono::steady_clock::now() - began,
                     .trouble = {},
                     .why = {}});
    } catch (const std::exception& fault) {
        fail(failure_of(fault));
        return tell(facts, failure());
    }
    try {
        device->tidy();
    } catch (const std::exception& fault) {
        fail(failure_of(fault));
    }
}

void WatchedDevice::look() {
    if (!device || !healthy_) return;
    try {
        device->look();
        if (was_idle_ || std::chrono::steady_clock::now() - quiet_since_ < idle_after_) return;
        was_idle_ = true;
        device->idle();
    } catch (const std::exception& fault) {
        fail(failure_of(fault));
    }
}

/// The device is out until the next start: nothing is handed to it any more.
void WatchedDevice::fail(const Kept& failure) {
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    healthy_ = false;
}

}  // namespace

class Keeper::Impl {
public:
    Impl(std::chrono::milliseconds idle_after, std::chrono::milliseconds look_every)
        : device(std::make_shared<WatchedDevice>(idle_after)),
          worker({.handle = [one = device](Message message) { one->handle(message); },
                  .idle = [one = device] { one->look(); },
                  .every = std::min(look_every, idle_after),
                  // One that hangs is noticed by its first late answer, not by how many wait.
                  .most_waiting = std::numeric_limits<std::size_t>::max()}) {}

    /// What `question` answers, between commits.
    template <typename Question>
    auto ask(Question question) {
        const auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Question>()>>(
            std::move(question));
        worker.put(Task([task] { (*task)(); }));
        return task->get_future();
    }

    std::shared_ptr<WatchedDevice> device;  // shared with the thread, which may outlive the keeper
    Worker<Message> worker;
};

Keeper::Keeper(const std::function<std::unique_ptr<JournalDevice>()>& make_device,
               std::chrono::milliseconds idle_after, std::chrono::milliseconds look_every)
    : impl_(std::make_unique<Impl>(idle_after, look_every)) {
    impl_->ask([&, device = impl_->device] { device->device = make_device(); }).get();
}

Keeper::~Keeper() {
    impl_->worker.put(Task([device = impl_->device] { device->device.reset(); }));
}

std::future<Kept> Keeper::submit(StoredFact fact) {
    Facts one;
    one.facts.push_back(std::move(fact));
    std::future<Kept> kept = one.kept.emplace_back().get_future();
    if (healthy())
        impl_->worker.put_joined(join, std::move(one));
    else
        tell(one, failure());
    return kept;
}
bool Keeper::healthy() const { return impl_->device->healthy(); }
Kept Keeper::failure() const { return impl_->device->failure(); }
void Keeper::run(const std::function<void()>& work) { impl_->ask(work).get(); }
std::future<FactSlice> Keeper::read(std::uint64_t from, std::size_t most) {
    return impl_->ask([=, one = impl_->device] { return one->device->read(from, most); });
}
std::future<std::optional<std::string>> Keeper::watch_head(HeadKey key) {
    return impl_->ask(
        [one = impl_->device, key = std::move(key)] { return one->device->watch_head(key); });
}
void Keeper::abandon() { impl_->worker.abandon(); }

}  // namespace hudoor::storage
