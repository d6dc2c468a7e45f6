/// Another program, run to its end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hudoor::kiosk {

/// Found in PATH by arguments[0]; waits for it. Its exit code, or -1 where a signal ended it.
/// Throws Fault(unavailable) where it cannot be run, with what to install.
[[nodiscard]] int run_program(const std::vector<std::string>& arguments, std::string_view package);

}  // namespace hudoor::kiosk
