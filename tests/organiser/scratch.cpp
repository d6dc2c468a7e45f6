#include "tests/organiser/scratch.hpp"

#include <stdlib.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "tests/support/catch.hpp"

namespace hudoor::test {

namespace fs = std::filesystem;

namespace {

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

void make_demo_event(const Scratch& scratch) {
    scratch.write("passphrase", std::string(passphrase) + "\n");
    scratch.write("event-name", "Future Focus Summit\n");
    const Finished made = run(
        scratch, "hudoor --passphrase-file passphrase new event --from '" HUDOOR_DEMO_EVENT "'");
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
}

}  // namespace

Scratch::Scratch() {
    std::string name = (fs::temp_directory_path() / "hudoor-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

fs::path Scratch::write(const std::string& name, std::string_view content) const {
    std::ofstream out(path(name), std::ios::binary);
    out << content;
    out.close();
    REQUIRE(out.good());
    return path(name);
}

std::string Scratch::read(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Finished run(const Scratch& scratch, const std::string& command) {
    const std::string line = "cd " + quoted(scratch.path("")) + " && hudoor() { " +
                             quoted(HUDOOR_PROGRAM) + " \"$@\"; } && { " + command +
                             "; } </dev/null 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Finished finished;
    std::array<char, 4096> part{};
    while (const auto size = std::fread(part.data(), 1, part.size(), pipe))
        finished.output.append(part.data(), size);
    const int status = ::pclose(pipe);
    finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return finished;
}

DemoEvent::DemoEvent() {
    // Made once, copied for each test: its keys take a fifth of a second.
    static const Scratch original;
    if (!fs::exists(original.path("event"))) make_demo_event(original);
    fs::copy(original.path(""), scratch.path(""), fs::copy_options::recursive);
}

organiser::EventKeys DemoEvent::keys() const {
    return organiser::open_event_keys(scratch.path("event") / "event.keys", passphrase);
}

Finished DemoEvent::hudoor(const std::string& arguments) const {
    return run(scratch, "hudoor --event event --passphrase-file passphrase " + arguments);
}

void DemoEvent::import(std::string_view csv) const {
    scratch.write("list.csv", csv);
    const Finished finished = hudoor("import list.csv --apply");
    INFO(finished.output);
    REQUIRE(finished.exit_code == 0);
}

}  // namespace hudoor::test
