#include "scanner/marks/tried_groups.hpp"

#include <algorithm>

namespace hudoor::scanner {
namespace {

// What a sensor's noise moves a mark by; a hand moves it farther.
constexpr float still_px = 0.1F;
constexpr int often = 3;             // times before it is left alone for longer
constexpr std::uint64_t rarely = 8;  // frames
constexpr std::uint64_t forgotten = 64;

bool are_same(const std::array<Point, 3>& a, const std::array<Point, 3>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (length(a[i] - b[i]) > still_px) return false;
    return true;
}

}  // namespace

const TriedGroups::Tried* TriedGroups::find(const std::array<Point, 3>& marks) const {
    const auto found = std::ranges::find_if(
        tried_, [&](const Tried& tried) { return are_same(tried.marks, marks); });
    return found == tried_.end() ? nullptr : &*found;
}

bool TriedGroups::is_due(const std::array<Point, 3>& marks, std::uint64_t frame) const {
    const Tried* tried = find(marks);
    if (tried == nullptr) return true;
    return frame - tried->frame >= (tried->times < often ? 2 : rarely);
}

void TriedGroups::note_failed(const std::array<Point, 3>& marks, std::uint64_t frame) {
    int times = 1;
    if (const Tried* tried = find(marks)) {
        times = std::min(often, tried->times + 1);
        tried_.erase(tried_.begin() + (tried - tried_.data()));
    }
    std::erase_if(tried_, [&](const Tried& tried) { return frame - tried.frame > forgotten; });
    if (tried_.capacity() < most) tried_.reserve(most);
    if (tried_.size() == most) tried_.erase(tried_.begin());
    tried_.push_back({marks, frame, times});
}

}  // namespace hudoor::scanner
