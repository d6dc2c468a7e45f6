#include "storage/guests/identity.hpp"

#include <sodium.h>

#include <algorithm>
#include <limits>
#include <type_traits>

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view identity_domain = "hudoor-identity-1";
constexpr std::string_view revocations_domain = "hudoor-revocations-1";
constexpr std::uint8_t format_version = 1;
constexpr std::size_t signature_size = std::tuple_size_v<Signature>;
constexpr std::size_t sealed_secrets_size =
    crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + 64;

template <typename Value>
concept Number = std::is_enum_v<Value> || std::is_integral_v<Value>;

/// One description of the fields (describe(), below) serves both directions: Writer and Reader take
/// the same calls.
class Writer {
public:
    template <typename... Values>
    void operator()(const Values&... values) {
        (put(values), ...);
    }
    [[nodiscard]] Bytes take() { return out_.take(); }

private:
    template <Number Value>
    void put(Value value) {
        const auto wide = static_cast<std::uint64_t>(value);
        for (std::size_t byte = sizeof(Value); byte-- > 0;)
            out_.u8(static_cast<std::uint8_t>(wide >> (8 * byte)));
    }
    void put(const std::string& text) { out_.text(text); }
    template <std::size_t Size>
    void put(const std::array<std::uint8_t, Size>& bytes) {
        out_.raw(bytes);
    }
    template <typename Rep, typename Period>
    void put(const std::chrono::duration<Rep, Period>& span) {
        out_.i64(span.count());
    }
    template <typename Duration>
    void put(const std::chrono::sys_time<Duration>& time) {
        put(time.time_since_epoch());
    }
    template <typename Value>
    void put(const std::vector<Value>& values) {
        put_size(values.size());
        for (const Value& value : values) put(value);
    }
    template <typename Name, typename Value>
    void put(const std::map<Name, Value>& values) {
        put_size(values.size());
        for (const auto& [name, value] : values) (*this)(name, value);
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    void put(const Struct& value) { describe(*this, value); }
    void put_size(std::size_t size) {
        ENSURE(size <= std::numeric_limits<std::uint32_t>::max());
        out_.u32(static_cast<std::uint32_t>(size));
    }

    ByteWriter out_;
};

class Reader {
public:
    explicit Reader(ByteView bytes) : in_(bytes) {}
    template <typename... Values>
    void operator()(Values&... values) {
        (get(values), ...);
    }
    [[nodiscard]] bool finished() const { return in_.finished(); }

private:
    template <Number Value>
    void get(Value& value) {
        std::uint64_t wide = 0;
        for (std::size_t byte = 0; byte < sizeof(Value); ++byte) wide = wide << 8 | in_.u8();
        value = static_cast<Value>(wide);
    }
    void get(std::string& text) { text = in_.text(); }
    template <std::size_t Size>
    void get(std::array<std::uint8_t, Size>& bytes) {
        const ByteView part = in_.raw(Size);
        std::copy(part.begin(), part.end(), bytes.begin());
    }
    template <typename Rep, typename Period>
    void get(std::chrono::duration<Rep, Period>& span) {
        span = bounded<std::chrono::duration<Rep, Period>>(in_.i64());
    }
    template <typename Duration>
    void get(std::chrono::sys_time<Duration>& time) {
        Duration since{};
        get(since);
        time = std::chrono::sys_time<Duration>(since);
    }
    template <typename Value>
    void get(std::vector<Value>& values) {
        for (auto left = in_.u32(); left > 0 && !in_.failed(); --left) get(values.emplace_back());
    }
    template <typename Name, typename Value>
    void get(std::map<Name, Value>& values) {
        for (auto left = in_.u32(); left > 0 && !in_.failed(); --left) {
            Name name{};
            get(name);
            get(values[name]);
        }
    }
    template <typename Struct>
    requires std::is_class_v<Struct>
    void get(Struct& value) { describe(*this, value); }

    ByteReader in_;
};

/// `Value` is const for a Writer.
template <typename Value, typename Struct>
concept Is = std::is_same_v<std::remove_const_t<Value>, Struct>;

template <std::size_t Size, typename Tag>
void describe(Writer& io, const ByteId<Size, Tag>& id) {
    io(id.bytes);
}
template <std::size_t Size, typename Tag>
void describe(Reader& io, ByteId<Size, Tag>& id) {
    io(id.bytes);
}
void describe(auto& io, Is<Bilingual> auto& v) { io(v.ar, v.en); }
void describe(auto& io, Is<BadgeKey> auto& v) { io(v.id, v.key, v.revoked); }
void describe(auto& io, Is<Category> auto& v) { io(v.id, v.code, v.name, v.colour_rgb); }
void describe(auto& io, Is<CodeShape> auto& v) {
    io(v.min_length, v.max_length, v.prefix, v.alphabet, v.json_key, v.cut_at);
}
void describe(auto& io, Is<Room> auto& v) { io(v.id, v.code, v.name); }
void describe(auto& io, Is<Way> auto& v) { io(v.to, v.arrow, v.words); }
void describe(auto& io, Is<Place> auto& v) {
    io(v.id, v.code, v.name, v.rooms, v.direction, v.ways);
}
void describe(auto& io, Is<Session> auto& v) {
    io(v.id, v.code, v.title, v.room, v.starts, v.ends, v.doors, v.capacity, v.quota, v.admits,
       v.categories, v.reentry);
}
void describe(auto& io, Is<Agenda> auto& v) { io(v.timezone, v.rooms, v.places, v.sessions); }
void describe(auto& io, Is<Identity> auto& v) {
    io(v.demo, v.event, v.event_name, v.first_day, v.last_day, v.kiosk, v.kiosk_name, v.place,
       v.organiser, v.organiser_seal, v.kiosk_key, v.kiosk_seal, v.badge_keys, v.categories,
       v.code_shapes, v.agenda);
}

template <typename... Values>
Bytes encode(const Values&... values) {
    Writer writer;
    writer(format_version, values...);
    return writer.take();
}

/// Only the one encoding of a value is accepted: what reads differently from how it would be
/// written (a flag that is 2, names out of order, bytes left over) is refused.
template <typename... Values>
bool decode(ByteView bytes, Values&... values) {
    Reader reader(bytes);
    std::uint8_t version = 0;
    reader(version, values...);
    return version == format_version && reader.finished() &&
           std::ranges::equal(encode(values...), bytes);
}

bool has_known_numbers(const Agenda& agenda) {
    for (const Place& place : agenda.places) {
        if (place.direction > PlaceDirection::both) return false;
        for (const Way& way : place.ways)
            if (way.arrow > Arrow::ahead_left) return false;
    }
    return std::ranges::all_of(agenda.sessions, [](const Session& session) {
        return session.admits <= Admits::categories && session.reentry <= Reentry::after_exit;
    });
}

Bytes signed_message(std::string_view domain, ByteView body) {
    ByteWriter out;
    out.raw(as_bytes(domain));
    out.raw(body);
    return out.take();
}

Bytes with_signature(std::string_view domain, Bytes body, const SigningKey& key) {
    const Signature signature = key.sign(signed_message(domain, body));
    body.insert(body.end(), signature.begin(), signature.end());
    return body;
}

/// The body in front of the signature; the signature is not looked at.
std::optional<ByteView> body_of(ByteView bytes) {
    if (bytes.size() < signature_size) return std::nullopt;
    return bytes.first(bytes.size() - signature_size);
}

bool signed_by(const VerifyKey& key, std::string_view domain, ByteView bytes) {
    Signature signature{};
    std::ranges::copy(bytes.last(signature_size), signature.begin());
    return verify(signature, signed_message(domain, *body_of(bytes)), key);
}

}  // namespace

bool RevocationList::revokes(BadgeNumber badge, std::uint8_t issue) const {
    const auto found = badges.find(badge);
    return found != badges.end() && issue <= found->second;
}

Bytes encode_identity(const Identity& identity, const SigningKey& organiser) {
    ENSURE(identity.organiser == organiser.verify_key());
    return with_signature(identity_domain, encode(identity), organiser);
}

std::optional<Identity> parse_identity(ByteView bytes, const std::optional<VerifyKey>& expected) {
    const auto body = body_of(bytes);
    if (!body || (expected && !signed_by(*expected, identity_domain, bytes))) return std::nullopt;
    Identity identity;
    if (!decode(*body, identity) || !has_known_numbers(identity.agenda)) return std::nullopt;
    const bool trusted = expected ? identity.organiser == *expected
                                  : signed_by(identity.organiser, identity_domain, bytes);
    if (!trusted) return std::nullopt;
    return identity;
}

Bytes encode_revocations(const RevocationList& list, EventNumber event,
                         const SigningKey& organiser) {
    return with_signature(revocations_domain, encode(event, list.number, list.badges), organiser);
}

std::optional<RevocationList> parse_revocations(ByteView bytes, EventNumber event,
                                                const VerifyKey& organiser) {
    const auto body = body_of(bytes);
    if (!body || !signed_by(organiser, revocations_domain, bytes)) return std::nullopt;
    RevocationList list;
    EventNumber of{};
    if (!decode(*body, of, list.number, list.badges) || of != event) return std::nullopt;
    return list;
}

Bytes seal_secrets(const KioskSecrets& secrets, const Secret<32>& kiosk_key) {
    Secret<64> both;
    std::ranges::copy(secrets.signing.seed().view(), both.data());
    std::ranges::copy(secrets.opening.secret().view(), both.data() + 32);
    return lock(both.view(), kiosk_key);
}

std::optional<KioskSecrets> open_secrets(ByteView sealed, const Secret<32>& kiosk_key) {
    for (; sealed.size() >= sealed_secrets_size; sealed = sealed.subspan(sealed_secrets_size)) {
        const auto opened = unlock(sealed.first(sealed_secrets_size), kiosk_key);
        if (!opened) continue;
        const ByteView both = *opened;
        return KioskSecrets{.signing = SigningKey(Secret<32>(both.first(32))),
                            .opening = OpeningKey(Secret<32>(both.last(32)))};
    }
    return std::nullopt;
}

}  // namespace hudoor::storage
