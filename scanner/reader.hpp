/// Finds and reads QR codes in one gray frame (ZXing-cpp behind it, 1.4 and 2.3).
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "scanner/frame.hpp"
#include "scanner/geometry.hpp"

namespace hudoor::scanner {

/// Corners in frame pixels, clockwise from the code's own top left.
struct FoundCode {
    std::string text;  ///< UTF-8; what the code says, whatever that is
    std::array<Point, 4> corners;
    bool inverted = false;  ///< light on dark
    bool mirrored = false;
};

/// Of the quadrilateral between the corners.
[[nodiscard]] float area_px(const FoundCode& code);

struct ReaderOptions {
    /// Every frame is searched for normal and mirrored codes; the first, every fourth, and those
    /// after an inverted code was seen, for inverted codes as well. Off: every frame for all.
    bool alternate_variants = true;
};

/// Not thread-safe: one per thread. Remembers the last frames between calls; reset() forgets.
class Reader {
public:
    explicit Reader(ReaderOptions options = {});
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    /// Every code found, larger first; none twice. Never throws for picture content.
    [[nodiscard]] std::vector<FoundCode> read(const GrayView& frame);
    void reset();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hudoor::scanner
