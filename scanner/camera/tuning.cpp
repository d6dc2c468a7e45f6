#include "scanner/camera/tuning.hpp"

#include <linux/v4l2-controls.h>

#include <algorithm>

#include "scanner/camera/exposure.hpp"

namespace hudoor::scanner {
namespace {

void say(Tuned& tuned, const std::string& what) {
    tuned.what += (tuned.what.empty() ? "" : "; ") + what;
}

}  // namespace

bool CameraTuning::is_wanted() const {
    return options_.exposure.count() > 0 || options_.focus != FocusKind::free;
}

Tuned CameraTuning::begin(CameraControls& camera) {
    Tuned tuned;
    exposure_.reset();
    if (options_.exposure.count() > 0) tell_exposure(camera, tuned);
    if (options_.focus == FocusKind::fixed) hold_focus(camera, options_.focus_at, tuned);
    if (options_.focus == FocusKind::held && held_at_) hold_focus(camera, *held_at_, tuned);
    if (options_.focus == FocusKind::held && !held_at_) let_focus_go(camera, tuned);
    tuned.exposure = exposure_;
    return tuned;
}

Tuned CameraTuning::go_on(CameraControls& camera, Sightings& sightings) {
    Tuned tuned;
    const bool read = sightings.take_read(), blurred = sightings.take_blurred();
    if (blurred && !blurred_ && options_.exposure_where_blurred.count() > 0) {
        blurred_ = true;
        tell_exposure(camera, tuned);
    }
    if (options_.focus == FocusKind::held && blurred && held_at_) let_focus_go(camera, tuned);
    if (options_.focus == FocusKind::held && read && !blurred && !held_at_)
        if (const auto at = camera.value(V4L2_CID_FOCUS_ABSOLUTE)) hold_focus(camera, *at, tuned);
    tuned.exposure = exposure_;
    return tuned;
}

void CameraTuning::tell_exposure(CameraControls& camera, Tuned& tuned) {
    const auto wanted = blurred_ ? options_.exposure_where_blurred : options_.exposure;
    exposure_ = fix_exposure(camera, wanted);
    say(tuned, exposure_ ? "exposure fixed at " + std::to_string(exposure_->count()) + " us"
                         : "the camera does not let its exposure be fixed");
}

/// Cameras without a motor have neither control, and nothing to hunt for.
void CameraTuning::let_focus_go(CameraControls& camera, Tuned& tuned) {
    held_at_.reset();
    if (camera.range(V4L2_CID_FOCUS_AUTO) && camera.set(V4L2_CID_FOCUS_AUTO, 1))
        say(tuned, "focus left to the camera until a badge is read");
}

void CameraTuning::hold_focus(CameraControls& camera, std::int32_t at, Tuned& tuned) {
    const auto range = camera.range(V4L2_CID_FOCUS_ABSOLUTE);
    if (camera.range(V4L2_CID_FOCUS_AUTO)) camera.set(V4L2_CID_FOCUS_AUTO, 0);
    if (range) at = std::clamp(at, range->least, range->most);
    if (!range || !camera.set(V4L2_CID_FOCUS_ABSOLUTE, at))
        return say(tuned, "the camera does not let its focus be fixed");
    if (options_.focus == FocusKind::held) held_at_ = at;
    say(tuned, "focus fixed at " + std::to_string(at));
}

}  // namespace hudoor::scanner
