#include "scanner/camera/exposure.hpp"

#include <linux/v4l2-controls.h>

#include <algorithm>
#include <ratio>

namespace hudoor::scanner {
namespace {

using std::chrono::microseconds;
/// The unit of V4L2_CID_EXPOSURE_ABSOLUTE.
using ExposureUnits = std::chrono::duration<std::int32_t, std::ratio<1, 10'000>>;

}  // namespace

std::optional<microseconds> fix_exposure(CameraControls& camera, microseconds wanted) {
    const auto range = camera.range(V4L2_CID_EXPOSURE_ABSOLUTE);
    if (!range) return std::nullopt;
    // Of the two ways that leave the time to us, cameras offer one or the other.
    const bool ours = camera.set(V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_MANUAL) ||
                      camera.set(V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_SHUTTER_PRIORITY);
    if (!ours) return std::nullopt;
    if (camera.range(V4L2_CID_AUTOGAIN)) camera.set(V4L2_CID_AUTOGAIN, 1);
    const auto units = std::chrono::duration_cast<ExposureUnits>(wanted).count();
    if (!camera.set(V4L2_CID_EXPOSURE_ABSOLUTE, std::clamp(units, range->least, range->most)))
        return std::nullopt;
    const auto now = camera.value(V4L2_CID_EXPOSURE_ABSOLUTE);
    if (!now) return std::nullopt;
    return ExposureUnits(*now);
}

}  // namespace hudoor::scanner
