#include "storage/guests/identity.hpp"

#include <sodium.h>

#include <algorithm>

#include "config/fault.hpp"
#include "storage/base/numbered_fields.hpp"
#include "storage/base/signed_bytes.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view identity_domain = "hudoor-identity-1";
constexpr std::uint8_t first_version = 1;  // without numbers and lengths
constexpr std::uint8_t format_version = 2;
constexpr std::size_t sealed_secrets_size =
    crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + 64;

}  // namespace

// Found by their structs, so they stand in the namespace of those.
void describe(auto& io, Is<Bilingual> auto& v) { io(v.ar, v.en); }
void describe(auto& io, Is<BadgeKey> auto& v) { io(v.id, v.key, v.revoked); }
void describe(auto& io, Is<Category> auto& v) { io(v.id, v.code, v.name, v.colour_rgb); }
void describe(auto& io, Is<CodeShape> auto& v) {
    io(v.min_length, v.max_length, v.prefix, v.alphabet, v.json_key, v.cut_at);
    io.newer(v.guessable);
}
void describe(auto& io, Is<Room> auto& v) { io(v.id, v.code, v.name); }
void describe(auto& io, Is<Way> auto& v) { io(v.to, v.arrow, v.words); }
void describe(auto& io, Is<HelpDesk::Way> auto& v) { io(v.from, v.arrow, v.words); }
void describe(auto& io, Is<HelpDesk> auto& v) { io(v.words, v.ways); }
void describe(auto& io, Is<Place> auto& v) {
    io(v.id, v.code, v.name, v.rooms, v.direction, v.ways);
}
void describe(auto& io, Is<Session> auto& v) {
    io(v.id, v.code, v.title, v.room, v.starts, v.ends, v.doors, v.capacity, v.quota, v.admits,
       v.categories, v.reentry);
}
void describe(auto& io, Is<Agenda> auto& v) {
    io(v.timezone, v.rooms, v.places, v.sessions);
    io.later(v.help_desk);
    io.later(v.day_starts);
}
void describe(auto& io, Is<KnownEvent> auto& v) { io(v.number, v.name, v.badge_keys); }
void describe(auto& io, Is<Identity> auto& v) {
    io(v.demo, v.event, v.event_name, v.first_day, v.last_day, v.kiosk, v.kiosk_name, v.place,
       v.organiser, v.organiser_seal, v.kiosk_key, v.kiosk_seal, v.badge_keys, v.categories,
       v.code_shapes, v.agenda);
    io.newer(v.number);
    io.later(v.known_events);
}

namespace {

std::optional<Identity> decode_first_version(ByteView bytes) {
    Identity identity;
    ByteReader in(bytes.subspan(1));
    PositionalReader reader(in);
    describe(reader, identity);
    if (!in.finished()) return std::nullopt;
    return identity;
}

std::optional<Identity> decode(ByteView bytes) {
    if (!bytes.empty() && bytes.front() == first_version) return decode_first_version(bytes);
    return decode_fields<Identity>(format_version, bytes);
}

bool has_known_numbers(const Agenda& agenda) {
    if (agenda.day_starts < std::chrono::minutes(0) || agenda.day_starts >= std::chrono::days(1))
        return false;
    for (const HelpDesk::Way& way : agenda.help_desk.ways)
        if (way.arrow > Arrow::ahead_left) return false;
    for (const Place& place : agenda.places) {
        if (place.direction > PlaceDirection::both) return false;
        for (const Way& way : place.ways)
            if (way.arrow > Arrow::ahead_left) return false;
    }
    return std::ranges::all_of(agenda.sessions, [](const Session& session) {
        return session.admits <= Admits::categories && session.reentry <= Reentry::after_exit;
    });
}

}  // namespace

Bytes encode_identity(const Identity& identity, const SigningKey& organiser) {
    ENSURE(identity.organiser == organiser.verify_key());
    return with_signature(identity_domain, encode_fields(format_version, identity), organiser);
}

std::optional<Identity> parse_identity(ByteView bytes, const std::optional<VerifyKey>& expected) {
    const auto body = body_of(bytes);
    if (!body || (expected && !is_signed_by(*expected, identity_domain, bytes)))
        return std::nullopt;
    auto identity = decode(*body);
    if (!identity || !has_known_numbers(identity->agenda)) return std::nullopt;
    const bool trusted = expected ? identity->organiser == *expected
                                  : is_signed_by(identity->organiser, identity_domain, bytes);
    if (!trusted) return std::nullopt;
    return identity;
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
