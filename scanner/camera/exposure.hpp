/// Keeps a camera's exposure short, so that a badge in a moving hand stays readable.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace hudoor::scanner {

/// The controls of one camera, by V4L2_CID_* number (linux/v4l2-controls.h).
class CameraControls {
public:
    struct Range {
        std::int32_t least = 0;
        std::int32_t most = 0;
    };
    virtual ~CameraControls() = default;
    /// Nothing if the camera does not offer it.
    [[nodiscard]] virtual std::optional<Range> range(std::uint32_t control) const = 0;
    [[nodiscard]] virtual std::optional<std::int32_t> value(std::uint32_t control) const = 0;
    virtual bool set(std::uint32_t control, std::int32_t value) = 0;
};

/// Takes the exposure out of the camera's own hands and fixes it at `wanted`, or what the camera
/// has next to it; brightness stays the camera's, by gain. Returns what the camera says the
/// exposure now is; nothing if it cannot be set.
[[nodiscard]] std::optional<std::chrono::microseconds> fix_exposure(
    CameraControls& camera, std::chrono::microseconds wanted);

/// Of a V4L2 device, which may be streaming; nothing, too, if it cannot be opened. Waits for the
/// driver.
[[nodiscard]] std::optional<std::chrono::microseconds> fix_exposure(
    const std::string& device, std::chrono::microseconds wanted);

}  // namespace hudoor::scanner
