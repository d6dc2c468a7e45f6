/// Standard input, output and error as both programs keep them: no file of ours ever takes the
/// number of one, and what could not be written to the output is told.
#pragma once

#include "config/exit_code.hpp"

namespace hudoor::config {

/// First thing in main. Of the three that the caller closed, the numbers would go to the next files
/// that are opened (event.db), and what is printed would be written into them. A reader that goes
/// away is an output that was lost (finish_output), not the end of a program in the middle of its
/// work.
void hold_standard_streams();

/// Last thing in main, when everything is printed. `code`, or io where that is `done` and not all
/// of the output could be written; says so on standard error in the name of `program`.
[[nodiscard]] ExitCode finish_output(const char* program, ExitCode code);

}  // namespace hudoor::config
