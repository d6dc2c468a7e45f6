#include "scanner/codes/box_turns.hpp"

#include <algorithm>
#include <set>

#include "tests/support/catch.hpp"

namespace hudoor::scanner {
namespace {

const std::vector<Box> wall{{0, 0, 300, 300}, {400, 0, 500, 100}, {0, 400, 200, 600}};
constexpr std::size_t a_frame = 4;  // turns

/// The boxes that were looked at in one frame.
std::vector<std::size_t> play(BoxTurns& turns, const std::vector<Box>& boxes) {
    const auto order = turns.order(boxes);
    std::vector<std::size_t> looked_at;
    for (std::size_t i = 0; i < std::min(a_frame, order.size()); ++i) {
        turns.note_tried(order[i]);
        looked_at.push_back(order[i].box);
    }
    return looked_at;
}

TEST_CASE("every step of every box comes, and none twice before the others came once") {
    BoxTurns turns;
    for (int round = 0; round < 3; ++round) {
        std::set<std::pair<std::size_t, BoxStep>> taken;
        std::size_t count = 0;
        while (count < wall.size() * box_steps.size()) {
            const auto order = turns.order(wall);
            REQUIRE(order.size() == wall.size() * box_steps.size());
            for (std::size_t i = 0; i < 3; ++i, ++count) {
                taken.insert({order[i].box, order[i].step});
                turns.note_tried(order[i]);
            }
        }
        CHECK(taken.size() == count);
    }
}

TEST_CASE("what has come into view is looked at before what was tried in vain") {
    BoxTurns turns;
    for (int frame = 0; frame < 20; ++frame) static_cast<void>(play(turns, wall));
    auto with_badge = wall;
    with_badge.push_back({600, 300, 720, 420});
    CHECK(std::ranges::count(play(turns, with_badge), wall.size()) >= 3);
    // But not for ever: the wall has its turns, too.
    std::set<std::size_t> looked_at;
    for (int frame = 0; frame < 8; ++frame) {
        for (Box& box : with_badge) box.left += 2, box.right += 2;  // a hand is never still
        for (const std::size_t box : play(turns, with_badge)) looked_at.insert(box);
    }
    CHECK(looked_at.size() == with_badge.size());
}

TEST_CASE("where a code was read is looked at first, wherever it is among the others") {
    BoxTurns turns;
    for (int frame = 0; frame < 20; ++frame) static_cast<void>(play(turns, wall));
    turns.note_read({390, 0, 510, 110});
    CHECK(std::ranges::count(play(turns, wall), std::size_t{1}) >= 3);
    turns.forget();
    CHECK(play(turns, wall).front() == 0);
}

}  // namespace
}  // namespace hudoor::scanner
