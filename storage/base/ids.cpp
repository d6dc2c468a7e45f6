#include "storage/base/ids.hpp"

#include <sodium.h>

#include <algorithm>

namespace hudoor::storage {

std::array<std::uint8_t, 16> make_uuid_v7(std::int64_t wall_ms) {
    std::array<std::uint8_t, 16> uuid{};
    randombytes_buf(uuid.data(), uuid.size());
    // A clock before 1970 must not make an id from the far future.
    const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(wall_ms, 0));
    for (std::size_t i = 0; i < 6; ++i) uuid[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0f) | 0x70);
    uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3f) | 0x80);
    return uuid;
}

}  // namespace hudoor::storage
