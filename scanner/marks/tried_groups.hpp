/// The codes that could not be read: one that has not changed is not tried again in the same way.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// Reuses its buffer; one thread.
class TriedGroups {
public:
    /// Whether to try the marks in this frame: always where they are new or have moved, now and
    /// then where they have not.
    [[nodiscard]] bool is_due(const std::array<Point, 3>& marks, std::uint64_t frame) const;
    void note_failed(const std::array<Point, 3>& marks, std::uint64_t frame);
    void clear() { tried_.clear(); }

private:
    struct Tried {
        std::array<Point, 3> marks{};
        std::uint64_t frame = 0;  ///< when it was tried last
        int times = 0;            ///< that it failed where it stands
    };
    static constexpr std::size_t most = 32;

    [[nodiscard]] const Tried* find(const std::array<Point, 3>& marks) const;

    std::vector<Tried> tried_;
};

}  // namespace hudoor::scanner
