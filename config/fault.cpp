#include "config/fault.hpp"

#include <cstdio>
#include <cstdlib>

namespace hudoor {

void abort_on_bug(const char* condition, const char* file, int line) noexcept {
    std::fprintf(stderr, "bug: %s does not hold (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace hudoor
