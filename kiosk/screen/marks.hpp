/// What is in force at a door beyond the usual, as marks, and which of several are seen now where
/// there is not room for all. Pure.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "config/clock.hpp"
#include "storage/guests/in_force.hpp"

namespace hudoor::kiosk {

struct DoorState;

/// The gravest first.
enum class MarkKind {
    out_of_service,
    training,           ///< nothing is recorded
    clock_unset,        ///< no time that is shown or judged by is right
    exit,               ///< everybody who is read here leaves
    entry,              ///< by an usher, where the place says otherwise
    by_hand,            ///< a session that an usher chose
    old_list,           ///< of another day
    supervisor_called,  ///< by an usher, and none has come yet
    one_device,         ///< records are kept once, not twice
};

struct Mark {
    MarkKind kind{};
    storage::Bilingual session{};       ///< of by_hand: its title
    std::chrono::year_month_day day{};  ///< of old_list, local
    std::chrono::minutes time{};        ///< of old_list, local

    bool operator==(const Mark&) const = default;
};

/// What marks are told from.
struct MarkFacts {
    const storage::InForce& in_force;
    const DoorState& door;
    bool one_device = false;
};

/// What a scan at this door counts as; none: who passes it says so.
[[nodiscard]] std::optional<storage::Direction> fixed_direction(const storage::Identity& identity,
                                                                const DoorState& door);

[[nodiscard]] std::vector<Mark> marks_in_force(const MarkFacts& facts, WallTime now);

/// How long each stays where several share a place.
inline constexpr std::chrono::seconds mark_turn{4};
inline constexpr std::size_t marks_at_once = 3;

/// Counts up with the time.
[[nodiscard]] constexpr std::int64_t turn_at(MonotonicTime now) {
    return now.time_since_epoch() / mark_turn;
}

/// At most `places` of them, in their order. The first, which is the gravest, and whatever `stays`
/// are always among them; the others take turns, so that each of them comes up.
template <typename Item, typename Stays>
[[nodiscard]] std::vector<Item> take_turns(const std::vector<Item>& all, std::size_t places,
                                           std::int64_t turn, Stays stays) {
    if (all.size() <= places) return all;
    std::vector<bool> seen(all.size());
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (i == 0 || stays(all[i]))
            seen[i] = true;
        else
            others.push_back(i);
    const std::size_t kept = all.size() - others.size(), left = places - std::min(places, kept);
    for (std::size_t i = 0; i < std::min(left, others.size()); ++i)
        seen[others[(static_cast<std::size_t>(turn) * left + i) % others.size()]] = true;
    std::vector<Item> now;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (seen[i]) now.push_back(all[i]);
    return now;
}

/// Those of them on the screen at `now`; training is always there.
[[nodiscard]] std::vector<Mark> marks_seen(const std::vector<Mark>& all, MonotonicTime now);

}  // namespace hudoor::kiosk
