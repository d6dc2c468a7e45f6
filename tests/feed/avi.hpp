/// Motion JPEG in an AVI file (OpenDML is not needed below 2 GB): every player knows it, and its
/// frames have times, which a bare row of JPEGs has not.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

#include "tests/feed/geometry.hpp"

namespace hudoor::feed {

class AviWriter {
public:
    /// Throws Fault(cannot_create).
    AviWriter(const std::filesystem::path& file, Size size, int fps);

    /// The frame is in the file when this returns: another process may play it already.
    void add_frame(const std::vector<std::uint8_t>& jpeg);
    /// Writes the index and the counts; nothing may be added after. Throws Fault(io) if not all of
    /// the file could be written or it grew past 2 GB.
    void finish();

private:
    struct Entry {
        std::uint32_t offset;
        std::uint32_t bytes;
    };

    void tag(const char* four);
    void number(std::uint32_t value);
    void half(std::uint16_t value);
    void header(std::uint32_t movie_bytes);

    std::filesystem::path file_;
    std::ofstream out_;
    Size size_;
    int fps_;
    std::uint32_t movie_bytes_ = 4;  ///< with its own tag
    std::vector<Entry> entries_;
};

}  // namespace hudoor::feed
