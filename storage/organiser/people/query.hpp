/// Which people a query takes: of a list on the screen, of badges to print.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/organiser/event/store.hpp"

namespace hudoor::organiser {

/// "confirmed", "pending", "cancelled", "blocked".
[[nodiscard]] std::string_view name_of(storage::RegistrationStatus status);

/// An attendee_id, which takes nobody else; the code of a category, or of a session somebody is
/// registered for; a status; or part of a name, organisation or delegation. Empty: everybody. As
/// numbers of the registrations given, in their order.
[[nodiscard]] std::vector<std::size_t> query_people(std::span<const OrganiserRegistration> all,
                                                    const storage::Identity& event,
                                                    const std::string& query);

/// Whether the query takes this person by attendee_id or status, and so on purpose.
[[nodiscard]] bool is_named_by(const OrganiserRegistration& one, const std::string& query);

}  // namespace hudoor::organiser
