/// Bytes written as hexadecimal digits, for the expected values of tests.
#pragma once

#include <charconv>
#include <stdexcept>

#include "storage/base/bytes.hpp"

namespace hudoor::test {

/// Throws std::invalid_argument for any other text.
[[nodiscard]] inline storage::Bytes parse_hex(std::string_view text) {
    storage::Bytes bytes(text.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char* pair = text.data() + 2 * i;
        if (std::from_chars(pair, pair + 2, bytes[i], 16).ptr != pair + 2)
            throw std::invalid_argument("not hexadecimal: " + std::string(text));
    }
    if (text.size() % 2 != 0) throw std::invalid_argument("half a byte: " + std::string(text));
    return bytes;
}

}  // namespace hudoor::test
