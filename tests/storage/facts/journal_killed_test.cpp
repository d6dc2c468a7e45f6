// F1: kill -9 at any moment loses nothing that was acknowledged.

#include <csignal>
#include <random>
#include <set>
#include <sstream>

#include "storage/journal/salvage.hpp"
#include "tests/storage/facts/journal_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child_process.hpp"

namespace hudoor::storage {

namespace {

using Number = std::pair<std::uint32_t, std::uint64_t>;

Number parse_number(const std::string& line) {
    std::istringstream in(line);
    Number number;
    REQUIRE(in >> number.first >> number.second);
    return number;
}

/// What a writer said was durable before it was killed, after `lines` of them.
std::vector<Number> kill_after(int lines, const std::filesystem::path& directory) {
    test::ChildProcess writer({HUDOOR_KILL_WRITER, directory.string()});
    const auto deadline = test::within(std::chrono::seconds(60));
    std::vector<Number> said;
    for (int line = 0; line < lines; ++line) {
        const auto text = writer.read_line(deadline);
        REQUIRE(text);
        said.push_back(parse_number(*text));
    }
    writer.kill(SIGKILL);
    while (const auto text = writer.read_line(deadline)) said.push_back(parse_number(*text));
    REQUIRE(writer.wait(deadline) == 128 + SIGKILL);
    return said;
}

}  // namespace

TEST_CASE("a writer killed at random moments has lost no fact it said was durable") {
    const unsigned seed = 20'261'204;
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const test::TemporaryDirectory directory;
    std::set<Number> said;
    for (int kill = 0; kill < 20; ++kill) {
        for (const Number& number : kill_after(static_cast<int>(random() % 40), directory.path()))
            said.insert(number);
        std::set<Number> kept;
        const OpenedJournal opened = open_or_salvage(test::options_in(directory.path()));
        opened.journal->visit_facts([&](const StoredFact& fact) {
            kept.emplace(static_cast<std::uint32_t>(fact.fact.epoch), fact.fact.seq);
        });
        CHECK(std::includes(kept.begin(), kept.end(), said.begin(), said.end()));
    }
    CHECK(said.size() > 100);
}

}  // namespace hudoor::storage
