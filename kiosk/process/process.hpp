/// What the process as a whole may never do: leave its memory behind, be read by another, or stay
/// half alive when the machine gives out.
#pragma once

namespace hudoor::kiosk {

/// First thing in main: no core files and no debugger (names and keys are in memory, I-14); memory
/// or threads that cannot be had end the program for a new start (F28).
void harden_process();

/// While an exception is handled that is no Fault: says what it is and ends the process; 75 where
/// the machine gave out, 70 for a bug.
[[noreturn]] void end_for_exception() noexcept;

}  // namespace hudoor::kiosk
