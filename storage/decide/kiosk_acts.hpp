/// What a kiosk's own acts amount to, as a pure function of its facts: whether it is in service,
/// what a supervisor chose for it, and who mistyped a PIN how often. It survives a restart because
/// facts do.
#pragma once

#include <map>
#include <optional>
#include <tuple>

#include "config/clock.hpp"
#include "storage/facts/fact.hpp"
#include "storage/guests/registration.hpp"

namespace hudoor::storage {

/// Whether a PIN may be tried; admission.md "Ushers".
struct PinLock {
    std::optional<WallTime> until;  ///< not before this
    bool needs_supervisor = false;  ///< not before a supervisor has unlocked this kiosk

    [[nodiscard]] bool is_open() const { return !until && !needs_supervisor; }
    bool operator==(const PinLock&) const = default;
};

/// The argument of a pin_wrong whose usher showed a badge; 0: the number was typed.
inline constexpr std::uint32_t pin_by_badge = 1;

/// One thread at a time.
class KioskActs {
public:
    /// Own facts in any order: a keeper may give one back late. All but acts change nothing.
    void add(const Fact& fact);

    [[nodiscard]] bool in_service() const { return now_.in_service; }
    /// Until it ends; the agenda is followed otherwise.
    [[nodiscard]] std::optional<SessionId> chosen_session() const { return now_.session; }
    /// What scans count as instead of what the place says.
    [[nodiscard]] std::optional<Direction> direction() const { return now_.direction; }
    /// The guest list that a supervisor takes though it is too old; its revision.
    [[nodiscard]] std::optional<std::uint64_t> accepted_list() const { return now_.accepted_list; }
    [[nodiscard]] std::optional<WallTime> exported_at() const { return now_.exported_at; }
    /// And no supervisor has unlocked this kiosk since.
    [[nodiscard]] std::optional<WallTime> supervisor_called() const {
        return now_.supervisor_called;
    }

    /// Whose PIN it is, and whether the number was typed: what anybody misses by typing a number
    /// holds back nobody who shows the badge that bears it.
    struct PinOwner {
        UsherNumber usher{};
        bool by_badge = false;

        auto operator<=>(const PinOwner&) const = default;
    };
    /// Misses in a row of the same owner: 5 lock for 30 s, 8 for 5 minutes, 12 until a supervisor
    /// comes, who is never locked out for longer than 5 minutes; every 5 of anybody's that typed a
    /// number pause the pad for 30 s, but for a staff badge.
    [[nodiscard]] PinLock pin_lock(PinOwner owner, UsherRole role, WallTime now) const;
    [[nodiscard]] int misses(PinOwner owner) const;

private:
    struct Misses {
        int in_a_row = 0;
        WallTime last;
    };
    /// What all acts so far amount to.
    struct State {
        bool in_service = true;
        std::optional<SessionId> session;
        std::optional<Direction> direction;
        std::optional<std::uint64_t> accepted_list;
        FactId export_begun;  ///< the newest
        std::optional<WallTime> exported_at;
        std::optional<WallTime> supervisor_called;
        std::map<PinOwner, Misses> misses;
        Misses pad;

        void apply(const Fact& act);
        void apply_pin(const Fact& act);
    };
    /// In which order a kiosk wrote: its hybrid clock never goes back, whatever the wall clock
    /// does.
    using Written = std::tuple<std::uint64_t, Epoch, std::uint64_t>;

    std::map<Written, Fact> acts_;
    State now_;
};

}  // namespace hudoor::storage
