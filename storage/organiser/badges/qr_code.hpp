/// A QR code as modules, to be drawn as vectors.
#pragma once

#include <string>
#include <vector>

namespace hudoor::organiser {

struct QrCode {
    int modules = 0;         ///< on a side, without the quiet zone
    std::vector<bool> dark;  ///< row by row

    [[nodiscard]] bool at(int x, int y) const {
        return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(modules) +
                    static_cast<std::size_t>(x)];
    }
};

/// Error correction level M; a badge's text gives version 5 (37 modules).
[[nodiscard]] QrCode make_qr_code(const std::string& text);

}  // namespace hudoor::organiser
