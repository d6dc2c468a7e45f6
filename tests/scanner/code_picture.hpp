/// Gray pictures with codes in them, drawn by ZXing's own writer.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scanner/camera/frame.hpp"

namespace hudoor::test {

struct Picture {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> pixels;

    [[nodiscard]] std::uint8_t& at(int x, int y);
    [[nodiscard]] std::uint8_t at(int x, int y) const;
    [[nodiscard]] scanner::GrayView view() const;
};

[[nodiscard]] Picture make_blank(int width_px, int height_px, std::uint8_t level = 200);
/// With its quiet zone of four modules; `bytes` go in as they are. `level` as ZXing counts it: up
/// to 1 is L, then M, from 5 on Q, from 7 on H.
[[nodiscard]] Picture draw_code(std::string_view bytes, int module_px, int level = 0);
void paste(Picture& onto, const Picture& piece, int left, int top);
[[nodiscard]] Picture turn_right(const Picture& picture);
[[nodiscard]] Picture mirror(const Picture& picture);
[[nodiscard]] Picture invert(const Picture& picture);
void add_noise(Picture& picture, unsigned seed, double sigma);

/// A picture as if a camera had taken it.
class PictureFrame final : public scanner::Frame {
public:
    PictureFrame(Picture picture, MonotonicTime entered, std::uint64_t number = 1)
        : picture_(std::move(picture)), entered_(entered), number_(number) {}

    [[nodiscard]] scanner::GrayView gray() const override { return picture_.view(); }
    [[nodiscard]] MonotonicTime entered() const override { return entered_; }
    [[nodiscard]] std::uint64_t number() const override { return number_; }

private:
    Picture picture_;
    MonotonicTime entered_;
    std::uint64_t number_;
};

}  // namespace hudoor::test
