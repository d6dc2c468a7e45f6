#include "kiosk/chores/backlight.hpp"

#include <fstream>

#include "storage/base/files.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::kiosk;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string read(const fs::path& file) {
    std::ifstream in(file);
    std::string text;
    in >> text;
    return text;
}

}  // namespace

TEST_CASE("the light behind the panel is told in percent and set in steps, never to nothing") {
    const storage::TemporaryFolder folder{fs::temp_directory_path()};
    const fs::path device = folder.path() / "intel_backlight";
    fs::create_directory(device);
    write(device / "max_brightness", "960\n");
    write(device / "brightness", "480\n");
    const Backlight light(folder.path());
    CHECK(light.percent() == 50);
    CHECK(light.set(next_brightness(50)));
    CHECK(read(device / "brightness") == "720");
    CHECK(light.set(0));
    CHECK(read(device / "brightness") == "1");
    CHECK(next_brightness(100) == 25);
    CHECK(next_brightness(24) == 25);
}

TEST_CASE("a machine without a light that can be set has none, whatever else lies there") {
    const storage::TemporaryFolder folder{fs::temp_directory_path()};
    CHECK_FALSE(Backlight(folder.path()).percent());
    CHECK_FALSE(Backlight(folder.path()).set(50));
    CHECK_FALSE(Backlight(folder.path() / "nothing").percent());
    fs::create_directory(folder.path() / "broken");
    write(folder.path() / "broken" / "max_brightness", "none");
    CHECK_FALSE(Backlight(folder.path()).percent());
}
