/// A small event for tests: two days in Dubai, two rooms, four places, five sessions, all keys, and
/// makers of delegates, badges, facts and snapshots. The same at every run.
#pragma once

#include <string>
#include <vector>

#include "storage/facts/fact.hpp"
#include "storage/guests/identity.hpp"
#include "storage/guests/refusals.hpp"
#include "storage/guests/registration.hpp"
#include "storage/guests/replica.hpp"
#include "storage/guests/roster.hpp"

namespace hudoor::test {

inline constexpr storage::EventNumber demo_event{7};

inline constexpr storage::RoomId hall_a{1};
inline constexpr storage::RoomId hall_b{2};

inline constexpr storage::PlaceId north{1};  ///< into hall A; the kiosk stands here
inline constexpr storage::PlaceId south{2};  ///< into hall B
inline constexpr storage::PlaceId west{3};   ///< out of both halls
inline constexpr storage::PlaceId foyer{4};  ///< both ways, both halls

inline constexpr storage::SessionId opening{
    1};  ///< 4th, 09:30-10:30, hall A; registered; after exit
inline constexpr storage::SessionId workshop{2};  ///< 4th, 10:00-12:00, hall B; registered; once
inline constexpr storage::SessionId keynote{3};   ///< 4th, 11:00-12:00, hall A; everyone; free
inline constexpr storage::SessionId briefing{
    4};  ///< 4th, 13:00-14:00, hall B; speakers; after exit
inline constexpr storage::SessionId closing{
    5};  ///< 5th, 15:00-16:00, hall A; registered; after exit

inline constexpr storage::CategoryId delegates{1};
inline constexpr storage::CategoryId speakers{2};

inline constexpr storage::UsherNumber supervisor_twelve{12};
inline constexpr storage::UsherNumber usher_seven{7};
inline constexpr const char* test_pin = "271828";  ///< of both
[[nodiscard]] storage::BadgeNumber supervisor_badge();

/// December 2026, Dubai's time (UTC+4).
[[nodiscard]] constexpr WallTime dubai(unsigned day, int hour, int minute) {
    using namespace std::chrono;
    return sys_days(year(2026) / December / day) + hours(hour - 4) + minutes(minute);
}

/// A key of this name; the same at every run.
[[nodiscard]] storage::Secret<32> test_secret(const std::string& name);

struct EventFixture {
    storage::SigningKey organiser{test_secret("organiser")};
    storage::OpeningKey organiser_opening{test_secret("organiser opening")};
    storage::SigningKey badge_key{test_secret("badge key 1")};      ///< key id 1
    storage::SigningKey old_badge_key{test_secret("badge key 2")};  ///< key id 2, revoked
    storage::SigningKey kiosk_signing{test_secret("kiosk")};
    storage::OpeningKey kiosk_opening{test_secret("kiosk opening")};
    storage::Secret<32> code_key{test_secret("code key")};
    storage::Identity identity;  ///< of kiosk 1 at the north entrance
    storage::RefusalList refusals;

    EventFixture();

    /// Delegate number n (from 1): confirmed, issue 1, registered for opening, workshop and
    /// closing.
    [[nodiscard]] storage::Registration delegate(unsigned n) const;
    [[nodiscard]] std::vector<storage::Registration> delegates_up_to(unsigned n) const;

    /// This delegate's token as printed: key 1, this event, good until the last day.
    [[nodiscard]] storage::BadgeToken token(const storage::Registration& delegate,
                                            std::uint8_t issue = 1) const;
    [[nodiscard]] std::string badge_text(const storage::Registration& delegate,
                                         std::uint8_t issue = 1) const;
    /// Signed by key 1 whatever key id the token names.
    [[nodiscard]] storage::SignedBadge sign(const storage::BadgeToken& token) const;

    [[nodiscard]] storage::SnapshotContent content(
        std::vector<storage::Registration> registrations) const;
    /// Sealed to the fixture's kiosk.
    [[nodiscard]] storage::Bytes snapshot(std::vector<storage::Registration> registrations) const;
    [[nodiscard]] storage::Replica replica(std::vector<storage::Registration> registrations) const;
};

/// The fixture's kiosk, and one that is disabled.
[[nodiscard]] storage::Roster sample_roster(const EventFixture& event);

/// A fact about this delegate at this moment by kiosk 1 at the north entrance. Its id and number
/// are new in this process; admitted and left carry the reason ok.
[[nodiscard]] storage::Fact make_fact(storage::FactKind kind, const storage::Registration& delegate,
                                      storage::SessionId session, WallTime at);
[[nodiscard]] storage::Fact make_undone(const storage::Fact& undone, WallTime at);

}  // namespace hudoor::test
