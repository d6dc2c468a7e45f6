/// Keeps a camera's exposure short, so that a badge in a moving hand stays readable.
#pragma once

#include <chrono>
#include <optional>

#include "scanner/camera/controls.hpp"

namespace hudoor::scanner {

/// Takes the exposure out of the camera's own hands and fixes it at `wanted`, or what the camera
/// has next to it; brightness stays the camera's, by gain. Returns what the camera says the
/// exposure now is; nothing if it cannot be set.
[[nodiscard]] std::optional<std::chrono::microseconds> fix_exposure(
    CameraControls& camera, std::chrono::microseconds wanted);

}  // namespace hudoor::scanner
