/// Holds what the screen shows against a rendering by a tool that is not ours (pango-view).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/play.hpp"

namespace hudoor::e2e {

/// The first admitted name with Arabic in it: its picture correlates with pango-view's rendering of
/// the name (>= 0.9), and not with a rendering of the reversed or the unjoined letters.
void check_admitted_name(const Event& event, const std::vector<std::string>& lines,
                         const std::filesystem::path& screenshots);

}  // namespace hudoor::e2e
