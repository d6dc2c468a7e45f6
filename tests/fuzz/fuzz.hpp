/// What the fuzz targets share: bytes as a file, and operating faults taken as answers. Anything
/// else that is thrown, or that the sanitizers see, is a finding.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "config/fault.hpp"
#include "storage/base/bytes.hpp"

namespace hudoor::fuzz {

/// A file without a disk.
class MemoryFile {
public:
    explicit MemoryFile(storage::ByteView bytes)
        : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
        if (descriptor_ < 0 ||
            ::write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
            std::abort();
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] std::filesystem::path path() const {
        return "/proc/self/fd/" + std::to_string(descriptor_);
    }

private:
    int descriptor_;
};

template <typename Act>
void expect_fault_at_most(const Act& act) {
    try {
        act();
    } catch (const Fault&) {
        return;
    }
}

}  // namespace hudoor::fuzz
