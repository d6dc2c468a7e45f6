/// The hash of tables in memory, whose keys a stranger may choose: SipHash-2-4 under a key that
/// this process drew and nobody else knows, so that nobody can make keys that meet in one place.
#pragma once

#include <cstdint>

#include "storage/base/bytes.hpp"

namespace hudoor::storage {

/// Another in every process: never for what is kept or compared elsewhere.
[[nodiscard]] std::uint64_t short_hash(ByteView message);

}  // namespace hudoor::storage
