#include "tests/feed/qr.hpp"

#define ZX_USE_UTF8 1  // 1.4: texts are std::string, as in 2.x
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

namespace hudoor::feed {

Qr make_qr(const std::string& text) {
    // Its default is level M in 1.4 and 2.3; the numbers of setEccLevel mean other things.
    const ZXing::BitMatrix matrix =
        ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(0).encode(text, 0, 0);
    Qr qr{matrix.width(), {}};
    for (int y = 0; y < qr.modules; ++y)
        for (int x = 0; x < qr.modules; ++x) qr.dark.push_back(matrix.get(x, y));
    return qr;
}

}  // namespace hudoor::feed
