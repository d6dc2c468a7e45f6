#include "tests/scanner/code_picture.hpp"

#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>

namespace hudoor::test {
namespace {

constexpr int quiet_modules = 4;

std::size_t index_of(const Picture& picture, int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width_px) +
           static_cast<std::size_t>(x);
}

/// The writer of ZXing 2 refuses to take 0x80 to 0x9f, which Latin-1 leaves open, for Latin-1.
ZXing::CharacterSet choose_encoding(std::string_view bytes) {
    const bool open = std::ranges::any_of(bytes, [](char byte) {
        return static_cast<unsigned char>(byte) >= 0x80 && static_cast<unsigned char>(byte) < 0xa0;
    });
    return open ? ZXing::CharacterSet::BINARY : ZXing::CharacterSet::ISO8859_1;
}

/// Each byte a letter of the same number, which the writer puts into the code as that byte.
std::wstring widen(std::string_view bytes) {
    std::wstring wide;
    for (const char byte : bytes) wide += static_cast<wchar_t>(static_cast<unsigned char>(byte));
    return wide;
}

}  // namespace

std::uint8_t& Picture::at(int x, int y) { return pixels[index_of(*this, x, y)]; }
std::uint8_t Picture::at(int x, int y) const { return pixels[index_of(*this, x, y)]; }
scanner::GrayView Picture::view() const { return {pixels.data(), width_px, height_px, width_px}; }

Picture make_blank(int width_px, int height_px, std::uint8_t level) {
    const auto size = static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px);
    return {width_px, height_px, std::vector<std::uint8_t>(size, level)};
}

Picture draw_code(std::string_view bytes, int module_px, int level) {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    writer.setMargin(quiet_modules).setEccLevel(level).setEncoding(choose_encoding(bytes));
    const auto modules = writer.encode(widen(bytes), 0, 0);
    auto picture = make_blank(modules.width() * module_px, modules.height() * module_px);
    for (int y = 0; y < picture.height_px; ++y) {
        for (int x = 0; x < picture.width_px; ++x) {
            picture.at(x, y) = modules.get(x / module_px, y / module_px) ? 30 : 220;
        }
    }
    return picture;
}

void paste(Picture& onto, const Picture& piece, int left, int top) {
    for (int y = 0; y < piece.height_px; ++y) {
        for (int x = 0; x < piece.width_px; ++x) onto.at(left + x, top + y) = piece.at(x, y);
    }
}

Picture turn_right(const Picture& picture) {
    auto turned = make_blank(picture.height_px, picture.width_px);
    for (int y = 0; y < turned.height_px; ++y) {
        for (int x = 0; x < turned.width_px; ++x) {
            turned.at(x, y) = picture.at(y, picture.height_px - 1 - x);
        }
    }
    return turned;
}

Picture mirror(const Picture& picture) {
    auto mirrored = picture;
    for (int y = 0; y < picture.height_px; ++y) {
        for (int x = 0; x < picture.width_px; ++x) {
            mirrored.at(x, y) = picture.at(picture.width_px - 1 - x, y);
        }
    }
    return mirrored;
}

Picture invert(const Picture& picture) {
    auto inverted = picture;
    for (auto& pixel : inverted.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    return inverted;
}

void add_noise(Picture& picture, unsigned seed, double sigma) {
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, sigma);
    std::array<int, 4096> drawn{};  // drawing from these is much faster than drawing anew
    for (auto& value : drawn) value = static_cast<int>(std::lround(noise(random)));
    for (auto& pixel : picture.pixels) {
        pixel =
            static_cast<std::uint8_t>(std::clamp(pixel + drawn[random() % drawn.size()], 0, 255));
    }
}

}  // namespace hudoor::test
