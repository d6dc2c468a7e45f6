/// The TPM: a chip in most machines that keeps a key in so that nobody who takes the disk away has
/// it, and that counts upwards only. Spoken to by tpm2-tss.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "storage/base/crypto.hpp"

namespace hudoor::kiosk {

/// Where this machine's is, in the words of tpm2-tss (a TCTI): $HUDOOR_TCTI, else /dev/tpmrm0.
/// Nothing without one, and if $HUDOOR_TCTI is set and empty.
[[nodiscard]] std::optional<std::string> find_tpm();

/// A connection. Used by one thread at a time; every call waits for the chip, which takes up to a
/// second. Throws Fault(unavailable) wherever it does not answer or refuses.
class Tpm {
public:
    explicit Tpm(const std::string& tcti);
    ~Tpm();
    Tpm(const Tpm&) = delete;
    Tpm& operator=(const Tpm&) = delete;

    /// The key in a form that this TPM alone opens; not secret.
    [[nodiscard]] storage::Bytes seal(const storage::Secret<32>& key);
    /// Throws Fault besides: bad_data (not what seal makes), not_allowed (another TPM's, or it was
    /// cleared since).
    [[nodiscard]] storage::Secret<32> unseal(storage::ByteView sealed);

    /// Nothing before it was raised for the first time.
    [[nodiscard]] std::optional<std::uint64_t> counter();
    /// By one; to one more than this TPM ever counted to if there was none. Returns the new value.
    std::uint64_t raise_counter();

private:
    class Chip;
    std::unique_ptr<Chip> chip_;
};

}  // namespace hudoor::kiosk
