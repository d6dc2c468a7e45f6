#include "tests/bench/bench_subjects.hpp"

#ifdef HUDOOR_WITH_ZBAR
#include <zbar.h>  // before ZXing, whose macro UnsupportedError it does not survive
#endif
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>

#include "scanner/codes/reader.hpp"

namespace hudoor::bench {
namespace {

using scanner::GrayView;

class HudoorSubject final : public Subject {
public:
    [[nodiscard]] std::string name() const override { return "Hudoor"; }
    [[nodiscard]] std::vector<std::string> read(const GrayView& frame) override {
        std::vector<std::string> texts;
        for (auto& code : reader_.read(frame)) texts.push_back(std::move(code.text));
        return texts;
    }
    void reset() override { reader_.reset(); }

private:
    scanner::Reader reader_;
};

#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

Options make_baseline_options() {
    Options options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    options.setTryHarder(true);
    options.setTryRotate(true);
    options.setBinarizer(ZXing::Binarizer::LocalAverage);
#if __has_include(<ZXing/ReaderOptions.h>)
    options.setTryInvert(false);
    options.setTextMode(ZXing::TextMode::Plain);
#endif
    return options;
}

void read_plain(const GrayView& frame, std::vector<std::string>& texts) {
    static const auto options = make_baseline_options();
    const ZXing::ImageView view(frame.pixels, frame.width_px, frame.height_px,
                                ZXing::ImageFormat::Lum, frame.stride_bytes);
    try {
        for (const auto& result : ZXing::ReadBarcodes(view, options)) {
            if (result.isValid()) texts.push_back(result.text());
        }
    } catch (const std::exception&) {
        // as good as nothing read
    }
}

class BaselineA final : public Subject {
public:
    [[nodiscard]] std::string name() const override { return "A: ZXing"; }
    [[nodiscard]] std::vector<std::string> read(const GrayView& frame) override {
        std::vector<std::string> texts;
        read_plain(frame, texts);
        return texts;
    }
};

class BaselineB final : public Subject {
public:
    [[nodiscard]] std::string name() const override { return "B: A + complement"; }
    [[nodiscard]] std::vector<std::string> read(const GrayView& frame) override {
        std::vector<std::string> texts;
        read_plain(frame, texts);
        complement_.clear();
        for (int y = 0; y < frame.height_px; ++y) {
            const auto* row = frame.pixels + std::ptrdiff_t{y} * frame.stride_bytes;
            std::transform(row, row + frame.width_px, std::back_inserter(complement_),
                           [](std::uint8_t level) { return static_cast<std::uint8_t>(~level); });
        }
        read_plain({complement_.data(), frame.width_px, frame.height_px, frame.width_px}, texts);
        return texts;
    }

private:
    std::vector<std::uint8_t> complement_;
};

#ifdef HUDOOR_WITH_ZBAR
class ZbarSubject final : public Subject {
public:
    ZbarSubject() {
        zbar::zbar_image_scanner_set_config(scanner_, zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
        zbar::zbar_image_scanner_set_config(scanner_, zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
        zbar::zbar_image_scanner_set_config(scanner_, zbar::ZBAR_QRCODE,
                                            zbar::ZBAR_CFG_TEST_INVERTED, 1);
    }
    ~ZbarSubject() override { zbar::zbar_image_scanner_destroy(scanner_); }
    ZbarSubject(const ZbarSubject&) = delete;
    ZbarSubject& operator=(const ZbarSubject&) = delete;

    [[nodiscard]] std::string name() const override { return "ZBar"; }
    [[nodiscard]] std::vector<std::string> read(const GrayView& frame) override {
        auto* image = zbar::zbar_image_create();
        zbar::zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
        zbar::zbar_image_set_size(image, static_cast<unsigned>(frame.stride_bytes),
                                  static_cast<unsigned>(frame.height_px));
        zbar::zbar_image_set_data(image, frame.pixels,
                                  static_cast<unsigned long>(frame.stride_bytes) *
                                      static_cast<unsigned long>(frame.height_px),
                                  nullptr);
        zbar::zbar_scan_image(scanner_, image);
        std::vector<std::string> texts;
        for (const auto* symbol = zbar::zbar_image_first_symbol(image); symbol != nullptr;
             symbol = zbar::zbar_symbol_next(symbol)) {
            texts.emplace_back(zbar::zbar_symbol_get_data(symbol),
                               zbar::zbar_symbol_get_data_length(symbol));
        }
        zbar::zbar_image_destroy(image);
        return texts;
    }

private:
    zbar::zbar_image_scanner_t* scanner_ = zbar::zbar_image_scanner_create();
};
#endif

}  // namespace

std::vector<std::unique_ptr<Subject>> make_subjects() {
    std::vector<std::unique_ptr<Subject>> subjects;
    subjects.push_back(std::make_unique<HudoorSubject>());
    subjects.push_back(std::make_unique<BaselineA>());
    subjects.push_back(std::make_unique<BaselineB>());
#ifdef HUDOOR_WITH_ZBAR
    subjects.push_back(std::make_unique<ZbarSubject>());
#endif
    return subjects;
}

}  // namespace hudoor::bench
