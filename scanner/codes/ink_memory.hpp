/// What several frames saw of one code that is held before the camera: each shows it a little
/// otherwise, with another noise and the reflection elsewhere, and together they show enough.
#pragma once

#include <span>
#include <vector>

#include "scanner/codes/grid_layer.hpp"

namespace hudoor::scanner {

/// One thread; keeps one code.
class InkMemory {
public:
    /// `ink` of a code that could not be read, as CodeMender takes it; `grid` is where it
    /// stood. Gives back all that was seen of it; nothing if it was
    /// never seen before. Valid until the next call.
    [[nodiscard]] std::span<const float> add(std::span<const float> ink, const Grid& grid,
                                             bool inverted);
    void forget() { version_ = 0; }

private:
    [[nodiscard]] bool is_same(const Grid& grid, bool inverted) const;

    int version_ = 0;  ///< 0: none
    bool inverted_ = false;
    std::array<Point, 4> quad_{};
    std::vector<float> ink_;
};

}  // namespace hudoor::scanner
