/// Looks for codes in a part of a frame, after making it sharper or larger.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "scanner/codes/busy_boxes.hpp"
#include "scanner/codes/grid.hpp"
#include "scanner/marks/filters.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

enum class BoxStep { plain, sharp, enlarged, sharper };
/// What is tried on a box, what helps most first.
inline constexpr std::array box_steps{BoxStep::sharp, BoxStep::enlarged, BoxStep::sharper};
/// In plain searches of as many pixels, about.
[[nodiscard]] constexpr int cost_of(BoxStep step) { return step == BoxStep::enlarged ? 5 : 1; }

/// Keeps its memory.
class BoxReader {
public:
    /// Gives `add` every code found, in pixels of the frame.
    template <typename Add>
    void read(const GrayView& frame, const Box& box, BoxStep step, GridReader& grid, Add add) {
        for (const auto& group : find(frame, box, step)) {
            auto code = grid.read(frame, group);
            if (!code) continue;
            add(std::move(*code));
            return;
        }
    }

private:
    [[nodiscard]] const std::vector<FinderGroup>& find(const GrayView& frame, const Box& box,
                                                       BoxStep step);

    FinderSearch search_;
    Sharpener sharpener_;
    std::vector<std::uint8_t> enlarged_;
    std::vector<std::uint8_t> sharp_;
    std::vector<FinderGroup> groups_;
};

}  // namespace hudoor::scanner
