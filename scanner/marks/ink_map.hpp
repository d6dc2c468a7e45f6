/// What is dark and what is light in a gray picture: every pixel against what is around it. Where
/// there is nothing but noise, whole blocks are one or the other, so that noise makes no edges.
#pragma once

#include <vector>

#include "scanner/camera/frame.hpp"

namespace hudoor::scanner {

/// Reuses its buffers from picture to picture; one thread.
class InkMap {
public:
    /// Looks at the blocks of `picture`, which must stay until the last line has been taken.
    void measure(const GrayView& picture);
    /// Call it before line() and threshold_at(). Blocks whose range is not clearly larger than
    /// `noise_range` are flat.
    void choose_thresholds(int noise_range);

    /// One bit a pixel, set where it is dark; the first pixel is the lowest bit. Valid until the
    /// next call. Pixels right of the last whole block are light.
    [[nodiscard]] const std::vector<std::uint64_t>& line(int y);
    /// Between dark and light around a pixel.
    [[nodiscard]] std::uint8_t threshold_at(int x, int y) const;
    /// How far apart the lightest and the darkest pixel of a block are in the flattest fifth.
    [[nodiscard]] int noise_range() const { return noise_range_; }

    static constexpr int block_px = 8;
    [[nodiscard]] int columns() const { return columns_; }
    [[nodiscard]] int rows() const { return rows_; }
    /// Of the block: whether it holds more than noise, and how light it is on average.
    [[nodiscard]] bool has_print(int column, int row) const {
        return ranges_[index(column, row)] >= flat_range_;
    }
    [[nodiscard]] int mean_of(int column, int row) const { return means_[index(column, row)]; }

    /// For changes_in(): how often the blocks change between dark and light.
    void count_changes();
    /// Changes from pixel to pixel, across and down; an edge through the block has 16 at most.
    [[nodiscard]] int changes_in(int column, int row) const { return changes_[index(column, row)]; }
    /// The mean of every three by three blocks, row by row, 0 along the picture's edges: text and
    /// the edges of things count less there than a code. Call count_changes() first.
    void smooth_changes(std::vector<std::uint8_t>& smooth) const;

private:
    [[nodiscard]] std::size_t index(int column, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
               static_cast<std::size_t>(column);
    }
    void measure_blocks();
    void estimate_noise();
    void add_changes(std::size_t first_block, const std::vector<std::uint64_t>& line,
                     const std::vector<std::uint64_t>* above);
    void find_levels(int row);
    [[nodiscard]] int middle_of(std::size_t block_index) const;

    /// Of columns of pixels in a row of blocks, or of some of them together.
    struct Columns {
        std::vector<std::uint16_t> sums;
        std::vector<std::uint8_t> least, most;
    };

    GrayView picture_;
    int columns_ = 0;
    int rows_ = 0;
    int noise_range_ = 0;
    int flat_range_ = 0;
    bool is_overexposed_ = false;
    Columns by_column_, folded_;
    std::vector<std::uint8_t> means_, ranges_, middles_;
    std::vector<std::uint32_t> table_;      ///< sums of means_ above and left of a block
    std::vector<std::uint8_t> levels_;      ///< between dark and light, for each block
    std::vector<std::uint8_t> thresholds_;  ///< darker than this is dark; 0 or 255 in flat blocks
    std::vector<std::uint8_t> changes_;
    std::vector<std::uint64_t> bits_;
    std::vector<std::uint64_t> bits_above_;
};

}  // namespace hudoor::scanner
