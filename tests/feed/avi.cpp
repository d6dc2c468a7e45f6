#include "tests/feed/avi.hpp"

#include <algorithm>

#include "config/fault.hpp"

namespace hudoor::feed {
namespace {

constexpr std::uint32_t stream_header_bytes = 56;
constexpr std::uint32_t format_bytes = 40;
constexpr std::uint32_t stream_list_bytes = 4 + 8 + stream_header_bytes + 8 + format_bytes;
constexpr std::uint32_t main_header_bytes = 56;
constexpr std::uint32_t header_list_bytes = 4 + 8 + main_header_bytes + 8 + stream_list_bytes;
constexpr std::uint32_t movie_at = 12 + 8 + header_list_bytes;
constexpr std::uint32_t has_index = 0x10;
constexpr std::uint32_t key_frame = 0x10;
constexpr std::uint32_t most_bytes = 0x7FFF0000;

}  // namespace

AviWriter::AviWriter(const std::filesystem::path& file, Size size, int fps)
    : file_(file), out_(file, std::ios::binary), size_(size), fps_(fps) {
    if (!out_) throw Fault(ExitCode::cannot_create, "cannot create the feed " + file.string());
    header(most_bytes);
}

void AviWriter::tag(const char* four) { out_.write(four, 4); }

void AviWriter::number(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) out_.put(static_cast<char>(value >> shift & 255));
}

void AviWriter::half(std::uint16_t value) {
    out_.put(static_cast<char>(value & 255));
    out_.put(static_cast<char>(value >> 8));
}

/// Written twice: at first as of a file of unknown length, so that it can be played while it grows,
/// at last with the counts.
void AviWriter::header(std::uint32_t movie_bytes) {
    const auto frames = static_cast<std::uint32_t>(entries_.size());
    const auto width = static_cast<std::uint32_t>(size_.width);
    const auto height = static_cast<std::uint32_t>(size_.height);
    const auto fps = static_cast<std::uint32_t>(fps_);
    const std::uint32_t index_bytes = frames == 0 ? 0 : 8 + 16 * frames;
    tag("RIFF"), number(movie_at + movie_bytes + index_bytes), tag("AVI ");
    tag("LIST"), number(header_list_bytes), tag("hdrl");
    tag("avih"), number(main_header_bytes);
    number(1'000'000 / fps), number(0), number(0), number(has_index), number(frames), number(0),
        number(1), number(0), number(width), number(height);
    for (int reserved = 0; reserved < 4; ++reserved) number(0);
    tag("LIST"), number(stream_list_bytes), tag("strl");
    tag("strh"), number(stream_header_bytes), tag("vids"), tag("MJPG");
    number(0), number(0), number(0), number(1), number(fps), number(0), number(frames), number(0),
        number(0xFFFFFFFF), number(0), number(0), half(static_cast<std::uint16_t>(width)),
        half(static_cast<std::uint16_t>(height));
    tag("strf"), number(format_bytes), number(format_bytes), number(width), number(height), half(1),
        half(24), tag("MJPG"), number(width * height * 3);
    for (int unused = 0; unused < 4; ++unused) number(0);
    tag("LIST"), number(movie_bytes), tag("movi");
}

void AviWriter::add_frame(const std::vector<std::uint8_t>& jpeg) {
    const auto bytes = static_cast<std::uint32_t>(jpeg.size());
    const std::uint32_t padding = bytes % 2;
    if (most_bytes - movie_bytes_ < bytes + 64 * 1024)
        throw Fault(ExitCode::io, "the feed " + file_.string() + " would grow past 2 GB");
    entries_.push_back({movie_bytes_, bytes});
    tag("00dc"), number(bytes);
    out_.write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(bytes));
    if (padding != 0) out_.put(0);
    out_.flush();
    movie_bytes_ += 8 + bytes + padding;
}

void AviWriter::finish() {
    tag("idx1"), number(static_cast<std::uint32_t>(entries_.size()) * 16);
    for (const Entry& entry : entries_)
        tag("00dc"), number(key_frame), number(entry.offset), number(entry.bytes);
    out_.seekp(0);
    header(movie_bytes_);
    out_.close();
    if (!out_) throw Fault(ExitCode::io, "cannot write all of the feed " + file_.string());
}

}  // namespace hudoor::feed
