#include "kiosk/screen/drift.hpp"

#include <cstdlib>
#include <set>

#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace std::chrono_literals;
using kiosk::drift_at;
using kiosk::PixelShift;

TEST_CASE(
    "the picture wanders a pixel at a time, within its bound, and is everywhere within a day") {
    WallTime now{};
    PixelShift before = drift_at(now);
    std::set<std::pair<int, int>> places;
    int moves = 0;
    for (int minute = 0; minute < 24 * 60; ++minute, now += 1min) {
        const PixelShift here = drift_at(now);
        CHECK(std::abs(here.x) <= kiosk::most_drift_px);
        CHECK(std::abs(here.y) <= kiosk::most_drift_px);
        const int moved = std::abs(here.x - before.x) + std::abs(here.y - before.y);
        CHECK(moved <= 1);
        moves += moved;
        places.emplace(here.x, here.y);
        before = here;
    }
    CHECK(places.size() == 25);
    CHECK(moves >= 90);
}
