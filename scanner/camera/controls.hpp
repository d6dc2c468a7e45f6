/// The controls of one camera, as the V4L2 driver offers them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hudoor::scanner {

/// By V4L2_CID_* number (linux/v4l2-controls.h).
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

/// Of a device, which may be streaming; one that cannot be opened offers nothing. Waits for the
/// driver.
class DeviceControls final : public CameraControls {
public:
    explicit DeviceControls(const std::string& device);
    ~DeviceControls() override;
    DeviceControls(const DeviceControls&) = delete;
    DeviceControls& operator=(const DeviceControls&) = delete;

    [[nodiscard]] std::optional<Range> range(std::uint32_t control) const override;
    [[nodiscard]] std::optional<std::int32_t> value(std::uint32_t control) const override;
    bool set(std::uint32_t control, std::int32_t value) override;

private:
    int descriptor_;
};

}  // namespace hudoor::scanner
