/// What the cells of a list say, and how the same is written back.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/organiser/event/store.hpp"

namespace hudoor::organiser {

/// A value that cannot be taken.
struct Refusal {
    std::string reason;
};

/// The names of an event's categories and sessions, as they are compared.
struct EventWords {
    explicit EventWords(const storage::Identity& of);

    const storage::Identity& event;
    std::map<std::string, storage::CategoryId> categories;
    std::map<std::string, storage::SessionId> sessions;
};

/// What a column sets needs besides the value itself.
struct Setting {
    const EventWords& words;
    std::vector<std::string> warnings;
};

/// Whether a list may set it.
[[nodiscard]] bool is_ours(std::string_view listed);
/// All of them.
[[nodiscard]] const std::vector<std::string>& our_columns();

/// Sets the field of this column from what a list says; empty: what a new person has. Throws
/// Refusal.
void set_column(std::string_view listed, OrganiserRegistration& one, const std::string& value,
                Setting& setting);
/// Clean, at most 80 signs, with a warning if it was longer. Throws Refusal.
void set_text(std::string& to, const std::string& value, Setting& setting);
/// As a list would say it.
[[nodiscard]] std::string shown_column(std::string_view listed, const OrganiserRegistration& one,
                                       const storage::Identity& event);
void copy_column(std::string_view listed, const OrganiserRegistration& from,
                 OrganiserRegistration& to);

/// In words of both languages and of other systems. Throws Refusal.
[[nodiscard]] storage::RegistrationStatus read_status(const std::string& value);
/// Whether it names a category or a session of the event.
[[nodiscard]] bool names_category(const std::string& value, const EventWords& words);
[[nodiscard]] bool names_session(const std::string& value, const EventWords& words);

}  // namespace hudoor::organiser
