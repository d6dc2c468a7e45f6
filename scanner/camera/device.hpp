/// Finds the camera that "auto" means: by what it is and where it is plugged in, since the numbers
/// of /dev/video* change from one start to the next.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hudoor::scanner {

/// What a driver says of a capture device.
struct DriverWord {
    std::string card;  ///< "HD Pro Webcam C920"
    std::string bus;   ///< "usb-0000:00:14.0-2": the place it is plugged in
    bool jpeg = false;
    bool jpeg_720 = false;  ///< at 1280x720
};

/// Nothing for what does not capture video, which half of the devices of a webcam do not.
[[nodiscard]] std::optional<DriverWord> ask_driver(const std::filesystem::path& device);

struct CameraDevice {
    std::string path;  ///< a name that stays where it has one: by-id, else by-path, else videoN
    std::vector<std::string> names;  ///< paths and names it goes by, of the driver and below /dev
    int number = 0;                  ///< of videoN
    DriverWord says;
};

using AskDriver = std::function<std::optional<DriverWord>(const std::filesystem::path&)>;

/// In an order that is the same whatever numbers the devices have today: USB first, then by what
/// they are and where they are plugged in.
[[nodiscard]] std::vector<CameraDevice> list_cameras(const std::filesystem::path& dev = "/dev",
                                                     const AskDriver& ask = ask_driver);

/// The first that goes by a name with `name` in it; any for "", but `silent`, the path of one that
/// sends nothing, only where there is no other. Throws Fault(unavailable), which says what there is
/// instead.
[[nodiscard]] CameraDevice choose_camera(const std::vector<CameraDevice>& cameras,
                                         std::string_view name, std::string_view silent = {});

/// A GStreamer source; JPEG at 1280x720 where the device offers it.
[[nodiscard]] std::string source_of(const CameraDevice& camera);

}  // namespace hudoor::scanner
