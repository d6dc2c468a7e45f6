/// The attendance of an event in numbers, worked out from all facts brought home. Counts are
/// distinct people unless a name says entries or scans; nobody is counted among those registered
/// who is not confirmed.
#pragma once

#include <unordered_map>

#include "storage/organiser/report/incidents.hpp"

namespace hudoor::organiser {

/// A badge that let somebody in, shown again at the same kiosk so soon, may have been passed back.
inline constexpr std::chrono::seconds double_show_within{60};

struct ReportTotals {
    std::uint32_t registered = 0;      ///< confirmed
    std::uint32_t attended = 0;        ///< of them
    std::uint32_t pending = 0;         ///< not confirmed yet, and not among those registered
    std::uint32_t pending_came = 0;    ///< of them
    std::uint32_t refused_came = 0;    ///< cancelled or blocked, and came all the same
    std::uint32_t guests = 0;          ///< came without a registration
    std::uint32_t admissions = 0;      ///< entries, not people
    std::uint32_t overrides = 0;       ///< of these entries
    std::uint32_t double_shows = 0;    ///< see double_show_within
    std::uint32_t busiest_people = 0;  ///< in the busiest quarter of an hour
    std::optional<WallTime> busiest_from;
    std::optional<std::uint32_t> answer_ms;  ///< 95 % of scans were answered within
    std::uint32_t kiosks = 0;
    std::uint32_t kiosks_heard = 0;

    [[nodiscard]] std::uint32_t no_shows() const { return registered - attended; }
    [[nodiscard]] std::uint32_t all_who_came() const {
        return attended + pending_came + refused_came + guests;
    }
};

/// At one place in one step of time.
struct Arrivals {
    std::uint32_t people = 0;
    std::uint32_t first = 0;  ///< of them: in for the first time that day, at any place
    std::uint32_t entries = 0;
};

/// Who came in at each place, in steps of the report's width from `from`.
struct ArrivalDay {
    std::chrono::year_month_day date;
    WallTime from;
    std::map<storage::PlaceId, std::vector<Arrivals>> by_place;  ///< all of one length
};

struct SessionCount {
    const storage::Session* session = nullptr;
    std::uint32_t attended = 0;    ///< whoever they are
    std::uint32_t registered = 0;  ///< for it, and confirmed; those of its categories
    std::uint32_t came = 0;        ///< of them
};

/// One person and one session: expected there, or came, or both.
struct Attendance {
    const storage::Session* session = nullptr;
    std::uint32_t person = 0;  ///< as PeopleIndex numbers them
    bool expected = false;
    const Moment* first_entry = nullptr;  ///< null: did not come
};

struct NamedCount {
    storage::Bilingual name;  ///< empty: those of whom it is not known
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
    std::vector<Attendance> attendance;  ///< by session in that order, then by person
    /// First entries by person.
    std::unordered_map<std::uint32_t, const Moment*> came;
    std::vector<NamedCount> countries;  ///< by those who attended, most first; likewise below
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

/// Whether somebody is expected there: confirmed, and registered for it or of its categories.
[[nodiscard]] bool is_expected(const storage::Session& session, const OrganiserRegistration& one);

/// `step` is the width of the arrivals: 5, 10 or 15 minutes.
[[nodiscard]] Report make_report(const ReportSources& sources, std::chrono::minutes step);

}  // namespace hudoor::organiser
