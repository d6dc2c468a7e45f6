#include "tests/kiosk/desk/monkey.hpp"

#include <iostream>

using namespace hudoor;

namespace {

/// Plays so many deeds from this seed on; a fresh kiosk for each some thousand of them, since one
/// that kept a morning's facts would only be slower.
void play(std::uint32_t seed, std::size_t deeds) {
    constexpr std::size_t a_kiosk = 4'000;
    std::size_t acts = 0, pages = 0;
    for (std::size_t done = 0; done < deeds; done += a_kiosk, ++seed) {
        test::Monkey monkey(seed);
        for (std::size_t deed = 0; deed < std::min(a_kiosk, deeds - done); ++deed) {
            const std::string wrong = monkey.play();
            INFO("seed " << seed << ", deed " << deed);
            REQUIRE(wrong == "");
        }
        acts += monkey.acts();
        pages = std::max(pages, monkey.pages_seen());
    }
    std::cout << deeds << " deeds, the last seed " << seed - 1 << ": " << acts << " acts, " << pages
              << " pages" << std::endl;
    CHECK(acts > deeds / 1'000);  // it does get somewhere
    CHECK(pages >= 10);
}

}  // namespace

TEST_CASE(
    "a monkey finds no name before a PIN, no act unread, no mode unmarked, no picture of then") {
    play(1, 60'000);
}

TEST_CASE("a monkey that goes on: a million deeds", "[.soak]") { play(1'000, 1'000'000); }
