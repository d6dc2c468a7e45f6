#include "tests/feed/sample.hpp"

namespace hudoor::feed::sample {
namespace {

using namespace std::chrono_literals;
using namespace storage;

constexpr std::chrono::sys_days day = std::chrono::year(2026) / 12 / 4;
constexpr RoomId hall_a{1};
constexpr RoomId hall_b{2};
constexpr PlaceId north{1};
constexpr SessionId ceremony{1};
constexpr SessionId workshop{2};

BadgeNumber badge_number(std::uint8_t number) { return {{0xB0, 1, 2, 3, 4, 5, 6, number}}; }

organiser::OrganiserRegistration registration(std::uint8_t number) {
    organiser::OrganiserRegistration made;
    made.door.external_id = "D00" + std::to_string(number);
    made.badge_valid_until = day + std::chrono::days(1);
    made.door.id.bytes[15] = number;
    made.door.name = {"نورة المرزوقي", "Noura Al Marzouqi"};
    made.door.organisation = {"وزارة مهارات المستقبل", "Ministry of Future Skills"};
    made.door.category = CategoryId{1};
    made.door.sessions = {number % 10 == 7 ? workshop : ceremony};
    made.door.badge = badge_number(number);
    made.door.issue = number == 21 || number == 22 ? 2 : 1;
    if (number == 31) made.door.status = RegistrationStatus::cancelled;
    made.door.attention = number == 32;
    return made;
}

}  // namespace

Identity event() {
    Identity event;
    event.event = EventNumber{7};
    event.event_name = {"قمة التركيز على المستقبل", "Future Focus Summit"};
    event.categories = {{CategoryId{1}, "delegate", {"مشارك، مشاركة", "Delegate"}, 0xC8A56A}};
    event.agenda.timezone = "Asia/Dubai";
    event.agenda.rooms = {{hall_a, "hall-a", {}}, {hall_b, "hall-b", {}}};
    event.agenda.places = {{north, "north", {}, {hall_a}, PlaceDirection::entry, {}}};
    for (const auto& [id, room, code] :
         {std::tuple(ceremony, hall_a, "opening"), std::tuple(workshop, hall_b, "workshop")}) {
        Session session;
        session.id = id;
        session.code = code;
        session.room = room;
        session.starts = opening();
        session.ends = opening() + 1h;
        event.agenda.sessions.push_back(session);
    }
    return event;
}

WallTime opening() { return WallTime(day + 5h + 30min); }

std::vector<organiser::OrganiserRegistration> registrations() {
    std::vector<organiser::OrganiserRegistration> all;
    for (std::uint8_t number = 10; number < 70; ++number) all.push_back(registration(number));
    return all;
}

RefusalList refusals() { return {1, {{badge_number(11), 255}, {badge_number(12), 1}}, {}}; }

Cast cast() { return choose_cast(event(), registrations(), refusals(), {north, opening(), 1}); }

SigningKey key() { return SigningKey(Secret<32>(std::array<std::uint8_t, 32>{7})); }

Plan plan(int appearances, std::uint64_t seed, Size size) {
    PlanOptions options;
    options.appearances = appearances;
    options.seed = seed;
    options.size = size;
    return make_plan(cast(), key(), options);
}

}  // namespace hudoor::feed::sample
