/// Which marks are known where: so that finding out whether a mark is new costs the same however
/// many there are.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scanner/marks/geometry.hpp"

namespace hudoor::scanner {

/// Reuses its buffer from picture to picture; one thread.
class MarkCells {
public:
    static constexpr std::size_t most_in_cell = 4;
    using Cell = std::array<std::uint16_t, most_in_cell>;
    static constexpr std::uint16_t none = 0xffff;

    /// For a picture of this size, with no mark in it.
    void clear(int width_px, int height_px);
    /// A mark that others within `near_px` of `centre` are the same as. A cell that is full already
    /// does not learn of it.
    void add(std::size_t mark, Point centre, float near_px);
    /// What may be the mark at a place, `none` last.
    [[nodiscard]] const Cell& at(Point place) const;

private:
    [[nodiscard]] std::size_t index_of(float x, float y) const;

    int columns_ = 0;
    int rows_ = 0;
    std::vector<Cell> cells_;
};

}  // namespace hudoor::scanner
