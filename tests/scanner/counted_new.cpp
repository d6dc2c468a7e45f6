#include "tests/scanner/counted_new.hpp"

#include <cstdlib>
#include <new>

namespace hudoor::test {

std::atomic<bool> counting_allocations = false;
std::atomic<long> allocations = 0;

}  // namespace hudoor::test

#ifndef __SANITIZE_ADDRESS__
void* operator new(std::size_t size) {
    if (hudoor::test::counting_allocations) ++hudoor::test::allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif
