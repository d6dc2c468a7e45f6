// How many of the frames of every kind are read. The numbers may only rise.
#include "scanner/codes/reader.hpp"
#include "tests/scanner/reading_kinds.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::uint64_t seeds = 8;

bool reads(const test::ReadingKind& kind, std::uint64_t seed) {
    Reader reader;
    for (const test::Scene& scene : test::play_kind(kind, seed)) {
        const auto found = reader.read(test::draw_scene(scene).view());
        for (const auto& code : found) CHECK(code.text == scene.badges[0].text);
        if (!found.empty()) return true;
    }
    return false;
}

TEST_CASE("of every kind of frame at least as many are read as ever were, and nothing else is") {
    for (const auto& kind : test::reading_kinds()) {
        int read = 0;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) read += reads(kind, seed) ? 1 : 0;
        CAPTURE(kind.name, read);
        CHECK(read >= kind.fewest);
    }
}

TEST_CASE("halls without a badge hold no code, in many frames of one sequence") {
    Reader reader;
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        test::Scene hall;
        hall.seed = seed;
        hall.noise = static_cast<double>(seed % 6 * 6);
        CHECK(reader.read(test::draw_scene(hall).view()).empty());
    }
}

}  // namespace
}  // namespace hudoor::scanner
