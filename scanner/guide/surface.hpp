/// What a code that was found but not read shows of itself: whether something lies over it, and
/// whether its paper is flat.
#pragma once

#include <optional>
#include <vector>

#include "scanner/guide/hints.hpp"
#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// Reuses its buffers from code to code; one thread.
class SurfaceCheck {
public:
    /// covered, bent or nothing; of a code that is sharp and in the frame. A logo in its middle
    /// covers nothing: nobody can take it away.
    [[nodiscard]] std::optional<Advice> judge(const GrayView& frame, const FinderGroup& group);

private:
    [[nodiscard]] bool is_covered(float least_range, float paper) const;
    [[nodiscard]] bool is_plain(int x, int y, float least_range, float paper) const;
    [[nodiscard]] float level_of(int x, int y) const {
        return levels_[static_cast<std::size_t>((y + margin) * (modules_ + 2 * margin) + x +
                                                margin)];
    }

    static constexpr int margin = 2;  ///< modules around the code, which a hand covers, too
    int modules_ = 0;
    std::vector<float> levels_;
};

}  // namespace hudoor::scanner
