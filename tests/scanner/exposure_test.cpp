#include "scanner/camera/exposure.hpp"

#include <linux/v4l2-controls.h>

#include <map>

#include "scanner/camera/pipeline.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::scanner;
using namespace std::chrono_literals;

namespace {

/// A webcam as the UVC class has them: the time can be set in manual mode only.
class FakeCamera final : public CameraControls {
public:
    std::map<std::uint32_t, Range> ranges{{V4L2_CID_EXPOSURE_AUTO, {0, 3}},
                                          {V4L2_CID_EXPOSURE_ABSOLUTE, {3, 2'047}}};
    std::map<std::uint32_t, std::int32_t> values{
        {V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_APERTURE_PRIORITY},
        {V4L2_CID_EXPOSURE_ABSOLUTE, 333}};
    std::int32_t manual_mode = V4L2_EXPOSURE_MANUAL;

    [[nodiscard]] std::optional<Range> range(std::uint32_t control) const override {
        const auto found = ranges.find(control);
        return found == ranges.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::optional<std::int32_t> value(std::uint32_t control) const override {
        const auto found = values.find(control);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    }
    bool set(std::uint32_t control, std::int32_t value) override {
        const auto allowed = range(control);
        if (!allowed || value < allowed->least || value > allowed->most) return false;
        if (control == V4L2_CID_EXPOSURE_AUTO && value != manual_mode) return false;
        if (control == V4L2_CID_EXPOSURE_ABSOLUTE && values[V4L2_CID_EXPOSURE_AUTO] != manual_mode)
            return false;
        values[control] = value;
        return true;
    }
};

}  // namespace

TEST_CASE(
    "a camera that can be told keeps the exposure it is told, and its gain follows the light") {
    FakeCamera camera;
    camera.ranges[V4L2_CID_AUTOGAIN] = {0, 1};
    CHECK(fix_exposure(camera, 8ms) == 8'000us);
    CHECK(camera.values[V4L2_CID_EXPOSURE_ABSOLUTE] == 80);
    CHECK(camera.values[V4L2_CID_AUTOGAIN] == 1);
}

TEST_CASE("an exposure a camera does not have becomes the nearest it has") {
    FakeCamera camera;
    CHECK(fix_exposure(camera, 100us) == 300us);
    camera.ranges[V4L2_CID_EXPOSURE_ABSOLUTE] = {3, 50};
    CHECK(fix_exposure(camera, 8ms) == 5'000us);
}

TEST_CASE("a camera with shutter priority instead of a manual mode is told by that") {
    FakeCamera camera;
    camera.manual_mode = V4L2_EXPOSURE_SHUTTER_PRIORITY;
    CHECK(fix_exposure(camera, 8ms) == 8'000us);
}

TEST_CASE("a camera that does not let its exposure be told is left as it is") {
    FakeCamera without;
    without.ranges.erase(V4L2_CID_EXPOSURE_ABSOLUTE);
    CHECK_FALSE(fix_exposure(without, 8ms));
    CHECK(without.values[V4L2_CID_EXPOSURE_AUTO] == V4L2_EXPOSURE_APERTURE_PRIORITY);
    FakeCamera stubborn;
    stubborn.manual_mode = -1;
    CHECK_FALSE(fix_exposure(stubborn, 8ms));
    CHECK_FALSE(fix_exposure("/dev/null", 8ms));
    CHECK_FALSE(fix_exposure("/nowhere", 8ms));
}

TEST_CASE("the camera's device is found in its source, however it is written") {
    const auto device_of = [](const std::string& source) {
        return Pipeline(source, 1, [](const FramePtr&) {}).device();
    };
    CHECK(device_of("v4l2src device=/dev/video7 ! image/jpeg ! jpegdec") == "/dev/video7");
    CHECK_FALSE(device_of("videotestsrc"));
}
