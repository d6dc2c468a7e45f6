#include "scanner/camera/controls.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace hudoor::scanner {

DeviceControls::DeviceControls(const std::string& device)
    : descriptor_(::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {}
DeviceControls::~DeviceControls() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<CameraControls::Range> DeviceControls::range(std::uint32_t control) const {
    v4l2_queryctrl query{};
    query.id = control;
    if (::ioctl(descriptor_, VIDIOC_QUERYCTRL, &query) != 0 ||
        (query.flags & V4L2_CTRL_FLAG_DISABLED) != 0)
        return std::nullopt;
    return Range{query.minimum, query.maximum};
}

std::optional<std::int32_t> DeviceControls::value(std::uint32_t control) const {
    v4l2_control asked{control, 0};
    if (::ioctl(descriptor_, VIDIOC_G_CTRL, &asked) != 0) return std::nullopt;
    return asked.value;
}

bool DeviceControls::set(std::uint32_t control, std::int32_t value) {
    v4l2_control wanted{control, value};
    return ::ioctl(descriptor_, VIDIOC_S_CTRL, &wanted) == 0;
}

}  // namespace hudoor::scanner
