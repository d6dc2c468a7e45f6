#include <algorithm>

#include "storage/decide/admission.hpp"
#include "storage/organiser/event/clean_text.hpp"
#include "storage/organiser/event/readiness.hpp"
#include "storage/organiser/event/time.hpp"

namespace hudoor::organiser {

using namespace storage;

namespace {

constexpr std::chrono::minutes most_clock_offset{5};

template <typename Things>
const typename Things::value_type* find_of(const Things& things, KioskId kiosk) {
    const auto found = std::ranges::find(things, kiosk, &Things::value_type::kiosk);
    return found == things.end() ? nullptr : &*found;
}

class KioskChecker {
public:
    KioskChecker(const Kiosk& kiosk, const EventState& state)
        : kiosk_(kiosk),
          state_(state),
          agenda_(state.event.agenda),
          given_(find_of(state.given, kiosk.id)),
          heard_(find_of(state.heard, kiosk.id)) {}

    std::vector<ReadinessNote> check() {
        if (given_ != nullptr) known_ = parse_identity(given_->identity, state_.event.organiser);
        check_editions();
        check_clock();
        if (known_) check_sessions();
        return std::move(notes_);
    }

private:
    void say(Readiness readiness, const std::string& what) {
        notes_.push_back({readiness, "kiosks", kiosk_.name + ": " + what});
    }
    [[nodiscard]] std::string show(WallTime time) const {
        return show_time(time, agenda_.timezone);
    }

    void check_editions() {
        if (!known_)
            return say(Readiness::look,
                       "nobody knows which list it has; bring it one by hudoor update");
        if (given_->list < state_.revision || given_->refusals < state_.refusals)
            say(Readiness::look, "its list of " + show(given_->list_created) +
                                     " lacks what was changed since; bring it a hudoor update");
        if (heard_ != nullptr && heard_->at > given_->at && heard_->list < given_->list)
            say(Readiness::look, "at " + show(heard_->at) + " it had guest list " +
                                     std::to_string(heard_->list) + "; " +
                                     std::to_string(given_->list) + " was made for it before");
    }

    /// At the sessions it will be as it was.
    void check_clock() {
        if (heard_ == nullptr) return;
        if (heard_->clock == ClockQuality::unset)
            say(Readiness::wrong,
                "its clock was not set at " + show(heard_->at) + "; set it before the doors open");
        else if (std::chrono::abs(heard_->clock_offset) > most_clock_offset)
            say(Readiness::wrong,
                "its clock was off by " +
                    counted(static_cast<std::uint64_t>(std::chrono::floor<std::chrono::minutes>(
                                                           std::chrono::abs(heard_->clock_offset))
                                                           .count()),
                            "minute") +
                    " at " + show(heard_->at) + "; set it");
    }

    void check_sessions() {
        const Place* place = agenda_.find_place(kiosk_.place);
        if (place == nullptr) return;
        for (const Session& session : agenda_.sessions)
            if (session.ends > state_.now &&
                std::ranges::find(place->rooms, session.room) != place->rooms.end())
                check_at(session);
    }

    /// Each trouble once, by the first session it spoils.
    void check_at(const Session& session) {
        const std::string at = " (" + session.code + ", " + show(session.starts) + ")";
        const ListInForce list{given_->list, given_->list_created};
        const WallTime expiry = expiry_of(list, {}, *known_);
        if (session.ends > expiry)
            say_once(list_, "its list is good until " + show(expiry) +
                                ", then nobody is admitted without a supervisor" + at);
        if (session.starts < given_->list_created)
            say_once(clock_,
                     "its list is dated " + show(given_->list_created) +
                         ", so it will take its clock for unset" + at,
                     Readiness::look);
        if (!knows(session))
            say_once(agenda_known_, "it does not know the agenda as it is now" + at);
        if (const BadgeKey* key = missing_key())
            say_once(key_, "it refuses badges of key " + std::to_string(key->id) +
                               ", which it does not know" + at);
        if (const BadgeKey* key = key_not_revoked())
            say_once(revoked_,
                     "it admits by badges of the revoked key " + std::to_string(key->id) + at);
    }

    void say_once(bool& said, const std::string& what, Readiness readiness = Readiness::wrong) {
        if (!std::exchange(said, true)) say(readiness, what + "; bring it a hudoor update");
    }

    [[nodiscard]] bool knows(const Session& session) const {
        const Session* known = known_->agenda.find_session(session.id);
        return known != nullptr && known->room == session.room && known->starts == session.starts &&
               known->ends == session.ends && known->doors == session.doors &&
               known->admits == session.admits && known->categories == session.categories &&
               known->reentry == session.reentry && known_->place == kiosk_.place;
    }

    [[nodiscard]] const BadgeKey* known_key(std::uint8_t id) const {
        const auto found = std::ranges::find(known_->badge_keys, id, &BadgeKey::id);
        return found == known_->badge_keys.end() ? nullptr : &*found;
    }
    [[nodiscard]] const BadgeKey* missing_key() const {
        for (const BadgeKey& key : state_.event.badge_keys)
            if (!key.revoked && known_key(key.id) == nullptr) return &key;
        return nullptr;
    }
    [[nodiscard]] const BadgeKey* key_not_revoked() const {
        for (const BadgeKey& key : state_.event.badge_keys)
            if (const BadgeKey* known = known_key(key.id); key.revoked && known && !known->revoked)
                return &key;
        return nullptr;
    }

    const Kiosk& kiosk_;
    const EventState& state_;
    const Agenda& agenda_;
    const GivenToKiosk* given_;
    const HeardOfKiosk* heard_;
    std::optional<Identity> known_;
    std::vector<ReadinessNote> notes_;
    bool list_ = false, clock_ = false, agenda_known_ = false, key_ = false, revoked_ = false;
};

}  // namespace

std::vector<ReadinessNote> check_kiosk(const Kiosk& kiosk, const EventState& state) {
    return KioskChecker(kiosk, state).check();
}

}  // namespace hudoor::organiser
