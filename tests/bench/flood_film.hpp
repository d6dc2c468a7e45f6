/// A phone that shows one forged badge after another, and people who come between: a film for the
/// kiosk of a made event.
#pragma once

#include <vector>

#include "tests/e2e/play.hpp"

namespace hudoor::bench {

constexpr int flood_fps = 25;  ///< and as many forged badges a second

/// A first flood of 60 s and then short ones, each followed by one valid badge. The frames, from 0,
/// that show each of these first.
[[nodiscard]] std::vector<int> make_flood_film(const e2e::Event& event, int valid_badges,
                                               const std::filesystem::path& file);

}  // namespace hudoor::bench
