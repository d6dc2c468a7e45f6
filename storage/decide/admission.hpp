/// How one scan is decided: a pure function over values that were loaded before. Every row of
/// admission.md's table, in its order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "config/clock.hpp"
#include "storage/badge/code.hpp"
#include "storage/decide/ledger.hpp"
#include "storage/facts/fact.hpp"
#include "storage/guests/agenda.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/registration.hpp"

namespace hudoor::storage {

struct AdmissionPolicy {
    bool admit_by_signature = true;  ///< row 5: without a guest list, admit good signatures
    /// From this age on; 0: only once a newer one is known.
    std::chrono::minutes list_stale_after{0};
    /// Likewise; 0: not before the event has ended.
    std::chrono::minutes list_expires_after{0};
    std::uint64_t newest_list = 0;       ///< revision of the newest there is, as far as is known
    bool expired_list_accepted = false;  ///< a supervisor took the old list once
    bool rolled_back = false;  ///< what is in force is older than what was, and nobody took it
};

/// Everything a decision rests on. References must live through the call.
struct AdmissionQuestion {
    const Code& code;  ///< not OtherCode
    const std::optional<Registration>& registration;
    const Identity& identity;
    const RefusalList& refusals;
    const Ledger& ledger;
    AdmissionPolicy policy;
    std::optional<std::uint64_t> replica_revision;  ///< none: there is no replica
    std::optional<WallTime> replica_created;
    std::optional<SessionId> chosen_session;  ///< a supervisor's choice
    bool choice_opens_doors = false;          ///< its doors, from now
    Direction direction = Direction::entry;
    bool staff_badge = false;  ///< its number belongs to an usher; proved it opens the pad
    /// An usher found the person by name or typed code: nobody has seen the badge, so its
    /// signature, event, day and issue are not asked, but whether the list revokes the newest one.
    bool named_by_usher = false;
    /// By the repeat gate: the badge was in view less than 10 s ago. Unset where there is no
    /// camera.
    bool seen_again = false;
    bool hub_counts = false;  ///< the ledger holds the other kiosks' facts too
    ClockQuality clock_quality = ClockQuality::synced;
    WallTime now;
};

/// The answer to one scan.
struct Verdict {
    VerdictKind kind = VerdictKind::none;
    Reason reason = Reason::none;
    SessionId session{};               ///< what it counts for; 0 if none
    Person person;                     ///< nobody where the badge is not proved
    std::optional<WallTime> since;     ///< already_in: when; too_early: doors; others: unset
    std::optional<SessionId> instead;  ///< where this person should be now or next, or next here
    bool instead_is_open = false;      ///< its doors are, so they are sent there
    /// not_valid_today: the nearest valid day, and from when or until when on it, unless all of it.
    std::optional<std::chrono::sys_days> valid_day;
    std::optional<WallTime> valid_time;
    bool signature_only = false;  ///< decided without a guest list (amber band)
    bool list_stale = false;      ///< band list.stale
    bool seen_again = false;      ///< already_in, but by this showing or a moment ago at this place
    bool clock_warned = false;    ///< the clock is unset: time windows were waived
};

/// A staff badge: no verdict, no fact; the PIN pad.
struct StaffBadge {
    BadgeNumber badge;
};

[[nodiscard]] std::variant<Verdict, StaffBadge> decide(const AdmissionQuestion& question);

/// A guest list of this revision and time. With an unset clock nobody knows its age, and unknown is
/// not old: ask only where the clock is set.
struct ListInForce {
    std::uint64_t revision = 0;
    WallTime created;
};
[[nodiscard]] bool is_stale(const ListInForce& list, const AdmissionPolicy& policy, WallTime now);
/// When it admits nobody any more unless a supervisor takes it.
[[nodiscard]] WallTime expiry_of(const ListInForce& list, const AdmissionPolicy& policy,
                                 const Identity& identity);

/// Whether this registration may enter the session at all (who may enter, not when).
[[nodiscard]] bool may_enter(const Session& session, const Registration& registration);

}  // namespace hudoor::storage
