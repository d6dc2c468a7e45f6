/// One pass of ZXing-cpp over a gray image; the only place that knows which ZXing it is (1.4
/// or 2.x).
#pragma once

#include <optional>
#include <vector>

#include "scanner/camera/frame.hpp"
#include "scanner/codes/found_code.hpp"

namespace hudoor::scanner {

/// The QR codes found in `image`, dark on light, mirrored ones too. For sizes a
/// code fits in; never throws for picture content.
[[nodiscard]] std::vector<FoundCode> decode_codes(const GrayView& image);

/// The code in a picture that holds nothing else, drawn upright, one pixel a module, 0 or 255, with
/// a light frame of two modules.
[[nodiscard]] std::optional<FoundCode> decode_upright(const GrayView& modules);

}  // namespace hudoor::scanner
