/// Passphrases as programs get them: never as an argument, from a file, standard input or a prompt.
#pragma once

#include <string>

#include "config/secret.hpp"

namespace hudoor::config {

inline constexpr std::size_t most_passphrase_bytes = 1'024;
/// Of a new one, which is not one sign over and over either.
inline constexpr std::size_t fewest_passphrase_bytes = 3;

/// The first line of `file`, the next line of standard input if it is "-", or, if it is empty and
/// there is a terminal, what somebody types without seeing it after `question` (twice when
/// `is_new`). A signal that ends or stops the program meanwhile finds the terminal as it was; after
/// a stop the question comes again. Reads nothing after the line. One thread, and no other may
/// take SIGINT, SIGTERM, SIGHUP, SIGQUIT or SIGTSTP. Throws Fault: no_input (cannot read it), usage
/// (empty, too long, ended by Ctrl-D, none given and no terminal, a new one that is too easily
/// guessed, or the two differ), unavailable;
/// `option` names the way to give it.
[[nodiscard]] SecretText read_passphrase(const std::string& file, const std::string& question,
                                         const std::string& option, bool is_new = false);

}  // namespace hudoor::config
