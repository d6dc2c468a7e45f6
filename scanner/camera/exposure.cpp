#include "scanner/camera/exposure.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <ratio>

namespace hudoor::scanner {
namespace {

using std::chrono::microseconds;
/// The unit of V4L2_CID_EXPOSURE_ABSOLUTE.
using ExposureUnits = std::chrono::duration<std::int32_t, std::ratio<1, 10'000>>;

class DeviceControls final : public CameraControls {
public:
    explicit DeviceControls(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {}
    ~DeviceControls() override {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    DeviceControls(const DeviceControls&) = delete;
    DeviceControls& operator=(const DeviceControls&) = delete;

    [[nodiscard]] std::optional<Range> range(std::uint32_t control) const override {
        v4l2_queryctrl query{};
        query.id = control;
        if (::ioctl(descriptor_, VIDIOC_QUERYCTRL, &query) != 0 ||
            (query.flags & V4L2_CTRL_FLAG_DISABLED) != 0)
            return std::nullopt;
        return Range{query.minimum, query.maximum};
    }
    [[nodiscard]] std::optional<std::int32_t> value(std::uint32_t control) const override {
        v4l2_control asked{control, 0};
        if (::ioctl(descriptor_, VIDIOC_G_CTRL, &asked) != 0) return std::nullopt;
        return asked.value;
    }
    bool set(std::uint32_t control, std::int32_t value) override {
        v4l2_control wanted{control, value};
        return ::ioctl(descriptor_, VIDIOC_S_CTRL, &wanted) == 0;
    }

private:
    int descriptor_;
};

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

std::optional<microseconds> fix_exposure(const std::string& device, microseconds wanted) {
    DeviceControls controls(device);
    return fix_exposure(controls, wanted);
}

}  // namespace hudoor::scanner
