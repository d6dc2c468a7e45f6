#include "storage/badge/guessing.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace hudoor::storage {

namespace {

/// Each with those before it in a wider one; letters in one case are one alphabet.
struct Alphabet {
    std::string_view signs;
    int size;
};
constexpr Alphabet alphabets[] = {{"0123456789", 10},
                                  {"0123456789ABCDEF", 16},
                                  {"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32},  // RFC 4648
                                  {"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 32},  // Crockford's
                                  {"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 36}};
constexpr int any_sign = 62;

constexpr std::size_t few = 8;  // tell nothing of a place where they agree

bool is_lower(char sign) { return sign >= 'a' && sign <= 'z'; }
bool is_upper(char sign) { return sign >= 'A' && sign <= 'Z'; }

int alphabet_of(const std::set<char>& seen) {
    if (std::ranges::any_of(seen, is_lower) && std::ranges::any_of(seen, is_upper)) return any_sign;
    for (const auto& [signs, size] : alphabets)
        if (std::ranges::all_of(seen, [&signs = signs](char sign) {
                return signs.find(is_lower(sign) ? static_cast<char>(sign & ~0x20) : sign) !=
                       std::string_view::npos;
            }))
            return size;
    return any_sign;
}

double bits_of(std::span<const std::string> codes) {
    const std::size_t longest = std::ranges::max(codes, {}, &std::string::size).size();
    double bits = -std::log2(static_cast<double>(codes.size()));
    for (std::size_t place = 0; place < longest; ++place) {
        std::set<char> seen;
        for (const std::string& code : codes)
            if (place < code.size()) seen.insert(code[place]);
        if (seen.size() > 1 || codes.size() < few) bits += std::log2(alphabet_of(seen));
    }
    return std::max(bits, 0.0);
}

}  // namespace

double guessing_bits(std::span<const std::string> codes) {
    if (codes.empty()) return 0;
    double bits = bits_of(codes);
    std::map<std::size_t, std::vector<std::string>> by_length;
    for (const std::string& code : codes) by_length[code.size()].push_back(code);
    for (const auto& [length, alike] : by_length) bits = std::min(bits, bits_of(alike));
    return bits;
}

}  // namespace hudoor::storage
