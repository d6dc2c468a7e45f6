/// Keys, signatures and hashes (libsodium): Ed25519, X25519 sealed boxes, BLAKE2b. Secrets live in
/// locked memory, are wiped on destruction and cannot be copied.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/base/bytes.hpp"
#include "storage/base/ids.hpp"

namespace hudoor::storage {

using Signature = std::array<std::uint8_t, 64>;  ///< Ed25519
using VerifyKey = std::array<std::uint8_t, 32>;  ///< Ed25519 public
using SealKey = std::array<std::uint8_t, 32>;    ///< X25519 public

/// Secret bytes of a fixed size in sodium_malloc memory. Movable, not copyable.
template <std::size_t Size>
class Secret {
public:
    Secret();  ///< zeros
    [[nodiscard]] static Secret random();
    explicit Secret(ByteView bytes);  ///< exactly Size bytes, else ENSURE
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] ByteView view() const { return {bytes_, Size}; }
    [[nodiscard]] std::uint8_t* data() { return bytes_; }
    [[nodiscard]] const std::uint8_t* data() const { return bytes_; }

private:
    std::uint8_t* bytes_;
};

/// Ed25519 key pair from a 32-byte seed.
class SigningKey {
public:
    [[nodiscard]] static SigningKey generate();
    explicit SigningKey(const Secret<32>& seed);

    [[nodiscard]] Signature sign(ByteView message) const;
    [[nodiscard]] const VerifyKey& verify_key() const { return verify_key_; }
    [[nodiscard]] const Secret<32>& seed() const { return seed_; }

private:
    Secret<32> seed_;
    Secret<64> secret_;
    VerifyKey verify_key_{};
};

/// Facts of a kiosk without its identity carry zeros instead.
[[nodiscard]] inline bool is_signed(const Signature& signature) { return signature != Signature{}; }
[[nodiscard]] bool verify(const Signature& signature, ByteView message, const VerifyKey& key);

/// X25519 key pair that opens sealed boxes.
class OpeningKey {
public:
    [[nodiscard]] static OpeningKey generate();
    explicit OpeningKey(const Secret<32>& secret);

    [[nodiscard]] const SealKey& seal_key() const { return seal_key_; }
    [[nodiscard]] const Secret<32>& secret() const { return secret_; }
    /// crypto_box_seal_open; nothing if it was not sealed to this key or was altered.
    [[nodiscard]] std::optional<SecretBytes> open(ByteView sealed) const;

private:
    Secret<32> secret_;
    SealKey seal_key_{};
};

/// crypto_box_seal: only the owner of the key can open it; 48 bytes longer than the message.
[[nodiscard]] Bytes seal(ByteView message, const SealKey& reader);

/// A key from a passphrase: Argon2id, 3 operations, 64 MiB (about 0.2 s); 16-byte salt.
[[nodiscard]] Secret<32> derive_key(std::string_view passphrase, ByteView salt);
/// Small secrets under a symmetric key: XSalsa20-Poly1305 with a random nonce in front.
[[nodiscard]] Bytes lock(ByteView message, const Secret<32>& key);
[[nodiscard]] std::optional<SecretBytes> unlock(ByteView locked, const Secret<32>& key);

/// BLAKE2b-256 over `domain` followed by `message`.
[[nodiscard]] Hash hash(std::string_view domain, ByteView message);

/// The same under a key: only who has it can make or check it.
[[nodiscard]] Hash authenticate(std::string_view domain, ByteView message, const Secret<32>& key);
/// A key of its own for one purpose, from a secret that it does not give away.
[[nodiscard]] Secret<32> derive_key_for(std::string_view domain, const Secret<32>& secret);

[[nodiscard]] Bytes random_bytes(std::size_t size);

/// Called once by every main and test main, before anything else here. Throws Fault(unavailable).
void init_crypto();

}  // namespace hudoor::storage
