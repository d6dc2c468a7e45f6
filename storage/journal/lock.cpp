#include "storage/journal/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "config/fault.hpp"
#include "storage/journal/paths.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view provisioned_mark = "provisioned\n";

[[noreturn]] void fail(const std::string& tried, const std::filesystem::path& where) {
    throw Fault(ExitCode::io, tried + " " + where.string() + ": " + std::strerror(errno));
}

}  // namespace

JournalLock::JournalLock(const std::filesystem::path& directory)
    : directory_(directory),
      descriptor_(::open(lock_file(directory).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail("Opening journal.lock in", directory_);
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    const int error = errno;
    ::close(descriptor_);
    if (error == EWOULDBLOCK)
        throw Fault(ExitCode::unavailable, "Another program uses the journal in " +
                                               directory_.string() + ". End it first.");
    errno = error;
    fail("Locking journal.lock in", directory_);
}

JournalLock::~JournalLock() { ::close(descriptor_); }

bool JournalLock::provisioned() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail("Reading journal.lock in", directory_);
    return status.st_size > 0;
}

void JournalLock::mark_provisioned() {
    sync_directory(directory_);  // first: the mark vouches for the files beside it
    const auto size = static_cast<ssize_t>(provisioned_mark.size());
    if (::pwrite(descriptor_, provisioned_mark.data(), provisioned_mark.size(), 0) != size ||
        ::fsync(descriptor_) != 0)
        fail("Writing journal.lock in", directory_);
}

void sync_directory(const std::filesystem::path& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail("Opening the directory", directory);
    const int result = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    errno = error;
    if (result != 0) fail("Syncing the directory", directory);
}

}  // namespace hudoor::storage
