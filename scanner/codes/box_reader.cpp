#include "scanner/codes/box_reader.hpp"

#include <algorithm>

namespace hudoor::scanner {
namespace {

constexpr std::size_t most_tries = 3;

}  // namespace

std::optional<FoundCode> BoxReader::read(const GrayView& frame, const Box& box, BoxStep step,
                                         GridReader& grid, Effort& effort) {
    for (const auto& group : find(frame, box, step))
        if (auto code = grid.read(frame, group, effort)) return code;
    return std::nullopt;
}

const std::vector<FinderGroup>& BoxReader::find(const GrayView& frame, const Box& box,
                                                BoxStep step) {
    GrayView part{frame.pixels + std::ptrdiff_t{box.top} * frame.stride_bytes + box.left,
                  std::min(box.right, frame.width_px) - box.left,
                  std::min(box.bottom, frame.height_px) - box.top, frame.stride_bytes};
    float scale = 1;
    groups_.clear();
    if (part.width_px < 32 || part.height_px < 32) return groups_;
    switch (step) {
        case BoxStep::plain:
            break;
        case BoxStep::sharp:
            part = sharpener_.sharpen(part, {3, 2}, sharp_);
            break;
        case BoxStep::enlarged:
            part = sharpener_.sharpen(enlarge_twice(part, enlarged_), {4, 6}, sharp_);
            scale = 0.5F;
            break;
        case BoxStep::soft:
            part = enlarge_twice(halve(part, halved_), enlarged_);
            part = sharpener_.sharpen(part, {4, 10}, sharp_);
            break;
    }
    const Point corner{static_cast<float>(box.left), static_cast<float>(box.top)};
    for (auto group : search_.search(part).groups) {
        for (auto& mark : group.marks) {
            mark.centre = corner + scale * mark.centre;
            mark.module_px *= scale;
        }
        for (auto& point : group.corners) point = corner + scale * point;
        group.module_px *= scale;
        groups_.push_back(group);
        if (groups_.size() == most_tries) break;
    }
    return groups_;
}

}  // namespace hudoor::scanner
