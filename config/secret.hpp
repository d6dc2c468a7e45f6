/// Secrets on their way through memory: what somebody typed, keys between a file and their owner.
/// The memory is wiped before it is given back, also what a value grew out of.
#pragma once

#include <string.h>  // NOLINT(modernize-deprecated-headers): explicit_bzero

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace hudoor {

/// std::allocator that wipes. For std::vector only: a std::string keeps short texts in itself.
template <typename T>
struct WipingAllocator {
    using value_type = T;

    WipingAllocator() = default;
    template <typename Other>
    explicit WipingAllocator(const WipingAllocator<Other>&) {}

    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* memory, std::size_t count) {
        ::explicit_bzero(memory, count * sizeof(T));
        std::allocator<T>().deallocate(memory, count);
    }
    template <typename Other>
    bool operator==(const WipingAllocator<Other>&) const {
        return true;
    }
};

using SecretBytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

/// A passphrase or PIN. Movable, not copyable.
class SecretText {
public:
    SecretText() = default;
    explicit SecretText(std::string_view text) : letters_(text.begin(), text.end()) {}
    SecretText(SecretText&&) noexcept = default;
    SecretText& operator=(SecretText&&) noexcept = default;

    void add(char letter) { letters_.push_back(letter); }
    void remove_last() { letters_.pop_back(); }  ///< there must be one
    [[nodiscard]] std::string_view view() const { return {letters_.data(), letters_.size()}; }

private:
    std::vector<char, WipingAllocator<char>> letters_;
};

}  // namespace hudoor
