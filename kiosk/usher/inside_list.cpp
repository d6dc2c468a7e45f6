#include "kiosk/usher/inside_list.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "storage/names/folding.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

/// Stands for a place in the list: not everybody inside is on the guest list.
RegistrationId id_of(std::size_t place) {
    RegistrationId id;
    for (std::size_t i = 0; i < sizeof place; ++i)
        id.bytes[i] = static_cast<std::uint8_t>(place >> (8 * i));
    return id;
}

std::size_t place_of(const RegistrationId& id) {
    std::size_t place = 0;
    for (std::size_t i = 0; i < sizeof place; ++i)
        place |= static_cast<std::size_t>(id.bytes[i]) << (8 * i);
    return place;
}

/// The name that the panel shows in this language.
const std::string& name_in(const Bilingual& name, assets::Language language) {
    const bool arabic = language == assets::Language::ar;
    const std::string& own = arabic ? name.ar : name.en;
    return own.empty() ? (arabic ? name.en : name.ar) : own;
}

std::vector<std::size_t> sorted(const std::vector<FoundPerson>& people, assets::Language language) {
    std::vector<std::tuple<bool, std::string, std::size_t>> keys;
    keys.reserve(people.size());
    for (std::size_t at = 0; at < people.size(); ++at)
        keys.emplace_back(!people[at].proved, fold_id(name_in(people[at].name, language)), at);
    std::ranges::sort(keys);
    std::vector<std::size_t> order;
    order.reserve(keys.size());
    for (const auto& key : keys) order.push_back(std::get<std::size_t>(key));
    return order;
}

}  // namespace

InsideList::InsideList(std::vector<FoundPerson> people) : people_(std::move(people)) {
    for (const auto language : {assets::Language::ar, assets::Language::en})
        order_.at(static_cast<std::size_t>(language)) = sorted(people_, language);
    std::vector<NamedPerson> named;
    named.reserve(people_.size());
    for (const FoundPerson& one : people_)
        named.push_back({.id = id_of(named.size()),
                         .name = one.name,
                         .organisation = one.organisation,
                         .country = {}});
    names_ = std::make_unique<NameSearch>(named);
}

std::vector<const FoundPerson*> InsideList::list(assets::Language language,
                                                 std::string_view typed) const {
    std::vector<const FoundPerson*> all;
    const auto found =
        names_ && !typed.empty() ? names_->find(typed, people_.size()) : std::vector<NameMatch>();
    for (const NameMatch& match : found) all.push_back(&people_[place_of(match.id)]);
    if (!all.empty() || NameSearch::is_long_enough(typed)) return all;
    for (const std::size_t at : order_.at(static_cast<std::size_t>(language)))
        all.push_back(&people_[at]);
    return all;
}

}  // namespace hudoor::kiosk
