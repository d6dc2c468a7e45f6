/// One pass of ZXing-cpp over a gray image; the only place that knows which ZXing it is (1.4
/// or 2.x).
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "scanner/camera/frame.hpp"
#include "scanner/modules/found_code.hpp"

namespace hudoor::scanner {

/// The QR codes found in `image`, dark on light, mirrored ones too. `image` is at least 21 pixels
/// wide and high; never throws for picture content.
[[nodiscard]] std::vector<FoundCode> decode_codes(const GrayView& image);

/// The code in a picture that holds nothing else, drawn upright, one pixel a module, 0 or 255, with
/// a light frame of two modules.
[[nodiscard]] std::optional<FoundCode> decode_upright(const GrayView& modules);

/// Either of them as a value, so that a test can stand in for ZXing.
using DecodeCodes = std::function<std::vector<FoundCode>(const GrayView&)>;
using DecodeUpright = std::function<std::optional<FoundCode>(const GrayView&)>;

}  // namespace hudoor::scanner
