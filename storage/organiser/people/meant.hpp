/// Whom somebody means who types an attendee_id, a code or a name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/organiser/event/store.hpp"

namespace hudoor::organiser {

/// Who could be meant, as numbers of the registrations given, the nearest first.
struct Meant {
    std::vector<std::size_t> people;  ///< one: it is clear
    /// Who has a name that is a little like it, where nobody is meant; the first few.
    std::vector<std::size_t> nearly{};
};

/// By attendee_id, typed code, badge number (16 hex digits), text of a badge or imported code;
/// else by an attendee_id that differs in case, spaces and signs alone; else by name, in either
/// script and any spelling: several where one is not clearly nearer than the others.
[[nodiscard]] Meant find_meant(std::span<const OrganiserRegistration> all, std::string_view who);

/// That one. Throws Fault: no_input (nobody), usage (several), naming who could be meant.
[[nodiscard]] std::size_t get_meant(std::span<const OrganiserRegistration> all,
                                    std::string_view who);

/// Whom a search finds, the nearest first: also by the beginning of ids and codes, by organisation,
/// delegation and country.
[[nodiscard]] std::vector<std::size_t> search_people(std::span<const OrganiserRegistration> all,
                                                     std::string_view text);

/// "Noura Al Marzouqi", else the Arabic name; between isolates.
[[nodiscard]] std::string name_to_show(const OrganiserRegistration& one);

}  // namespace hudoor::organiser
