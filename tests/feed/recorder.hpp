/// Writes a film to a file, on two threads.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "tests/feed/truth.hpp"

namespace hudoor::feed {

struct Recording {
    std::filesystem::path file;
    std::size_t first = 0;        ///< appearance
    std::size_t last = SIZE_MAX;  ///< appearance; what the plan has if fewer
    int jpeg_quality = 80;
};

/// Returns the truth of what was written. `on_progress` hears the share done, 0 to 1. Throws Fault.
std::vector<Truth> record(const Plan& plan, const Recording& recording,
                          const std::function<void(double)>& on_progress);

}  // namespace hudoor::feed
