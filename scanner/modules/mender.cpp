#include "scanner/modules/mender.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/modules/function_modules.hpp"
#include "scanner/modules/reed_solomon.hpp"

namespace hudoor::scanner {
namespace {

constexpr float least_agreement = 0.3F;
constexpr float nearly_as_likely = 0.7F;
// Checks that stay unused where words are taken for unknown: three are right by chance once in 16
// million times.
constexpr int spare_checks = 3;
constexpr int plain_reach = 2;  // modules; a mask leaves no square of five by five in one colour
constexpr int plain_modules = 24;
constexpr float plain_doubt = 0.05F;

/// Calls `visit` with the block and the place in it of each word of the code, in its order.
template <typename Visit>
void for_each_word(const BlockPlan& plan, Visit visit) {
    const int longest = plan.short_data + (plan.short_blocks < plan.blocks ? 1 : 0);
    for (int at = 0; at < longest; ++at)
        for (int block = 0; block < plan.blocks; ++block)
            if (at < plan.short_data || block >= plan.short_blocks) visit(block, at);
    for (int check = 0; check < plan.checks; ++check)
        for (int block = 0; block < plan.blocks; ++block)
            visit(block, plan.short_data + (block >= plan.short_blocks ? 1 : 0) + check);
}

/// Where a block begins when they lie one behind the other.
std::size_t start_of(const BlockPlan& plan, int block) {
    const int longer = std::max(0, block - plan.short_blocks);
    return static_cast<std::size_t>(block * (plan.short_data + plan.checks) + longer);
}

}  // namespace

std::optional<CodeMender::Mended> CodeMender::mend(std::span<const float> ink, int version) {
    modules_ = modules_of(version);
    doubt_plain_areas(ink, modules_);
    for (const Reading& reading : likeliest_readings(modules_)) {
        if (reading.agreement < least_agreement || !correct_all(version, reading)) continue;
        draw(version, reading);
        const int side = modules_ + 2 * quiet_modules;
        return Mended{{upright_.data(), side, side, side}, reading.mirrored};
    }
    return std::nullopt;
}

/// A logo, a finger or a reflection shows one colour where a code never does.
void CodeMender::doubt_plain_areas(std::span<const float> ink, int modules) {
    ink_.assign(ink.begin(), ink.end());
    const int width = modules + 1;
    darks_.assign(static_cast<std::size_t>(width * width), 0);
    for (int y = 0; y < modules; ++y)
        for (int x = 0, sum = 0; x < modules; ++x) {
            sum += ink[static_cast<std::size_t>(y * modules + x)] > 0 ? 1 : 0;
            darks_[static_cast<std::size_t>((y + 1) * width + x + 1)] =
                darks_[static_cast<std::size_t>(y * width + x + 1)] + sum;
        }
    const auto darks_to = [&](int x, int y) {
        return darks_[static_cast<std::size_t>(y * width + x)];
    };
    for (int y = 0; y + 2 * plain_reach < modules; ++y)
        for (int x = 0; x + 2 * plain_reach < modules; ++x) {
            constexpr int side = 2 * plain_reach + 1;
            const int darks = darks_to(x + side, y + side) - darks_to(x, y + side) -
                              darks_to(x + side, y) + darks_to(x, y);
            if (darks < plain_modules && darks > side * side - plain_modules) continue;
            for (int down = 0; down < side; ++down)
                for (int along = 0; along < side; ++along) {
                    const auto i = static_cast<std::size_t>((y + down) * modules + x + along);
                    ink_[i] = plain_doubt * ink[i];
                }
        }
}

/// The likeliest first.
std::array<CodeMender::Reading, 2> CodeMender::likeliest_readings(int modules) const {
    const auto places = format_places(modules);
    std::array<Reading, 2> best{};
    for (const bool mirrored : {false, true}) {
        std::array<float, 15> seen{};
        float all = 0;
        for (const auto& copy : places)
            for (std::size_t i = 0; i < copy.size(); ++i) {
                const float level = ink_at(copy[i].x, copy[i].y, mirrored);
                seen[i] += level;
                all += std::abs(level);
            }
        if (all <= 0) continue;
        for (const CodeFormat& format : code_formats()) {
            float agreement = 0;
            for (std::size_t i = 0; i < seen.size(); ++i)
                agreement += (format.bits >> i & 1U) != 0 ? seen[i] : -seen[i];
            const Reading reading{format, mirrored, agreement / all};
            if (reading.agreement > best[0].agreement) {
                best[1] = best[0];
                best[0] = reading;
            } else if (reading.agreement > best[1].agreement) {
                best[1] = reading;
            }
        }
    }
    if (best[1].agreement < nearly_as_likely * best[0].agreement) best[1].agreement = 0;
    return best;
}

bool CodeMender::correct_all(int version, const Reading& reading) {
    const BlockPlan plan = block_plan(version, reading.format.level);
    take_codewords(version, reading);
    blocks_.resize(words_.size());
    block_sureness_.resize(words_.size());
    std::size_t word = 0;
    for_each_word(plan, [&](int block, int at) {
        const std::size_t to = start_of(plan, block) + static_cast<std::size_t>(at);
        blocks_[to] = words_[word];
        block_sureness_[to] = word_sureness_[word++];
    });
    for (int block = 0; block < plan.blocks; ++block) {
        const std::size_t first = start_of(plan, block);
        if (!correct_block(first, start_of(plan, block + 1) - first, plan.checks)) return false;
    }
    word = 0;
    for_each_word(plan, [&](int block, int at) {
        words_[word++] = blocks_[start_of(plan, block) + static_cast<std::size_t>(at)];
    });
    return true;
}

/// A word is as sure as the least sure of its modules.
void CodeMender::take_codewords(int version, const Reading& reading) {
    const auto& data = data_modules(version);
    words_.resize(data.size() / 8);
    word_sureness_.resize(words_.size());
    for (std::size_t word = 0; word < words_.size(); ++word) {
        unsigned bits = 0;
        float least = INFINITY;
        for (std::size_t i = 0; i < 8; ++i) {
            const Module at = data[word * 8 + i];
            const float ink = ink_at(at.x, at.y, reading.mirrored);
            const bool dark = (ink > 0) != is_masked(reading.format.mask, at.x, at.y);
            bits = bits << 1U | (dark ? 1U : 0U);
            least = std::min(least, std::abs(ink));
        }
        words_[word] = static_cast<std::uint8_t>(bits);
        word_sureness_[word] = least;
    }
}

/// With nothing unknown, then with more and more of the least sure words.
bool CodeMender::correct_block(std::size_t first, std::size_t count, int checks) {
    ++tries_;
    SeenBlock block({&blocks_[first], count}, checks);
    if (block.is_clean() || block.correct({}, checks % 2)) return true;
    std::array<std::uint8_t, most_codewords> order{};
    for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint8_t>(i);
    const auto most = static_cast<std::size_t>(std::max(0, checks - spare_checks));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most),
                      order.begin() + static_cast<std::ptrdiff_t>(count),
                      [&](std::uint8_t a, std::uint8_t b) {
                          return block_sureness_[first + a] < block_sureness_[first + b];
                      });
    for (std::size_t unknown = 2; unknown <= most; unknown += 2)
        if (block.correct({order.data(), unknown}, spare_checks)) return true;
    return false;
}

void CodeMender::draw(int version, const Reading& reading) {
    const int side = modules_ + 2 * quiet_modules;
    upright_.assign(static_cast<std::size_t>(side * side), 255);
    const auto draw_dark = [&](int x, int y, bool dark) {
        upright_[static_cast<std::size_t>((y + quiet_modules) * side + x + quiet_modules)] =
            dark ? 0 : 255;
    };
    for (const auto& module : function_modules(version)) draw_dark(module.x, module.y, module.dark);
    for (const auto& copy : format_places(modules_))
        for (std::size_t i = 0; i < copy.size(); ++i)
            draw_dark(copy[i].x, copy[i].y, (reading.format.bits >> i & 1U) != 0);
    draw_dark(8, modules_ - 8, true);
    for (int i = 0; version >= 7 && i < 18; ++i) {
        const bool dark = (version_bits(version) >> static_cast<unsigned>(i) & 1U) != 0;
        draw_dark(modules_ - 11 + i % 3, i / 3, dark);
        draw_dark(i / 3, modules_ - 11 + i % 3, dark);
    }
    const auto& data = data_modules(version);
    for (std::size_t i = 0; i < data.size(); ++i) {
        const bool bit = (words_[i / 8] >> (7 - i % 8) & 1U) != 0;
        draw_dark(data[i].x, data[i].y,
                  bit != is_masked(reading.format.mask, data[i].x, data[i].y));
    }
}

}  // namespace hudoor::scanner
