/// Corrects the blocks of a QR code: Reed-Solomon over the field of 256 elements (ISO/IEC 18004,
/// annex A), with errors anywhere and erasures where the caller knows that a codeword is bad.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace hudoor::scanner {

constexpr std::size_t most_codewords = 255;
constexpr std::size_t most_checks = 30;

/// Of one block as it was seen; the syndromes are the same whatever is erased.
class SeenBlock {
public:
    /// `codewords` 255 at most, the last `checks` (30 at most) of them for correction; they stay
    /// the caller's.
    SeenBlock(std::span<std::uint8_t> codewords, int checks);

    [[nodiscard]] bool is_clean() const { return clean_; }
    /// With the codewords at `erased` (none twice, `checks` at most) taken for unknown. Corrects in
    /// place, if as many errors remain as can be told from chance: `spare` checks are left over at
    /// least. Otherwise the block stays as it was.
    bool correct(std::span<const std::uint8_t> erased, int spare);

private:
    /// Of the words that stand for these powers; `locator` the lowest power first.
    bool put_right(const std::array<std::uint8_t, most_checks + 1>& locator,
                   std::span<const std::uint8_t> powers);

    std::span<std::uint8_t> codewords_;
    int checks_;
    bool clean_ = true;
    std::array<std::uint8_t, most_checks> syndromes_{};
};

}  // namespace hudoor::scanner
