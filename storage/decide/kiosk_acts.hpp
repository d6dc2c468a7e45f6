/// What a kiosk's own acts amount to, as a pure function of its facts: whether it is in service,
/// what a supervisor chose for it, and who mistyped a PIN how often. It survives a restart because
/// facts do.
#pragma once

#include <map>
#include <optional>

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

/// One thread at a time.
class KioskActs {
public:
    /// Own facts in the order in which they were written; all but acts change nothing.
    void add(const Fact& fact);

    [[nodiscard]] bool in_service() const { return in_service_; }
    /// Until it ends; the agenda is followed otherwise.
    [[nodiscard]] std::optional<SessionId> chosen_session() const { return session_; }
    /// What scans count as instead of what the place says.
    [[nodiscard]] std::optional<Direction> direction() const { return direction_; }
    /// The guest list that a supervisor takes though it is too old; its revision.
    [[nodiscard]] std::optional<std::uint64_t> accepted_list() const { return accepted_list_; }
    [[nodiscard]] std::optional<WallTime> exported_at() const { return exported_at_; }

    /// Misses in a row: 5 of an usher lock for 30 s, 8 for 5 minutes, 12 until a supervisor comes,
    /// who is never locked out for longer than 5 minutes; every 5 of anybody pause the pad for 30
    /// s.
    [[nodiscard]] PinLock pin_lock(UsherNumber usher, UsherRole role, WallTime now) const;
    [[nodiscard]] int misses(UsherNumber usher) const;

private:
    struct Misses {
        int in_a_row = 0;
        WallTime last;
    };
    void add_pin(const Fact& fact);

    bool in_service_ = true;
    std::optional<SessionId> session_;
    std::optional<Direction> direction_;
    std::optional<std::uint64_t> accepted_list_;
    FactId export_;  ///< the newest that was begun
    std::optional<WallTime> exported_at_;
    std::map<UsherNumber, Misses> misses_;
    Misses pad_;
};

}  // namespace hudoor::storage
