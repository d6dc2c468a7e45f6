/// Pictures as baseline JPEG, by libjpeg-turbo.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/feed/picture.hpp"

namespace hudoor::feed {

/// One per thread.
class JpegEncoder {
public:
    JpegEncoder();
    ~JpegEncoder();
    JpegEncoder(const JpegEncoder&) = delete;
    JpegEncoder& operator=(const JpegEncoder&) = delete;

    /// Throws Fault(bug) with what the library says.
    [[nodiscard]] std::vector<std::uint8_t> encode(const Picture& picture, int quality);

private:
    void* handle_;
};

}  // namespace hudoor::feed
