#include "storage/decide/kiosk_acts.hpp"

#include <algorithm>
#include <iterator>

namespace hudoor::storage {

using namespace std::chrono_literals;

namespace {

constexpr int misses_for_short_lock = 5, misses_for_long_lock = 8, misses_for_supervisor = 12;
constexpr int misses_for_pause = 5;
constexpr std::chrono::seconds short_lock = 30s, long_lock = 5min;

WallTime time_of(const Fact& fact) { return bounded_time(fact.wall_ms); }

/// The end of a lock that is not over. A clock that was set back makes no lock longer.
std::optional<WallTime> end_of(WallTime from, std::chrono::seconds lasts, WallTime now) {
    if (now >= from + lasts) return std::nullopt;
    return std::min(from + lasts, now + lasts);
}

}  // namespace

void KioskActs::add(const Fact& fact) {
    if (fact.kind != FactKind::act) return;
    const auto [added, is_new] = acts_.try_emplace({fact.hlc, fact.epoch, fact.seq}, fact);
    if (!is_new) return;
    if (std::next(added) == acts_.end()) return now_.apply(fact);
    now_ = {};
    for (const auto& [written, act] : acts_) now_.apply(act);
}

void KioskActs::State::apply(const Fact& fact) {
    switch (fact.act) {
        case ActCode::session_chosen:
            session = fact.session;
            break;
        case ActCode::follow_agenda:
            session.reset();
            break;
        case ActCode::direction:
            direction.reset();
            if (fact.direction != Direction::none) direction = fact.direction;
            break;
        case ActCode::out_of_service:
            in_service = false;
            break;
        case ActCode::in_service:
            in_service = true;
            break;
        case ActCode::export_taken:
            export_begun = fact.id;
            break;
        case ActCode::outcome:
            if (fact.reference == export_begun && fact.argument == 0) exported_at = time_of(fact);
            break;
        case ActCode::list_accepted:
            accepted_list = fact.replica_revision;
            break;
        case ActCode::supervisor_called:
            supervisor_called = time_of(fact);
            break;
        case ActCode::pin_wrong:
        case ActCode::unlocked:
            apply_pin(fact);
            break;
        default:
            break;
    }
}

/// A pin_wrong of a staff badge says so in its argument; one typed, as all were once, has none.
void KioskActs::State::apply_pin(const Fact& fact) {
    if (fact.act == ActCode::pin_wrong) {
        const PinOwner owner{fact.usher, fact.argument == pin_by_badge};
        const auto count = [&](Misses& one) { one = {one.in_a_row + 1, time_of(fact)}; };
        count(misses[owner]);
        if (!owner.by_badge) count(pad);
        return;
    }
    pad = {};
    if (fact.argument == static_cast<std::uint32_t>(UsherRole::supervisor)) {
        misses.clear();
        supervisor_called.reset();
        return;
    }
    for (const bool by_badge : {false, true}) misses.erase({fact.usher, by_badge});
}

int KioskActs::misses(PinOwner owner) const {
    const auto found = now_.misses.find(owner);
    return found == now_.misses.end() ? 0 : found->second.in_a_row;
}

PinLock KioskActs::pin_lock(PinOwner owner, UsherRole role, WallTime now) const {
    PinLock lock;
    const auto hold = [&](const std::optional<WallTime>& until) {
        if (until) lock.until = std::max(lock.until.value_or(*until), *until);
    };
    const bool pauses = now_.pad.in_a_row > 0 && now_.pad.in_a_row % misses_for_pause == 0;
    if (pauses && !owner.by_badge) hold(end_of(now_.pad.last, short_lock, now));
    const int count = misses(owner);
    if (count < misses_for_short_lock) return lock;
    if (count >= misses_for_supervisor && role != UsherRole::supervisor)
        lock.needs_supervisor = true;
    hold(end_of(now_.misses.at(owner).last, count < misses_for_long_lock ? short_lock : long_lock,
                now));
    return lock;
}

}  // namespace hudoor::storage
