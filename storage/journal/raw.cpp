#include "storage/journal/raw.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = std::size_t{1} << 20;
/// The longest fact with its hash and signature.
constexpr std::size_t max_fact_bytes = 256 + max_payload_bytes + sizeof(Hash) + sizeof(Signature);

class OpenFile {
public:
    OpenFile(const fs::path& path, int flags)
        : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0 && errno != ENOENT) fail("Opening");
    }
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] bool is_there() const { return descriptor_ >= 0; }
    /// As many bytes as there are.
    [[nodiscard]] ByteView read(std::uint64_t from, Bytes& into) const {
        std::size_t done = 0;
        while (done < into.size()) {
            const ssize_t size = ::pread(descriptor_, into.data() + done, into.size() - done,
                                         static_cast<off_t>(from + done));
            if (size < 0 && errno == EINTR) continue;
            if (size < 0) fail("Reading");
            if (size == 0) break;
            done += static_cast<std::size_t>(size);
        }
        return ByteView(into).first(done);
    }
    void write(std::uint64_t at, ByteView bytes) const {
        while (!bytes.empty()) {
            const ssize_t size =
                ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (size < 0 && errno == EINTR) continue;
            if (size <= 0) fail("Writing");
            bytes = bytes.subspan(static_cast<std::size_t>(size));
            at += static_cast<std::uint64_t>(size);
        }
    }
    void sync() const {
        if (::fsync(descriptor_) != 0) fail("Syncing");
    }

private:
    [[noreturn]] void fail(const char* tried) const {
        throw Fault(ExitCode::io,
                    std::string(tried) + " " + path_.string() + ": " + std::strerror(errno));
    }

    fs::path path_;
    int descriptor_;
};

void copy_bytes(const OpenFile& from, const OpenFile& to) {
    Bytes bytes(piece_bytes);
    std::uint64_t at = 0;
    for (ByteView piece; !(piece = from.read(at, bytes)).empty(); at += piece.size())
        to.write(at, piece);
    to.sync();
}

// The log's format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log

constexpr std::size_t log_header_bytes = 32;
constexpr std::size_t frame_header_bytes = 24;
constexpr std::uint32_t magic = 0x377f0682;  // its last bit: sums are of big-endian words

struct Sums {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    bool operator==(const Sums&) const = default;
};

Sums add_up(Sums sums, ByteView bytes, bool big_endian) {
    ByteReader in(bytes);
    const auto word = [&] {
        const std::uint32_t value = in.u32();
        return big_endian ? value : __builtin_bswap32(value);
    };
    for (std::size_t at = 0; at < bytes.size(); at += 8) {
        sums.first += word() + sums.second;
        sums.second += word() + sums.first;
    }
    return sums;
}

struct LogHeader {
    bool is_whole = false;
    bool big_endian = false;
    std::size_t page_bytes = 0;
    Sums salts;
    Sums sums;
};

LogHeader read_log_header(ByteView bytes) {
    ByteReader in(bytes);
    LogHeader header;
    const std::uint32_t found = in.u32();
    in.u32();
    header.page_bytes = in.u32();
    in.u32();
    header.salts = {in.u32(), in.u32()};
    header.sums = {in.u32(), in.u32()};
    header.big_endian = (found & 1) != 0;
    header.is_whole = !in.failed() && (found & ~1U) == magic &&
                      std::has_single_bit(header.page_bytes) && header.page_bytes >= 512 &&
                      header.page_bytes <= 65'536 &&
                      add_up({}, bytes.first(24), header.big_endian) == header.sums;
    return header;
}

/// Goes through the frames of a log as SQLite does after a crash, and on to the end of the file.
class FrameWalk {
public:
    explicit FrameWalk(const LogHeader& header) : header_(header), sums_(header.sums) {}

    /// The last one may be cut.
    void take(ByteView frame) {
        ByteReader in(frame);
        const std::uint32_t page = in.u32();
        in.u32();
        const Sums salts{in.u32(), in.u32()};
        const Sums written{in.u32(), in.u32()};
        is_good_ = is_good_ && page != 0 && salts == header_.salts &&
                   frame.size() == frame_header_bytes + header_.page_bytes &&
                   sums_with(frame) == written;
        sums_ = written;
        // One changed bit leaves the other half as it was; frames of an earlier round share none.
        const bool is_ours =
            salts.first == header_.salts.first || salts.second == header_.salts.second;
        goes_on_ = goes_on_ || (is_ours && !is_good_);
    }
    [[nodiscard]] bool goes_on() const { return goes_on_; }

private:
    [[nodiscard]] Sums sums_with(ByteView frame) const {
        const Sums sums = add_up(sums_, frame.first(8), header_.big_endian);
        return add_up(sums, frame.subspan(frame_header_bytes), header_.big_endian);
    }

    LogHeader header_;
    Sums sums_;
    bool is_good_ = true;
    bool goes_on_ = false;
};

/// A fact that begins here and whose hash holds.
std::optional<StoredFact> find_fact_at(ByteView bytes, std::string_view domain) {
    const auto size = find_encoding_size(bytes);
    if (!size || bytes.size() < *size + sizeof(Hash) + sizeof(Signature)) return std::nullopt;
    const ByteView encoding = bytes.first(*size);
    ByteReader in(bytes.subspan(*size));
    const auto hash = in.id<Hash>();
    if (hash_fact(encoding, domain) != hash) return std::nullopt;
    auto fact = decode_fact(encoding);
    if (!fact) return std::nullopt;
    StoredFact stored{std::move(*fact), {encoding.begin(), encoding.end()}, hash};
    const ByteView signature = in.raw(sizeof(Signature));
    std::copy(signature.begin(), signature.end(), stored.signature.begin());
    return stored;
}

}  // namespace

void write_anew(const JournalLock&, const fs::path& log) {
    const OpenFile file(log, O_RDWR);
    if (file.is_there()) copy_bytes(file, file);
}

bool goes_on_past_last_commit(const JournalLock&, const fs::path& log) {
    const OpenFile file(log, O_RDONLY);
    if (!file.is_there()) return false;
    Bytes head(log_header_bytes);
    const LogHeader header = read_log_header(file.read(0, head));
    Bytes frame(frame_header_bytes + (header.is_whole ? header.page_bytes : 0));
    if (!header.is_whole) return !file.read(log_header_bytes, frame).empty();
    FrameWalk walk(header);
    std::uint64_t at = log_header_bytes;
    for (ByteView next; !(next = file.read(at, frame)).empty(); at += next.size()) walk.take(next);
    return walk.goes_on();
}

void copy_log(const JournalLock&, const fs::path& log, const fs::path& to) {
    const OpenFile copy(to, O_RDWR | O_CREAT | O_EXCL);
    copy_bytes(OpenFile(log, O_RDONLY), copy);
}

void visit_raw_facts(const fs::path& path, std::string_view domain,
                     const std::function<bool(StoredFact&&)>& visit) {
    const OpenFile file(path, O_RDONLY);
    if (!file.is_there()) return;
    Bytes bytes(piece_bytes + max_fact_bytes);
    for (std::uint64_t from = 0;; from += piece_bytes) {
        const ByteView piece = file.read(from, bytes);
        for (std::size_t at = 0; at < std::min(piece.size(), piece_bytes); ++at)
            if (auto fact = find_fact_at(piece.subspan(at), domain);
                fact && !visit(std::move(*fact)))
                return;
        if (piece.size() < bytes.size()) return;
    }
}

}  // namespace hudoor::storage
