/// What is known of the people of an event: the registration, and what kiosks recorded.
#pragma once

#include <vector>

#include "storage/organiser/report/gathering.hpp"

namespace hudoor::organiser {

/// Of one person, as far as a list tells it.
struct Presence {
    std::vector<storage::SessionId> attended;  ///< in the order of their first entries
    std::optional<WallTime> first_in;          ///< nothing: did not come
};
/// By the registrations of `gathered`, in their order.
[[nodiscard]] std::vector<Presence> find_presence(const Gathered& gathered);

/// A recorded fact about a person.
struct RecordedFact {
    Moment fact;
    bool undone = false;  ///< an usher took it back: it does not count
    bool apart = false;   ///< nothing proves it: it does not count
};

/// Everything of one person.
struct PersonCard {
    OrganiserRegistration registration;
    Presence presence;
    std::vector<Revocation> revocations;      ///< of their badge
    std::vector<EventStore::Change> changes;  ///< what organisers did, the earliest first
    std::vector<RecordedFact> facts;          ///< in their order
    std::vector<Incident> incidents;
};
/// `person`: a number of a registration of `gathered`.
[[nodiscard]] PersonCard make_card(const EventStore& store, const Gathered& gathered,
                                   std::size_t person);

}  // namespace hudoor::organiser
