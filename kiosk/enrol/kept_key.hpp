/// The kiosk key that a supervisor's digits made, kept for as long as the machine runs: in sealed
/// memory that systemd holds for the service and gives to its next start (the descriptor store,
/// sd_pid_notify_with_fds(3)). On no disk.
#pragma once

#include <optional>

#include "storage/base/crypto.hpp"

namespace hudoor::kiosk {

/// Used by one thread at a time. Without systemd it keeps the key for this process alone.
class KeptKey {
public:
    /// Takes what systemd gave to this process; once in a process, before other threads begin.
    KeptKey();
    ~KeptKey();
    KeptKey(const KeptKey&) = delete;
    KeptKey& operator=(const KeptKey&) = delete;

    /// Nothing if none is kept, or what was given is not a key's size of memory sealed for good.
    [[nodiscard]] std::optional<storage::Secret<32>> find() const;
    /// In place of the one before. What cannot be kept is typed again at the next start: the log
    /// says why.
    void keep(const storage::Secret<32>& key);
    void drop();

private:
    void close();

    int memory_ = -1;
};

}  // namespace hudoor::kiosk
