/// Finds the camera that "auto" means.
#pragma once

#include <optional>
#include <string>

namespace hudoor::scanner {

/// A GStreamer source for the first V4L2 capture device by id (/dev/v4l/by-id, then /dev/video*);
/// nothing if there is none. JPEG at 1280x720 where the device offers it.
[[nodiscard]] std::optional<std::string> find_camera_source();

}  // namespace hudoor::scanner
