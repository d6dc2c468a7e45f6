// This free() stands before that of the C library for everything linked with it, the C++ library's
// operator delete included.

#include "tests/support/heap_watch.hpp"

#include <malloc.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <stdexcept>

namespace {

constexpr std::size_t room = std::size_t{512} << 20;
constexpr std::size_t largest_block = std::size_t{1} << 20;
std::uint8_t* kept = nullptr;
std::atomic<std::size_t> kept_size = 0;
std::atomic<bool> watching = false;

void keep(const void* block) {
    const std::size_t size = ::malloc_usable_size(const_cast<void*>(block));
    if (size > largest_block) return;
    const std::size_t at = kept_size.fetch_add(size);
    if (at + size <= room) std::memcpy(kept + at, block, size);
}

}  // namespace

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" {
void __libc_free(void* block) noexcept;  // NOLINT(bugprone-reserved-identifier)
void free(void* block) noexcept {
    if (watching && block != nullptr) keep(block);
    __libc_free(block);
}
}
#endif

namespace hudoor::test {

HeapWatch::HeapWatch() {
    void* memory = ::mmap(nullptr, room, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    kept = static_cast<std::uint8_t*>(memory);
    kept_size = 0;
    watching = true;
}

HeapWatch::~HeapWatch() {
    stop();
    ::munmap(kept, room);
}

void HeapWatch::stop() { watching = false; }

bool HeapWatch::gave_back(std::span<const std::uint8_t> bytes) const {
    if (kept_size > room) throw std::runtime_error("more was given back than could be kept");
    return ::memmem(kept, kept_size, bytes.data(), bytes.size()) != nullptr;
}

}  // namespace hudoor::test
