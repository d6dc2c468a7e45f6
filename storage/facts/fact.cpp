#include "storage/facts/fact.hpp"

#include "config/fault.hpp"

namespace hudoor::storage {

namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t bytes_before_payload_size = 139;

}  // namespace

std::string_view name_of(VerdictKind verdict) {
    switch (verdict) {
        case VerdictKind::none:
            return "none";
        case VerdictKind::admitted:
            return "admitted";
        case VerdictKind::already_in:
            return "already_in";
        case VerdictKind::see_usher:
            return "see_usher";
        case VerdictKind::refused:
            return "refused";
    }
    return "unknown";
}

std::string_view name_of(Reason reason) {
    switch (reason) {
        case Reason::none:
            return "none";
        case Reason::ok:
            return "ok";
        case Reason::bad_signature:
            return "bad_signature";
        case Reason::unknown_key:
            return "unknown_key";
        case Reason::key_revoked:
            return "key_revoked";
        case Reason::wrong_event:
            return "wrong_event";
        case Reason::badge_expired:
            return "badge_expired";
        case Reason::revoked:
            return "revoked";
        case Reason::signature_only:
            return "signature_only";
        case Reason::not_on_list:
            return "not_on_list";
        case Reason::unknown_code:
            return "unknown_code";
        case Reason::badge_replaced:
            return "badge_replaced";
        case Reason::cancelled:
            return "cancelled";
        case Reason::blocked:
            return "blocked";
        case Reason::pending:
            return "pending";
        case Reason::not_valid_today:
            return "not_valid_today";
        case Reason::no_session_here:
            return "no_session_here";
        case Reason::wrong_session:
            return "wrong_session";
        case Reason::too_early:
            return "too_early";
        case Reason::session_over:
            return "session_over";
        case Reason::attention:
            return "attention";
        case Reason::already_in:
            return "already_in";
        case Reason::session_full:
            return "session_full";
        case Reason::refused_by_list:
            return "refused_by_list";
        case Reason::guessable_code:
            return "guessable_code";
    }
    return "unknown";
}

std::string_view name_of(Override reason) {
    switch (reason) {
        case Override::none:
            return "none";
        case Override::speaker:
            return "speaker";
        case Override::vip:
            return "vip";
        case Override::forgot:
            return "forgot";
        case Override::reprint:
            return "reprint";
        case Override::late:
            return "late";
        case Override::changed:
            return "changed";
        case Override::fault:
            return "fault";
        case Override::other:
            return "other";
    }
    return "unknown";
}

std::string_view name_of(Method method) {
    switch (method) {
        case Method::none:
            return "none";
        case Method::badge:
            return "badge";
        case Method::imported_code:
            return "imported_code";
        case Method::search:
            return "search";
        case Method::typed:
            return "typed";
        case Method::hand_scanner:
            return "hand_scanner";
    }
    return "unknown";
}

std::string_view name_of(FactKind kind) {
    switch (kind) {
        case FactKind::hello:
            return "hello";
        case FactKind::admitted:
            return "admitted";
        case FactKind::left:
            return "left";
        case FactKind::refused:
            return "refused";
        case FactKind::undone:
            return "undone";
        case FactKind::note:
            return "note";
        case FactKind::act:
            return "act";
        case FactKind::clock:
            return "clock";
        case FactKind::key:
            return "key";
        case FactKind::fault:
            return "fault";
        case FactKind::guest:
            return "guest";
    }
    return "unknown";
}

FactOrder order_of(const Fact& fact, const Hash& hash) {
    const WallTime corrected = bounded_time(fact.wall_ms, fact.clock_offset_ms);
    return {corrected.time_since_epoch().count(), fact.hlc, fact.kiosk, fact.epoch, fact.seq, hash};
}

Bytes encode_fact(const Fact& fact) {
    ENSURE(fact.payload.size() <= max_payload_bytes);
    ByteWriter out;
    out.u8(fact.version);
    out.u8(static_cast<std::uint8_t>(fact.kind));
    out.u16(static_cast<std::uint16_t>(fact.kiosk));
    out.u32(static_cast<std::uint32_t>(fact.epoch));
    out.u64(fact.seq);
    out.raw(fact.id.bytes);
    out.u64(fact.hlc);
    out.i64(fact.wall_ms);
    out.u8(static_cast<std::uint8_t>(fact.clock_quality));
    out.i64(fact.clock_offset_ms);
    out.raw(fact.registration.bytes);
    out.raw(fact.badge.bytes);
    out.u8(fact.issue);
    out.raw(fact.code.bytes);
    out.u16(static_cast<std::uint16_t>(fact.place));
    out.u16(static_cast<std::uint16_t>(fact.session));
    out.u8(static_cast<std::uint8_t>(fact.direction));
    out.u8(static_cast<std::uint8_t>(fact.verdict));
    out.u8(static_cast<std::uint8_t>(fact.reason));
    out.u8(static_cast<std::uint8_t>(fact.method));
    out.u8(static_cast<std::uint8_t>(fact.override_reason));
    out.u16(static_cast<std::uint16_t>(fact.usher));
    out.raw(fact.reference.bytes);
    out.u64(fact.replica_revision);
    out.u16(static_cast<std::uint16_t>(fact.act));
    out.u32(fact.argument);
    out.u16(static_cast<std::uint16_t>(fact.payload.size()));
    out.raw(fact.payload);
    out.raw(fact.prev.bytes);
    return out.take();
}

std::optional<Fact> decode_fact(ByteView encoding) {
    ByteReader in(encoding);
    Fact fact;
    fact.version = in.u8();
    fact.kind = static_cast<FactKind>(in.u8());
    fact.kiosk = static_cast<KioskId>(in.u16());
    fact.epoch = static_cast<Epoch>(in.u32());
    fact.seq = in.u64();
    fact.id = in.id<FactId>();
    fact.hlc = in.u64();
    fact.wall_ms = in.i64();
    fact.clock_quality = static_cast<ClockQuality>(in.u8());
    fact.clock_offset_ms = in.i64();
    fact.registration = in.id<RegistrationId>();
    fact.badge = in.id<BadgeNumber>();
    fact.issue = in.u8();
    fact.code = in.id<CodeHash>();
    fact.place = static_cast<PlaceId>(in.u16());
    fact.session = static_cast<SessionId>(in.u16());
    fact.direction = static_cast<Direction>(in.u8());
    fact.verdict = static_cast<VerdictKind>(in.u8());
    fact.reason = static_cast<Reason>(in.u8());
    fact.method = static_cast<Method>(in.u8());
    fact.override_reason = static_cast<Override>(in.u8());
    fact.usher = static_cast<UsherNumber>(in.u16());
    fact.reference = in.id<FactId>();
    fact.replica_revision = in.u64();
    fact.act = static_cast<ActCode>(in.u16());
    fact.argument = in.u32();
    const ByteView payload = in.raw(in.u16());
    fact.prev = in.id<Hash>();
    if (!in.finished() || fact.version != version || payload.size() > max_payload_bytes)
        return std::nullopt;
    fact.payload.assign(payload.begin(), payload.end());
    return fact;
}

std::optional<std::size_t> find_encoding_size(ByteView bytes) {
    ByteReader in(bytes);
    if (in.u8() != version) return std::nullopt;
    in.raw(bytes_before_payload_size - 1);
    const std::size_t payload = in.u16();
    in.raw(payload);
    in.id<Hash>();
    if (in.failed() || payload > max_payload_bytes) return std::nullopt;
    return bytes.size() - in.rest().size();
}

Hash hash_fact(ByteView encoding, std::string_view domain) { return hash(domain, encoding); }

}  // namespace hudoor::storage
