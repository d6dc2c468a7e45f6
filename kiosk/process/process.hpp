/// Hardens the process: its memory is never written to a core file or read by another process, and
/// an exception that is no Fault ends it for a new start.
#pragma once

namespace hudoor::kiosk {

/// The first call in main: no core files and no debugger, since names and keys are in memory
/// (I-14); nothing of it in swap areas (I-26), where that is allowed; when memory or threads run
/// out the program ends for a new start (F28).
void harden_process();

/// Keeps every page of the program, those to come as well, out of swap areas (I-26), where it may:
/// only where RLIMIT_MEMLOCK has no bound, since behind a bound later requests for memory would
/// fail. False: not locked.
[[nodiscard]] bool lock_memory();

/// Call it while an exception that is no Fault is handled. Says what it is and ends the process: 75
/// when memory or threads ran out, 70 for a bug.
[[noreturn]] void end_for_exception() noexcept;

}  // namespace hudoor::kiosk
