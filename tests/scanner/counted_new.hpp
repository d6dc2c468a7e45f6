/// Counts what a program allocates, for one that is linked with counted_new.cpp.
#pragma once

#include <atomic>

namespace hudoor::test {

extern std::atomic<bool> counting_allocations;
extern std::atomic<long> allocations;

}  // namespace hudoor::test
