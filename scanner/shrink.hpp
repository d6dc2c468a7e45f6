/// Half a picture: every 2 by 2 pixels become their mean. Half the noise, too.
#pragma once

#include <vector>

#include "scanner/frame.hpp"

namespace hudoor::scanner {

/// Into `pixels`, which keeps its memory from frame to frame; the view is of them.
[[nodiscard]] GrayView halve(const GrayView& picture, std::vector<std::uint8_t>& pixels);

}  // namespace hudoor::scanner
