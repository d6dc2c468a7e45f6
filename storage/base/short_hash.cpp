#include "storage/base/short_hash.hpp"

#include <sodium.h>
#include <sys/random.h>

#include <array>

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

using TableKey = std::array<std::uint8_t, crypto_shorthash_KEYBYTES>;

/// Not from libsodium, whose numbers the simulator draws from its seed.
TableKey draw_key() {
    TableKey key{};
    ENSURE(::getrandom(key.data(), key.size(), 0) == static_cast<ssize_t>(key.size()));
    return key;
}

}  // namespace

std::uint64_t short_hash(ByteView message) {
    static const TableKey key = draw_key();
    std::uint64_t result = 0;
    static_assert(sizeof result == crypto_shorthash_BYTES);
    crypto_shorthash(reinterpret_cast<std::uint8_t*>(&result), message.data(), message.size(),
                     key.data());
    return result;
}

}  // namespace hudoor::storage
