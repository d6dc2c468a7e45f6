#include "storage/guests/roster.hpp"

#include <algorithm>

#include "storage/base/numbered_fields.hpp"
#include "storage/base/signed_bytes.hpp"

namespace hudoor::storage {

namespace {

constexpr std::string_view domain = "hudoor-roster-1";
constexpr std::uint8_t format_version = 1;
constexpr std::int64_t at_work = std::numeric_limits<std::int64_t>::min();

/// A kiosk as it is written: a time that may be missing is a number of its own.
struct Row {
    KioskId id{};
    std::string name;
    PlaceId place{};
    VerifyKey key{};
    std::int64_t disabled_ms = at_work;
};

struct Content {
    EventNumber event{};
    std::uint64_t number = 0;
    std::vector<Row> kiosks;
};

void describe(auto& io, Is<Row> auto& v) { io(v.id, v.name, v.place, v.key, v.disabled_ms); }
void describe(auto& io, Is<Content> auto& v) { io(v.event, v.number, v.kiosks); }

}  // namespace

const RosterKiosk* Roster::find(KioskId id) const {
    const auto found = std::ranges::find(kiosks, id, &RosterKiosk::id);
    return found == kiosks.end() ? nullptr : &*found;
}

Bytes encode_roster(const Roster& roster, EventNumber event, const SigningKey& organiser) {
    Content content{event, roster.number, {}};
    for (const RosterKiosk& one : roster.kiosks)
        content.kiosks.push_back(
            {one.id, one.name, one.place, one.key,
             one.disabled ? one.disabled->time_since_epoch().count() : at_work});
    return with_signature(domain, encode_fields(format_version, content), organiser);
}

std::optional<Roster> parse_roster(ByteView bytes, EventNumber event, const VerifyKey& organiser) {
    const auto body = signed_body(organiser, domain, bytes);
    const auto content = body ? decode_fields<Content>(format_version, *body) : std::nullopt;
    if (!content || content->event != event) return std::nullopt;
    Roster roster{content->number, {}};
    for (const Row& one : content->kiosks) {
        RosterKiosk& kiosk =
            roster.kiosks.emplace_back(RosterKiosk{one.id, one.name, one.place, one.key, {}});
        if (one.disabled_ms != at_work)
            kiosk.disabled = WallTime(bounded<std::chrono::milliseconds>(one.disabled_ms));
    }
    return roster;
}

}  // namespace hudoor::storage
