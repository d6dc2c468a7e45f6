#include "storage/base/signed_bytes.hpp"

namespace hudoor::storage {

namespace {

constexpr std::size_t signature_size = std::tuple_size_v<Signature>;

Bytes signed_message(std::string_view domain, ByteView body) {
    ByteWriter out;
    out.raw(as_bytes(domain));
    out.raw(body);
    return out.take();
}

}  // namespace

Bytes with_signature(std::string_view domain, Bytes body, const SigningKey& key) {
    const Signature signature = key.sign(signed_message(domain, body));
    body.insert(body.end(), signature.begin(), signature.end());
    return body;
}

std::optional<ByteView> body_of(ByteView bytes) {
    if (bytes.size() < signature_size) return std::nullopt;
    return bytes.first(bytes.size() - signature_size);
}

bool is_signed_by(const VerifyKey& key, std::string_view domain, ByteView bytes) {
    const auto body = body_of(bytes);
    if (!body) return false;
    Signature signature{};
    std::ranges::copy(bytes.last(signature_size), signature.begin());
    return verify(signature, signed_message(domain, *body), key);
}

std::optional<ByteView> signed_body(const VerifyKey& key, std::string_view domain, ByteView bytes) {
    return is_signed_by(key, domain, bytes) ? body_of(bytes) : std::nullopt;
}

}  // namespace hudoor::storage
