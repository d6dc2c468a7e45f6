#include "storage/organiser/report/people_index.hpp"

namespace hudoor::organiser {

using namespace storage;

PeopleIndex::PeopleIndex(std::vector<OrganiserRegistration> registrations, const Timeline& timeline)
    : registrations_(std::move(registrations)) {
    for (const OrganiserRegistration& one : registrations_) {
        by_registration_.emplace(one.door.id, people_);
        if (!one.door.badge.is_zero()) by_badge_.emplace(one.door.badge, people_);
        if (!one.door.code.is_zero()) by_code_.emplace(one.door.code, people_);
        ++people_;
    }
    // First those facts that say most, so that what follows by badge or code alone finds its owner.
    for (const Moment& moment : timeline.moments)
        if (!moment.registration.is_zero()) learn(moment);
    for (const Moment& moment : timeline.moments)
        if (moment.registration.is_zero()) learn(moment);
}

void PeopleIndex::learn(const Moment& moment) {
    if (moment.kind == FactKind::hello || moment.kind == FactKind::undone) return;
    auto person = find(moment);
    if (!person) {
        if (moment.registration.is_zero() && moment.badge.is_zero() && moment.code.is_zero())
            return;
        person = people_++;
    }
    if (!moment.registration.is_zero()) by_registration_.emplace(moment.registration, *person);
    if (!moment.badge.is_zero()) by_badge_.emplace(moment.badge, *person);
    if (!moment.code.is_zero()) by_code_.emplace(moment.code, *person);
    if (moment.kind == FactKind::guest) guests_[*person] = true;
}

std::optional<std::uint32_t> PeopleIndex::find(const Moment& moment) const {
    const auto in = [](const auto& map, const auto& name) -> std::optional<std::uint32_t> {
        const auto found = map.find(name);
        return found == map.end() ? std::nullopt : std::optional(found->second);
    };
    if (!moment.registration.is_zero()) return in(by_registration_, moment.registration);
    if (!moment.badge.is_zero()) return in(by_badge_, moment.badge);
    if (!moment.code.is_zero()) return in(by_code_, moment.code);
    return std::nullopt;
}

const OrganiserRegistration* PeopleIndex::registration(std::uint32_t person) const {
    return person < registrations_.size() ? &registrations_[person] : nullptr;
}

bool PeopleIndex::is_guest(std::uint32_t person) const { return guests_.contains(person); }

}  // namespace hudoor::organiser
