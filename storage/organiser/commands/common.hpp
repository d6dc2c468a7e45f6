/// What several subcommands begin with: the keys, the time, and finding one registration.
#pragma once

#include <string>

#include "config/secret.hpp"
#include "storage/organiser/commands/commands.hpp"
#include "storage/organiser/event/keys.hpp"
#include "storage/organiser/event/store.hpp"
#include "storage/organiser/people/meant.hpp"

namespace hudoor::organiser {

inline constexpr const char* say_next =
    "Kiosks know it from their next update; make one with hudoor update.\n";

/// The source of what was decided by hand: no list has this name.
inline constexpr const char* decided_here = "";

/// Asks for the passphrase; throws Fault(bad_data) if the keys are another event's.
[[nodiscard]] EventKeys open_keys(const EventOptions& options, const storage::Identity& event);

/// The same, and the passphrase that opened them, to seal them again.
[[nodiscard]] EventKeys open_keys(const EventOptions& options, const storage::Identity& event,
                                  SecretText& passphrase);

/// One word of a command line, for a shell.
[[nodiscard]] std::string shell_word(const std::string& text);
/// "hudoor --event summit badges ...", to be typed as it stands.
[[nodiscard]] std::string say_command(const EventOptions& options, const std::string& rest);

/// On standard error, if it is a terminal.
void show_progress(std::size_t done, std::size_t all);

[[nodiscard]] EventStore::Change change_now(std::string what);

/// Whom `who` means, by attendee_id, code or name (people/meant.hpp). Throws Fault: no_input,
/// usage.
[[nodiscard]] OrganiserRegistration get_person(const EventStore& store, const std::string& who);
/// The same; nothing if it is nobody.
[[nodiscard]] std::optional<OrganiserRegistration> find_person(const EventStore& store,
                                                               const std::string& who);

/// "Noura Al Marzouqi (D7)".
[[nodiscard]] std::string person_to_show(const OrganiserRegistration& one);

/// On standard error: whose way out the kiosks at the doors will not know (find_unknown_exits).
void warn_of_exits(const storage::Agenda& agenda);

/// What a demo event says of itself wherever it is looked at; empty for another.
[[nodiscard]] std::string demo_note(const storage::Identity& event);

}  // namespace hudoor::organiser
