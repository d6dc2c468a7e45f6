/// Lays the grid of a code's modules over a picture, by its finder marks and what else of it is
/// known.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "scanner/marks/finders.hpp"
#include "scanner/modules/effort.hpp"

namespace hudoor::scanner {

/// How far paper that is not flat is out of place along a line, in pixels.
struct Bend {
    Point middle{};   ///< of the line, as of a badge that curls
    Point squeeze{};  ///< of what is a fifth from its ends, towards its middle, as around a cup

    [[nodiscard]] constexpr Point at(float u) const {
        const float bow = 4 * u * (1 - u);
        return bow * middle + 2.6F * bow * (1 - 2 * u) * squeeze;
    }
};

/// Where the middles of the marks (and the fourth corner's) are.
struct Grid {
    std::array<Point, 4> quad{};
    int version = 0;  ///< 0: none
    float fit = 0;    ///< how far apart its known dark and light modules are, in grey levels
    std::array<Bend, 2> bends{};  ///< of every row, and of every column
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

    [[nodiscard]] static Point place_of(const Grid& grid, int x, int y);
    /// Of all modules, row by row: `places` gets where their middles are.
    static void place_modules(const Grid& grid, std::vector<Point>& places);
    /// The version and the bends with which the timing lines show best; for paper that is not flat.
    [[nodiscard]] Grid lay_bent() const;
    /// Bilinear; light is large, whatever the code's colours.
    [[nodiscard]] float level_at(Point at) const;

private:
    void bend(Grid& grid) const;
    [[nodiscard]] float alignment_of(const Grid& grid) const;
    [[nodiscard]] float timing_of(std::span<const Point> line, const Bend& bend) const;

    GrayView picture_;
    const FinderGroup* group_;
    Effort* effort_;
    float sign_ = 1;
};

}  // namespace hudoor::scanner
