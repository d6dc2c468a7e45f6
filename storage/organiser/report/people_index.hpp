/// Who is who: the people of the event by every name that facts use, and those whom only facts
/// know.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "storage/organiser/event/store.hpp"
#include "storage/organiser/report/timeline.hpp"

namespace hudoor::organiser {

class PeopleIndex {
public:
    /// Who is who by the event's list, and by the facts where the list does not say.
    PeopleIndex(std::vector<OrganiserRegistration> registrations, const Timeline& timeline);

    /// A number from 0; the same person has the same, whichever way the fact names them. Nothing
    /// for a fact that names nobody.
    [[nodiscard]] std::optional<std::uint32_t> find(const Moment& moment) const;
    /// Nothing if only facts know them: the event has no such registration.
    [[nodiscard]] const OrganiserRegistration* registration(std::uint32_t person) const;
    /// Admitted by an usher without registration (a guest fact).
    [[nodiscard]] bool is_guest(std::uint32_t person) const;

    [[nodiscard]] const std::vector<OrganiserRegistration>& registrations() const {
        return registrations_;
    }

private:
    std::vector<OrganiserRegistration> registrations_;
    std::uint32_t people_ = 0;
    storage::WhoIsWho who_;
    std::unordered_map<storage::Alias, std::uint32_t, storage::AliasHash> numbers_;
    std::unordered_set<std::uint32_t> guests_;
};

}  // namespace hudoor::organiser
