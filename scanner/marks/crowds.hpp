/// Marks by the dozen are a pattern: a carpet, a shirt, a printed grid. In a code a mark has two
/// others of its size at most, and none nearer than fourteen modules.
#pragma once

#include <cstdint>
#include <vector>

#include "scanner/marks/finders.hpp"

namespace hudoor::scanner {

/// Reuses its buffers; one thread. Its work grows with the number of marks, not with its square.
class CrowdSearch {
public:
    /// Puts the marks that stand in a crowd behind the others, and tells how many others there are.
    std::size_t put_crowds_last(std::vector<Finder>& finders);

private:
    std::vector<std::uint8_t> neighbours_;
    std::vector<Finder> crowded_;
};

}  // namespace hudoor::scanner
