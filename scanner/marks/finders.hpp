/// Finds the finder marks of QR codes in a gray picture, the squares of 1:1:3:1:1 in three of their
/// corners, and which three make a code. Dark on light and light on dark, turned any way.
#pragma once

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "scanner/camera/frame.hpp"
#include "scanner/marks/geometry.hpp"
#include "scanner/marks/ink_map.hpp"
#include "scanner/marks/mark_cells.hpp"
#include "scanner/marks/mark_walk.hpp"

namespace hudoor::scanner {

struct Finder {
    Point centre;           ///< picture pixels
    float module_px = 0;    ///< a seventh of the mark
    int threshold = 128;    ///< between its dark and its light
    int scale = 1;          ///< seen in the picture (1), its half (2) or its quarter (4)
    int rows = 1;           ///< of that, in which it was seen
    bool inverted = false;  ///< light on dark
};

/// Three marks that make a code. A mirrored code looks the same up to here.
struct FinderGroup {
    std::array<Finder, 3> marks;  ///< top left, top right, bottom left: clockwise
    std::array<Point, 4>
        corners;          ///< clockwise from the top left; the fourth completes a parallelogram
    float module_px = 0;  ///< along the shorter side
    float modules = 0;    ///< along one side, about
    float doubt = 0;      ///< 0 for what fits perfectly
};

struct Findings {
    std::vector<Finder> finders;      ///< those seen in most rows first; crowds of them last
    std::size_t alone = 0;            ///< how many of them stand in no crowd
    std::vector<FinderGroup> groups;  ///< least doubtful first; a mark may be in several
    std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< of finders that may be of one code
};

/// The picture, its half and its quarter; those that would be too small are empty.
using Levels = std::array<GrayView, 3>;

/// Which three of the marks make a code. Reuses its buffer; one thread.
class FinderGrouping {
public:
    /// Sets the pairs and the groups of `findings`.
    void group(const Levels& levels, Findings& findings);

private:
    [[nodiscard]] float& between(std::size_t a, std::size_t b) { return between_[a * count_ + b]; }
    void measure_pairs(const std::vector<Finder>& finders, const Levels& levels);
    void try_corner(const std::vector<Finder>& finders, std::array<std::size_t, 3> three,
                    std::vector<FinderGroup>& groups);

    std::size_t count_ = 0;
    std::vector<float>
        between_;  ///< modules from mark to mark; 0 where they do not belong together
};

class CrowdSearch;

/// One thread; reuses its buffers from picture to picture. What it costs is bounded by the size of
/// the picture, whatever is in it.
class FinderSearch {
public:
    FinderSearch();
    ~FinderSearch();
    /// Valid until the next call. Never throws for picture content.
    [[nodiscard]] const Findings& search(const GrayView& picture);
    /// In half of the picture's lines: nearly as much for half the work, but no groups where there
    /// are very many marks. search_rest() adds what is
    /// found in the others, while the picture still is there.
    [[nodiscard]] const Findings& search_half(const GrayView& picture);
    const Findings& search_rest();
    [[nodiscard]] const Findings& findings() const { return findings_; }
    /// Of the last picture, its half and its quarter.
    [[nodiscard]] InkMap& ink(std::size_t level) { return inks_[level]; }
    [[nodiscard]] const GrayView& level(std::size_t level) const { return levels_[level]; }
    /// Places in the last picture that were looked at closely, because a line crossed something
    /// like a mark there.
    [[nodiscard]] std::size_t checks() const { return checks_; }
    /// Of them, those that looked like a mark from above, too: what ZXing would have to work on.
    [[nodiscard]] std::size_t suspects() const { return suspects_; }

private:
    [[nodiscard]] int noise_of(std::size_t level) const;
    void begin(const GrayView& picture);
    void search_levels(int first_line, int step);
    const Findings& finish();
    void search_level(std::size_t index, int first_line, int step);
    void remember(std::size_t finder);
    void search_line(InkMap& ink, const GrayView& level, int y, int scale);
    void check(const MarkWalk& walk, Point at, int scale);
    [[nodiscard]] bool is_known(Point at, bool inverted);

    Levels levels_;
    std::array<InkMap, 3> inks_;  ///< of the levels
    MarkCells cells_;
    std::unique_ptr<CrowdSearch> crowds_;
    std::size_t checks_ = 0;
    std::size_t suspects_ = 0;
    std::size_t most_ = 0;  ///< marks; fewer, where the search is given up when there are more
    int checks_left_ = 0;   ///< in this line
    std::vector<std::uint8_t> half_;
    std::vector<std::uint8_t> quarter_;
    Findings findings_;
    FinderGrouping grouping_;
};

}  // namespace hudoor::scanner
