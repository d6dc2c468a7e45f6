#include "scanner/marks/mark_cells.hpp"

#include <algorithm>

namespace hudoor::scanner {
namespace {

constexpr float cell_px = 16;

int cells_along(int px) { return static_cast<int>(static_cast<float>(px) / cell_px) + 1; }

}  // namespace

void MarkCells::clear(int width_px, int height_px) {
    columns_ = cells_along(width_px);
    rows_ = cells_along(height_px);
    Cell empty;
    empty.fill(none);
    cells_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), empty);
}

void MarkCells::add(std::size_t mark, Point centre, float near_px) {
    const auto last_y = centre.y + near_px, last_x = centre.x + near_px;
    for (float y = centre.y - near_px; y < last_y + cell_px; y += cell_px)
        for (float x = centre.x - near_px; x < last_x + cell_px; x += cell_px) {
            Cell& cell = cells_[index_of(std::min(x, last_x), std::min(y, last_y))];
            const auto free = std::ranges::find(cell, none);
            const bool listed =
                std::ranges::find(cell, static_cast<std::uint16_t>(mark)) != cell.end();
            if (free != cell.end() && !listed) *free = static_cast<std::uint16_t>(mark);
        }
}

const MarkCells::Cell& MarkCells::at(Point place) const {
    return cells_[index_of(place.x, place.y)];
}

std::size_t MarkCells::index_of(float x, float y) const {
    const int column = std::clamp(static_cast<int>(x / cell_px), 0, columns_ - 1);
    const int row = std::clamp(static_cast<int>(y / cell_px), 0, rows_ - 1);
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
}

}  // namespace hudoor::scanner
