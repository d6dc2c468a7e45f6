#include "tests/feed/jpeg.hpp"

#include <turbojpeg.h>

#include "config/fault.hpp"

namespace hudoor::feed {

JpegEncoder::JpegEncoder() : handle_(tjInitCompress()) { ENSURE(handle_ != nullptr); }

JpegEncoder::~JpegEncoder() { tjDestroy(handle_); }

std::vector<std::uint8_t> JpegEncoder::encode(const Picture& picture, int quality) {
    const unsigned char* planes[] = {picture.luma.pixels.data(), picture.blue.pixels.data(),
                                     picture.red.pixels.data()};
    const Size size = picture.luma.size;
    std::vector<std::uint8_t> jpeg(tjBufSize(size.width, size.height, TJSAMP_420));
    unsigned char* to = jpeg.data();
    unsigned long bytes = jpeg.size();
    if (tjCompressFromYUVPlanes(handle_, planes, size.width, nullptr, size.height, TJSAMP_420, &to,
                                &bytes, quality, TJFLAG_NOREALLOC) != 0)
        throw Fault(ExitCode::bug,
                    std::string("cannot encode a frame: ") + tjGetErrorStr2(handle_));
    jpeg.resize(bytes);
    return jpeg;
}

}  // namespace hudoor::feed
