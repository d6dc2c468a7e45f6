#include "config/clock.hpp"

#include <limits>

#include "tests/support/catch.hpp"

namespace hudoor {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::milliseconds;

namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("I-18: what a true clock says is taken as it is") {
    const std::int64_t now = 1'796'362'200'000;
    CHECK(bounded_time(now) == WallTime(milliseconds(now)));
    CHECK(bounded_time(now, -90'000) == WallTime(milliseconds(now - 90'000)));
    CHECK(bounded_time(0) == WallTime());
    CHECK(bounded_time(most, now - most) == WallTime(milliseconds(now)));
}

TEST_CASE("I-18: times from the ends of all numbers keep their order, and sums with them hold") {
    CHECK(bounded_time(most, most) == bounded_time(most));
    CHECK(bounded_time(least, least) == bounded_time(least));
    CHECK(bounded_time(most, least) < WallTime() + 1ms);
    const WallTime late = bounded_time(most), early = bounded_time(least);
    CHECK(early < WallTime());
    CHECK(late > WallTime());
    CHECK(late + bounded<days>(most) > late);
    CHECK(early - bounded<std::chrono::minutes>(most) < early);
    CHECK(late - early > milliseconds(0));
    CHECK(std::chrono::floor<days>(early) <= early);
    CHECK(iso_time(late).starts_with("99"));
    CHECK(iso_time(early).starts_with("-60"));
}

}  // namespace hudoor
