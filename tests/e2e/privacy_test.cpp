// I-14: names stay in memory and in sealed files, also when the program dies with one on its
// screen.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/e2e/play.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::e2e;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using test::within;

namespace {

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The same letters as two bytes each, low byte first.
std::string as_utf16(const std::string& latin) {
    std::string wide;
    for (const char letter : latin) wide += {letter, '\0'};
    return wide;
}

/// Every name that stands in `text`, in either encoding.
std::set<std::string> names_in(const std::string& text, const std::vector<feed::Truth>& truth) {
    std::set<std::string> found;
    for (const feed::Truth& shown : truth)
        for (const std::string& name : {shown.name_en, shown.name_ar})
            if (!name.empty() && (text.find(name) != std::string::npos ||
                                  text.find(as_utf16(name)) != std::string::npos))
                found.insert(name);
    return found;
}

std::set<std::string> names_under(const fs::path& folder, const std::vector<feed::Truth>& truth) {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            for (const std::string& name : names_in(content_of(entry.path()), truth))
                found.insert(name + " in " + entry.path().string());
    return found;
}

}  // namespace

TEST_CASE("I-14: a kiosk that crashes with a name on its screen leaves no name behind",
          "[privacy]") {
    const Event event = make_event(2, 12);
    const auto truth = truth_of(event);
    const fs::path home =
        event.folder / "crash-home";  // temporary files and whatever a crash leaves
    fs::remove_all(home);
    fs::create_directories(home);
    const Display display;
    KioskOptions options{
        .camera = fast_source(event.feed()), .display = display.name(), .until_end = false};
    const std::string log = (home / "log").string();
    options.inside = {
        "bash", "-c",
        "ulimit -c unlimited; cd \"$0\"; export TMPDIR=\"$0\" XDG_CACHE_HOME=\"$0\"; exec \"$@\" 2>\"$0/log\"",
        home.string()};
    auto kiosk = start_kiosk(event, options);
    std::string printed;
    while (printed.find("\"admitted\"") == std::string::npos) {
        const auto line = kiosk.read_line(within(30s));
        REQUIRE(line);
        printed += *line + "\n";
    }
    const std::string limits = content_of("/proc/" + std::to_string(kiosk.pid()) + "/limits");
    CHECK(limits.find("Max core file size        0                    0") != std::string::npos);
    kiosk.kill(SIGSEGV);  // the admitted one is still being shown
    CHECK(kiosk.wait(within(10s)) == 128 + SIGSEGV);

    // That the names would be found is shown by the list they came from.
    CHECK(names_in(content_of(event.folder / "delegates.csv"), truth).size() > truth.size());
    CHECK(names_in(printed, truth).empty());
    CHECK(names_under(event.state(), truth).empty());
    CHECK(names_under(home, truth).empty());
    CHECK(names_in(content_of(event.folder / "north-1.kiosk"), truth).empty());
    CHECK(names_in(content_of(event.folder / "event" / "event.keys"), truth).empty());
}
