#include "config/fault.hpp"

#include <array>
#include <charconv>
#include <cstdlib>

#include "config/last_words.hpp"

namespace hudoor {

void abort_on_bug(const char* condition, const char* file, int line) noexcept {
    std::array<char, 16> number{};
    const char* end = std::to_chars(number.begin(), number.end(), line).ptr;
    say_last_words({"bug: ", condition, " does not hold (", file, ":", {number.data(), end}, ")\n"},
                   std::nullopt);
    std::abort();
}

}  // namespace hudoor
