/// Whether a camera that delivers frames sees anything: a picture that never changes at all is
/// frozen (every real sensor has noise), one without any light is black. Pure but for its memory.
#pragma once

#include <optional>
#include <vector>

#include "config/clock.hpp"

namespace hudoor::scanner {

enum class Sight { seeing, frozen, black };

class SightCheck {
public:
    /// Call for every frame with its block means. Not seeing is said after 1.5 s of it, so that it
    /// shows within 2 s; seeing at once.
    [[nodiscard]] Sight judge(const std::vector<float>& means, MonotonicTime at);

private:
    std::vector<float> before_;
    std::optional<MonotonicTime> frozen_since_;
    std::optional<MonotonicTime> black_since_;
};

}  // namespace hudoor::scanner
