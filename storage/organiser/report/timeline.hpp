/// What all facts together say: every moment in its place, and how whole each epoch is. The same
/// whatever order the facts came in.
#pragma once

#include <map>
#include <vector>

#include "storage/decide/who.hpp"
#include "storage/organiser/merge/fact_store.hpp"

namespace hudoor::organiser {

/// A fact as far as attendance and incidents need it.
struct Moment : storage::FactOrder {
    std::int64_t wall_ms = 0;
    storage::FactKind kind{};
    ClockQuality clock_quality{};
    storage::FactId id;
    storage::RegistrationId registration;
    storage::BadgeNumber badge;
    std::uint8_t issue = 0;
    storage::CodeHash code;
    storage::PlaceId place{};
    storage::SessionId session{};
    storage::Reason reason{};
    storage::Method method{};
    storage::Override override_reason{};
    storage::UsherNumber usher{};
    storage::FactId reference;
    std::uint32_t argument = 0;

    [[nodiscard]] storage::Person person() const { return {registration, badge, code}; }
};

[[nodiscard]] bool comes_before(const Moment& a, const Moment& b);

/// Something wrong between two facts of one epoch; the same fact twice where only one is at fault.
struct Break {
    Moment before;
    Moment after;
    std::string what;
};

struct EpochRecord {
    Moment hello;  ///< its first fact that is there
    Moment last;
    storage::Hash parent;  ///< zero: none, or the hello is missing
    std::optional<std::pair<storage::Epoch, std::uint64_t>> follows;  ///< where the parent stands
    std::uint64_t facts = 0;
    std::uint64_t signed_until = 0;  ///< number of the last fact with a signature
    std::uint64_t proved_until = 0;  ///< by a signature of its own or of an epoch that follows
    std::vector<Break> breaks;       ///< numbers missing, facts that do not follow each other
    std::vector<Break> forks;        ///< two facts with one number
    std::vector<Break> jumps;        ///< the clock went back
    std::uint64_t unset_clock = 0;   ///< facts while the clock was known to be wrong
    std::int64_t largest_offset_ms = 0;
};

using EpochName = std::pair<storage::KioskId, storage::Epoch>;

struct Timeline {
    std::vector<Moment>
        moments;  ///< hello, admitted, left, refused, undone, act, guest, in their order
    std::map<EpochName, EpochRecord> epochs;
    storage::WhoIsWho who;  ///< by all facts

    /// The newest fact of a kiosk, by its own hybrid clock.
    [[nodiscard]] const Moment* find_head(storage::KioskId kiosk) const;
};

[[nodiscard]] Timeline read_timeline(const FactStore& facts);

}  // namespace hudoor::organiser
