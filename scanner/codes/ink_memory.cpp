#include "scanner/codes/ink_memory.hpp"

#include <algorithm>
#include <cmath>

namespace hudoor::scanner {
namespace {

constexpr float kept = 0.8F;         // of what was seen before, from frame to frame
constexpr float most_moved = 0.35F;  // of the side, from frame to frame
constexpr float surest = 2;          // times what is usual

}  // namespace

bool InkMemory::is_same(const Grid& grid, bool inverted) const {
    if (grid.version != version_ || inverted != inverted_) return false;
    const float side = length(quad_[1] - quad_[0]) + length(quad_[3] - quad_[0]);
    for (std::size_t i = 0; i < quad_.size(); ++i)
        if (length(grid.quad[i] - quad_[i]) > most_moved / 2 * side) return false;
    return true;
}

std::span<const float> InkMemory::add(std::span<const float> ink, const Grid& grid, bool inverted) {
    const bool same = is_same(grid, inverted);
    float usual = 0;
    for (const float module : ink) usual += std::abs(module);
    usual = std::max(usual / static_cast<float>(ink.size()), 0.1F);
    version_ = grid.version;
    inverted_ = inverted;
    quad_ = grid.quad;
    if (!same) ink_.assign(ink.size(), 0);
    for (std::size_t i = 0; i < ink.size(); ++i)
        ink_[i] = kept * ink_[i] + std::clamp(ink[i] / usual, -surest, surest);
    return same ? std::span<const float>(ink_) : std::span<const float>();
}

}  // namespace hudoor::scanner
