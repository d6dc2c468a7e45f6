#include "scanner/camera/device.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace hudoor::scanner {
namespace {

namespace fs = std::filesystem;

class Device {
public:
    explicit Device(const fs::path& path)
        : descriptor_(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {}
    ~Device() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    [[nodiscard]] bool captures() const {
        v4l2_capability capability{};
        if (::ioctl(descriptor_, VIDIOC_QUERYCAP, &capability) != 0) return false;
        const auto can = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0
                             ? capability.device_caps
                             : capability.capabilities;
        return (can & V4L2_CAP_VIDEO_CAPTURE) != 0 && (can & V4L2_CAP_STREAMING) != 0;
    }

    [[nodiscard]] bool offers_jpeg() const {
        v4l2_fmtdesc format{};
        format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        for (; ::ioctl(descriptor_, VIDIOC_ENUM_FMT, &format) == 0; ++format.index) {
            if (format.pixelformat == V4L2_PIX_FMT_MJPEG) return true;
        }
        return false;
    }

    [[nodiscard]] bool offers_jpeg_at(unsigned width_px, unsigned height_px) const {
        v4l2_frmsizeenum size{};
        size.pixel_format = V4L2_PIX_FMT_MJPEG;
        for (; ::ioctl(descriptor_, VIDIOC_ENUM_FRAMESIZES, &size) == 0; ++size.index) {
            if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE && size.discrete.width == width_px &&
                size.discrete.height == height_px) {
                return true;
            }
        }
        return false;
    }

private:
    int descriptor_;
};

std::vector<fs::path> list_devices(const fs::path& folder, const std::string& prefix) {
    std::vector<fs::path> paths;
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
        if (entry.path().filename().string().starts_with(prefix)) paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
}

}  // namespace

std::optional<std::string> find_camera_source() {
    auto paths = list_devices("/dev/v4l/by-id", "");
    std::ranges::copy(list_devices("/dev", "video"), std::back_inserter(paths));
    for (const auto& path : paths) {
        const Device device(path);
        if (!device.captures()) continue;
        const std::string source = "v4l2src device=\"" + path.string() + "\"";
        // Raw pictures of this size come at 10 a second over USB 2; JPEG comes at 30.
        if (device.offers_jpeg_at(1280, 720))
            return source + " ! image/jpeg,width=1280,height=720 ! jpegdec";
        return device.offers_jpeg() ? source + " ! image/jpeg ! jpegdec" : source;
    }
    return std::nullopt;
}

}  // namespace hudoor::scanner
