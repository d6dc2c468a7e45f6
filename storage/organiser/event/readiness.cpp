#include "storage/organiser/event/readiness.hpp"

#include <algorithm>

#include "storage/badge/guessing.hpp"
#include "storage/decide/admission.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::uint64_t least_free_bytes = std::uint64_t{1}
                                           << 30;  // a million facts and their copies

class Checker {
public:
    explicit Checker(const EventState& state) : state_(state), agenda_(state.event.agenda) {}

    std::vector<ReadinessNote> check() {
        in("event", &Checker::check_demo);
        in("clock", &Checker::check_clock);
        in("sessions", &Checker::check_sessions);
        in("help desk", &Checker::check_help_desk);
        in("people", &Checker::check_people);
        in("badges", &Checker::check_badges);
        in("keys", &Checker::check_keys);
        in("kiosks", &Checker::check_kiosks);
        in("ushers", &Checker::check_ushers);
        in("disk", &Checker::check_disk);
        return std::move(notes_);
    }

private:
    /// A part nothing was said about is good.
    void in(const char* part, void (Checker::*look)()) {
        part_ = part;
        const std::size_t before = notes_.size();
        (this->*look)();
        if (notes_.size() == before) say(Readiness::good, "as it should be");
    }
    void say(Readiness readiness, const std::string& what) {
        notes_.push_back({readiness, part_, what});
    }

    void check_demo() {
        if (state_.event.demo)
            say(Readiness::look,
                "it is a demo: its kiosks believe any clock; demo = false for real guests");
    }

    void check_clock() {
        if (!state_.clock_synchronised)
            say(Readiness::look, "nothing synchronises the clock of this machine; it says " +
                                     show_time(state_.now, agenda_.timezone) + " there");
        if (event_day(state_.now, agenda_) > state_.event.last_day)
            say(Readiness::wrong, "the event is over");
    }

    [[nodiscard]] bool has_door(const Session& session) const {
        return std::any_of(agenda_.places.begin(), agenda_.places.end(), [&](const Place& place) {
            return place.direction != PlaceDirection::exit &&
                   std::find(place.rooms.begin(), place.rooms.end(), session.room) !=
                       place.rooms.end();
        });
    }

    void check_sessions() {
        if (agenda_.sessions.empty()) say(Readiness::wrong, "there is no session");
        check_reentry();
        for (const Session& one : agenda_.sessions) {
            if (!has_door(one)) say(Readiness::wrong, "no entrance leads to " + one.code);
            for (const Session& next : agenda_.sessions)
                if (&one != &next && one.room == next.room && one.starts <= next.starts &&
                    one.ends > next.starts && (one.starts != next.starts || one.id < next.id))
                    say(Readiness::wrong,
                        one.code + " and " + next.code + " are in one room at one time");
                else if (one.room == next.room && one.starts < next.starts &&
                         one.ends > next.doors_open())
                    say(Readiness::look, "doors to " + next.code + " open " +
                                             show_time(next.doors_open(), agenda_.timezone) +
                                             ", before " + one.code + " ends");
        }
    }

    void check_reentry() {
        for (const std::string& note : find_unknown_exits(agenda_)) say(Readiness::look, note);
    }

    /// Whoever is not let in is sent there, so everybody must be told how to get there.
    void check_help_desk() {
        const HelpDesk& desk = agenda_.help_desk;
        if (desk.empty())
            return say(Readiness::look, "none is named; add [helpdesk] to the event file");
        if (desk.words != Bilingual{}) return;
        for (const Place& place : agenda_.places)
            if (!desk.find_way(place.id)) say(Readiness::look, "no way there from " + place.code);
    }

    [[nodiscard]] std::size_t count(bool (*is)(const OrganiserRegistration&)) const {
        return static_cast<std::size_t>(
            std::count_if(state_.registrations.begin(), state_.registrations.end(), is));
    }

    void check_people() {
        if (state_.registrations.empty()) return say(Readiness::wrong, "nobody is registered");
        const auto pending = count([](const OrganiserRegistration& one) {
            return one.door.status == RegistrationStatus::pending;
        });
        if (pending > 0)
            say(Readiness::look, counted(pending, "registration is pending; its badge leads",
                                         "registrations are pending; their badges lead") +
                                     " to an usher");
        for (const Session& session : agenda_.sessions)
            if (session.admits == Admits::registered) check_registered(session);
    }

    void check_registered(const Session& session) {
        const auto registered = static_cast<std::uint64_t>(
            std::count_if(state_.registrations.begin(), state_.registrations.end(),
                          [&](const OrganiserRegistration& one) {
                              return one.door.status == RegistrationStatus::confirmed &&
                                     may_enter(session, one.door);
                          }));
        if (registered == 0) say(Readiness::look, "nobody is registered for " + session.code);
        if (session.capacity != 0 && registered > session.capacity)
            say(Readiness::look, counted(registered, "person is", "people are") +
                                     " registered for " + session.code + ", which has " +
                                     counted(session.capacity, "seat"));
    }

    void check_badges() {
        const auto without = count([](const OrganiserRegistration& one) {
            return one.door.badge.is_zero() && one.imported_code.empty() &&
                   one.door.status == RegistrationStatus::confirmed;
        });
        if (without > 0)
            say(Readiness::wrong,
                counted(without, "confirmed person has", "confirmed people have") +
                    " neither badge nor imported code");
        check_codes();
        check_days_of_badges();
        check_keys_of_badges();
    }

    /// By the first session that is not over yet when they expire.
    void check_days_of_badges() {
        const auto ends = days_of_ends();
        std::uint64_t early = 0;
        const Session* first = nullptr;
        for (const OrganiserRegistration& one : state_.registrations) {
            if (one.door.badge.is_zero()) continue;
            const auto too_late = std::ranges::find_if(
                ends, [&](const auto& end) { return end.first > one.badge_valid_until; });
            if (too_late == ends.end()) continue;
            ++early;
            if (first == nullptr || too_late->second->starts < first->starts)
                first = too_late->second;
        }
        if (early > 0)
            say(Readiness::wrong, counted(early, "badge has", "badges have") +
                                      " expired before the end of " + first->code +
                                      "; reissue and print " + (early == 1 ? "it" : "them"));
    }

    /// Of the sessions to come, by their starts: on which day of the event each ends.
    [[nodiscard]] std::vector<std::pair<std::chrono::sys_days, const Session*>> days_of_ends()
        const {
        std::vector<std::pair<std::chrono::sys_days, const Session*>> days;
        for (const Session& session : agenda_.sessions)
            if (session.ends > state_.now)
                days.emplace_back(event_day(session.ends - std::chrono::milliseconds(1), agenda_),
                                  &session);
        std::ranges::stable_sort(days, {}, [](const auto& day) { return day.second->starts; });
        return days;
    }

    /// What was printed stays signed by its key.
    void check_keys_of_badges() {
        for (const BadgeKey& key : state_.event.badge_keys) {
            if (!key.revoked) continue;
            const auto refused = static_cast<std::uint64_t>(std::count_if(
                state_.registrations.begin(), state_.registrations.end(), [&](const auto& one) {
                    return one.badge_key == key.id && !one.door.badge.is_zero() &&
                           one.door.status == RegistrationStatus::confirmed;
                }));
            if (refused > 0)
                say(Readiness::wrong, counted(refused, "badge is", "badges are") +
                                          " signed by the revoked key " + std::to_string(key.id) +
                                          "; print " + (refused == 1 ? "it" : "them") + " again");
        }
    }

    void check_codes() {
        std::vector<std::string> codes;
        for (const OrganiserRegistration& one : state_.registrations)
            if (!one.imported_code.empty()) codes.push_back(one.imported_code);
        const double bits = guessing_bits(codes);
        if (codes.empty() || bits >= good_bits) return;
        say(Readiness::look, "imported codes can be guessed, one of about 2^" +
                                 std::to_string(static_cast<int>(bits)) + " tries" +
                                 (bits < fewest_bits ? "; an usher admits each of them by hand"
                                                     : "; badges of the event cannot"));
    }

    void check_keys() {
        const auto& keys = state_.event.badge_keys;
        if (!state_.has_keys)
            say(Readiness::wrong, "event.keys is not here; badges and kiosks cannot be made");
        if (std::all_of(keys.begin(), keys.end(), [](const BadgeKey& key) { return key.revoked; }))
            say(Readiness::wrong, "every badge key is revoked");
    }

    void check_kiosks() {
        for (const Place& place : agenda_.places) {
            const auto kiosks = std::ranges::count_if(state_.kiosks, [&](const Kiosk& kiosk) {
                return kiosk.enabled() && kiosk.place == place.id;
            });
            if (kiosks == 0) say(Readiness::look, "no kiosk stands at " + place.code);
            if (kiosks > 1) check_shared_door(place);
        }
        if (std::none_of(state_.kiosks.begin(), state_.kiosks.end(),
                         [](const Kiosk& kiosk) { return kiosk.enabled(); }))
            say(Readiness::wrong, "no kiosk is enabled");
        for (const Kiosk& kiosk : state_.kiosks) {
            if (!kiosk.enabled()) continue;
            const auto notes = check_kiosk(kiosk, state_);
            notes_.insert(notes_.end(), notes.begin(), notes.end());
        }
    }

    /// One door for both directions knows who left, two kiosks at it do not know of each other.
    void check_shared_door(const Place& place) {
        if (place.direction != PlaceDirection::both) return;
        for (const Session& session : agenda_.sessions)
            if (session.reentry == Reentry::after_exit &&
                std::ranges::find(place.rooms, session.room) != place.rooms.end())
                return say(Readiness::look, "several kiosks stand at " + place.code +
                                                "; who left by one is not let in again to " +
                                                session.code + " by another without a hub");
    }

    void check_ushers() {
        if (std::none_of(state_.ushers.begin(), state_.ushers.end(),
                         [](const Usher& usher) { return usher.role == UsherRole::supervisor; }))
            say(Readiness::wrong, "there is no supervisor");
    }

    void check_disk() {
        if (state_.free_bytes < least_free_bytes)
            say(Readiness::wrong,
                "only " + std::to_string(state_.free_bytes >> 20) + " MiB are free here");
    }

    const EventState& state_;
    const Agenda& agenda_;
    std::string part_;
    std::vector<ReadinessNote> notes_;
};

std::string list_codes(const std::vector<const Place*>& places) {
    std::string codes;
    for (const Place* place : places) codes += (codes.empty() ? "" : ", ") + place->code;
    return codes;
}

}  // namespace

std::vector<std::string> find_unknown_exits(const Agenda& agenda) {
    std::vector<std::string> notes;
    for (const Session& session : agenda.sessions) {
        if (session.reentry != Reentry::after_exit) continue;
        std::vector<const Place*> ways_in, ways_out;
        for (const Place& place : agenda.places) {
            if (std::ranges::find(place.rooms, session.room) == place.rooms.end()) continue;
            if (place.direction != PlaceDirection::exit) ways_in.push_back(&place);
            if (place.direction != PlaceDirection::entry) ways_out.push_back(&place);
        }
        const bool one_door = ways_in.size() == 1 && ways_out == ways_in;
        if (ways_in.empty() || one_door) continue;
        notes.push_back(session.code + ": whoever left" +
                        (ways_out.empty() ? "" : " by " + list_codes(ways_out)) +
                        " is not let in again at " + list_codes(ways_in) +
                        ": without a hub a kiosk hears of its own door alone; an usher answers "
                        "each, or set reentry to \"free\" or \"once\"");
    }
    return notes;
}

std::vector<ReadinessNote> check_readiness(const EventState& state) {
    return Checker(state).check();
}

}  // namespace hudoor::organiser
