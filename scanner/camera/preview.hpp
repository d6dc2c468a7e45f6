/// The preview of a frame: every n by n pixels become their mean, n just large enough.
#pragma once

#include "scanner/camera/frame.hpp"

namespace hudoor::scanner {

[[nodiscard]] Preview make_preview(const GrayView& frame);

}  // namespace hudoor::scanner
