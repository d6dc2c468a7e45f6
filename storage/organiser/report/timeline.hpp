/// What all facts together say: every moment in its place, and how whole each epoch is. The same
/// whatever order the facts came in, but for when they were brought.
#pragma once

#include <map>
#include <vector>

#include "storage/decide/who.hpp"
#include "storage/facts/hello.hpp"
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
    storage::UsherNumber approver{};  ///< of an override; 0: nobody
    storage::FactId reference;
    std::uint32_t argument = 0;
    storage::ActCode act{};
    Belief belief{};

    /// Nobody by the number of a badge that was not proved.
    [[nodiscard]] storage::Person person() const {
        return {registration, is_of_proved_badge(reason) ? badge : storage::BadgeNumber{}, code};
    }
};

[[nodiscard]] bool comes_before(const Moment& a, const Moment& b);

/// Something wrong between two facts of one epoch; the same fact twice where only one is at fault.
struct Break {
    Moment before;
    Moment after;
    std::string what;
};

/// Of the facts of one start that are believed.
struct EpochRecord {
    Moment hello;  ///< its first fact that is there
    Moment last;
    storage::Hash parent;  ///< zero: none, or the hello is missing
    std::optional<std::pair<storage::Epoch, std::uint64_t>> follows;  ///< where the parent stands
    std::uint64_t facts = 0;
    bool is_signed = false;         ///< any of them
    std::vector<Break> breaks;      ///< numbers missing, facts that do not follow each other
    std::vector<Break> forks;       ///< two facts with one number
    std::vector<Break> jumps;       ///< the clock went back
    std::uint64_t unset_clock = 0;  ///< facts while the clock was known to be wrong
    std::int64_t largest_offset_ms = 0;
    std::uint64_t misplaced = 0;      ///< their time cannot be: they stand right behind another
    std::uint64_t unsigned_acts = 0;  ///< other than wrong PINs
    Moment last_unsigned_act;
    WallTime brought = WallTime::min();  ///< the last that came home, whatever time it claims
    std::map<std::uint64_t, storage::Edition> editions;  ///< in force from this number on
    /// Acts that say what is in force is older than what was, with what was.
    std::vector<std::pair<Moment, storage::Edition>> rolled_back;

    /// Nothing where its facts do not say.
    [[nodiscard]] std::optional<storage::Edition> edition_at(std::uint64_t seq) const;
};

/// Of the facts of one start that nothing proves and nobody accepted: kept apart from all others.
struct UnprovedRecord {
    std::uint64_t facts = 0;
    Moment first;
    Moment last;
    /// Numbers and hashes of those that none of the others follows: to accept one accepts those it
    /// follows. The first few, and how many more there are.
    std::vector<std::pair<std::uint64_t, storage::Hash>> ends;
    std::uint64_t more_ends = 0;
    std::uint64_t quarantined = 0;    ///< at times that cannot be
    std::uint64_t unsigned_acts = 0;  ///< other than wrong PINs
    Moment last_unsigned_act;
};

using EpochName = std::pair<storage::KioskId, storage::Epoch>;

struct Timeline {
    std::vector<Moment> moments;  ///< hello, admitted, left, refused, undone, act, fault, guest
                                  ///< that are believed, in their order
    std::map<EpochName, EpochRecord> epochs;
    storage::WhoIsWho who;  ///< by all facts that are believed
    std::map<EpochName, UnprovedRecord> unproved;
    std::vector<Moment> passages_apart;  ///< unproved admitted, left and refused, in their order

    /// The newest fact of a kiosk, by its own hybrid clock.
    [[nodiscard]] const Moment* find_head(storage::KioskId kiosk) const;
};

[[nodiscard]] Timeline read_timeline(const FactStore& facts);

}  // namespace hudoor::organiser
