#include "storage/organiser/people/query.hpp"

#include <algorithm>

#include "storage/names/folding.hpp"
#include "storage/organiser/event/clean_text.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

bool has_id(const OrganiserRegistration& one, const std::string& id) {
    return one.door.external_id == id ||
           (!fold_id(id).empty() && fold_id(one.door.external_id) == fold_id(id));
}

/// In a category or session of this code, or called so.
bool is_in(const Registration& door, const Identity& event, const std::string& query) {
    for (const Category& category : event.categories)
        if (category.id == door.category && category.code == query) return true;
    for (const Session& session : event.agenda.sessions)
        if (session.code == query && std::find(door.sessions.begin(), door.sessions.end(),
                                               session.id) != door.sessions.end())
            return true;
    for (const std::string* field : {&door.name.ar, &door.name.en, &door.organisation.ar,
                                     &door.organisation.en, &door.delegation})
        if (contains_folded(*field, query)) return true;
    return false;
}

}  // namespace

std::string_view name_of(RegistrationStatus status) {
    switch (status) {
        case RegistrationStatus::confirmed:
            return "confirmed";
        case RegistrationStatus::pending:
            return "pending";
        case RegistrationStatus::cancelled:
            return "cancelled";
        case RegistrationStatus::blocked:
            break;
    }
    return "blocked";
}

bool is_named_by(const OrganiserRegistration& one, const std::string& query) {
    return has_id(one, query) || lower_case(query) == name_of(one.door.status);
}

std::vector<std::size_t> query_people(std::span<const OrganiserRegistration> all,
                                      const Identity& event, const std::string& query) {
    std::vector<std::size_t> by_id;
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (has_id(all[i], query)) by_id.push_back(i);
        if (query.empty() || is_named_by(all[i], query) || is_in(all[i].door, event, query))
            found.push_back(i);
    }
    return by_id.empty() ? found : by_id;
}

}  // namespace hudoor::organiser
