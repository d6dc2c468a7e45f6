/// Counts what a program allocates, for one that is linked with counted_new.cpp.
#pragma once

#include <atomic>

namespace hudoor::test {

/// The address sanitizer has a heap of its own, which counts nothing and keeps for a while what is
/// freed.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool heap_can_be_watched = false;
#else
inline constexpr bool heap_can_be_watched = true;
#endif

extern std::atomic<bool> counting_allocations;
extern std::atomic<long> allocations;

}  // namespace hudoor::test
