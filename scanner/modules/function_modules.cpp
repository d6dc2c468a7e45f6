#include "scanner/modules/function_modules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

namespace hudoor::scanner {
namespace {

constexpr int versions = 40;

void add_finder(std::vector<FunctionModule>& modules, int size, int left, int top) {
    for (int y = -1; y <= 7; ++y)
        for (int x = -1; x <= 7; ++x) {
            const int column = left + x;
            const int row = top + y;
            if (column < 0 || row < 0 || column >= size || row >= size) continue;
            const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
            modules.push_back({column, row, ring != 2 && ring != 4});
        }
}

void add_alignment(std::vector<FunctionModule>& modules, int x, int y) {
    for (int down = -2; down <= 2; ++down)
        for (int along = -2; along <= 2; ++along)
            modules.push_back(
                {x + along, y + down, std::max(std::abs(along), std::abs(down)) != 1});
}

/// Middles of the alignment marks along a side; ISO/IEC 18004, annex E.
std::vector<int> alignment_lines(int version) {
    if (version == 1) return {};
    const int count = version / 7 + 2;
    const int last = 4 * version + 10;
    const int step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
    std::vector<int> lines{6};
    for (int i = count - 2; i >= 0; --i) lines.push_back(last - i * step);
    return lines;
}

std::vector<FunctionModule> make_modules(int version, bool all) {
    const int size = modules_of(version);
    std::vector<FunctionModule> modules;
    add_finder(modules, size, 0, 0);
    add_finder(modules, size, size - 7, 0);
    add_finder(modules, size, 0, size - 7);
    for (int i = 8; i < size - 8; ++i) {
        modules.push_back({i, 6, i % 2 == 0});
        modules.push_back({6, i, i % 2 == 0});
    }
    const auto lines = alignment_lines(version);
    for (const int y : lines)
        for (const int x : lines) {
            const bool is_last = x == size - 7 && y == size - 7;
            const bool on_finder =
                (x == 6 && (y == 6 || y == size - 7)) || (y == 6 && x == size - 7);
            if (all && !on_finder && !is_last) add_alignment(modules, x, y);
        }
    if (version > 1) add_alignment(modules, size - 7, size - 7);
    return modules;
}

const std::vector<FunctionModule>& made(int version, bool all) {
    static std::array<std::array<std::vector<FunctionModule>, 2>, versions + 1> tables;
    static std::array<std::array<std::once_flag, 2>, versions + 1> flags;
    const auto row = static_cast<std::size_t>(version);
    const std::size_t column = all ? 1 : 0;
    std::call_once(flags[row][column], [&] { tables[row][column] = make_modules(version, all); });
    return tables[row][column];
}

}  // namespace

int nearest_version(float modules) {
    return std::clamp(static_cast<int>(std::lround((modules - 17) / 4)), 1, versions);
}

const std::vector<FunctionModule>& corner_modules(int version) { return made(version, false); }
const std::vector<FunctionModule>& function_modules(int version) { return made(version, true); }

}  // namespace hudoor::scanner
