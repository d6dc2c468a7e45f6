/// A QR code as black and white modules, drawn by ZXing's writer at its level M.
#pragma once

#include <string>
#include <vector>

namespace hudoor::feed {

struct Qr {
    int modules = 0;  ///< along one side, without the quiet zone
    std::vector<bool> dark;

    [[nodiscard]] bool at(int x, int y) const {
        return dark[static_cast<std::size_t>(y * modules + x)];
    }
};

[[nodiscard]] Qr make_qr(const std::string& text);

}  // namespace hudoor::feed
