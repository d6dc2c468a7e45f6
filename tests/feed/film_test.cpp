#include "tests/feed/film.hpp"

#include <algorithm>
#include <set>

#include "scanner/codes/reader.hpp"
#include "tests/feed/sample.hpp"
#include "tests/feed/truth.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::feed;

namespace {

std::set<std::string> read_texts(scanner::Reader& reader, const Picture& picture) {
    const Plane& luma = picture.luma;
    std::set<std::string> texts;
    for (const auto& code :
         reader.read({luma.pixels.data(), luma.size.width, luma.size.height, luma.size.width}))
        texts.insert(code.text);
    return texts;
}

/// Milliseconds from wholly in view until every text was read in one frame; nothing if it left
/// before.
std::optional<double> time_to_read(const Film& film, const Plan& plan, std::size_t index) {
    const Appearance& appearance = plan.appearances[index];
    const Truth truth = measure(plan, index);
    std::set<std::string> wanted;
    for (const ShownCode& code : appearance.codes) wanted.insert(code.text);
    const auto cards = film.draw_cards(appearance);
    scanner::Reader reader;
    for (int frame = truth.first_frame; frame <= truth.last_frame; ++frame) {
        const auto texts = read_texts(reader, film.picture(frame, appearance, cards));
        CHECK(std::includes(wanted.begin(), wanted.end(), texts.begin(), texts.end()));
        // One of two alone would be taken for a single badge.
        if (!texts.empty()) CHECK(texts.size() == wanted.size());
        if (texts == wanted) return (frame - truth.first_frame) * 1000.0 / plan.options.fps;
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE(
    "each difficulty, and two badges at once, can be read by a plain reader before they leave") {
    const std::uint64_t seed = GENERATE(1, 2);
    const Plan plan = sample::plan(12, seed);
    const Film film(plan);
    std::set<Difficulty> seen;
    for (std::size_t index = 0; index < plan.appearances.size(); ++index) {
        const Appearance& appearance = plan.appearances[index];
        const bool two = appearance.showing == Showing::two_at_once;
        if (!two && !seen.insert(appearance.difficulty).second) continue;
        INFO("seed " << seed << ", appearance " << index << " " << measure(plan, index).difficulty);
        const auto milliseconds = time_to_read(film, plan, index);
        REQUIRE(milliseconds.has_value());
        CHECK(*milliseconds <= 600);
    }
    CHECK(seen.size() == 7);
}

TEST_CASE("the same frame is drawn the same, and the hall is empty between two appearances") {
    const Plan plan = sample::plan(12, 1, {640, 360});
    const Film film(plan);
    const Appearance& appearance = plan.appearances[0];
    const auto cards = film.draw_cards(appearance);
    const Picture held = film.picture(appearance.held, appearance, cards);
    CHECK(held.luma.pixels == film.picture(appearance.held, appearance, cards).luma.pixels);
    CHECK(film.picture(0, appearance, cards).luma.pixels ==
          film.picture(0, appearance, {}).luma.pixels);
    CHECK(held.luma.pixels != film.picture(appearance.held, appearance, {}).luma.pixels);
}
