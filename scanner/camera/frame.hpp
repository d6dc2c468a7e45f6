/// A picture from the camera, of which the Y plane is the gray image that is decoded and shown.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "config/clock.hpp"
#include "scanner/camera/black_or_frozen.hpp"

namespace hudoor::scanner {

/// A gray image somebody else owns: rows of `stride_bytes`, top first, 0 black to 255 white.
struct GrayView {
    const std::uint8_t* pixels = nullptr;
    int width_px = 0;
    int height_px = 0;
    int stride_bytes = 0;
};

/// One camera frame; immutable, shared between threads, freed with its last owner.
class Frame {
public:
    virtual ~Frame() = default;
    [[nodiscard]] virtual GrayView gray() const = 0;
    /// When the picture entered the pipeline as a whole, before any decoder (JPEG); where the
    /// source paces itself with `identity sync=true`, when that let it pass.
    [[nodiscard]] virtual MonotonicTime entered() const = 0;
    /// Counts from 1 since the camera was opened first, over restarts.
    [[nodiscard]] virtual std::uint64_t number() const = 0;
};

using FramePtr = std::shared_ptr<const Frame>;

/// An upright rectangle in a picture.
struct PictureBox {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;
};

/// The small mirrored-on-screen picture of what the camera sees: gray, and so few pixels that
/// people are seen and no code can be read from it.
struct Preview {
    std::shared_ptr<const std::uint8_t[]> pixels;
    int width_px = 0;
    int height_px = 0;    ///< rows are width_px apart
    double scale = 1.0;   ///< preview pixels per frame pixel
    bool moving = false;  ///< something moved in the last second
    BlackOrFrozen black_or_frozen = BlackOrFrozen::neither;
    std::optional<bool> sharp{};  ///< of the edges in the aim guide while a code is in view, once a
                                  ///< second; else nothing
    std::uint64_t frame = 0;      ///< Frame::number
    /// Where codes are, or were half a second ago, in its pixels: grown, and plain in the picture.
    std::vector<PictureBox> covered{};
};

}  // namespace hudoor::scanner
