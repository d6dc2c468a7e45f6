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

/// By attendee_id, by typed code, by a badge's text or by an imported code.
[[nodiscard]] std::optional<OrganiserRegistration> find_person(const EventStore& store,
                                                               const std::string& who);
/// Throws Fault(no_input) if there is none.
[[nodiscard]] OrganiserRegistration get_person(const EventStore& store, const std::string& who);

/// "Noura Al Marzouqi", else the Arabic name; between isolates.
[[nodiscard]] std::string name_to_show(const OrganiserRegistration& one);

}  // namespace hudoor::organiser
