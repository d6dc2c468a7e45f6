#include "scanner/camera/device.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <tuple>

#include "config/fault.hpp"

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

    /// Nothing for a device that captures no video.
    [[nodiscard]] std::optional<DriverWord> word() const {
        v4l2_capability capability{};
        if (::ioctl(descriptor_, VIDIOC_QUERYCAP, &capability) != 0) return std::nullopt;
        const auto can = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0
                             ? capability.device_caps
                             : capability.capabilities;
        if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0 || (can & V4L2_CAP_STREAMING) == 0)
            return std::nullopt;
        return DriverWord{text_of(capability.card), text_of(capability.bus_info), offers_jpeg(),
                          offers_jpeg_at(1280, 720)};
    }

private:
    template <std::size_t size>
    static std::string text_of(const __u8 (&field)[size]) {
        return {field, std::find(field, field + size, __u8{0})};
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

    int descriptor_;
};

std::vector<fs::path> list_folder(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(folder, unreadable))
        paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

/// Of "video12"; nothing of any other name.
std::optional<int> number_of(const fs::path& path) {
    constexpr std::string_view prefix = "video";
    const std::string name = path.filename();
    if (!name.starts_with(prefix)) return std::nullopt;
    int number = 0;
    const auto [end, error] =
        std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
    const bool whole = error == std::errc() && end == name.data() + name.size();
    return whole ? std::optional(number) : std::nullopt;
}

bool holds(std::string_view text, std::string_view part) {
    const auto same = [](unsigned char a, unsigned char b) {
        return std::tolower(a) == std::tolower(b);
    };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end() ||
           part.empty();
}

}  // namespace

std::optional<DriverWord> ask_driver(const fs::path& device) { return Device(device).word(); }

std::vector<CameraDevice> list_cameras(const fs::path& dev, const AskDriver& ask) {
    std::vector<CameraDevice> cameras;
    for (const auto& node : list_folder(dev)) {
        const auto number = number_of(node);
        auto says = number ? ask(node) : std::nullopt;
        if (!says) continue;
        CameraDevice camera{node, {}, *number, std::move(*says)};
        for (const char* folder : {"v4l/by-id", "v4l/by-path", "hudoor"})
            for (const auto& link : list_folder(dev / folder)) {
                std::error_code dangling;
                if (fs::equivalent(link, node, dangling)) camera.names.push_back(link);
            }
        if (!camera.names.empty()) camera.path = camera.names.front();
        camera.names.insert(camera.names.end(), {node, camera.says.card, camera.says.bus});
        cameras.push_back(std::move(camera));
    }
    const auto place = [](const CameraDevice& camera) {
        const bool is_usb = camera.says.bus.starts_with("usb");
        return std::tuple(!is_usb, camera.says.card, camera.says.bus, camera.number);
    };
    std::ranges::sort(cameras, {}, place);
    return cameras;
}

CameraDevice choose_camera(const std::vector<CameraDevice>& cameras, std::string_view name,
                           std::string_view silent) {
    if (name.empty() && cameras.size() > 1) {
        const bool is_first = cameras.front().path == silent;
        return cameras[is_first ? 1 : 0];
    }
    const auto found = std::ranges::find_if(cameras, [name](const CameraDevice& camera) {
        return std::ranges::any_of(camera.names,
                                   [name](const std::string& one) { return holds(one, name); });
    });
    if (found != cameras.end()) return *found;
    if (cameras.empty())
        throw Fault(ExitCode::unavailable,
                    "no camera found among /dev/video*: plug one in, or set camera.source");
    std::string there;
    for (const CameraDevice& camera : cameras)
        there += (there.empty() ? "" : ", ") + camera.path + " (" + camera.says.card + ")";
    throw Fault(ExitCode::unavailable, "no camera goes by camera.name = \"" + std::string(name) +
                                           "\"; there are " + there);
}

std::string source_of(const CameraDevice& camera) {
    const std::string source = "v4l2src device=\"" + camera.path + "\"";
    // Raw pictures of this size come at 10 a second over USB 2; JPEG comes at 30.
    if (camera.says.jpeg_720) return source + " ! image/jpeg,width=1280,height=720 ! jpegdec";
    return camera.says.jpeg ? source + " ! image/jpeg ! jpegdec" : source;
}

}  // namespace hudoor::scanner
