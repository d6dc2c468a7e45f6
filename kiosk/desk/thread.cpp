#include "kiosk/desk/thread.hpp"

#include <utility>
#include <variant>

#include "config/worker.hpp"
#include "kiosk/enrol/hash_job.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

constexpr auto looks_after_storage_every = 500ms;

}  // namespace

class DeskThread::Impl {
public:
    using Message = std::variant<scanner::ScannedCode, Publication, Direction, Order>;

    Impl(std::unique_ptr<Desk> desk, Tell tell)
        : desk_(std::move(desk)),
          tell_(std::move(tell)),
          worker_({.handle =
                       [this](Message message) {
                           std::visit([this](auto& it) { handle(it); }, message);
                           look_after();
                       },
                   .idle = [this] { look_after(); },
                   .every = looks_after_storage_every}) {}
    ~Impl() { worker_.stop(); }  // nobody begins another hash from here on
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void put(Message message) { worker_.put(std::move(message)); }
    void drain() { worker_.drain(); }
    [[nodiscard]] const Pulse& pulse() const { return worker_.pulse(); }
    [[nodiscard]] const Pulse& pin_pulse() const { return hash_.pulse(); }

private:
    void handle(const scanner::ScannedCode& scan) {
        if (auto answer = desk_->handle(scan)) tell_.answer(std::move(*answer));
    }

    void handle(Publication& now) {
        storage::InForcePtr in_force = now.in_force;
        desk_->take(std::move(now));
        tell_.in_force(std::move(in_force));
    }

    void handle(Direction direction) { desk_->choose(direction); }

    void handle(Order& order) {
        if (auto* wish = std::get_if<TryPin>(&order.wish))
            return try_pin(order.by, std::move(wish->pin));
        desk_->obey(order);
        if (!std::holds_alternative<PinChecked>(order.wish)) return;
        checking_ = false;
        if (auto next = std::exchange(next_try_, {})) try_pin(next->usher, std::move(next->pin));
    }

    /// One at a time; of those that come meanwhile the newest is next, since only the newest pad is
    /// still on the screen.
    void try_pin(UsherNumber usher, Digits pin) {
        if (checking_) {
            next_try_ = NextTry{usher, std::move(pin)};
            return;
        }
        auto hash = desk_->begin_pin(usher);
        if (!hash) return;
        checking_ = true;
        hash_.begin(
            std::move(pin),
            [against = std::move(*hash)](std::string_view typed) {
                return is_right_pin(against, typed);
            },
            [this, usher](bool right) {
                put(Order{usher, PinChecked{right}});
            });
    }

    void look_after() {
        const StorageStatus status = desk_->look_after_storage();
        if (status_ != status) tell_.storage(*(status_ = status));
        for (DeskNews& news : desk_->take_news()) tell_.news(std::move(news));
        DoorState door = desk_->door_state();
        if (door_ == door) return;
        door_ = door;
        tell_.news(std::move(door));
    }

    struct NextTry {
        UsherNumber usher{};
        Digits pin;
    };

    std::unique_ptr<Desk> desk_;
    Tell tell_;
    std::optional<StorageStatus> status_;  ///< as told last
    std::optional<DoorState> door_;        ///< likewise
    bool checking_ = false;
    std::optional<NextTry> next_try_;
    Worker<Message> worker_;
    HashJob hash_;  // last: it puts into the worker, which is stopped when it goes
};

DeskThread::DeskThread(std::unique_ptr<Desk> desk, Tell tell)
    : impl_(std::make_unique<Impl>(std::move(desk), std::move(tell))) {}
DeskThread::~DeskThread() = default;
void DeskThread::put(scanner::ScannedCode scan) { impl_->put(std::move(scan)); }
void DeskThread::put(Publication now) { impl_->put(std::move(now)); }
void DeskThread::choose(storage::Direction direction) { impl_->put(direction); }
void DeskThread::obey(Order order) { impl_->put(std::move(order)); }
void DeskThread::drain() { impl_->drain(); }
const Pulse& DeskThread::pulse() const { return impl_->pulse(); }
const Pulse& DeskThread::pin_pulse() const { return impl_->pin_pulse(); }

}  // namespace hudoor::kiosk
