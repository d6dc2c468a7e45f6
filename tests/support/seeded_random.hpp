/// A small generator for tests that draw lots (splitmix64): the same numbers from the same seed on
/// every machine, which the distributions of <random> do not promise.
#pragma once

#include <cstdint>

namespace hudoor::test {

class SeededRandom {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
    /// 0 up to `end`, which is not drawn.
    std::uint64_t below(std::uint64_t end) { return next() % end; }
    bool one_in(std::uint64_t chances) { return below(chances) == 0; }

private:
    std::uint64_t state_;
};

}  // namespace hudoor::test
