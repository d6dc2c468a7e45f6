/// Keeps a copy of every block that a program gives back to the heap, to look in it afterwards for
/// what should have been wiped. For programs that are linked with heap_watch.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hudoor::test {

/// A sanitizer has a heap of its own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool heap_can_be_watched = false;
#else
inline constexpr bool heap_can_be_watched = true;
#endif

/// Watches from its making until stop(); one at a time. Blocks of more than 1 MiB are not looked
/// at.
class HeapWatch {
public:
    HeapWatch();
    ~HeapWatch();
    HeapWatch(const HeapWatch&) = delete;
    HeapWatch& operator=(const HeapWatch&) = delete;

    void stop();
    /// Whether these bytes were in a block that was given back. Throws std::runtime_error if there
    /// were too many to keep.
    [[nodiscard]] bool gave_back(std::span<const std::uint8_t> bytes) const;
};

}  // namespace hudoor::test
