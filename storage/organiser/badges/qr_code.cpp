#include "storage/organiser/badges/qr_code.hpp"

#define ZX_USE_UTF8 1  // 1.4: texts are std::string, as in 2.x
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

namespace hudoor::organiser {

QrCode make_qr_code(const std::string& text) {
    // The writer's default is level M in 1.4 and 2.3; the numbers of setEccLevel mean other things.
    const ZXing::BitMatrix matrix =
        ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(0).encode(text, 0, 0);
    QrCode code{matrix.width(), {}};
    for (int y = 0; y < code.modules; ++y)
        for (int x = 0; x < code.modules; ++x) code.dark.push_back(matrix.get(x, y));
    return code;
}

}  // namespace hudoor::organiser
