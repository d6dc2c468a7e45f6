#include "storage/organiser/report/report.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "storage/decide/admission.hpp"
#include "storage/names/country.hpp"
#include "storage/organiser/badges/pages.hpp"

namespace hudoor::organiser {

using namespace storage;
using std::chrono::minutes;

namespace {

constexpr minutes busiest_width{15};
constexpr minutes fine_step{5};

bool is_scan(const Moment& moment) {
    const bool decided = moment.kind == FactKind::admitted || moment.kind == FactKind::left ||
                         moment.kind == FactKind::refused;
    return decided && (moment.method == Method::badge || moment.method == Method::imported_code ||
                       moment.method == Method::hand_scanner);
}

WallTime floor_to(WallTime time, minutes step) {
    const auto whole = std::chrono::floor<minutes>(time.time_since_epoch());
    return WallTime(whole - whole % step);
}

std::optional<std::uint32_t> quantile_95(std::vector<std::uint32_t>& values) {
    if (values.empty()) return std::nullopt;
    const auto at =
        values.begin() + static_cast<std::ptrdiff_t>((values.size() * 95 + 99) / 100 - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// How often a value is among those added.
template <typename Key>
class Tally {
public:
    void add(const Key& key) { ++counts_[key]; }
    void remove(const Key& key) {
        const auto found = counts_.find(key);
        if (--found->second == 0) counts_.erase(found);
    }
    [[nodiscard]] std::uint32_t distinct() const {
        return static_cast<std::uint32_t>(counts_.size());
    }

private:
    std::unordered_map<Key, std::uint32_t> counts_;
};

struct Entry {
    std::uint32_t person = 0;
    const Moment* fact = nullptr;
};

class ReportMaker {
public:
    ReportMaker(const ReportSources& sources, minutes step) : sources_(sources) {
        report_.step = step;
    }

    Report make() {
        for (const Moment* passage : remaining_passages(sources_.timeline)) take(*passage);
        count_people();
        count_sessions();
        count_arrivals();
        find_busiest();
        count_overrides();
        count_stays();
        count_kiosks();
        count_double_shows();
        return std::move(report_);
    }

private:
    void take(const Moment& passage) {
        const auto person = sources_.people.find(passage);
        if (!person) return;
        if (passage.kind == FactKind::left) {
            const auto in = inside_.find({*person, room_of(passage)});
            if (in == inside_.end()) return;
            stays_[room_of(passage)].push_back(
                std::chrono::floor<minutes>(passage.at() - in->second));
            inside_.erase(in);
            return;
        }
        entries_.push_back({*person, &passage});
        report_.came.emplace(*person, &passage);
        by_session_[passage.session].emplace(*person, &passage);
        inside_.insert_or_assign({*person, room_of(passage)}, passage.at());
    }

    [[nodiscard]] RoomId room_of(const Moment& moment) const {
        const Session* session = sources_.event.agenda.find_session(moment.session);
        return session == nullptr ? RoomId{} : session->room;
    }

    void count_people() {
        std::map<std::string, NamedCount> countries;
        std::map<Bilingual, NamedCount> organisations;
        std::map<CategoryId, NamedCount> categories;
        const auto& all = sources_.people.registrations();
        for (std::uint32_t person = 0; person < all.size(); ++person) {
            const Registration& door = all[person].door;
            const bool came = report_.came.contains(person);
            if (door.status != RegistrationStatus::confirmed) {
                count_apart(door.status, came);
                continue;
            }
            for (NamedCount* count : {&countries[door.country], &organisations[door.organisation],
                                      &categories[door.category]}) {
                ++count->registered;
                count->attended += came ? 1U : 0U;
            }
            ++report_.totals.registered;
            report_.totals.attended += came ? 1U : 0U;
        }
        for (const auto& [person, entry] : report_.came)
            report_.totals.guests += sources_.people.registration(person) == nullptr ? 1U : 0U;
        for (auto& [code, count] : countries)
            report_.countries.push_back(named(count, storage::country_name(code)));
        for (auto& [name, count] : organisations)
            report_.organisations.push_back(named(count, name));
        for (const Category& category : sources_.event.categories)
            if (const auto found = categories.find(category.id); found != categories.end())
                report_.categories.push_back(named(found->second, category.name));
        for (auto* counts : {&report_.countries, &report_.organisations})
            std::stable_sort(counts->begin(), counts->end(),
                             [](const NamedCount& a, const NamedCount& b) {
                                 const bool a_known = a.name != Bilingual();
                                 const bool b_known = b.name != Bilingual();
                                 return a_known != b_known ? a_known : a.attended > b.attended;
                             });
    }
    void count_apart(RegistrationStatus status, bool came) {
        ReportTotals& all = report_.totals;
        if (status == RegistrationStatus::pending) {
            ++all.pending;
            all.pending_came += came ? 1U : 0U;
        } else {
            all.refused_came += came ? 1U : 0U;
        }
    }
    static NamedCount named(NamedCount count, Bilingual name) {
        count.name = std::move(name);
        return count;
    }

    void count_sessions() {
        std::vector<const Session*> sessions;
        for (const Session& session : sources_.event.agenda.sessions) sessions.push_back(&session);
        std::stable_sort(sessions.begin(), sessions.end(),
                         [](const auto* a, const auto* b) { return a->starts < b->starts; });
        for (const Session* session : sessions) count_session(*session);
    }
    void count_session(const Session& session) {
        const auto& entered = by_session_[session.id];
        const auto& all = sources_.people.registrations();
        const auto first = report_.attendance.size();
        SessionCount count{&session, static_cast<std::uint32_t>(entered.size())};
        for (std::uint32_t person = 0; person < all.size(); ++person) {
            const bool expected = is_expected(session, all[person]);
            const auto entry = entered.find(person);
            count.registered += expected ? 1U : 0U;
            count.came += expected && entry != entered.end() ? 1U : 0U;
            if (expected || entry != entered.end())
                report_.attendance.push_back(
                    {&session, person, expected, entry == entered.end() ? nullptr : entry->second});
        }
        for (const auto& [person, entry] : entered)
            if (person >= all.size())
                report_.attendance.push_back({&session, person, false, entry});
        std::sort(report_.attendance.begin() + static_cast<std::ptrdiff_t>(first),
                  report_.attendance.end(),
                  [](const Attendance& a, const Attendance& b) { return a.person < b.person; });
        report_.sessions.push_back(count);
    }

    /// Each person once a step and place, and once a day; a day begins with its first arrival.
    void count_arrivals() {
        std::map<std::chrono::sys_days, std::vector<Entry>> days;
        for (const Entry& entry : entries_)
            days[event_day(entry.fact->at(), sources_.event.agenda)].push_back(entry);
        for (const auto& [date, entries] : days) {
            ArrivalDay day{std::chrono::year_month_day(date),
                           floor_to(entries.front().fact->at(), report_.step),
                           {}};
            const auto steps =
                static_cast<std::size_t>((entries.back().fact->at() - day.from) / report_.step) + 1;
            std::set<std::tuple<std::uint32_t, PlaceId, std::size_t>> counted;
            std::unordered_set<std::uint32_t> seen;
            for (const Entry& entry : entries) {
                const auto step =
                    static_cast<std::size_t>((entry.fact->at() - day.from) / report_.step);
                auto& counts = day.by_place[entry.fact->place];
                counts.resize(steps);
                ++counts[step].entries;
                counts[step].first += seen.insert(entry.person).second ? 1U : 0U;
                if (counted.insert({entry.person, entry.fact->place, step}).second)
                    ++counts[step].people;
            }
            report_.days.push_back(std::move(day));
        }
    }

    /// Of all quarters of an hour that begin at a multiple of five minutes in which somebody comes.
    void find_busiest() {
        Tally<std::uint32_t> people;
        auto last = entries_.begin();
        for (auto first = entries_.begin(); first != entries_.end();) {
            const WallTime from = floor_to(first->fact->at(), fine_step);
            for (; last != entries_.end() && last->fact->at() < from + busiest_width; ++last)
                people.add(last->person);
            if (people.distinct() > report_.totals.busiest_people) {
                report_.totals.busiest_people = people.distinct();
                report_.totals.busiest_from = from;
            }
            for (; first != last && first->fact->at() < from + fine_step; ++first)
                people.remove(first->person);
        }
    }

    void count_overrides() {
        report_.totals.admissions = static_cast<std::uint32_t>(entries_.size());
        for (const Entry& entry : entries_) {
            if (entry.fact->override_reason == Override::none) continue;
            const OrganiserRegistration* known = sources_.people.registration(entry.person);
            report_.overrides.push_back(
                {entry.fact, known == nullptr ? Bilingual() : known->door.name});
            ++report_.overrides_by_usher[entry.fact->usher];
        }
        report_.totals.overrides = static_cast<std::uint32_t>(report_.overrides.size());
    }

    void count_stays() {
        for (auto& [room, stays] : stays_) {
            const auto middle = stays.begin() + static_cast<std::ptrdiff_t>(stays.size() / 2);
            std::nth_element(stays.begin(), middle, stays.end());
            report_.stays.push_back({room, static_cast<std::uint32_t>(stays.size()), *middle});
        }
    }

    void count_double_shows() {
        std::map<std::pair<std::uint32_t, KioskId>, WallTime> let_in;
        for (const Moment& moment : sources_.timeline.moments) {
            const auto person = is_scan(moment) ? sources_.people.find(moment) : std::nullopt;
            if (!person) continue;
            const std::pair at_kiosk{*person, moment.kiosk};
            if (moment.kind == FactKind::admitted) let_in.insert_or_assign(at_kiosk, moment.at());
            const auto in = let_in.find(at_kiosk);
            const bool again = moment.kind == FactKind::refused &&
                               moment.reason == Reason::already_in && in != let_in.end() &&
                               moment.at() - in->second <= double_show_within;
            report_.totals.double_shows += again ? 1U : 0U;
        }
    }

    void count_kiosks() {
        struct Scans {
            std::uint32_t count = 0;
            std::vector<std::uint32_t> answers;
            std::map<WallTime, std::uint32_t> by_step;
        };
        std::map<KioskId, Scans> scans;
        std::vector<std::uint32_t> answers;
        for (const Moment& moment : sources_.timeline.moments) {
            if (!is_scan(moment)) continue;
            Scans& here = scans[moment.kiosk];
            ++here.count;
            ++here.by_step[floor_to(moment.at(), fine_step)];
            here.answers.push_back(moment.argument);
            answers.push_back(moment.argument);
        }
        report_.totals.answer_ms = quantile_95(answers);
        for (const Kiosk& kiosk : sources_.kiosks) {
            Scans& here = scans[kiosk.id];
            KioskCount count{&kiosk, sources_.timeline.find_head(kiosk.id), here.count, 0,
                             quantile_95(here.answers)};
            for (const auto& [from, number] : here.by_step)
                count.busiest_scans = std::max(count.busiest_scans, number);
            report_.totals.kiosks_heard += count.head != nullptr ? 1U : 0U;
            report_.kiosks.push_back(count);
        }
        report_.totals.kiosks = static_cast<std::uint32_t>(sources_.kiosks.size());
    }

    const ReportSources& sources_;
    Report report_;
    std::vector<Entry> entries_;  ///< that count, in their order
    std::map<SessionId, std::unordered_map<std::uint32_t, const Moment*>> by_session_;
    std::map<std::pair<std::uint32_t, RoomId>, WallTime> inside_;
    std::map<RoomId, std::vector<minutes>> stays_;
};

}  // namespace

bool is_expected(const Session& session, const OrganiserRegistration& one) {
    if (one.door.status != RegistrationStatus::confirmed) return false;
    if (session.admits == Admits::categories) return may_enter(session, one.door);
    const auto& registered = one.door.sessions;
    return std::find(registered.begin(), registered.end(), session.id) != registered.end();
}

Report make_report(const ReportSources& sources, minutes step) {
    return ReportMaker(sources, step).make();
}

}  // namespace hudoor::organiser
