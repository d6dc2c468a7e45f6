#include "scanner/modules/code_plan.hpp"

#include <mutex>

#include "scanner/modules/function_modules.hpp"

namespace hudoor::scanner {
namespace {

constexpr int versions = 40;
using ByVersion = std::array<std::uint8_t, versions>;

// ISO/IEC 18004, table 9; levels L, M, Q, H.
constexpr std::array<ByVersion, 4> checks_of_block{
    {{7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
      28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
     {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
      26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
     {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
      28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
     {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
      30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30}}};
constexpr std::array<ByVersion, 4> blocks_of_code{
    {{1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
      8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
     {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
      17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
     {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
      23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
     {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
      25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81}}};
constexpr std::array<unsigned, 4> level_bits{1, 0, 3, 2};
constexpr unsigned format_polynomial = 0x537, format_mask = 0x5412, version_polynomial = 0x1f25;

/// The rest after division by a polynomial of degree `degree`.
constexpr unsigned rest_of(unsigned value, unsigned polynomial, int degree, int bits) {
    unsigned rest = value << static_cast<unsigned>(degree);
    for (int i = bits - 1; i >= 0; --i)
        if ((rest >> static_cast<unsigned>(degree + i) & 1U) != 0)
            rest ^= polynomial << static_cast<unsigned>(i);
    return rest;
}

std::array<CodeFormat, 32> make_formats() {
    std::array<CodeFormat, 32> formats;
    for (int i = 0; i < 32; ++i) {
        const int level = i / 8, mask = i % 8;
        const unsigned data =
            level_bits[static_cast<std::size_t>(level)] << 3U | static_cast<unsigned>(mask);
        const unsigned bits = (data << 10U | rest_of(data, format_polynomial, 10, 5)) ^ format_mask;
        formats[static_cast<std::size_t>(i)] = {static_cast<std::uint16_t>(bits), level, mask};
    }
    return formats;
}

std::vector<char> taken_modules(int version) {
    const int modules = modules_of(version);
    std::vector<char> taken(static_cast<std::size_t>(modules * modules), 0);
    const auto take = [&](int x, int y) { taken[static_cast<std::size_t>(y * modules + x)] = 1; };
    for (const auto& module : function_modules(version)) take(module.x, module.y);
    for (const auto& places : format_places(modules))
        for (const Module place : places) take(place.x, place.y);
    take(8, modules - 8);
    for (int i = 0; version >= 7 && i < 18; ++i) {
        take(modules - 11 + i % 3, i / 3);
        take(i / 3, modules - 11 + i % 3);
    }
    return taken;
}

/// Two columns at a time from the right, up and down in turns; the timing line is no column.
std::vector<Module> make_data_modules(int version) {
    const int modules = modules_of(version);
    const auto taken = taken_modules(version);
    std::vector<Module> data;
    bool upwards = true;
    for (int right = modules - 1; right > 0; right -= 2, upwards = !upwards) {
        if (right == 6) --right;
        for (int step = 0; step < modules; ++step)
            for (const int x : {right, right - 1}) {
                const int y = upwards ? modules - 1 - step : step;
                if (taken[static_cast<std::size_t>(y * modules + x)] == 0)
                    data.push_back({static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y)});
            }
    }
    data.resize(data.size() / 8 * 8);  // the last few modules of some versions mean nothing
    return data;
}

}  // namespace

const std::array<CodeFormat, 32>& code_formats() {
    static const auto formats = make_formats();
    return formats;
}

bool is_masked(int mask, int x, int y) {
    switch (mask) {
        case 0:
            return (x + y) % 2 == 0;
        case 1:
            return y % 2 == 0;
        case 2:
            return x % 3 == 0;
        case 3:
            return (x + y) % 3 == 0;
        case 4:
            return (x / 3 + y / 2) % 2 == 0;
        case 5:
            return x * y % 2 + x * y % 3 == 0;
        case 6:
            return (x * y % 2 + x * y % 3) % 2 == 0;
        default:
            return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

std::array<std::array<Module, 15>, 2> format_places(int modules) {
    std::array<std::array<Module, 15>, 2> places{};
    const auto at = [](int x, int y) {
        return Module{static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y)};
    };
    for (int i = 0; i < 15; ++i) {
        const auto bit = static_cast<std::size_t>(i);
        places[0][bit] = i < 6    ? at(8, i)
                         : i < 8  ? at(8, i + 1)
                         : i == 8 ? at(7, 8)
                                  : at(14 - i, 8);
        places[1][bit] = i < 8 ? at(modules - 1 - i, 8) : at(8, modules - 15 + i);
    }
    return places;
}

BlockPlan block_plan(int version, int level) {
    const auto row = static_cast<std::size_t>(level);
    const auto column = static_cast<std::size_t>(version - 1);
    BlockPlan plan;
    plan.checks = checks_of_block[row][column];
    plan.blocks = blocks_of_code[row][column];
    plan.codewords = static_cast<int>(data_modules(version).size() / 8);
    plan.short_blocks = plan.blocks - plan.codewords % plan.blocks;
    plan.short_data = plan.codewords / plan.blocks - plan.checks;
    return plan;
}

const std::vector<Module>& data_modules(int version) {
    static std::array<std::vector<Module>, versions + 1> tables;
    static std::array<std::once_flag, versions + 1> flags;
    const auto row = static_cast<std::size_t>(version);
    std::call_once(flags[row], [&] { tables[row] = make_data_modules(version); });
    return tables[row];
}

std::uint32_t version_bits(int version) {
    const auto data = static_cast<unsigned>(version);
    return data << 12U | rest_of(data, version_polynomial, 12, 6);
}

}  // namespace hudoor::scanner
