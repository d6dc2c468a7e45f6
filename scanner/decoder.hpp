/// One pass of ZXing-cpp over a gray image; the only place that knows which ZXing it is (1.4
/// or 2.x).
#pragma once

#include <vector>

#include "scanner/reader.hpp"

namespace hudoor::scanner {

/// The QR codes found in `image`, dark on light, mirrored ones too. For sizes a
/// code fits in; never throws for picture content.
[[nodiscard]] std::vector<FoundCode> decode_codes(const GrayView& image);

}  // namespace hudoor::scanner
