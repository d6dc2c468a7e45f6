#include "scanner/codes/box_turns.hpp"

#include <algorithm>
#include <tuple>

namespace hudoor::scanner {
namespace {

constexpr int forgotten = 30;  // frames
constexpr int ahead = 2;       // tries that what is new has before all others, and not more

std::size_t index_of(BoxStep step) {
    return static_cast<std::size_t>(std::ranges::find(box_steps, step) - box_steps.begin());
}

bool are_same(const Box& a, const Box& b) {
    const int width = std::min(a.right, b.right) - std::max(a.left, b.left);
    const int height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    if (width <= 0 || height <= 0) return false;
    return 3 * width * height > a.area() + b.area();  // half of what both are together
}

}  // namespace

std::size_t BoxTurns::recognise(const Box& box) {
    const auto found = std::ranges::find_if(
        seen_, [&](const Seen& seen) { return seen.frames_ago > 0 && are_same(seen.box, box); });
    if (found != seen_.end()) {
        found->box = box;
        found->frames_ago = 0;
        return static_cast<std::size_t>(found - seen_.begin());
    }
    Seen added{box, {}, 0};
    for (std::size_t step = 0; step < box_steps.size(); ++step)
        for (const Seen& seen : seen_)
            added.tries[step] = std::max(added.tries[step], seen.tries[step] - ahead);
    seen_.push_back(added);
    return seen_.size() - 1;
}

const std::vector<BoxTurns::Turn>& BoxTurns::order(const std::vector<Box>& boxes) {
    std::erase_if(seen_, [](Seen& seen) { return ++seen.frames_ago > forgotten; });
    known_as_.clear();
    turns_.clear();
    for (const Box& box : boxes) known_as_.push_back(recognise(box));
    for (std::size_t i = 0; i < boxes.size(); ++i)
        for (const BoxStep step : box_steps)
            turns_.push_back({i, step, seen_[known_as_[i]].tries[index_of(step)]});
    std::ranges::sort(turns_, {}, [](const Turn& turn) {
        return std::tuple(turn.tries, turn.box, index_of(turn.step));
    });
    return turns_;
}

void BoxTurns::note_read(const Box& box) {
    const auto found =
        std::ranges::find_if(seen_, [&](const Seen& seen) { return are_same(seen.box, box); });
    Seen& seen = found != seen_.end() ? *found : seen_.emplace_back();
    seen = {box, {}, 0};
}

void BoxTurns::note_tried(const Turn& turn) {
    ++seen_[known_as_[turn.box]].tries[index_of(turn.step)];
}

}  // namespace hudoor::scanner
