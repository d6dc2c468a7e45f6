/// Whose turn it is where a frame has more boxes than it may look at: what was tried least often
/// comes first, and with it whatever has just come into view.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scanner/codes/box_reader.hpp"

namespace hudoor::scanner {

/// Reuses its buffers from frame to frame; one thread.
class BoxTurns {
public:
    struct Turn {
        std::size_t box = 0;  ///< of the frame's
        BoxStep step{};
        int tries = 0;  ///< of this step where the box is
    };
    /// Every step of every box in the order of their turns; the most code-like box (the first)
    /// before others that were tried as often. Valid until the next call.
    [[nodiscard]] const std::vector<Turn>& order(const std::vector<Box>& boxes);
    /// The turn was taken, and nothing read.
    void note_tried(const Turn& turn);
    /// A code was read there: the next frame looks there before elsewhere.
    void note_read(const Box& box);
    void forget() { seen_.clear(); }

private:
    struct Seen {
        Box box;
        std::array<int, box_steps.size()> tries{};
        int frames_ago = 0;
    };
    [[nodiscard]] std::size_t recognise(const Box& box);

    std::vector<Seen> seen_;
    std::vector<std::size_t> known_as_;  ///< which of seen_ each box of the frame is
    std::vector<Turn> turns_;
};

}  // namespace hudoor::scanner
