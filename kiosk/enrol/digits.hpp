/// Digits that somebody types and nobody may read: a supervisor's start passphrase, an usher's PIN.
#pragma once

#include <string_view>

#include "storage/base/crypto.hpp"

namespace hudoor::kiosk {

/// How many digits a start passphrase has.
inline constexpr std::size_t start_digits = 12;

/// Up to twelve digits in locked memory, wiped at the end of their life.
class Digits {
public:
    void add(char digit);  ///< one too many is not taken
    void remove_last();
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool complete() const { return size_ == start_digits; }
    [[nodiscard]] std::string_view view() const;

private:
    storage::Secret<32> digits_;  ///< the first size_ bytes
    std::size_t size_ = 0;
};

}  // namespace hudoor::kiosk
