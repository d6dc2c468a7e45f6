/// Mends a code of which the ink of every module was seen more or less surely: what is wrong or
/// covered is put right with the code's own check words, the least sure words first, and the code
/// is drawn again as it was printed.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "scanner/camera/frame.hpp"
#include "scanner/modules/code_plan.hpp"

namespace hudoor::scanner {

/// One thread; reuses its buffers from code to code.
class CodeMender {
public:
    struct Mended {
        GrayView
            upright;  ///< as decode_upright() takes it, not mirrored; valid until the next call
        bool mirrored = false;  ///< the ink was
    };
    static constexpr int quiet_modules = 2;

    /// `ink` row by row, above 0 where it is dark, the farther from 0 the surer. Nothing where too
    /// much is wrong.
    [[nodiscard]] std::optional<Mended> mend(std::span<const float> ink, int version);
    /// Blocks that were corrected or found beyond it, since it was made.
    [[nodiscard]] std::size_t tries() const { return tries_; }

private:
    struct Reading {
        CodeFormat format;
        bool mirrored = false;
        float agreement = 0;  ///< with the modules that say the format; 1 is perfect
    };

    void doubt_plain_areas(std::span<const float> ink, int modules);
    [[nodiscard]] std::array<Reading, 2> likeliest_readings(int modules) const;
    [[nodiscard]] bool correct_all(int version, const Reading& reading);
    void take_codewords(int version, const Reading& reading);
    [[nodiscard]] bool correct_block(std::size_t first, std::size_t count, int checks);
    void draw(int version, const Reading& reading);
    [[nodiscard]] float ink_at(int x, int y, bool mirrored) const {
        return ink_[static_cast<std::size_t>(mirrored ? x * modules_ + y : y * modules_ + x)];
    }

    int modules_ = 0;
    std::vector<float> ink_;
    std::vector<int> darks_;                    ///< dark modules above and left of one
    std::vector<std::uint8_t> words_, blocks_;  ///< as they lie in the code, and block by block
    std::vector<float> word_sureness_, block_sureness_;
    std::vector<std::uint8_t> upright_;
    std::size_t tries_ = 0;
};

}  // namespace hudoor::scanner
