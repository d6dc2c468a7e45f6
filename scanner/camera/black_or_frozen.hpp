/// Whether a camera that delivers frames sees anything: a picture that never changes at all is
/// frozen (every real sensor has noise), one without any light is black.
#pragma once

#include <optional>
#include <vector>

#include "config/clock.hpp"

namespace hudoor::scanner {

enum class BlackOrFrozen { neither, frozen, black };

class BlackOrFrozenCheck {
public:
    /// Call for every frame with its block means. Black or frozen only after 1.5 s of it, so that
    /// the screen says so within 2 s; neither at once.
    [[nodiscard]] BlackOrFrozen judge(const std::vector<float>& means, MonotonicTime at);

private:
    std::vector<float> before_;
    std::optional<MonotonicTime> frozen_since_;
    std::optional<MonotonicTime> black_since_;
};

}  // namespace hudoor::scanner
