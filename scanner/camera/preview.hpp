/// The preview of a frame: every n by n pixels become their mean, n just large enough for 240 by
/// 135 pixels, upright 135 by 240; where a code is, nothing can be seen.
#pragma once

#include <vector>

#include "scanner/camera/frame.hpp"

namespace hudoor::scanner {

/// `codes`: frame pixels.
[[nodiscard]] Preview make_preview(const GrayView& frame,
                                   const std::vector<PictureBox>& codes = {});

}  // namespace hudoor::scanner
