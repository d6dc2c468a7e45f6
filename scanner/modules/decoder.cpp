#include "scanner/modules/decoder.hpp"

#define ZX_USE_UTF8 1  // 1.4: text() is UTF-8, as it always is in 2.x
#include <ZXing/ReadBarcode.h>

#include <exception>
#include <utility>

namespace hudoor::scanner {
namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

Options make_options() {
    Options options;
#if __has_include(<ZXing/ReaderOptions.h>)
    options.setTextMode(ZXing::TextMode::Plain);  // 2.x would write control characters as <US>
    options.setTryInvert(false);                  // Reader takes turns
#endif
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    options.setTryHarder(true);
    options.setTryRotate(false);     // QR is found at any angle
    options.setTryDownscale(false);  // Reader has smaller pictures
    return options;
}

Options make_upright_options() {
    auto options = make_options();
    options.setIsPure(true);
    options.setTryHarder(false);
    options.setBinarizer(ZXing::Binarizer::BoolCast);
    options.setMaxNumberOfSymbols(1);
    return options;
}

template <typename Result>
FoundCode make_found(const Result& result) {
    FoundCode code;
    code.text = result.text();
    code.mirrored = result.isMirrored();
    for (std::size_t i = 0; i < code.corners.size(); ++i) {
        const auto corner = result.position()[i];
        code.corners[i] = {static_cast<float>(corner.x), static_cast<float>(corner.y)};
    }
    // ZXing names the corners before it finds out that the code is mirrored.
    if (code.mirrored) std::swap(code.corners[1], code.corners[3]);
    return code;
}

std::vector<FoundCode> decode(const GrayView& image, const Options& options) {
    std::vector<FoundCode> found;
    try {
        const ZXing::ImageView view(image.pixels, image.width_px, image.height_px,
                                    ZXing::ImageFormat::Lum, image.stride_bytes);
        for (const auto& result : ZXing::ReadBarcodes(view, options)) {
            if (result.isValid()) found.push_back(make_found(result));
        }
    } catch (const std::exception&) {
        // ZXing throws for some damaged codes; nobody could read those either.
    }
    return found;
}

}  // namespace

std::vector<FoundCode> decode_codes(const GrayView& image) {
    static const auto options = make_options();
    return decode(image, options);
}

std::optional<FoundCode> decode_upright(const GrayView& modules) {
    static const auto options = make_upright_options();
    auto found = decode(modules, options);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace hudoor::scanner
