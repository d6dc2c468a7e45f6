#include "scanner/camera/device.hpp"

#include <unistd.h>

#include <fstream>
#include <map>

#include "config/fault.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

namespace fs = std::filesystem;

/// A folder in place of /dev, and drivers in place of those of its devices.
class FakeDev {
public:
    FakeDev() : folder_(fs::temp_directory_path() / ("hudoor-dev-" + std::to_string(::getpid()))) {
        fs::remove_all(folder_);
        fs::create_directories(folder_ / "v4l/by-id");
        fs::create_directories(folder_ / "v4l/by-path");
        plug("null", std::nullopt);  // what is no camera at all
    }
    ~FakeDev() { fs::remove_all(folder_); }
    FakeDev(const FakeDev&) = delete;
    FakeDev& operator=(const FakeDev&) = delete;

    /// Nothing: it captures no video.
    void plug(const std::string& node, std::optional<DriverWord> says) {
        std::ofstream{folder_ / node};
        drivers_[folder_ / node] = std::move(says);
    }
    void link(const std::string& name, const std::string& node) const {
        fs::create_symlink("../../" + node, folder_ / "v4l" / name);
    }
    [[nodiscard]] std::vector<CameraDevice> list() const {
        return list_cameras(folder_, [this](const fs::path& path) { return drivers_.at(path); });
    }
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

private:
    fs::path folder_;
    std::map<fs::path, std::optional<DriverWord>> drivers_;
};

const DriverWord badge_camera{"HD Pro Webcam C920", "usb-0000:00:14.0-2", true, true};
const DriverWord other_camera{"Integrated Camera", "usb-0000:00:14.0-8", true, false};
const DriverWord grabber{"Frame Grabber", "PCI:0000:03:00.0", false, false};

/// The two webcams and the grabber, as one start of the machine numbers them.
void plug_all(FakeDev& dev, const std::vector<std::string>& nodes) {
    dev.plug(nodes[0], badge_camera);
    dev.plug(nodes[1], std::nullopt);  // its second device, without pictures
    dev.plug(nodes[2], other_camera);
    dev.plug(nodes[3], grabber);
    dev.link("by-id/usb-046d_C920_1234-video-index0", nodes[0]);
    dev.link("by-id/usb-046d_C920_1234-video-index1", nodes[1]);
    dev.link("by-path/pci-0000:00:14.0-usb-0:2:1.0-video-index0", nodes[0]);
    dev.link("by-path/pci-0000:00:14.0-usb-0:8:1.0-video-index0", nodes[2]);
    dev.link("by-id/gone", "video99");
}

const std::vector<std::vector<std::string>> starts{{"video0", "video1", "video2", "video3"},
                                                   {"video3", "video2", "video0", "video1"},
                                                   {"video10", "video11", "video2", "video1"}};

TEST_CASE("the same camera is the first, whatever number it has after this start") {
    const auto& nodes = GENERATE(from_range(starts));
    FakeDev dev;
    plug_all(dev, nodes);
    const auto cameras = dev.list();
    REQUIRE(cameras.size() == 3);
    CHECK(cameras[0].says.card == badge_camera.card);
    CHECK(cameras[1].says.card == other_camera.card);
    CHECK(cameras[2].says.card == grabber.card);
    CHECK(source_of(choose_camera(cameras, "")) ==
          "v4l2src device=\"" + dev.path("v4l/by-id/usb-046d_C920_1234-video-index0") +
              "\" ! image/jpeg,width=1280,height=720 ! jpegdec");
    CHECK(source_of(cameras[1]) ==
          "v4l2src device=\"" + dev.path("v4l/by-path/pci-0000:00:14.0-usb-0:8:1.0-video-index0") +
              "\" ! image/jpeg ! jpegdec");
    CHECK(source_of(cameras[2]) == "v4l2src device=\"" + dev.path(nodes[3]) + "\"");
}

TEST_CASE("two cameras of one kind are told apart by where they are plugged in") {
    FakeDev dev;
    const bool swapped = GENERATE(false, true);
    const std::vector<std::string> nodes{swapped ? "video2" : "video0",
                                         swapped ? "video0" : "video2"};
    DriverWord left = badge_camera, right = badge_camera;
    left.bus = "usb-0000:00:14.0-1";
    dev.plug(nodes[0], left);
    dev.plug(nodes[1], right);
    dev.link("by-id/usb-046d_C920-video-index0", "video0");  // of one of them, today
    const auto cameras = dev.list();
    REQUIRE(cameras.size() == 2);
    CHECK(cameras[0].says.bus == left.bus);
    CHECK(choose_camera(cameras, right.bus).says.bus == right.bus);
}

TEST_CASE("a camera is chosen by any of its names, and by no other camera in its place") {
    FakeDev dev;
    plug_all(dev, GENERATE(from_range(starts)));
    const auto cameras = dev.list();
    for (const char* name : {"C920", "046d_c920_1234", "14.0-usb-0:2", "usb-0000:00:14.0-2"})
        CHECK(choose_camera(cameras, name).says.card == badge_camera.card);
    CHECK(choose_camera(cameras, "integrated").says.card == other_camera.card);
    CHECK(choose_camera(cameras, "grabber").says.card == grabber.card);
    try {
        (void)choose_camera(cameras, "C930");
        FAIL("no fault");
    } catch (const Fault& fault) {
        const std::string what = fault.what();
        CHECK(fault.exit_code() == ExitCode::unavailable);
        for (const char* named : {"C930", "by-id/usb-046d_C920_1234", "HD Pro Webcam C920",
                                  "Integrated Camera", "Frame Grabber"})
            CHECK(what.find(named) != std::string::npos);
    }
}

TEST_CASE("a camera that sends nothing is not the first any more where there is another") {
    FakeDev dev;
    plug_all(dev, starts[0]);
    auto cameras = dev.list();
    const std::string silent = cameras[0].path;
    CHECK(choose_camera(cameras, "", silent).says.card == other_camera.card);
    CHECK(choose_camera(cameras, "", cameras[1].path).says.card == badge_camera.card);
    CHECK(choose_camera(cameras, "C920", silent).says.card == badge_camera.card);
    cameras.resize(1);
    CHECK(choose_camera(cameras, "", silent).says.card == badge_camera.card);
}

TEST_CASE("without any camera it is said what to do") {
    const FakeDev dev;
    CHECK(dev.list().empty());
    CHECK_THROWS_AS(choose_camera(dev.list(), ""), Fault);
    CHECK(list_cameras("/nowhere").empty());
    CHECK_FALSE(ask_driver("/dev/null"));
    CHECK_FALSE(ask_driver("/nowhere"));
}

}  // namespace
}  // namespace hudoor::scanner
