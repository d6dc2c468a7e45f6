/// Where the codewords of a QR code lie, and how they are spread over its blocks (ISO/IEC 18004).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace hudoor::scanner {

/// The 32 ways a code can be written: its level of correction and its mask, as its format says.
struct CodeFormat {
    std::uint16_t bits = 0;  ///< 15, as they are drawn; bit 0 stands at (8, 0)
    int level = 0;           ///< 0 to 3: L, M, Q, H
    int mask = 0;            ///< 0 to 7
};
[[nodiscard]] const std::array<CodeFormat, 32>& code_formats();
/// Whether the mask turns a module over.
[[nodiscard]] bool is_masked(int mask, int x, int y);

struct Module {
    std::uint8_t x = 0, y = 0;
};
/// Where bit 0 to 14 of the format stands, twice.
[[nodiscard]] std::array<std::array<Module, 15>, 2> format_places(int modules);

/// The blocks of a version at a level: the first ones are a data codeword shorter than the others.
struct BlockPlan {
    int checks = 0;  ///< of each
    int blocks = 0;
    int short_blocks = 0;
    int short_data = 0;  ///< data codewords of a short one
    int codewords = 0;   ///< of all
};
[[nodiscard]] BlockPlan block_plan(int version, int level);

/// The modules of all codewords' bits, highest bit first, of a version from 1 to 40.
[[nodiscard]] const std::vector<Module>& data_modules(int version);

/// 18 bits, from version 7 on; bit i stands at (modules - 11 + i % 3, i / 3) and the other way
/// round.
[[nodiscard]] std::uint32_t version_bits(int version);

}  // namespace hudoor::scanner
