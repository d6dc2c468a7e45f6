#include "scanner/marks/crowds.hpp"

#include <algorithm>
#include <cmath>

namespace hudoor::scanner {
namespace {

constexpr int crowd = 3;  // neighbours
constexpr float near_modules = 12;
constexpr float alike = 1.4F;
constexpr std::size_t most_compared = 96;  // of those that come after a mark from left to right

bool are_neighbours(const Finder& a, const Finder& b) {
    const auto [least, most] = std::minmax(a.module_px, b.module_px);
    return a.inverted == b.inverted && most < alike * least &&
           std::abs(a.centre.y - b.centre.y) < near_modules * least;
}

}  // namespace

std::size_t CrowdSearch::put_crowds_last(std::vector<Finder>& finders) {
    std::ranges::sort(finders, {}, [](const Finder& finder) { return finder.centre.x; });
    neighbours_.assign(finders.size(), 0);
    for (std::size_t i = 0; i < finders.size(); ++i) {
        const std::size_t end = std::min(finders.size(), i + 1 + most_compared);
        for (std::size_t k = i + 1; k < end; ++k) {
            if (finders[k].centre.x - finders[i].centre.x > near_modules * finders[i].module_px)
                break;
            if (!are_neighbours(finders[i], finders[k])) continue;
            neighbours_[i] = static_cast<std::uint8_t>(std::min(crowd, neighbours_[i] + 1));
            neighbours_[k] = static_cast<std::uint8_t>(std::min(crowd, neighbours_[k] + 1));
        }
    }
    crowded_.clear();
    std::size_t alone = 0;
    for (std::size_t i = 0; i < finders.size(); ++i)
        if (neighbours_[i] < crowd)
            finders[alone++] = finders[i];
        else
            crowded_.push_back(finders[i]);
    std::ranges::copy(crowded_, finders.begin() + static_cast<std::ptrdiff_t>(alone));
    return alone;
}

}  // namespace hudoor::scanner
