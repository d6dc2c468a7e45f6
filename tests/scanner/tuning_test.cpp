#include "scanner/camera/tuning.hpp"

#include <linux/v4l2-controls.h>

#include <map>

#include "scanner/camera/exposure.hpp"
#include "scanner/camera/pipeline.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::scanner;
using namespace std::chrono_literals;

namespace {

/// A webcam as the UVC class has them: the time can be set in manual mode only.
class FakeCamera final : public CameraControls {
public:
    std::map<std::uint32_t, Range> ranges{{V4L2_CID_EXPOSURE_AUTO, {0, 3}},
                                          {V4L2_CID_EXPOSURE_ABSOLUTE, {3, 2'047}},
                                          {V4L2_CID_FOCUS_AUTO, {0, 1}},
                                          {V4L2_CID_FOCUS_ABSOLUTE, {0, 250}}};
    std::map<std::uint32_t, std::int32_t> values{
        {V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_APERTURE_PRIORITY},
        {V4L2_CID_EXPOSURE_ABSOLUTE, 333},
        {V4L2_CID_FOCUS_AUTO, 1},
        {V4L2_CID_FOCUS_ABSOLUTE, 120}};
    int told = 0;  ///< how often anything was set
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
        if (control == V4L2_CID_FOCUS_ABSOLUTE && values[V4L2_CID_FOCUS_AUTO] == 1) return false;
        values[control] = value;
        ++told;
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
    for (const char* path : {"/dev/null", "/nowhere"}) {
        DeviceControls nothing(path);
        CHECK_FALSE(fix_exposure(nothing, 8ms));
        CHECK(
            CameraTuning({.exposure = 8ms, .focus = FocusKind::fixed}).begin(nothing).what ==
            "the camera does not let its exposure be fixed; the camera does not let its focus be fixed");
    }
}

TEST_CASE("an exposure of 0 and a free focus leave the camera alone") {
    FakeCamera camera;
    Sightings sightings;
    CameraTuning tuning({});
    CHECK_FALSE(tuning.is_wanted());
    CHECK_FALSE(tuning.begin(camera).exposure);
    sightings.note_blurred();
    sightings.note_read();
    CHECK_FALSE(tuning.go_on(camera, sightings).exposure);
    CHECK(camera.told == 0);
}

TEST_CASE("an exposure by need is 10 ms, and 8 from when a badge was blurred, in later runs too") {
    FakeCamera camera;
    Sightings sightings;
    CameraTuning tuning({.exposure = 10ms, .exposure_where_blurred = 8ms});
    REQUIRE(tuning.is_wanted());
    CHECK(tuning.begin(camera).exposure == 10'000us);
    sightings.note_read();
    CHECK(tuning.go_on(camera, sightings).what.empty());
    CHECK(camera.values[V4L2_CID_EXPOSURE_ABSOLUTE] == 100);
    sightings.note_blurred();
    CHECK(tuning.go_on(camera, sightings).exposure == 8'000us);
    CHECK_FALSE(sightings.are_new());
    sightings.note_blurred();
    CHECK(tuning.go_on(camera, sightings).what.empty());
    camera = {};  // plugged in again
    CHECK(tuning.begin(camera).exposure == 8'000us);
    CHECK(camera.values[V4L2_CID_EXPOSURE_ABSOLUTE] == 80);
}

TEST_CASE("a fixed exposure stays where it is, however blurred the badges are") {
    FakeCamera camera;
    Sightings sightings;
    CameraTuning tuning({.exposure = 12ms});
    (void)tuning.begin(camera);
    sightings.note_blurred();
    CHECK(tuning.go_on(camera, sightings).exposure == 12'000us);
    CHECK(camera.values[V4L2_CID_EXPOSURE_ABSOLUTE] == 120);
}

TEST_CASE("a fixed focus hunts no more, at the nearest step the camera has") {
    FakeCamera camera;
    CameraTuning tuning({.focus = FocusKind::fixed, .focus_at = 400});
    CHECK(tuning.begin(camera).what == "focus fixed at 250");
    CHECK(camera.values[V4L2_CID_FOCUS_AUTO] == 0);
    CHECK(camera.values[V4L2_CID_FOCUS_ABSOLUTE] == 250);
}

TEST_CASE("a focus by need is held where a badge was read, until one is blurred") {
    FakeCamera camera;
    camera.values[V4L2_CID_FOCUS_AUTO] = 0;  // as the last program left it
    Sightings sightings;
    CameraTuning tuning({.focus = FocusKind::held});
    (void)tuning.begin(camera);
    CHECK(camera.values[V4L2_CID_FOCUS_AUTO] == 1);
    camera.values[V4L2_CID_FOCUS_ABSOLUTE] = 60;  // the camera found it
    sightings.note_read();
    (void)tuning.go_on(camera, sightings);
    CHECK(camera.values[V4L2_CID_FOCUS_AUTO] == 0);
    CHECK(camera.values[V4L2_CID_FOCUS_ABSOLUTE] == 60);

    SECTION("also after it was unplugged") {
        camera = {};
        (void)tuning.begin(camera);
        CHECK(camera.values[V4L2_CID_FOCUS_AUTO] == 0);
        CHECK(camera.values[V4L2_CID_FOCUS_ABSOLUTE] == 60);
    }
    SECTION("and found anew where a badge is blurred") {
        sightings.note_blurred();
        (void)tuning.go_on(camera, sightings);
        CHECK(camera.values[V4L2_CID_FOCUS_AUTO] == 1);
        camera.values[V4L2_CID_FOCUS_ABSOLUTE] = 75;
        sightings.note_read();
        (void)tuning.go_on(camera, sightings);
        CHECK(camera.values[V4L2_CID_FOCUS_AUTO] == 0);
        CHECK(camera.values[V4L2_CID_FOCUS_ABSOLUTE] == 75);
    }
}

TEST_CASE("a camera without a motor is told nothing of focus, and its exposure all the same") {
    FakeCamera camera;
    camera.ranges.erase(V4L2_CID_FOCUS_AUTO);
    camera.ranges.erase(V4L2_CID_FOCUS_ABSOLUTE);
    camera.values.erase(V4L2_CID_FOCUS_ABSOLUTE);
    Sightings sightings;
    CameraTuning tuning({.exposure = 10ms, .focus = FocusKind::held});
    CHECK(tuning.begin(camera).exposure == 10'000us);
    sightings.note_read();
    CHECK(tuning.go_on(camera, sightings).what.empty());
    CHECK_FALSE(camera.values.contains(V4L2_CID_FOCUS_ABSOLUTE));
}

TEST_CASE("the camera's device is found in its source, however it is written") {
    const auto device_of = [](const std::string& source) {
        return Pipeline(source, 1, [](const FramePtr&) {}).device();
    };
    CHECK(device_of("v4l2src device=/dev/video7 ! image/jpeg ! jpegdec") == "/dev/video7");
    CHECK_FALSE(device_of("videotestsrc"));
}
