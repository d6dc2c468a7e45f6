#include "kiosk/desk/thread.hpp"

#include <deque>
#include <utility>
#include <variant>

#include "config/worker.hpp"
#include "kiosk/desk/pace.hpp"
#include "kiosk/enrol/hash_job.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using namespace storage;

namespace {

constexpr auto looks_after_storage_every = 500ms;
constexpr std::size_t most_typed = 2;  // codes of a hand scanner that wait

/// When an answer may be replaced by the next one.
struct Shown {
    MonotonicTime free_at;
};

}  // namespace

class DeskThread::Impl {
public:
    using Message = std::variant<scanner::ScannedCode, Shown, Publication, Direction, Order>;

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
    struct Try {
        UsherNumber usher{};
        TryPin wish;
    };

    void handle(scanner::ScannedCode& scan) {
        auto code = desk_->recognise(scan.text);
        if (!code) return;
        switch (judge(scan, *code)) {
            case Pace::Next::decide:
                if (auto answer = desk_->handle(scan, std::move(*code))) tell(std::move(*answer));
                return;
            case Pace::Next::wait:
                if (typed_.size() == most_typed) return tell_.again(std::move(scan));
                return typed_.push_back(std::move(scan));
            case Pace::Next::again:
                return tell_.again(std::move(scan));
            case Pace::Next::left_out:
                return;
        }
    }

    Pace::Next judge(const scanner::ScannedCode& scan, const Code& code) {
        return pace_.judge(
            {.text = scan.text,
             .source = scan.source,
             .imported = std::holds_alternative<ImportedCode>(code)},
            [&] { return desk_->is_proved(code); }, desk_->now());
    }

    void tell(Answer answer) {
        if (answer.stored) pace_.note_answer(desk_->now());
        tell_.answer(std::move(answer));
    }

    void handle(const Shown& shown) {
        pace_.note_shown(shown.free_at);
        try_waiting();
    }
    /// As many of those that waited as may go now: one, or more of which none is answered.
    void try_waiting() {
        for (auto waited = std::exchange(typed_, {}); !waited.empty(); waited.pop_front())
            handle(waited.front());
    }

    void handle(Publication& now) {
        storage::InForcePtr in_force = now.in_force;
        desk_->take(std::move(now));
        tell_.in_force(std::move(in_force));
    }

    void handle(Direction direction) { desk_->choose(direction); }

    void handle(Order& order) {
        if (auto* wish = std::get_if<TryPin>(&order.wish))
            return try_pin({order.by, std::move(*wish)});
        desk_->obey(order);
        if (!std::holds_alternative<PinChecked>(order.wish)) return;
        checking_ = false;
        if (auto next = std::exchange(next_try_, {})) try_pin(std::move(*next));
    }

    /// One at a time; of those that come meanwhile the newest is next, since only the newest pad is
    /// still on the screen.
    void try_pin(Try next) {
        if (checking_) {
            next_try_ = std::move(next);
            return;
        }
        auto hash = desk_->begin_pin(next.usher, next.wish.use);
        if (!hash) return;
        checking_ = true;
        hash_.begin(
            std::move(next.wish.pin),
            [against = std::move(*hash)](std::string_view typed) {
                return is_right_pin(against, typed);
            },
            [this, usher = next.usher, use = next.wish.use](bool right) {
                put(Order{usher, PinChecked{right, use}});
            });
    }

    /// Where the flood is over nobody is left to be told.
    void look_after_flood() {
        const auto flood = pace_.take_flood(desk_->now());
        if (!flood) return;
        Answer answer = desk_->note_flood(flood->codes);
        if (flood->goes_on) tell(std::move(answer));
    }

    void look_after() {
        try_waiting();
        look_after_flood();
        const StorageStatus status = desk_->look_after_storage();
        if (status_ != status) tell_.storage(*(status_ = status));
        for (DeskNews& news : desk_->take_news()) tell_.news(std::move(news));
        DoorState door = desk_->door_state();
        if (door_ == door) return;
        door_ = door;
        tell_.news(std::move(door));
    }

    std::unique_ptr<Desk> desk_;
    Tell tell_;
    std::optional<StorageStatus> status_;  ///< as told last
    std::optional<DoorState> door_;        ///< likewise
    Pace pace_;
    std::deque<scanner::ScannedCode> typed_;  ///< of a hand scanner, waiting
    bool checking_ = false;
    std::optional<Try> next_try_;
    Worker<Message> worker_;
    HashJob hash_;  // last: it puts into the worker, which is stopped when it goes
};

DeskThread::DeskThread(std::unique_ptr<Desk> desk, Tell tell)
    : impl_(std::make_unique<Impl>(std::move(desk), std::move(tell))) {}
DeskThread::~DeskThread() = default;
void DeskThread::put(scanner::ScannedCode scan) { impl_->put(std::move(scan)); }
void DeskThread::shown(MonotonicTime free_at) { impl_->put(Shown{free_at}); }
void DeskThread::put(Publication now) { impl_->put(std::move(now)); }
void DeskThread::choose(storage::Direction direction) { impl_->put(direction); }
void DeskThread::obey(Order order) { impl_->put(std::move(order)); }
void DeskThread::drain() { impl_->drain(); }
const Pulse& DeskThread::pulse() const { return impl_->pulse(); }
const Pulse& DeskThread::pin_pulse() const { return impl_->pin_pulse(); }

}  // namespace hudoor::kiosk
