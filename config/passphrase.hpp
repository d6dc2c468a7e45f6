/// Passphrases as programs get them: never as an argument, from a file, standard input or a prompt.
#pragma once

#include <string>

namespace hudoor::config {

/// The first line of `file`, the next line of standard input if it is "-", or, if it is empty and
/// there is a terminal, what somebody types without seeing it after `question` (twice when
/// `is_new`). Throws Fault: no_input (cannot read it), usage (empty, none given and no terminal, or
/// the two differ); `option` names the way to give it.
[[nodiscard]] std::string read_passphrase(const std::string& file, const std::string& question,
                                          const std::string& option, bool is_new = false);

}  // namespace hudoor::config
