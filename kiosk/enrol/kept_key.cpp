#include "kiosk/enrol/kept_key.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

namespace hudoor::kiosk {

using storage::Secret;

namespace {

constexpr std::string_view name = "kiosk-key";
constexpr int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
constexpr std::size_t key_size = 32;

/// Nobody can change what it holds any more; -1 with errno if it cannot be made.
int make_sealed_memory(const Secret<key_size>& key) {
    const int memory = ::memfd_create(name.data(), MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) return -1;
    if (::write(memory, key.data(), key_size) == key_size &&
        ::fcntl(memory, F_ADD_SEALS, seals) == 0)
        return memory;
    const int why = errno;
    ::close(memory);
    errno = why;
    return -1;
}

bool is_sealed_key(int memory) {
    struct stat status {};
    return ::fcntl(memory, F_GET_SEALS) == seals && ::fstat(memory, &status) == 0 &&
           status.st_size == key_size;
}

struct FreeNames {
    void operator()(char** names) const {
        for (char** one = names; *one != nullptr; ++one) std::free(*one);
        std::free(names);
    }
};

}  // namespace

KeptKey::KeptKey() {
    char** given = nullptr;
    const int count = sd_listen_fds_with_names(1, &given);
    if (count <= 0) return;
    const std::unique_ptr<char*, FreeNames> names(given);
    for (int i = 0; i < count; ++i)
        if (memory_ < 0 && names.get()[i] == name)
            memory_ = SD_LISTEN_FDS_START + i;
        else
            ::close(SD_LISTEN_FDS_START + i);
}

KeptKey::~KeptKey() { close(); }

std::optional<Secret<32>> KeptKey::find() const {
    if (memory_ < 0 || !is_sealed_key(memory_)) return std::nullopt;
    Secret<key_size> key;
    if (::pread(memory_, key.data(), key_size, 0) != key_size) return std::nullopt;
    return key;
}

void KeptKey::keep(const Secret<32>& key) {
    drop();
    memory_ = make_sealed_memory(key);
    const int sent = memory_ < 0
                         ? -errno
                         : sd_pid_notify_with_fds(0, 0, "FDSTORE=1\nFDNAME=kiosk-key", &memory_, 1);
    if (sent < 0)
        spdlog::warn("the next start asks for the passphrase again: the key cannot be kept: {}",
                     std::strerror(-sent));
}

void KeptKey::drop() {
    if (memory_ < 0) return;
    sd_notify(0, "FDSTOREREMOVE=1\nFDNAME=kiosk-key");
    close();
}

void KeptKey::close() {
    if (memory_ >= 0) ::close(memory_);
    memory_ = -1;
}

}  // namespace hudoor::kiosk
