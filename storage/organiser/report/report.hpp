/// The attendance of an event in numbers, worked out from all facts brought home. Counts are
/// distinct people, never scans, unless a name says otherwise.
#pragma once

#include "storage/organiser/report/incidents.hpp"

namespace hudoor::organiser {

/// A badge that let somebody in, shown again at the same kiosk so soon, may have been passed back.
inline constexpr std::chrono::seconds double_show_within{60};

struct ReportTotals {
    std::uint32_t registered = 0;      ///< invited: neither cancelled nor blocked
    std::uint32_t attended = 0;        ///< of them
    std::uint32_t guests = 0;          ///< came without a registration
    std::uint32_t admissions = 0;      ///< entries, not people
    std::uint32_t overrides = 0;       ///< of these
    std::uint32_t double_shows = 0;    ///< see double_show_within
    std::uint32_t busiest_people = 0;  ///< in the busiest quarter of an hour
    std::optional<WallTime> busiest_from;
    std::optional<std::uint32_t> answer_ms;  ///< 95 % of scans were answered within
    std::uint32_t kiosks = 0;
    std::uint32_t kiosks_heard = 0;

    [[nodiscard]] std::uint32_t no_shows() const { return registered - attended; }
};

/// People who came in at each place, in steps of the report's width from `from`.
struct ArrivalDay {
    std::chrono::year_month_day date;
    WallTime from;
    std::map<storage::PlaceId, std::vector<std::uint32_t>> by_place;  ///< all of one length
};

struct SessionCount {
    const storage::Session* session = nullptr;
    std::uint32_t attended = 0;
    std::uint32_t registered = 0;  ///< for it; 0 where everybody may come
};

struct NamedCount {
    storage::Bilingual name;
    std::uint32_t registered = 0;
    std::uint32_t attended = 0;
};

struct OverrideTold {
    const Moment* fact = nullptr;
    storage::Bilingual who;
};

struct StayCount {
    storage::RoomId room{};
    std::uint32_t visits = 0;  ///< with an entry and an exit
    std::chrono::minutes median{0};
};

struct KioskCount {
    const Kiosk* kiosk = nullptr;
    const Moment* head = nullptr;  ///< null: not heard
    std::uint32_t scans = 0;
    std::uint32_t busiest_scans = 0;  ///< in any five minutes by the clock
    std::optional<std::uint32_t> answer_ms;
};

/// Points into what it was made from.
struct Report {
    ReportTotals totals;
    std::chrono::minutes step{10};
    std::vector<ArrivalDay> days;
    std::vector<SessionCount> sessions;  ///< in the order of the agenda's days
    std::vector<NamedCount> countries;   ///< by those who attended, most first; likewise below
    std::vector<NamedCount> organisations;
    std::vector<NamedCount> categories;  ///< in the event's order
    std::vector<OverrideTold> overrides;
    std::map<storage::UsherNumber, std::uint32_t> overrides_by_usher;
    std::vector<StayCount> stays;
    std::vector<KioskCount> kiosks;
};

struct ReportSources {
    const storage::Identity& event;
    const std::vector<Kiosk>& kiosks;
    const Timeline& timeline;
    const PeopleIndex& people;
};

/// `step` is the width of the arrivals: 5, 10 or 15 minutes.
[[nodiscard]] Report make_report(const ReportSources& sources, std::chrono::minutes step);

}  // namespace hudoor::organiser
