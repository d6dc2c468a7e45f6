#include "tests/kiosk/desk/monkey.hpp"

using namespace hudoor;

TEST_CASE("broken: a panel that does not mind since when its page is there does what nobody read",
          "[.broken-tap]") {
    std::string wrong;
    for (std::uint32_t seed = 1; seed <= 20 && wrong.empty(); ++seed) {
        test::Monkey monkey(seed);
        for (int deed = 0; deed < 4'000 && wrong.empty(); ++deed) wrong = monkey.play();
    }
    CHECK(wrong.find("300 ms") != std::string::npos);
}
