#include "scanner/guide/covers.hpp"

#include <algorithm>
#include <cmath>

namespace hudoor::scanner {
namespace {

constexpr float grown = 1.5F;

PictureBox box_around(const Outline& code) {
    const auto [left, right] = std::ranges::minmax(code, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax(code, {}, &Point::y);
    const float w = (right.x - left.x) * grown, h = (bottom.y - top.y) * grown;
    return {(left.x + right.x - w) / 2, (top.y + bottom.y - h) / 2, w, h};
}

/// Its middle lies in the other.
bool is_within(const PictureBox& one, const PictureBox& other) {
    const float x = one.x + one.w / 2 - other.x, y = one.y + one.h / 2 - other.y;
    return x >= 0 && y >= 0 && x <= other.w && y <= other.h;
}

}  // namespace

void Covers::note(const Outline& code, MonotonicTime at) {
    const PictureBox box = box_around(code);
    if (!std::isfinite(box.x + box.y + box.w + box.h)) return;
    std::erase_if(seen_, [&](const Seen& one) {
        return one.at < at && is_within(box, one.box) && is_within(one.box, box);
    });
    if (seen_.size() == most) seen_.erase(seen_.begin());
    seen_.push_back({box, at});
}

std::vector<PictureBox> Covers::at(MonotonicTime now) {
    std::erase_if(seen_, [&](const Seen& one) { return now - one.at > lasts; });
    std::vector<PictureBox> boxes;
    boxes.reserve(seen_.size());
    for (const Seen& one : seen_) boxes.push_back(one.box);
    return boxes;
}

}  // namespace hudoor::scanner
