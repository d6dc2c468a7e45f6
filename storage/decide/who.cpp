#include "storage/decide/who.hpp"

#include <algorithm>

namespace hudoor::storage {

namespace {

template <typename Id>
Alias make_alias(Alias::By by, const Id& id) {
    Alias alias;
    if (id.is_zero()) return alias;
    alias.by = by;
    std::copy(id.bytes.begin(), id.bytes.end(), alias.bytes.begin());
    return alias;
}

template <typename Id>
Id take_id(const Alias& alias) {
    Id id;
    std::copy_n(alias.bytes.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

}  // namespace

Person named_in(const Fact& fact) {
    return {fact.registration, is_of_proved_badge(fact.reason) ? fact.badge : BadgeNumber{},
            fact.code};
}

Alias alias_of(const RegistrationId& registration) {
    return make_alias(Alias::By::registration, registration);
}
Alias alias_of(const BadgeNumber& badge) { return make_alias(Alias::By::badge, badge); }
Alias alias_of(const CodeHash& code) { return make_alias(Alias::By::code, code); }

Person Alias::person() const {
    Person person;
    if (by == By::registration) person.registration = take_id<RegistrationId>(*this);
    if (by == By::badge) person.badge = take_id<BadgeNumber>(*this);
    if (by == By::code) person.code = take_id<CodeHash>(*this);
    return person;
}

/// Badge and code of a person who has a registration are that registration's.
void WhoIsWho::name(const Person& person, Owners& owners) {
    if (person.registration.is_zero()) return;
    for (const Alias& name : {alias_of(person.badge), alias_of(person.code)}) {
        if (name.is_nobody()) continue;
        const auto [number, is_new] = owners.insert(name);
        RegistrationId& owner = owners[number].value;
        if (is_new) owner = person.registration;
        owner = std::min(owner, person.registration);
        remember(person.registration, name);
    }
}

void WhoIsWho::remember(const RegistrationId& person, const Alias& name) {
    Newest& newest = named_[named_.insert(person).first].value;
    for (Newest at = newest; !at.is_none(); at = names_[at.number].before)
        if (names_[at.number].name == name) return;
    names_.push_back({name, newest});
    newest.number = static_cast<std::uint32_t>(names_.size() - 1);
}

Alias WhoIsWho::owner_of(const Alias& name) const {
    for (const Owners* owners : {&told_, &learnt_})
        if (const auto* owner = owners->find(name)) return alias_of(owner->value);
    return name;
}

Alias WhoIsWho::resolve(const Person& person) const {
    if (!person.registration.is_zero()) return alias_of(person.registration);
    return owner_of(person.badge.is_zero() ? alias_of(person.code) : alias_of(person.badge));
}

std::vector<Alias> WhoIsWho::names_of(const Alias& registration) const {
    std::vector<Alias> names;
    if (registration.by != Alias::By::registration) return names;
    const auto* found = named_.find(registration.person().registration);
    for (Newest at = found ? found->value : Newest{}; !at.is_none(); at = names_[at.number].before)
        if (owner_of(names_[at.number].name) == registration)
            names.push_back(names_[at.number].name);
    return names;
}

}  // namespace hudoor::storage
