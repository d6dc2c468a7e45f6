#include "tests/feed/recorder.hpp"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "tests/feed/sample.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor::feed;

namespace {

struct Played {
    std::vector<GstClockTime> times;
    int width = 0;
    int height = 0;
};

void note_sample(GstSample* sample, Played& played) {
    played.times.push_back(GST_BUFFER_PTS(gst_sample_get_buffer(sample)));
    const GstStructure* format = gst_caps_get_structure(gst_sample_get_caps(sample), 0);
    gst_structure_get_int(format, "width", &played.width);
    gst_structure_get_int(format, "height", &played.height);
    gst_sample_unref(sample);
}

/// Plays a feed the way a kiosk does, without waiting for the clock.
Played play(const std::filesystem::path& file) {
    gst_init(nullptr, nullptr);
    const std::string line =
        "filesrc location=" + file.string() + " ! avidemux ! jpegdec ! appsink name=end sync=false";
    GstElement* pipeline = gst_parse_launch(line.c_str(), nullptr);
    REQUIRE(pipeline != nullptr);
    GstElement* end = gst_bin_get_by_name(GST_BIN(pipeline), "end");
    gst_element_set_state(pipeline, GST_STATE_PLAYING);
    Played played;
    while (GstSample* sample = gst_app_sink_try_pull_sample(GST_APP_SINK(end), 10 * GST_SECOND))
        note_sample(sample, played);
    CHECK(gst_app_sink_is_eos(GST_APP_SINK(end)));
    gst_element_set_state(pipeline, GST_STATE_NULL);
    gst_object_unref(end);
    gst_object_unref(pipeline);
    return played;
}

}  // namespace

TEST_CASE(
    "a recorded part plays with every frame at its time, and its truth counts from its own start") {
    const Plan plan = sample::plan(12, 1, {640, 360});
    const auto file = std::filesystem::temp_directory_path() / "hudoor-recorder-test.avi";
    double done = 0;
    const auto truth = record(plan, {file, 1, 2, 70}, [&](double share) { done = share; });
    const Played played = play(file);
    std::filesystem::remove(file);

    const int begins = plan.appearances[0].gone;
    CHECK(static_cast<int>(played.times.size()) == plan.appearances[2].gone - begins);
    CHECK(played.width == 640);
    CHECK(played.height == 360);
    REQUIRE(played.times.size() > 31);
    CHECK(played.times[0] == 0);
    CHECK(played.times[30] == GST_SECOND);
    REQUIRE(truth.size() == 2);
    CHECK(truth[0].index == 1);
    CHECK(truth[0].first_frame == measure(plan, 1).first_frame - begins);
    CHECK(done > 0.8);
}
