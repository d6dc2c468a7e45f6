#include "kiosk/screen/marks.hpp"

#include "kiosk/desk/orders.hpp"

namespace hudoor::kiosk {

using storage::Direction;
using storage::PlaceDirection;

namespace {

const storage::Place* place_of(const storage::Identity& identity) {
    return identity.agenda.find_place(identity.place);
}

/// Neither what the place says, nor what whoever passes says.
bool is_entry_by_usher(const storage::Identity& identity, const DoorState& door) {
    const storage::Place* place = place_of(identity);
    return door.direction == Direction::entry && place != nullptr &&
           place->direction != PlaceDirection::entry;
}

std::optional<Mark> by_hand(const storage::Agenda& agenda, const DoorState& door) {
    if (!door.chosen || !door.session) return std::nullopt;
    const storage::Session* session = agenda.find_session(*door.session);
    if (session == nullptr) return std::nullopt;
    return Mark{.kind = MarkKind::by_hand, .session = session->title};
}

/// Without a clock nobody knows which day it is.
std::optional<Mark> old_list(const MarkFacts& facts, WallTime now) {
    if (!facts.in_force.list || facts.door.clock == ClockQuality::unset) return std::nullopt;
    const When made =
        describe_when(facts.in_force.list->created, now, facts.in_force.identity.agenda);
    if (!made.day) return std::nullopt;
    return Mark{.kind = MarkKind::old_list, .day = *made.day, .time = made.of_day};
}

}  // namespace

std::optional<Direction> fixed_direction(const storage::Identity& identity, const DoorState& door) {
    if (door.direction) return door.direction;
    const storage::Place* place = place_of(identity);
    if (place == nullptr) return Direction::entry;
    if (place->direction == PlaceDirection::both) return std::nullopt;
    return place->direction == PlaceDirection::exit ? Direction::exit : Direction::entry;
}

std::vector<Mark> marks_in_force(const MarkFacts& facts, WallTime now) {
    const storage::Identity& identity = facts.in_force.identity;
    const DoorState& door = facts.door;
    std::vector<Mark> marks;
    const auto add_if = [&](bool holds, MarkKind kind) {
        if (holds) marks.push_back({.kind = kind});
    };
    const auto add = [&](std::optional<Mark> mark) {
        if (mark) marks.push_back(std::move(*mark));
    };
    add_if(!door.in_service, MarkKind::out_of_service);
    add_if(facts.in_force.training, MarkKind::training);
    add_if(door.clock == ClockQuality::unset, MarkKind::clock_unset);
    add_if(fixed_direction(identity, door) == Direction::exit, MarkKind::exit);
    add_if(is_entry_by_usher(identity, door), MarkKind::entry);
    add(by_hand(identity.agenda, door));
    add(old_list(facts, now));
    add_if(door.supervisor_called.has_value(), MarkKind::supervisor_called);
    add_if(facts.one_device, MarkKind::one_device);
    return marks;
}

std::vector<Mark> marks_seen(const std::vector<Mark>& all, MonotonicTime now) {
    return take_turns(all, marks_at_once, turn_at(now),
                      [](const Mark& mark) { return mark.kind == MarkKind::training; });
}

}  // namespace hudoor::kiosk
