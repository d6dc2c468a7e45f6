#include "scanner/marks/ink_map.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "scanner/marks/vectorised.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace hudoor::scanner {
namespace {

constexpr int block = InkMap::block_px;
constexpr int reach = 2;  // blocks around a block that its threshold is the mean of
constexpr int least_contrast = 14;
constexpr int black = 8, white = 247;  // beyond, there is no noise to measure

HUDOOR_VECTORISED void add_lines(const std::uint8_t* __restrict from, int stride, int width,
                                 std::uint16_t* __restrict sums, std::uint8_t* __restrict least,
                                 std::uint8_t* __restrict most) {
    for (int x = 0; x < width; ++x) {
        std::uint16_t sum = 0;
        std::uint8_t low = 255;
        std::uint8_t high = 0;
        for (int line = 0; line < block; ++line) {
            const std::uint8_t value = from[std::ptrdiff_t{line} * stride + x];
            sum = static_cast<std::uint16_t>(sum + value);
            low = std::min(low, value);
            high = std::max(high, value);
        }
        sums[x] = sum;
        least[x] = low;
        most[x] = high;
    }
}

/// Neighbours in twos, as add_lines() does with lines.
HUDOOR_VECTORISED void add_neighbours(const std::uint16_t* __restrict sums_from,
                                      const std::uint8_t* __restrict least_from,
                                      const std::uint8_t* __restrict most_from, int twos,
                                      std::uint16_t* __restrict sums,
                                      std::uint8_t* __restrict least,
                                      std::uint8_t* __restrict most) {
    for (int i = 0; i < twos; ++i) {
        sums[i] = static_cast<std::uint16_t>(sums_from[2 * i] + sums_from[2 * i + 1]);
        least[i] = std::min(least_from[2 * i], least_from[2 * i + 1]);
        most[i] = std::max(most_from[2 * i], most_from[2 * i + 1]);
    }
}

/// Means of what lies between two lines of sums and two columns `apart` blocks from one another. A
/// mean is below 256, so that it times 2^24 fits.
HUDOOR_VECTORISED void find_means(const std::uint32_t* __restrict above,
                                  const std::uint32_t* __restrict below, int count, int apart,
                                  std::uint32_t blocks, std::uint8_t* __restrict means) {
    const std::uint32_t share = ((std::uint32_t{1} << 24U) + blocks - 1) / blocks;
    for (int i = 0; i < count; ++i) {
        const std::uint32_t sum = below[i + apart] - below[i] - above[i + apart] + above[i];
        means[i] = static_cast<std::uint8_t>(sum * share >> 24U);
    }
}

#ifdef __SSE2__
/// Two blocks' lines of pixels against a threshold each, as sixteen bits.
std::uint64_t darker_of_two(const std::uint8_t* pixels, const std::uint8_t* thresholds) {
    constexpr std::uint64_t every_byte = 0x0101010101010101U;
    const __m128i limits = _mm_set_epi64x(static_cast<std::int64_t>(thresholds[1] * every_byte),
                                          static_cast<std::int64_t>(thresholds[0] * every_byte));
    const __m128i levels = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixels));
    const __m128i not_darker = _mm_cmpeq_epi8(_mm_max_epu8(levels, limits), levels);
    return static_cast<std::uint64_t>(_mm_movemask_epi8(not_darker)) ^ 0xffffU;
}
#endif

/// Eight pixels against one threshold, as eight bits.
std::uint64_t darker(const std::uint8_t* pixels, std::uint8_t threshold) {
    using Eight = std::uint8_t __attribute__((vector_size(8)));
    Eight values;
    std::memcpy(&values, pixels, sizeof values);
    const auto less = values < threshold;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, &less, sizeof bytes);
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
    // Bit k of byte k, gathered in the highest byte.
    return ((bytes & 0x8040201008040201U) * 0x0101010101010101U) >> 56U;
}

}  // namespace

void InkMap::measure(const GrayView& picture) {
    picture_ = picture;
    columns_ = picture.width_px / block_px;
    rows_ = picture.height_px / block_px;
    const auto blocks = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
    means_.resize(blocks);
    ranges_.resize(blocks);
    middles_.resize(blocks);
    levels_.resize(blocks);
    thresholds_.resize(blocks);
    bits_.assign(static_cast<std::size_t>(picture.width_px / 64 + 1), 0);
    noise_range_ = 0;
    if (blocks == 0) return;
    measure_blocks();
    estimate_noise();
}

void InkMap::measure_blocks() {
    const auto width = static_cast<std::size_t>(columns_) * block_px;
    for (auto* stage : {&by_column_, &folded_}) {
        stage->sums.resize(width);
        stage->least.resize(width);
        stage->most.resize(width);
    }
    for (int row = 0; row < rows_; ++row) {
        add_lines(picture_.pixels + std::ptrdiff_t{row} * block_px * picture_.stride_bytes,
                  picture_.stride_bytes, static_cast<int>(width), by_column_.sums.data(),
                  by_column_.least.data(), by_column_.most.data());
        auto *from = &by_column_, *to = &folded_;
        for (int twos = static_cast<int>(width) / 2; twos >= columns_;
             twos /= 2, std::swap(from, to))
            add_neighbours(from->sums.data(), from->least.data(), from->most.data(), twos,
                           to->sums.data(), to->least.data(), to->most.data());
        for (int column = 0; column < columns_; ++column) {
            const auto i = static_cast<std::size_t>(column);
            const int low = from->least[i], high = from->most[i];
            means_[index(column, row)] =
                static_cast<std::uint8_t>(from->sums[i] / (block_px * block_px));
            middles_[index(column, row)] = static_cast<std::uint8_t>((low + high) / 2);
            ranges_[index(column, row)] = static_cast<std::uint8_t>(high - low);
        }
    }
}

/// A fifth of most pictures is flat; what those blocks show is noise.
void InkMap::estimate_noise() {
    std::array<int, 256> counts{};
    int all = 0;
    is_overexposed_ = 3 * std::ranges::count_if(means_, [](int mean) { return mean > white; }) >
                      std::ssize(means_);
    for (std::size_t i = 0; i < means_.size(); ++i) {
        if (means_[i] < black || means_[i] > white) continue;
        ++counts[ranges_[i]];
        ++all;
    }
    int seen = 0;
    noise_range_ = 0;
    while (noise_range_ < 255 && (seen += counts[static_cast<std::size_t>(noise_range_)]) * 5 < all)
        ++noise_range_;
}

/// Of each block of the row: how light it is there, blocks `reach` away included.
void InkMap::find_levels(int row) {
    const auto width = static_cast<std::size_t>(columns_) + 1;
    const int top = std::max(0, row - reach), bottom = std::min(rows_, row + reach + 1);
    const std::uint32_t* above = &table_[static_cast<std::size_t>(top) * width];
    const std::uint32_t* below = &table_[static_cast<std::size_t>(bottom) * width];
    std::uint8_t* levels = &levels_[index(0, row)];
    const auto lines = static_cast<std::uint32_t>(bottom - top);
    constexpr int across = 2 * reach + 1;
    const auto find_at_edge = [&](int column) {
        const int left = std::max(0, column - reach),
                  right = std::min(columns_, column + reach + 1);
        find_means(above + left, below + left, 1, right - left,
                   lines * static_cast<std::uint32_t>(right - left), levels + column);
    };
    const int inner = std::max(0, columns_ - 2 * reach);
    if (inner > 0) find_means(above, below, inner, across, lines * across, levels + reach);
    for (int column = 0; column < std::min(reach, columns_); ++column) find_at_edge(column);
    for (int column = reach + inner; column < columns_; ++column) find_at_edge(column);
}

/// Light that is too bright to be seen eats into the ink beside it.
int InkMap::middle_of(std::size_t block_index) const {
    const int middle = middles_[block_index];
    return is_overexposed_ ? middle + ranges_[block_index] / 6 : middle;
}

void InkMap::choose_thresholds(int noise_range) {
    if (means_.empty()) return;
    const auto width = static_cast<std::size_t>(columns_) + 1;
    table_.assign(width * (static_cast<std::size_t>(rows_) + 1), 0);
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows_); ++row) {
        std::uint32_t sum = 0;
        for (std::size_t column = 0; column + 1 < width; ++column) {
            sum += means_[row * (width - 1) + column];
            table_[(row + 1) * width + column + 1] = table_[row * width + column + 1] + sum;
        }
    }
    flat_range_ = std::max(least_contrast, noise_range + noise_range / 2);
    for (int row = 0; row < rows_; ++row) {
        find_levels(row);
        std::uint8_t before = 0;
        for (int column = 0; column < columns_; ++column) {
            const auto i = index(column, row);
            const int level = levels_[i];
            if (ranges_[i] >= flat_range_) {
                // Its own middle is right for the marks of small codes, what is around it for large
                // ones.
                levels_[i] = static_cast<std::uint8_t>((3 * middle_of(i) + level) / 4);
                thresholds_[i] = levels_[i];
                before = means_[i] < level ? 255 : 0;
                continue;
            }
            // What is about as light as all around goes on as the block before it.
            if (4 * std::abs(means_[i] - level) >= flat_range_)
                before = means_[i] < level ? 255 : 0;
            thresholds_[i] = before;
        }
    }
}

const std::vector<std::uint64_t>& InkMap::line(int y) {
    const int row = std::min(y / block_px, rows_ - 1);
    if (row < 0 || columns_ == 0) {
        std::ranges::fill(bits_, 0);
        return bits_;
    }
    const std::uint8_t* pixels = picture_.pixels + std::ptrdiff_t{y} * picture_.stride_bytes;
    const std::uint8_t* thresholds = thresholds_.data() + index(0, row);
    const auto word_of = [&](int first, int count) {
        std::uint64_t word = 0;
        int i = 0;
#ifdef __SSE2__
        for (; i + 1 < count; i += 2)
            word |=
                darker_of_two(pixels + std::ptrdiff_t{first + i} * block_px, thresholds + first + i)
                << static_cast<unsigned>(8 * i);
#endif
        for (; i < count; ++i)
            word |= darker(pixels + std::ptrdiff_t{first + i} * block_px, thresholds[first + i])
                    << static_cast<unsigned>(8 * i);
        return word;
    };
    const int whole_words = columns_ / 8;
    for (int word = 0; word < whole_words; ++word)
        bits_[static_cast<std::size_t>(word)] = word_of(8 * word, 8);
    if (columns_ % 8 != 0)
        bits_[static_cast<std::size_t>(whole_words)] = word_of(8 * whole_words, columns_ % 8);
    return bits_;
}

void InkMap::count_changes() {
    changes_.assign(means_.size(), 0);
    for (int y = 0; y < rows_ * block_px; ++y) {
        const auto& bits = line(y);
        add_changes(index(0, y / block_px), bits, y % block_px == 0 ? nullptr : &bits_above_);
        bits_above_ = bits;
    }
}

/// Eight blocks at a time: how many bits of each byte are set. Across the edge between two blocks
/// nothing is counted: their thresholds differ.
void InkMap::add_changes(std::size_t first_block, const std::vector<std::uint64_t>& line,
                         const std::vector<std::uint64_t>* above) {
    const auto count_bits = [](std::uint64_t bits) {
        bits -= bits >> 1U & 0x5555555555555555U;
        bits = (bits & 0x3333333333333333U) + (bits >> 2U & 0x3333333333333333U);
        return (bits + (bits >> 4U)) & 0x0f0f0f0f0f0f0f0fU;
    };
    const auto columns = static_cast<std::size_t>(columns_);
    for (std::size_t word = 0; word * 8 < columns; ++word) {
        const std::uint64_t here = line[word];
        std::uint64_t counts = count_bits((here ^ here >> 1U) & 0x7f7f7f7f7f7f7f7fU);
        if (above != nullptr) counts += count_bits(here ^ (*above)[word]);
        for (std::size_t block = word * 8; block < std::min(columns, word * 8 + 8);
             ++block, counts >>= 8U)
            changes_[first_block + block] =
                static_cast<std::uint8_t>(changes_[first_block + block] + (counts & 0xffU));
    }
}

void InkMap::smooth_changes(std::vector<std::uint8_t>& smooth) const {
    smooth.assign(changes_.size(), 0);
    for (int row = 1; row + 1 < rows_; ++row)
        for (int column = 1; column + 1 < columns_; ++column) {
            int sum = 0;
            for (const int down : {-1, 0, 1})
                for (const int along : {-1, 0, 1}) sum += changes_in(column + along, row + down);
            smooth[index(column, row)] = static_cast<std::uint8_t>(sum / 9);
        }
}

std::uint8_t InkMap::threshold_at(int x, int y) const {
    if (columns_ == 0 || rows_ == 0) return 128;
    return levels_[index(std::min(x / block_px, columns_ - 1), std::min(y / block_px, rows_ - 1))];
}

}  // namespace hudoor::scanner
