/// The kiosk at work: opens everything in order (state, journal, guest list, window, camera), runs
/// the UI loop until the end, and closes it all in reverse. The one place where the rooms meet.
#pragma once

#include "kiosk/options.hpp"

namespace hudoor::kiosk {

/// Returns when the window was closed, the feed ended, or SIGTERM or SIGINT came. Throws Fault when
/// the kiosk cannot begin its work at all; what goes wrong later is on the screen.
void run_kiosk(const AppOptions& options);

}  // namespace hudoor::kiosk
