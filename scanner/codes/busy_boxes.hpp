/// The parts of a picture that are full of print: where a code may be that is too small, too
/// blurred or too noisy for its marks to be found at once.
#pragma once

#include <vector>

#include "scanner/marks/ink_map.hpp"

namespace hudoor::scanner {

/// A part of a picture in pixels, without the column `right` and the row `bottom`.
struct Box {
    int left = 0, top = 0, right = 0, bottom = 0;

    [[nodiscard]] int width() const { return right - left; }
    [[nodiscard]] int height() const { return bottom - top; }
    [[nodiscard]] int area() const { return width() * height(); }
};

/// Reuses its buffers from picture to picture; one thread.
class BusyBoxes {
public:
    /// The most code-like first, in pixels of the picture that `ink` is of, with space for a quiet
    /// zone around them. Counts the changes of `ink`. Valid until the next call.
    [[nodiscard]] const std::vector<Box>& find(InkMap& ink);

private:
    struct Candidate {
        Box box;
        float score = 0;
    };
    [[nodiscard]] Candidate spread(const InkMap& ink, int column, int row, int fineness);

    std::vector<std::uint8_t> smooth_;
    std::vector<char> visited_;
    std::vector<std::pair<int, int>> waiting_;
    std::vector<Candidate> candidates_;
    std::vector<Box> boxes_;
};

}  // namespace hudoor::scanner
