#include "storage/organiser/event/keys.hpp"

#include "config/fault.hpp"
#include "storage/base/files.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

// magic | salt | locked secrets | BLAKE2b of all before, which tells damage from a wrong
// passphrase.
constexpr std::string_view magic = "hudoor-keys-1";
constexpr std::string_view trailer_domain = "hudoor-keys-trailer-1";
constexpr std::size_t salt_size = 16;
constexpr std::uint64_t max_bytes = 64 * 1024;

SecretBytes encode(const EventKeys& keys) {
    SecretWriter out;
    out.u8(keys.current_badge_key);
    out.u8(static_cast<std::uint8_t>(keys.badge_keys.size()));
    for (const auto& [id, key] : keys.badge_keys) {
        out.u8(id);
        out.raw(key.seed().view());
    }
    out.raw(keys.signing.seed().view());
    out.raw(keys.opening.secret().view());
    out.raw(keys.code_key.view());
    return out.take();
}

Secret<32> read_secret(ByteReader& in) {
    const ByteView bytes = in.raw(32);
    return bytes.empty() ? Secret<32>() : Secret<32>(bytes);
}

std::optional<EventKeys> decode(ByteView bytes) {
    ByteReader in(bytes);
    const std::uint8_t current = in.u8();
    const int count = in.u8();
    std::map<std::uint8_t, SigningKey> badge_keys;
    for (int i = 0; i < count; ++i) {
        const std::uint8_t id = in.u8();
        badge_keys.emplace(id, SigningKey(read_secret(in)));
    }
    SigningKey signing(read_secret(in));
    OpeningKey opening(read_secret(in));
    Secret<32> code_key = read_secret(in);
    if (!in.finished() || badge_keys.count(current) == 0) return std::nullopt;
    return EventKeys{std::move(badge_keys), current, std::move(signing), std::move(opening),
                     std::move(code_key)};
}

/// The part before the trailer, if the trailer fits.
std::optional<ByteView> undamaged(ByteView bytes) {
    if (bytes.size() < magic.size() + salt_size + Hash{}.bytes.size()) return std::nullopt;
    const ByteView body = bytes.first(bytes.size() - Hash{}.bytes.size());
    ByteReader trailer(bytes.subspan(body.size()));
    if (as_text(body.first(magic.size())) != magic) return std::nullopt;
    if (trailer.id<Hash>() != hash(trailer_domain, body)) return std::nullopt;
    return body;
}

}  // namespace

EventKeys EventKeys::generate() {
    std::map<std::uint8_t, SigningKey> badge_keys;
    badge_keys.emplace(std::uint8_t{1}, SigningKey::generate());
    return {std::move(badge_keys), 1, SigningKey::generate(), OpeningKey::generate(),
            Secret<32>::random()};
}

void write_event_keys(const EventKeys& keys, const std::filesystem::path& file,
                      std::string_view passphrase) {
    if (std::filesystem::exists(file))
        throw Fault(ExitCode::cannot_create, file.string() + " exists; it is never overwritten");
    replace_event_keys(keys, file, passphrase);
}

void replace_event_keys(const EventKeys& keys, const std::filesystem::path& file,
                        std::string_view passphrase) {
    ByteWriter out;
    out.raw(as_bytes(magic));
    const Bytes salt = random_bytes(salt_size);
    out.raw(salt);
    out.raw(lock(encode(keys), derive_key(passphrase, salt)));
    const Hash trailer = hash(trailer_domain, out.bytes());
    out.raw(trailer.bytes);
    write_file(file, out.bytes(), private_mode);
}

EventKeys open_event_keys(const std::filesystem::path& file, std::string_view passphrase) {
    const Bytes bytes = read_file(file, max_bytes);
    const auto body = undamaged(bytes);
    if (!body)
        throw Fault(ExitCode::bad_data,
                    file.string() + " is damaged or not a key file; take a backup of it");
    const ByteView salt = body->subspan(magic.size(), salt_size);
    const auto secrets =
        unlock(body->subspan(magic.size() + salt_size), derive_key(passphrase, salt));
    if (!secrets)
        throw Fault(ExitCode::not_allowed, "The passphrase does not open " + file.string());
    auto keys = decode(*secrets);
    if (!keys)
        throw Fault(ExitCode::bad_data, file.string() + " holds no keys that this version knows");
    return std::move(*keys);
}

}  // namespace hudoor::organiser
