/// Lots that come out the same from the same seed on every machine, which the distributions of
/// <random> do not promise (splitmix64).
#pragma once

#include <cstdint>

namespace hudoor::organiser {

class Lots {
public:
    explicit Lots(std::uint64_t seed) : state_(seed) {}

    std::uint64_t draw() {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
    /// From 0 to 1, which is not drawn.
    double draw_share() { return static_cast<double>(draw() >> 11) * 0x1p-53; }

private:
    std::uint64_t state_;
};

}  // namespace hudoor::organiser
