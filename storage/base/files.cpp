#include "storage/base/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

#include "config/fault.hpp"

namespace hudoor::storage {

namespace fs = std::filesystem;

namespace {

std::string with_reason(const std::string& tried) { return tried + ": " + std::strerror(errno); }

template <typename Container>
Container read_whole(const fs::path& file, std::uint64_t max_bytes) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error)
        throw Fault(ExitCode::no_input, "Cannot read " + file.string() + ": " + error.message());
    if (size > max_bytes)
        throw Fault(ExitCode::bad_data, file.string() + " is too long to be what it should be");
    std::ifstream in;
    in.rdbuf()->pubsetbuf(nullptr, 0);  // a buffer would keep a copy
    in.open(file, std::ios::binary);
    if (!in) throw Fault(ExitCode::no_input, with_reason("Cannot read " + file.string()));
    Container bytes(size);
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (static_cast<std::uintmax_t>(in.gcount()) != size)
        throw Fault(ExitCode::io, "Cannot read all of " + file.string());
    return bytes;
}

}  // namespace

FileDraft::FileDraft(const fs::path& file, mode_t mode)
    : final_(file), draft_(file.string() + ".tmp") {
    ::unlink(draft_.c_str());
    descriptor_ =
        ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (descriptor_ < 0)
        throw Fault(ExitCode::cannot_create, with_reason("Cannot create " + file.string()));
}

FileDraft::~FileDraft() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!published_) ::unlink(draft_.c_str());
}

void FileDraft::write(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("Cannot write ");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

void FileDraft::publish() {
    if (::fsync(descriptor_) != 0) fail("Cannot sync ");
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0) fail("Cannot close ");
    if (::rename(draft_.c_str(), final_.c_str()) != 0) fail("Cannot rename to ");
    published_ = true;
    sync_folder_of(final_);
}

void FileDraft::fail(const char* tried) const {
    throw Fault(ExitCode::io, with_reason(tried + final_.string()));
}

void sync_folder_of(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // A file system that cannot sync a folder (some sticks) says EINVAL: nothing more can be
    // done.
    const bool synced = descriptor >= 0 && (::fsync(descriptor) == 0 || errno == EINVAL);
    const std::string reason = with_reason("Cannot sync the folder of " + file.string());
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) throw Fault(ExitCode::io, reason);
}

OldContent::OldContent(const fs::path& file)
    : file_(file), descriptor_(::open(file.c_str(), O_WRONLY | O_CLOEXEC)) {
    if (descriptor_ < 0)
        throw Fault(ExitCode::no_input, with_reason("Cannot open " + file.string()));
}

OldContent::~OldContent() { ::close(descriptor_); }

void OldContent::wipe() {
    const Bytes zeros(1 << 20);
    off_t left = ::lseek(descriptor_, 0, SEEK_END);
    for (off_t at = 0; left > 0;) {
        const auto part = std::min<off_t>(left, static_cast<off_t>(zeros.size()));
        const ssize_t written =
            ::pwrite(descriptor_, zeros.data(), static_cast<std::size_t>(part), at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) break;
        at += written;
        left -= written;
    }
    if (left != 0 || ::fsync(descriptor_) != 0)
        throw Fault(ExitCode::io, with_reason("Cannot overwrite what " + file_.string() + " held"));
}

Bytes read_file(const fs::path& file, std::uint64_t max_bytes) {
    return read_whole<Bytes>(file, max_bytes);
}

SecretBytes read_secret_file(const fs::path& file, std::uint64_t max_bytes) {
    return read_whole<SecretBytes>(file, max_bytes);
}

void write_file(const fs::path& file, ByteView bytes, mode_t mode) {
    FileDraft draft(file, mode);
    draft.write(bytes);
    draft.publish();
}

TemporaryFolder::TemporaryFolder(const std::filesystem::path& parent) {
    std::string pattern = (parent / "hudoor-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw Fault(ExitCode::cannot_create,
                    "Cannot make a folder in " + parent.string() + ": " + std::strerror(errno));
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace hudoor::storage
