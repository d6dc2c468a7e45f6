#include <nlohmann/json.hpp>

#include <sstream>

#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
using nlohmann::json;

namespace {

std::vector<json> objects_in(const Finished& finished) {
    std::vector<json> objects;
    std::istringstream in(finished.output);
    for (std::string line; std::getline(in, line);) objects.push_back(json::parse(line));
    return objects;
}

/// A plain portable graymap of white.
std::string white_picture(int side) {
    std::string picture = "P5 " + std::to_string(side) + " " + std::to_string(side) + " 255\n";
    return picture +
           std::string(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), '\xFF');
}

}  // namespace

TEST_CASE("a picture's code comes with its corners and time; one without a code is no failure") {
    const DemoEvent event;
    event.import("attendee_id,name_en\nD1,Noura\n");
    REQUIRE(event.hudoor("badges badges.pdf --png .").exit_code == 0);
    event.scratch.write("white.pgm", white_picture(200));
    const Finished finished = run(event.scratch, "hudoor scan D1.png white.pgm --json");
    INFO(finished.output);
    REQUIRE(finished.exit_code == 0);
    const auto objects = objects_in(finished);
    REQUIRE(objects.size() == 2);
    CHECK(objects[0]["file"] == "D1.png");
    CHECK(objects[0]["frame"] == 0);
    CHECK(objects[0]["cpu_ms"].get<double>() > 0);
    REQUIRE(objects[0]["codes"].size() == 1);
    CHECK(objects[0]["codes"][0]["text"].get<std::string>().substr(0, 3) == "K1:");
    // The code stands 9.1 mm from the left and 87.6 mm from the top; a millimetre is 11.8 pixels.
    const auto corners = objects[0]["codes"][0]["corners"];
    REQUIRE(corners.size() == 4);
    CHECK(std::abs(corners[0][0].get<int>() - 107) < 20);
    CHECK(std::abs(corners[0][1].get<int>() - 1035) < 20);
    CHECK(corners[1][0].get<int>() > corners[0][0].get<int>() + 300);
    CHECK(corners[2][1].get<int>() > corners[1][1].get<int>() + 300);
    CHECK(objects[1]["codes"].empty());
}

TEST_CASE("files that cannot be read are named after the others were, exit 65") {
    const Scratch scratch;
    scratch.write("white.pgm", white_picture(100));
    scratch.write("text.txt", "not a picture\n");
    scratch.write("broken.png", "\x89PNG\r\n\x1A\n");
    const Finished finished =
        run(scratch, "hudoor scan missing.png text.txt broken.png white.pgm --json 2>errors");
    CHECK(finished.exit_code == 65);
    REQUIRE(objects_in(finished).size() == 1);
    const std::string errors = scratch.read("errors");
    for (const char* file : {"missing.png", "text.txt", "broken.png"})
        CHECK(errors.find(file) != std::string::npos);
}

TEST_CASE("a video is read frame by frame, and pictures of a sequence are counted") {
    const DemoEvent event;
    event.import("attendee_id,name_en\nD1,Noura\n");
    REQUIRE(event.hudoor("badges badges.pdf --png .").exit_code == 0);
    const Finished made =
        run(event.scratch,
            "convert D1.png -resize 50% small.jpg && "
            "gst-launch-1.0 -q filesrc location=small.jpg ! jpegdec ! imagefreeze num-buffers=5 ! "
            "video/x-raw,framerate=5/1 ! jpegenc ! avimux ! filesink location=five.avi");
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
    const auto frames = objects_in(run(event.scratch, "hudoor scan five.avi --json 2>/dev/null"));
    REQUIRE(frames.size() == 5);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        CHECK(frames[i]["frame"] == i);
        CHECK(frames[i]["codes"].size() == 1);
    }
    const auto sequence = objects_in(
        run(event.scratch, "hudoor scan --sequence --json small.jpg small.jpg 2>/dev/null"));
    REQUIRE(sequence.size() == 2);
    CHECK(sequence[1]["frame"] == 1);
}
