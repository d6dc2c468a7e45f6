#include "scanner/modules/reed_solomon.hpp"

#include <algorithm>

namespace hudoor::scanner {
namespace {

constexpr unsigned field_polynomial = 0x11d;

struct Field {
    std::array<std::uint8_t, 512>
        power{};  ///< of 2; twice, so that sums of logarithms need no modulo
    std::array<std::uint8_t, 256> logarithm{};

    constexpr Field() {
        unsigned value = 1;
        for (unsigned i = 0; i < 255; ++i) {
            power[i] = power[i + 255] = static_cast<std::uint8_t>(value);
            logarithm[value] = static_cast<std::uint8_t>(i);
            value <<= 1U;
            if (value > 255) value ^= field_polynomial;
        }
    }
};
constexpr Field field;

std::uint8_t times(std::uint8_t a, std::uint8_t b) {
    if (a == 0 || b == 0) return 0;
    return field.power[std::size_t{field.logarithm[a]} + field.logarithm[b]];
}

std::uint8_t over(std::uint8_t a, std::uint8_t b) {
    if (a == 0) return 0;
    return field.power[std::size_t{field.logarithm[a]} + 255 - field.logarithm[b]];
}

using Polynomial = std::array<std::uint8_t, most_checks + 1>;  ///< the lowest power first

std::uint8_t value_at(const Polynomial& polynomial, int degree, std::uint8_t x) {
    std::uint8_t value = 0;
    for (int i = degree; i >= 0; --i)
        value =
            static_cast<std::uint8_t>(times(value, x) ^ polynomial[static_cast<std::size_t>(i)]);
    return value;
}

int degree_of(const Polynomial& polynomial) {
    int degree = most_checks;
    while (degree > 0 && polynomial[static_cast<std::size_t>(degree)] == 0) --degree;
    return degree;
}

/// Its roots are where the errors and the erasures are.
struct Locator {
    Polynomial polynomial{1};
    int degree = 0;
};

Locator locate_erased(std::span<const std::uint8_t> erased, std::size_t count) {
    Locator locator;
    for (const std::uint8_t at : erased) {
        const std::uint8_t root = field.power[count - 1 - at];
        for (std::size_t i = static_cast<std::size_t>(++locator.degree); i > 0; --i)
            locator.polynomial[i] ^= times(locator.polynomial[i - 1], root);
    }
    return locator;
}

/// Berlekamp and Massey, beginning with what is erased.
Locator locate(const Locator& erased, std::span<const std::uint8_t> syndromes) {
    Polynomial now = erased.polynomial, before = erased.polynomial;
    int length = erased.degree;
    for (std::size_t step = static_cast<std::size_t>(erased.degree); step < syndromes.size();
         ++step) {
        std::uint8_t gap = 0;
        for (std::size_t i = 0; i <= step; ++i) gap ^= times(now[i], syndromes[step - i]);
        std::ranges::rotate(before, before.end() - 1);
        before[0] = 0;
        if (gap == 0) continue;
        const Polynomial old = now;
        for (std::size_t i = 0; i < now.size(); ++i) now[i] ^= times(gap, before[i]);
        if (2 * length > static_cast<int>(step) + erased.degree) continue;
        length = static_cast<int>(step) + 1 + erased.degree - length;
        for (std::size_t i = 0; i < before.size(); ++i) before[i] = over(old[i], gap);
    }
    return {now, length};
}

}  // namespace

SeenBlock::SeenBlock(std::span<std::uint8_t> codewords, int checks)
    : codewords_(codewords), checks_(checks) {
    for (int i = 0; i < checks; ++i) {
        std::uint8_t sum = 0;
        for (const std::uint8_t codeword : codewords)
            sum = static_cast<std::uint8_t>(times(sum, field.power[static_cast<std::size_t>(i)]) ^
                                            codeword);
        syndromes_[static_cast<std::size_t>(i)] = sum;
        clean_ = clean_ && sum == 0;
    }
}

bool SeenBlock::correct(std::span<const std::uint8_t> erased, int spare) {
    if (clean_) return true;
    const auto checks = static_cast<std::size_t>(checks_);
    const int most_erased = checks_ - spare;
    if (static_cast<int>(erased.size()) > most_erased) return false;
    const std::span<const std::uint8_t> syndromes(syndromes_.data(), checks);
    const Locator locator = locate(locate_erased(erased, codewords_.size()), syndromes);
    const int errors = locator.degree - static_cast<int>(erased.size());
    if (2 * errors + static_cast<int>(erased.size()) > most_erased ||
        degree_of(locator.polynomial) != locator.degree)
        return false;
    std::array<std::uint8_t, most_checks> powers{};
    std::size_t found = 0;
    for (std::size_t power = 0; power < codewords_.size(); ++power) {
        if (value_at(locator.polynomial, locator.degree, field.power[255 - power]) != 0) continue;
        if (found == static_cast<std::size_t>(locator.degree)) return false;
        powers[found++] = static_cast<std::uint8_t>(power);
    }
    if (found != static_cast<std::size_t>(locator.degree)) return false;
    return put_right(locator.polynomial, {powers.data(), found});
}

/// After Forney.
bool SeenBlock::put_right(const std::array<std::uint8_t, most_checks + 1>& locator,
                          std::span<const std::uint8_t> powers) {
    const auto checks = static_cast<std::size_t>(checks_);
    const auto degree = static_cast<int>(powers.size());
    Polynomial evaluator{}, derived{};
    for (std::size_t i = 0; i < checks; ++i)
        for (std::size_t k = 0; k <= i; ++k) evaluator[i] ^= times(syndromes_[k], locator[i - k]);
    for (std::size_t i = 1; i < locator.size(); i += 2) derived[i - 1] = locator[i];
    std::array<std::uint8_t, most_checks> wrong{};
    for (std::size_t i = 0; i < powers.size(); ++i) {
        const std::uint8_t inverse = field.power[255U - powers[i]];
        const std::uint8_t slope = value_at(derived, degree, inverse);
        if (slope == 0) return false;
        // The first root of the generator is 2 to the 0: one factor of the place more.
        wrong[i] =
            times(field.power[powers[i]], over(value_at(evaluator, checks_ - 1, inverse), slope));
    }
    for (std::size_t i = 0; i < powers.size(); ++i)
        codewords_[codewords_.size() - 1 - powers[i]] ^= wrong[i];
    clean_ = true;
    return true;
}

}  // namespace hudoor::scanner
