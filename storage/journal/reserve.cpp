#include "storage/journal/reserve.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace hudoor::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t reserve_bytes = std::uintmax_t{16} << 20;
constexpr std::uintmax_t least_free_bytes = std::uintmax_t{64} << 20;

fs::path reserve_file(const fs::path& directory) { return directory / "reserve"; }

}  // namespace

void make_reserve(const fs::path& directory) {
    std::error_code error;
    const fs::path file = reserve_file(directory);
    if (fs::file_size(file, error) == reserve_bytes && !error) return;
    const fs::space_info space = fs::space(directory, error);
    if (error || space.available < least_free_bytes) return;
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    const bool made = ::posix_fallocate(descriptor, 0, static_cast<off_t>(reserve_bytes)) == 0;
    ::close(descriptor);
    if (!made) free_reserve(directory);
}

void free_reserve(const fs::path& directory) {
    std::error_code error;
    fs::remove(reserve_file(directory), error);
}

}  // namespace hudoor::storage
