/// hudoor-kiosk selftest: whether this machine can be a kiosk, part by part, without a display and
/// without being enrolled. One line each on standard output.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "config/exit_code.hpp"
#include "config/settings.hpp"

namespace hudoor::kiosk {

struct SelftestOptions {
    std::function<config::Settings()> settings;  ///< throws Fault where they are not right
    std::filesystem::path state;
    std::filesystem::path assets;
};

/// Whether the reader reads a clear code; takes some milliseconds.
[[nodiscard]] bool reads_test_code();

/// Goes on after a failure; the exit code is that of the first, or done. Writes nothing but a
/// folder that it removes, in the state directory if that is ours, else in the folder for temporary
/// files. The records of a kiosk that runs are left alone.
[[nodiscard]] ExitCode run_selftest(const SelftestOptions& options);

}  // namespace hudoor::kiosk
