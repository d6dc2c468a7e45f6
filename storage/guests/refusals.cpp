#include "storage/guests/refusals.hpp"

#include <sodium.h>

#include <algorithm>

#include "storage/base/numbered_fields.hpp"
#include "storage/base/signed_bytes.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view domain = "hudoor-refusals-1";
constexpr std::string_view domain_of_before = "hudoor-revocations-1";
constexpr std::string_view people_domain = "hudoor-refused-1";
constexpr std::uint8_t format_version = 1;

struct Content {
    EventNumber event{};
    RefusalList list;
};

void describe(auto& io, Is<Content> auto& v) {
    io(v.event, v.list.number, v.list.badges, v.list.people);
}

/// What was called a revocation list: version u8, event, number, badges, one after another.
std::optional<Content> decode_of_before(ByteView body) {
    if (body.empty() || body.front() != format_version) return std::nullopt;
    Content content;
    ByteReader in(body.subspan(1));
    PositionalReader reader(in);
    reader(content.event, content.list.number, content.list.badges);
    if (!in.finished()) return std::nullopt;
    return content;
}

std::optional<Content> decode(ByteView bytes, const VerifyKey& organiser) {
    if (const auto body = signed_body(organiser, domain, bytes))
        return decode_fields<Content>(format_version, *body);
    if (const auto body = signed_body(organiser, domain_of_before, bytes))
        return decode_of_before(*body);
    return std::nullopt;
}

}  // namespace

bool RefusalList::revokes(BadgeNumber badge, std::uint8_t issue) const {
    const auto found = badges.find(badge);
    return found != badges.end() && issue <= found->second;
}

bool RefusalList::names(BadgeNumber badge, EventNumber event) const {
    return std::ranges::binary_search(people, name_refused(badge, event));
}

std::uint64_t name_refused(BadgeNumber badge, EventNumber event) {
    ByteWriter message;
    message.raw(as_bytes(people_domain));
    message.u16(static_cast<std::uint16_t>(event));
    message.raw(badge.bytes);
    std::array<std::uint8_t, 8> hash{};
    crypto_generichash_blake2b(hash.data(), hash.size(), message.bytes().data(),
                               message.bytes().size(), nullptr, 0);
    return ByteReader(hash).u64();
}

Bytes encode_refusals(const RefusalList& list, EventNumber event, const SigningKey& organiser) {
    return with_signature(domain, encode_fields(format_version, Content{event, list}), organiser);
}

std::optional<RefusalList> parse_refusals(ByteView bytes, EventNumber event,
                                          const VerifyKey& organiser) {
    auto content = decode(bytes, organiser);
    if (!content || content->event != event || !std::ranges::is_sorted(content->list.people))
        return std::nullopt;
    return std::move(content->list);
}

}  // namespace hudoor::storage
