// Bad input: one clear sentence and the right exit code, or a kiosk that goes on and says so.
#include <sys/file.h>
#include <filesystem>
#include <fstream>

#include "storage/journal/journal.hpp"
#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
namespace fs = std::filesystem;

namespace {

/// What the kiosk says on stderr, and how it ends.
Finished run_kiosk(const Event& event, const std::string& camera,
                   const std::vector<std::string>& more = {}, const std::string& environment = {}) {
    std::string command = environment + " '" + program("hudoor-kiosk").string() +
                          "' --headless --until-end --state '" + event.state().string() +
                          "' --assets '" + std::string(HUDOOR_BUILD_DIR) + "/assets'";
    if (!camera.empty()) command += " --camera '" + camera + "'";
    for (const std::string& word : more) command += " " + word;
    return run({"bash", "-c", command + " 2>&1"});
}

constexpr auto no_camera = "videotestsrc num-buffers=1";

bool says(const Finished& finished, const std::string& words) {
    return finished.output.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("an unknown setting is named with file, line and column, exit 78", "[bad-input]") {
    const Event event = make_event(2, 12);
    const auto file = event.folder / "bad.toml";
    std::ofstream(file) << "[camera]\nsuorce = \"auto\"\n";
    const Finished finished = run_kiosk(event, no_camera, {"--config", file.string()});
    INFO(finished.output);
    CHECK(finished.exit_code == 78);
    CHECK(says(finished, file.string() + ":2:1"));
}

TEST_CASE("a camera string that cannot be parsed is named, exit 78", "[bad-input]") {
    const Event event = make_event(2, 12);
    const Finished finished = run_kiosk(event, "nosuchelement ! alsonot");
    INFO(finished.output);
    CHECK(finished.exit_code == 78);
    CHECK(says(finished, "nosuchelement"));
}

TEST_CASE("a machine that was never enrolled says what to do, exit 66", "[bad-input]") {
    Event event = make_event(2, 12);
    event.folder = event.folder / "nothing-here";
    const Finished finished = run_kiosk(event, no_camera);
    INFO(finished.output);
    CHECK(finished.exit_code == 66);
    CHECK(says(finished, "enrol"));
}

TEST_CASE("a journal that another kiosk holds is left alone, exit 69", "[bad-input]") {
    const Event event = make_event(2, 12);
    const storage::Journal journal(
        {.directory = event.state(), .kiosk = storage::KioskId{1}, .kiosk_key = {}});
    const Finished finished = run_kiosk(event, no_camera);
    INFO(finished.output);
    CHECK(finished.exit_code == 69);
    CHECK(says(finished, "journal"));
}

TEST_CASE("F10, F26: a damaged guest list or a missing key leaves a kiosk that checks signatures",
          "[bad-input]") {
    const Event event = make_event(2, 12);
    SECTION("the guest list is damaged") {
        fs::path snapshot;
        for (const auto& entry : fs::directory_iterator(event.state()))
            if (entry.path().filename().string().find("snapshot") != std::string::npos)
                snapshot = entry.path();
        REQUIRE_FALSE(snapshot.empty());
        std::fstream file(snapshot, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(snapshot) / 2));
        file.write("damage", 6);
    }
    SECTION("the key is gone") { REQUIRE(fs::remove(event.state() / "kiosk.key")); }
    const Finished finished = run_kiosk(event, fast_source(event.feed()),
                                        {"--results", "-", "--fake-time", "2026-12-04T05:31:00Z"});
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK(says(finished, "no guest list"));
    CHECK(says(finished, "signature_only"));
}

TEST_CASE("missing fonts are named before anything is drawn, exit 69", "[bad-input]") {
    const Event event = make_event(2, 12);
    const auto fonts = event.folder / "no-fonts.conf";
    std::ofstream(fonts)
        << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig></fontconfig>\n";
    const Finished finished =
        run_kiosk(event, no_camera, {}, "FONTCONFIG_FILE='" + fonts.string() + "'");
    INFO(finished.output);
    CHECK(finished.exit_code == 69);
    CHECK(says(finished, "fonts-noto-core"));
}

TEST_CASE("options of the demo are refused on a real event, exit 77", "[bad-input]") {
    const Event event = make_event(2, 12);
    const auto real = event.folder / "real.toml";
    const Finished made = run(
        {"bash", "-c",
         "set -e; cd '" + event.folder.string() +
             "'; rm -rf real real-state real.kiosk;"
             "cp '" +
             std::string(HUDOOR_SOURCE_DIR) +
             "/assets/demo/event.toml' real.toml;"
             "H='" +
             program("hudoor").string() +
             "'; P=\"--passphrase-file passphrase\";"
             "$H $P new real --from real.toml; $H $P --event real kiosk add k --place north --out real.kiosk --bundle-passphrase-file passphrase;"
             "'" +
             program("hudoor-kiosk").string() +
             "' enrol real.kiosk --bundle-passphrase-file passphrase --state real-state --key-file"});
    REQUIRE(made.exit_code == 0);
    for (const std::string option : {"--fake-time 2026-12-04T05:31:00Z", "--screenshots ."}) {
        const Finished finished =
            run({"bash", "-c",
                 "cd '" + event.folder.string() + "'; '" + program("hudoor-kiosk").string() +
                     "' --headless --state real-state --camera '" + no_camera + "' " + option +
                     " 2>&1"});
        INFO(finished.output);
        CHECK(finished.exit_code == 77);
    }
}
