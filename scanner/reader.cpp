#include "scanner/reader.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/decoder.hpp"

namespace hudoor::scanner {
namespace {

constexpr std::size_t inverted_every = 4;  // a second pass costs as much as the first
constexpr int smallest_side_px = 21;       // version 1 at a pixel a module
constexpr int largest_side_px = 16'384;

bool can_hold_code(const GrayView& frame) {
    const auto [shorter, longer] = std::minmax(frame.width_px, frame.height_px);
    return frame.pixels != nullptr && shorter >= smallest_side_px && longer <= largest_side_px &&
           frame.stride_bytes >= frame.width_px;
}

}  // namespace

float area_px(const FoundCode& code) {
    float doubled = 0;
    for (std::size_t i = 0; i < code.corners.size(); ++i) {
        const Point& a = code.corners[i];
        const Point& b = code.corners[(i + 1) % code.corners.size()];
        doubled += a.x * b.y - b.x * a.y;
    }
    return std::abs(doubled) / 2;
}

class Reader::Impl {
public:
    explicit Impl(ReaderOptions options) : options_(options) {}

    std::vector<FoundCode> read(const GrayView& frame) {
        std::vector<FoundCode> found;
        if (!can_hold_code(frame)) return found;
        add(found, decode_codes(frame), false);
        if (is_turn_of_inverted()) add(found, decode_codes(complement(frame)), true);
        inverted_seen_ = std::ranges::any_of(found, &FoundCode::inverted);
        ++frames_;
        std::ranges::stable_sort(found, std::ranges::greater{}, area_px);
        return found;
    }

    void reset() {
        frames_ = 0;
        inverted_seen_ = false;
    }

private:
    [[nodiscard]] bool is_turn_of_inverted() const {
        return !options_.alternate_variants || inverted_seen_ || frames_ % inverted_every == 0;
    }

    static void add(std::vector<FoundCode>& found, std::vector<FoundCode> more, bool inverted) {
        for (auto& code : more) {
            if (std::ranges::find(found, code.text, &FoundCode::text) != found.end()) continue;
            code.inverted = inverted;
            found.push_back(std::move(code));
        }
    }

    GrayView complement(const GrayView& frame) {
        const auto width = static_cast<std::size_t>(frame.width_px);
        const auto height = static_cast<std::size_t>(frame.height_px);
        complement_.resize(width * height);
        for (std::size_t y = 0; y < height; ++y) {
            const auto* from = frame.pixels + static_cast<std::ptrdiff_t>(y) * frame.stride_bytes;
            std::transform(from, from + width,
                           complement_.begin() + static_cast<std::ptrdiff_t>(y * width),
                           [](std::uint8_t level) { return static_cast<std::uint8_t>(~level); });
        }
        return {complement_.data(), frame.width_px, frame.height_px, frame.width_px};
    }

    ReaderOptions options_;
    std::vector<std::uint8_t> complement_;
    std::size_t frames_ = 0;
    bool inverted_seen_ = false;
};

Reader::Reader(ReaderOptions options) : impl_(std::make_unique<Impl>(options)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

std::vector<FoundCode> Reader::read(const GrayView& frame) { return impl_->read(frame); }
void Reader::reset() { impl_->reset(); }

}  // namespace hudoor::scanner
