/// Bytes with the signature of their maker behind them, under a word that says what they are: a
/// signature for one kind of thing is none for another.
#pragma once

#include "storage/base/bytes.hpp"
#include "storage/base/crypto.hpp"

namespace hudoor::storage {

/// body | Ed25519 over domain + body.
[[nodiscard]] Bytes with_signature(std::string_view domain, Bytes body, const SigningKey& key);
/// The body in front of the signature, which is not looked at; nothing if the bytes are too few.
[[nodiscard]] std::optional<ByteView> body_of(ByteView bytes);
[[nodiscard]] bool is_signed_by(const VerifyKey& key, std::string_view domain, ByteView bytes);
/// The body if this key signed it for this domain.
[[nodiscard]] std::optional<ByteView> signed_body(const VerifyKey& key, std::string_view domain,
                                                  ByteView bytes);

}  // namespace hudoor::storage
