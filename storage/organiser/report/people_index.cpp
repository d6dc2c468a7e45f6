#include "storage/organiser/report/people_index.hpp"

namespace hudoor::organiser {

using namespace storage;

PeopleIndex::PeopleIndex(std::vector<OrganiserRegistration> registrations, const Timeline& timeline)
    : registrations_(std::move(registrations)), who_(timeline.who) {
    for (const OrganiserRegistration& one : registrations_) {
        who_.tell({one.door.id, one.door.badge, one.door.code});
        numbers_.emplace(alias_of(one.door.id), people_++);
    }
    for (const Moment& moment : timeline.moments) {
        const Alias name = who_.resolve(moment.person());
        if (name.is_nobody()) continue;
        const auto [number, is_new] = numbers_.try_emplace(name, people_);
        people_ += is_new ? 1U : 0U;
        if (moment.kind == FactKind::guest) guests_.insert(number->second);
    }
}

std::optional<std::uint32_t> PeopleIndex::find(const Moment& moment) const {
    const auto number = numbers_.find(who_.resolve(moment.person()));
    return number == numbers_.end() ? std::nullopt : std::optional(number->second);
}

const OrganiserRegistration* PeopleIndex::registration(std::uint32_t person) const {
    return person < registrations_.size() ? &registrations_[person] : nullptr;
}

bool PeopleIndex::is_guest(std::uint32_t person) const { return guests_.contains(person); }

}  // namespace hudoor::organiser
