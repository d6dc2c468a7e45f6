/// What stands behind the badges: the entrance hall of a conference, a little out of focus.
#pragma once

#include <cstdint>

#include "tests/feed/picture.hpp"

namespace hudoor::feed {

[[nodiscard]] Picture draw_hall(Size size, std::uint64_t seed);

}  // namespace hudoor::feed
