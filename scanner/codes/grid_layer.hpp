/// Lays the grid of a code's modules over a picture, by its finder marks and what else of it is
/// known.
#pragma once

#include <array>
#include <vector>

#include "scanner/codes/effort.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// Where the middles of the marks (and the fourth corner's) are.
struct Grid {
    std::array<Point, 4> quad{};
    int version = 0;  ///< 0: none
    float fit = 0;    ///< how far apart its known dark and light modules are, in grey levels
};

/// The place of a module's middle in the unit square between the middles of the marks.
[[nodiscard]] constexpr float unit_of(float module, int modules) {
    return (module + 0.5F - 3.5F) / static_cast<float>(modules - 7);
}

/// One code in one picture.
class GridLayer {
public:
    GridLayer(const GrayView& picture, const FinderGroup& group, Effort& effort)
        : picture_(picture),
          group_(&group),
          effort_(&effort),
          sign_(group.marks[0].inverted ? -1.0F : 1.0F) {}

    /// The version and the corners that fit best; version 0 where none does.
    [[nodiscard]] Grid lay() const;
    /// Every corner to where the known modules show best.
    void refine(Grid& grid) const;
    /// The fourth corner so that the marks make a parallelogram.
    [[nodiscard]] std::array<Point, 4> flat_quad() const;
    /// The fourth corner as the sizes of the marks tell: the same where they say nothing.
    [[nodiscard]] std::array<Point, 4> leaning_quad() const;
    [[nodiscard]] float fit_of(const Grid& grid) const;
    void find_fourth_corner(Grid& grid) const;

    /// Of all modules, row by row: `places` gets where their middles are.
    static void place_modules(const Grid& grid, std::vector<Point>& places);
    /// Moves `places` piece by piece to where the ink stands apart best: paper bends.
    void bend(int version, std::vector<Point>& places);

    /// Bilinear; light is large, whatever the code's colours.
    [[nodiscard]] float level_at(Point at) const;

private:
    [[nodiscard]] float alignment_of(const Grid& grid) const;
    [[nodiscard]] float contrast_around(const std::vector<Point>& places, int modules, int column,
                                        int row, Point moved) const;

    GrayView picture_;
    const FinderGroup* group_;
    Effort* effort_;
    float sign_ = 1;
};

}  // namespace hudoor::scanner
