// Lists as people bring them, each a folder: its files, and steps, which say what is done with them
// and what must be so afterwards:
//   $ import list.csv --apply      hudoor with the event
//   exit 65                        of the command before
//   says TEXT, silent TEXT         what it said on both streams, or did not
//   people 3                       so many are registered
//   D1 | name_en | Noura           what the event holds in a column; (empty): nothing
//   D1 | kept title_en | Dr.       and in one that is kept
#include <filesystem>
#include <fstream>
#include <sstream>

#include "storage/organiser/lists/values.hpp"
#include "tests/organiser/scratch.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::test;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> folders() {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(HUDOOR_SOURCE_DIR "/tests/organiser/lists"))
        if (entry.is_directory()) all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at != std::string::npos;) {
        const std::size_t end = line.find(" | ", at);
        cells.push_back(line.substr(at, end == std::string::npos ? end : end - at));
        at = end == std::string::npos ? end : end + 3;
    }
    return cells;
}

/// One folder's steps, one after the other.
class Play {
public:
    explicit Play(const fs::path& folder) {
        for (const auto& entry : fs::directory_iterator(folder))
            fs::copy(entry.path(), event_.scratch.path(entry.path().filename().string()));
    }

    void step(const std::string& line) {
        INFO(line);
        INFO(last_.output);
        if (line.starts_with("$ ")) {
            last_ = event_.hudoor(line.substr(2));
        } else if (line.starts_with("exit ")) {
            CHECK(last_.exit_code == std::stoi(line.substr(5)));
        } else if (line.starts_with("says ")) {
            CHECK(last_.says(line.substr(5)));
        } else if (line.starts_with("silent ")) {
            CHECK_FALSE(last_.says(line.substr(7)));
        } else if (line.starts_with("people ")) {
            CHECK(std::to_string(event_.open().registrations().size()) == line.substr(7));
        } else {
            check_cell(cells_of(line));
        }
    }

private:
    void check_cell(const std::vector<std::string>& cells) {
        REQUIRE(cells.size() == 3);
        const std::string right = cells[2] == "(empty)" ? std::string() : cells[2];
        const auto store = event_.open();
        const auto person = store.find(cells[0]);
        REQUIRE(person);
        const std::string& column = cells[1];
        if (!column.starts_with("kept ")) {
            CHECK(organiser::shown_column(column, *person, store.event()) == right);
            return;
        }
        const auto kept = person->kept.find(column.substr(5));
        CHECK((kept == person->kept.end() ? "" : kept->second) == right);
    }

    DemoEvent event_;
    Finished last_;
};

}  // namespace

TEST_CASE("lists as people bring them become what they mean, or say why not") {
    const auto all = folders();
    REQUIRE(all.size() > 30);
    for (const fs::path& folder : all) {
        INFO(folder.filename().string());
        Play play(folder);
        std::ifstream steps(folder / "steps");
        int count = 0;
        for (std::string line; std::getline(steps, line); ++count)
            if (!line.empty()) play.step(line);
        CHECK(count > 1);
    }
}
