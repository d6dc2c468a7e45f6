#include "storage/base/crypto.hpp"

#include <sodium.h>

#include <new>
#include <utility>

#include "config/fault.hpp"

namespace hudoor::storage {

static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);
static_assert(std::tuple_size_v<VerifyKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<SealKey> == crypto_box_PUBLICKEYBYTES);

template <std::size_t Size>
Secret<Size>::Secret() : bytes_(static_cast<std::uint8_t*>(sodium_malloc(Size))) {
    if (bytes_ == nullptr) throw std::bad_alloc();
    sodium_memzero(bytes_, Size);
}

template <std::size_t Size>
Secret<Size>::Secret(ByteView bytes) : Secret() {
    ENSURE(bytes.size() == Size);
    std::copy(bytes.begin(), bytes.end(), bytes_);
}

template <std::size_t Size>
Secret<Size>::~Secret() {
    sodium_free(bytes_);  // wipes; null is fine
}

template <std::size_t Size>
Secret<Size>::Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, nullptr)) {}

template <std::size_t Size>
Secret<Size>& Secret<Size>::operator=(Secret&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}

template <std::size_t Size>
Secret<Size> Secret<Size>::random() {
    Secret secret;
    randombytes_buf(secret.data(), Size);
    return secret;
}

template class Secret<32>;
template class Secret<64>;

namespace {

/// Over `domain` followed by `message`; an empty key is none.
void blake2b(std::span<std::uint8_t> result, ByteView key, std::string_view domain,
             ByteView message) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.data(), key.size(), result.size());
    crypto_generichash_update(&state, as_bytes(domain).data(), domain.size());
    crypto_generichash_update(&state, message.data(), message.size());
    crypto_generichash_final(&state, result.data(), result.size());
}

}  // namespace

SigningKey SigningKey::generate() { return SigningKey(Secret<32>::random()); }

SigningKey::SigningKey(const Secret<32>& seed) : seed_(seed.view()) {
    crypto_sign_seed_keypair(verify_key_.data(), secret_.data(), seed_.data());
}

Signature SigningKey::sign(ByteView message) const {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data());
    return signature;
}

bool verify(const Signature& signature, ByteView message, const VerifyKey& key) {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       key.data()) == 0;
}

OpeningKey OpeningKey::generate() { return OpeningKey(Secret<32>::random()); }

OpeningKey::OpeningKey(const Secret<32>& secret) : secret_(secret.view()) {
    crypto_scalarmult_base(seal_key_.data(), secret_.data());
}

std::optional<SecretBytes> OpeningKey::open(ByteView sealed) const {
    if (sealed.size() < crypto_box_SEALBYTES) return std::nullopt;
    SecretBytes message(sealed.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(message.data(), sealed.data(), sealed.size(), seal_key_.data(),
                             secret_.data()) != 0)
        return std::nullopt;
    return message;
}

Bytes seal(ByteView message, const SealKey& reader) {
    Bytes sealed(message.size() + crypto_box_SEALBYTES);
    // Fails only for a key of low order, which no key of ours is.
    if (crypto_box_seal(sealed.data(), message.data(), message.size(), reader.data()) != 0)
        throw Fault(ExitCode::bad_data, "The public key to seal for is not a key. Enrol again.");
    return sealed;
}

Secret<32> derive_key(std::string_view passphrase, ByteView salt) {
    ENSURE(salt.size() == crypto_pwhash_SALTBYTES);
    constexpr unsigned long long operations = 3;
    constexpr std::size_t memory_bytes = std::size_t{64} << 20;
    Secret<32> key;
    if (crypto_pwhash(key.data(), 32, passphrase.data(), passphrase.size(), salt.data(), operations,
                      memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw Fault(
            ExitCode::unavailable,
            "There are no 64 MiB of memory free to check a passphrase. Close other programs.");
    return key;
}

Bytes lock(ByteView message, const Secret<32>& key) {
    Bytes locked(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + message.size());
    randombytes_buf(locked.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(locked.data() + crypto_secretbox_NONCEBYTES, message.data(),
                          message.size(), locked.data(), key.data());
    return locked;
}

std::optional<SecretBytes> unlock(ByteView locked, const Secret<32>& key) {
    constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (locked.size() < overhead) return std::nullopt;
    const ByteView box = locked.subspan(crypto_secretbox_NONCEBYTES);
    SecretBytes message(locked.size() - overhead);
    if (crypto_secretbox_open_easy(message.data(), box.data(), box.size(), locked.data(),
                                   key.data()) != 0)
        return std::nullopt;
    return message;
}

Hash hash(std::string_view domain, ByteView message) {
    Hash result;
    blake2b(result.bytes, {}, domain, message);
    return result;
}

Hash authenticate(std::string_view domain, ByteView message, const Secret<32>& key) {
    Hash result;
    blake2b(result.bytes, key.view(), domain, message);
    return result;
}

Secret<32> derive_key_for(std::string_view domain, const Secret<32>& secret) {
    Secret<32> key;
    blake2b({key.data(), 32}, secret.view(), domain, {});
    return key;
}

Bytes random_bytes(std::size_t size) {
    Bytes bytes(size);
    randombytes_buf(bytes.data(), size);
    return bytes;
}

void init_crypto() {
    if (sodium_init() < 0)
        throw Fault(ExitCode::unavailable,
                    "The system gives no random numbers (libsodium init failed).");
}

}  // namespace hudoor::storage
