#include "storage/organiser/event/readiness.hpp"

#include <algorithm>

#include "storage/badge/guessing.hpp"
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

    void check_clock() {
        if (!state_.clock_synchronised)
            say(Readiness::look, "nothing synchronises the clock of this machine; it says " +
                                     show_time(state_.now, agenda_.timezone) + " there");
        if (state_.now >= state_.event.last_day + std::chrono::days(1))
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
        for (const Session& session : agenda_.sessions) {
            const bool any = std::any_of(
                state_.registrations.begin(), state_.registrations.end(), [&](const auto& one) {
                    return std::find(one.door.sessions.begin(), one.door.sessions.end(),
                                     session.id) != one.door.sessions.end();
                });
            if (session.admits == Admits::registered && !any)
                say(Readiness::look, "nobody is registered for " + session.code);
        }
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
        const auto last = state_.event.last_day;
        const auto early = std::count_if(
            state_.registrations.begin(), state_.registrations.end(), [&](const auto& one) {
                return !one.door.badge.is_zero() && one.badge_valid_until < last;
            });
        if (early > 0)
            say(Readiness::wrong,
                counted(static_cast<std::uint64_t>(early), "badge is", "badges are") +
                    " not valid until the last day; reissue and print " +
                    (early == 1 ? "it" : "them"));
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
            const bool any = std::any_of(
                state_.kiosks.begin(), state_.kiosks.end(),
                [&](const Kiosk& kiosk) { return kiosk.enabled() && kiosk.place == place.id; });
            if (!any) say(Readiness::look, "no kiosk stands at " + place.code);
        }
        if (std::none_of(state_.kiosks.begin(), state_.kiosks.end(),
                         [](const Kiosk& kiosk) { return kiosk.enabled(); }))
            say(Readiness::wrong, "no kiosk is enabled");
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

}  // namespace

std::vector<ReadinessNote> check_readiness(const EventState& state) {
    return Checker(state).check();
}

}  // namespace hudoor::organiser
