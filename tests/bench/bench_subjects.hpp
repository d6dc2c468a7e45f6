/// What the scan benchmark compares: Hudoor's reader and others that read the same frames.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scanner/camera/frame.hpp"

namespace hudoor::bench {

class Subject {
public:
    virtual ~Subject() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::vector<std::string> read(const scanner::GrayView& frame) = 0;
    /// The next frame has nothing to do with the last.
    virtual void reset() {}
};

/// Hudoor first, then baseline A (one ReadBarcodes call: QR, tryHarder, tryRotate, LocalAverage),
/// baseline B (A and a second call on the complement), and ZBar where its library was found.
[[nodiscard]] std::vector<std::unique_ptr<Subject>> make_subjects();

}  // namespace hudoor::bench
