/// Random numbers that are the same on every machine for the same seed (the standard library's
/// distributions are not). splitmix64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace hudoor::feed {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15u;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
        return mixed ^ mixed >> 31;
    }
    /// From 0 to one less than `count`, which is not 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(next() >> 11) * 0x1.0p-53;
    }
    bool chance(double probability) { return between(0, 1) < probability; }
    template <typename Items>
    auto& pick(Items& items) {
        return items[below(items.size())];
    }
    template <typename Items>
    void shuffle(Items& items) {
        for (std::size_t left = items.size(); left > 1; --left)
            std::swap(items[left - 1], items[below(left)]);
    }

private:
    std::uint64_t state_;
};

}  // namespace hudoor::feed
