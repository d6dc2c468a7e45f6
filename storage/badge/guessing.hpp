/// How hard imported codes are to guess: a code that any phone can count up to opens a door to
/// whoever shows it, so what is easily guessed is decided by an usher.
#pragma once

#include <span>
#include <string>

namespace hudoor::storage {

/// Below this an import is refused unless it is insisted on, and each admission is an usher's tap.
inline constexpr double fewest_bits = 24;
/// Below this it is worth knowing.
inline constexpr double good_bits = 40;

/// How often one must guess to hit any of the codes, as a power of two: the product, over the
/// places where they differ, of the signs that may stand there (10, 16, 32, 36 or 62, by those
/// seen), by how many codes there are. Of fewer than eight every place counts; codes of one length
/// among others count by themselves, too, so that long ones do not hide short ones. 0: none.
[[nodiscard]] double guessing_bits(std::span<const std::string> codes);

}  // namespace hudoor::storage
