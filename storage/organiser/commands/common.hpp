/// What several subcommands begin with: the keys, the time, and finding one registration.
#pragma once

#include <string>

#include "config/secret.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/event/keys.hpp"
#include "storage/organiser/event/store.hpp"

namespace hudoor::organiser {

inline constexpr const char* say_next =
    "Kiosks know it from their next update; make one with hudoor update.\n";

/// Asks for the passphrase; throws Fault(bad_data) if the keys are another event's.
[[nodiscard]] EventKeys open_keys(const EventOptions& options, const storage::Identity& event);

/// The same, and the passphrase that opened them, to seal them again.
[[nodiscard]] EventKeys open_keys(const EventOptions& options, const storage::Identity& event,
                                  SecretText& passphrase);

/// On standard error, if it is a terminal.
void show_progress(std::size_t done, std::size_t all);

[[nodiscard]] EventStore::Change change_now(std::string what);

/// By attendee_id, by typed code, by a badge's text, by an imported code, or by words of a name
/// that nobody else has. Throws Fault(usage) if several have them.
[[nodiscard]] std::optional<OrganiserRegistration> find_person(const EventStore& store,
                                                               const std::string& who);
/// Throws Fault(no_input) if there is none, too.
[[nodiscard]] OrganiserRegistration get_person(const EventStore& store, const std::string& who);

/// "Noura Al Marzouqi", else the Arabic name; between isolates.
[[nodiscard]] std::string name_to_show(const OrganiserRegistration& one);
/// "Noura Al Marzouqi (D7)".
[[nodiscard]] std::string person_to_show(const OrganiserRegistration& one);

/// On standard error: whose way out the kiosks at the doors will not know (find_unknown_exits).
void warn_of_exits(const storage::Agenda& agenda);

/// What a demo event says of itself wherever it is looked at; empty for another.
[[nodiscard]] std::string demo_note(const storage::Identity& event);

}  // namespace hudoor::organiser
