/// Looks for codes in a part of a frame, after making it sharper or larger.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "scanner/codes/busy_boxes.hpp"
#include "scanner/marks/filters.hpp"
#include "scanner/marks/finders.hpp"
#include "scanner/modules/grid.hpp"

namespace hudoor::scanner {

enum class BoxStep { plain, sharp, enlarged, soft };
/// What is tried on a box, in the order in which it helps most often.
inline constexpr std::array box_steps{BoxStep::sharp, BoxStep::enlarged, BoxStep::soft};
/// About how many plain searches of as many pixels a step costs.
[[nodiscard]] constexpr int cost_of(BoxStep step) { return step == BoxStep::enlarged ? 5 : 1; }

/// Reuses its buffers from box to box; one thread.
class BoxReader {
public:
    /// The first code found, its corners in pixels of the frame.
    [[nodiscard]] std::optional<FoundCode> read(const GrayView& frame, const Box& box, BoxStep step,
                                                GridReader& grid, Effort& effort);

private:
    [[nodiscard]] const std::vector<FinderGroup>& find(const GrayView& frame, const Box& box,
                                                       BoxStep step);

    FinderSearch search_;
    Sharpener sharpener_;
    std::vector<std::uint8_t> halved_;
    std::vector<std::uint8_t> enlarged_;
    std::vector<std::uint8_t> sharp_;
    std::vector<FinderGroup> groups_;
};

}  // namespace hudoor::scanner
