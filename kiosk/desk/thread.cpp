#include "kiosk/desk/thread.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

#include "kiosk/enrol/pin_checker.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

constexpr auto looks_after_storage_every = 500ms;

}  // namespace

class DeskThread::Impl {
public:
    struct Unlocking {
        Opened opened;
        std::function<void()> then;
    };
    using Message = std::variant<scanner::ScannedCode, Unlocking, Direction, Order, TakenUpdate>;

    Impl(std::unique_ptr<Desk> desk, Tell tell)
        : desk_(std::move(desk)),
          tell_(std::move(tell)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    void put(Message message) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(message));
        }
        changed_.notify_all();
    }

    [[nodiscard]] const Pulse& pulse() const { return pulse_; }
    [[nodiscard]] const Pulse& pin_pulse() const { return checker_.pulse(); }

    void drain() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return waiting_.empty() && !busy_; });
    }

private:
    void run(const std::stop_token& stop) {
        look_after_storage();
        tell_news();
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested() || !waiting_.empty()) {
            changed_.wait_for(lock, stop, looks_after_storage_every,
                              [this] { return !waiting_.empty(); });
            busy_ = true;
            std::optional<Message> message;
            if (!waiting_.empty()) {
                message = std::move(waiting_.front());
                waiting_.pop_front();
            }
            lock.unlock();
            handle(std::move(message));
            lock.lock();
            busy_ = false;
            changed_.notify_all();
        }
    }

    void handle(std::optional<Message> message) {
        const Pulse::Work at_work(pulse_);
        if (message) std::visit([this](auto& it) { handle(it); }, *message);
        look_after_storage();
        tell_news();
    }

    void handle(const scanner::ScannedCode& scan) {
        if (auto answer = desk_->handle(scan)) tell_.answer(std::move(*answer));
    }

    void handle(TakenUpdate& update) { desk_->take(std::move(update)); }

    void handle(Order& order) {
        if (auto* wish = std::get_if<TryPin>(&order.wish))
            return begin_pin(order.by, std::move(wish->pin));
        if (std::holds_alternative<PinChecked>(order.wish)) checking_ = false;
        desk_->obey(order);
    }

    /// One at a time.
    void begin_pin(UsherNumber usher, Digits pin) {
        if (checking_) return;
        auto hash = desk_->begin_pin(usher);
        if (!hash) return;
        checking_ = true;
        checker_.begin(std::move(*hash), std::move(pin), [this, usher](bool right) {
            put(Order{usher, PinChecked{right}});
        });
    }

    void handle(Direction direction) { desk_->choose(direction); }

    void handle(Unlocking& unlocking) {
        desk_->unlock(std::move(unlocking.opened));
        unlocking.then();
    }

    void look_after_storage() {
        const StorageStatus status = desk_->look_after_storage();
        if (status_ == status) return;
        status_ = status;
        tell_.storage(status);
    }

    void tell_news() {
        for (DeskNews& news : desk_->take_news()) tell_.news(std::move(news));
        DoorState state = desk_->door_state();
        if (door_ == state) return;
        door_ = state;
        tell_.news(std::move(state));
    }

    std::unique_ptr<Desk> desk_;
    Tell tell_;
    std::optional<StorageStatus> status_;  ///< as told last
    std::optional<DoorState> door_;        ///< likewise
    bool checking_ = false;
    Pulse pulse_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Message> waiting_;
    bool busy_ = false;
    PinChecker checker_;   // puts into what stands above
    std::jthread thread_;  // last: the first to go
};

DeskThread::DeskThread(std::unique_ptr<Desk> desk, Tell tell)
    : impl_(std::make_unique<Impl>(std::move(desk), std::move(tell))) {}
DeskThread::~DeskThread() = default;
void DeskThread::put(scanner::ScannedCode scan) { impl_->put(std::move(scan)); }
void DeskThread::unlock(Opened opened, std::function<void()> then) {
    impl_->put(Impl::Unlocking{std::move(opened), std::move(then)});
}
void DeskThread::choose(storage::Direction direction) { impl_->put(direction); }
void DeskThread::take(TakenUpdate update) { impl_->put(std::move(update)); }
void DeskThread::obey(Order order) { impl_->put(std::move(order)); }
void DeskThread::drain() { impl_->drain(); }
const Pulse& DeskThread::pulse() const { return impl_->pulse(); }
const Pulse& DeskThread::pin_pulse() const { return impl_->pin_pulse(); }

}  // namespace hudoor::kiosk
