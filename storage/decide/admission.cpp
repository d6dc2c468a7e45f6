#include "storage/decide/admission.hpp"

#include <algorithm>
#include <tuple>

#include "config/fault.hpp"

namespace hudoor::storage {

using std::chrono::sys_days;

namespace {

/// Overrides of these never stand for the next scan: the first cannot be believed to be of the same
/// person, the others no usher may lift.
bool override_may_stand(Reason reason) {
    switch (reason) {
        case Reason::bad_signature:
        case Reason::unknown_key:
        case Reason::key_revoked:
        case Reason::revoked:
        case Reason::blocked:
        case Reason::refused_by_list:  // may be one of those
            return false;
        default:
            return true;
    }
}

bool includes(const auto& values, const auto& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// Whom an usher names shows no badge, and an imported code is known or it is not.
BadgeCheck check_of(const AdmissionQuestion& question) {
    const auto* badge = std::get_if<SignedBadge>(&question.code);
    if (!badge || question.named_by_usher) return BadgeCheck::ok;
    return check_badge(*badge, question.identity.badge_keys);
}

/// One decision on its way down the table. Each row either fills the verdict and answers true, or
/// leaves it to the next.
class Decision {
public:
    explicit Decision(const AdmissionQuestion& question)
        : q_(question),
          agenda_(question.identity.agenda),
          badge_(std::get_if<SignedBadge>(&q_.code)),
          check_(check_of(question)) {}

    Verdict decide();

private:
    bool badge_refused();
    [[nodiscard]] bool is_of_known_event() const;
    bool list_refused();
    bool registration_refused(const Registration& registration);
    bool day_refused(const Registration& registration);
    bool session_refused();
    bool window_refused();
    bool reentry_refused();
    bool is_seen_again();
    bool seats_refused();
    bool code_refused();
    void admit();

    bool answer(VerdictKind kind, Reason reason);
    [[nodiscard]] bool stands_overridden(Reason reason) const;
    [[nodiscard]] Person person() const;
    [[nodiscard]] std::uint8_t newest_issue() const;
    [[nodiscard]] const Session* session_counted() const;
    /// The newest they came into, of this place's, and have not left.
    [[nodiscard]] const Session* session_inside() const;
    [[nodiscard]] const Session* session_for_person() const;
    [[nodiscard]] bool may_enter_here(const Session& session) const;
    [[nodiscard]] PersonState state_in(const Session& session) const;
    [[nodiscard]] sys_days day_of(WallTime time) const { return event_day(time, agenda_); }
    [[nodiscard]] bool has_list() const { return q_.replica_revision.has_value(); }
    [[nodiscard]] bool doors_opened_by_choice() const {
        return q_.choice_opens_doors && q_.chosen_session == session_->id;
    }
    [[nodiscard]] bool clock_unset() const { return q_.clock_quality == ClockQuality::unset; }
    [[nodiscard]] std::optional<ListInForce> list_with_age() const;
    [[nodiscard]] const Registration* registration() const {
        return is_proved() && has_list() && q_.registration ? &*q_.registration : nullptr;
    }
    /// Before that nothing is looked up by the badge's number.
    [[nodiscard]] bool is_proved() const { return check_ == BadgeCheck::ok; }

    const AdmissionQuestion& q_;
    const Agenda& agenda_;
    const SignedBadge* badge_;
    const BadgeCheck check_;
    const Session* session_ = nullptr;
    Verdict verdict_;
};

Verdict Decision::decide() {
    verdict_.person = person();
    verdict_.signature_only = !has_list();
    const auto list = list_with_age();
    verdict_.list_stale = list && is_stale(*list, q_.policy, q_.now);
    verdict_.clock_warned = clock_unset();
    session_ = session_counted();
    if (session_) verdict_.session = session_->id;

    if (badge_ && badge_refused()) return verdict_;
    if (list_refused()) return verdict_;
    const Registration* known = registration();
    if (known && (registration_refused(*known) || day_refused(*known))) return verdict_;
    if (q_.direction != Direction::exit) {
        if (session_refused() || window_refused()) return verdict_;
        if (known && known->attention && answer(VerdictKind::see_usher, Reason::attention))
            return verdict_;
        if (is_seen_again() || reentry_refused() || seats_refused() || code_refused())
            return verdict_;
    }
    admit();
    return verdict_;
}

/// Rows 1 to 4: the badge itself.
bool Decision::badge_refused() {
    const BadgeToken& token = badge_->token;
    const auto revoked = [&](std::uint8_t issue) {
        return q_.refusals.revokes(token.number, issue) &&
               answer(VerdictKind::refused, Reason::revoked);
    };
    if (q_.named_by_usher) return revoked(newest_issue());
    const auto refuse = [this](Reason reason) { return answer(VerdictKind::refused, reason); };
    if (check_ != BadgeCheck::ok && is_of_known_event()) return refuse(Reason::wrong_event);
    if (check_ == BadgeCheck::bad_signature) return refuse(Reason::bad_signature);
    if (check_ == BadgeCheck::unknown_key) return refuse(Reason::unknown_key);
    if (check_ == BadgeCheck::key_revoked) return refuse(Reason::key_revoked);
    if (token.event != q_.identity.event && refuse(Reason::wrong_event)) return true;
    const bool expired = !clock_unset() && day_of(q_.now) > token.valid_until;
    if (expired && refuse(Reason::badge_expired)) return true;
    if (revoked(token.issue)) return true;
    return !has_list() && q_.refusals.names(token.number, q_.identity.event) &&
           answer(VerdictKind::see_usher, Reason::refused_by_list);
}

/// Its keys are never ours, though their ids may be.
bool Decision::is_of_known_event() const {
    return std::ranges::any_of(q_.identity.known_events, [&](const KnownEvent& event) {
        return event.number == badge_->token.event &&
               std::ranges::any_of(event.badge_keys, [&](const VerifyKey& key) {
                   return is_signed_by(*badge_, key);
               });
    });
}

/// Rows 5 and 6: no guest list, or not on it.
bool Decision::list_refused() {
    if (registration()) return false;
    if (!badge_) return answer(VerdictKind::see_usher, Reason::unknown_code);
    return has_list() && answer(VerdictKind::see_usher, Reason::not_on_list);
}

/// Rows 7 and 8.
bool Decision::registration_refused(const Registration& registration) {
    if (badge_ && !q_.named_by_usher && badge_->token.issue < newest_issue() &&
        answer(VerdictKind::refused, Reason::badge_replaced))
        return true;
    switch (registration.status) {
        case RegistrationStatus::confirmed:
            return false;
        case RegistrationStatus::pending:
            return answer(VerdictKind::see_usher, Reason::pending);
        case RegistrationStatus::cancelled:
            return answer(VerdictKind::refused, Reason::cancelled);
        case RegistrationStatus::blocked:
            break;
    }
    return answer(VerdictKind::refused, Reason::blocked);
}

/// Row 9.
bool Decision::day_refused(const Registration& registration) {
    if (clock_unset()) return false;
    const bool begun = has_begun(registration.valid_from, q_.now, agenda_);
    if (begun && !has_ended(registration.valid_until, q_.now, agenda_)) return false;
    if (!answer(VerdictKind::refused, Reason::not_valid_today)) return false;
    const ValidityLimit& nearest = begun ? registration.valid_until : registration.valid_from;
    verdict_.valid_day = nearest.day;
    verdict_.valid_time = nearest.time;
    if (nearest.time) verdict_.valid_day = sys_days(to_local(*nearest.time, agenda_.timezone).date);
    return true;
}

/// Rows 10 and 11.
bool Decision::session_refused() {
    if (!session_) {
        if (!answer(VerdictKind::see_usher, Reason::no_session_here)) return false;
        if (const Session* next = next_session(agenda_, q_.identity.place, q_.now))
            verdict_.instead = next->id;
        return true;
    }
    if (!registration() || may_enter(*session_, *registration())) return false;
    if (!answer(VerdictKind::refused, Reason::wrong_session)) return false;
    if (const Session* instead = session_for_person()) {
        verdict_.instead = instead->id;
        verdict_.instead_is_open = instead->doors_open() <= q_.now;
    }
    return true;
}

/// Row 12. Whoever chooses a session opens its doors. Who is early is not refused, only not let in
/// yet.
bool Decision::window_refused() {
    if (!session_ || clock_unset()) return false;
    if (q_.now >= session_->ends) return answer(VerdictKind::refused, Reason::session_over);
    if (doors_opened_by_choice() || q_.now >= session_->doors_open() ||
        !answer(VerdictKind::see_usher, Reason::too_early))
        return false;
    verdict_.since = session_->doors_open();
    return true;
}

/// Row 14, before the policy: who was let in a moment ago and is still here did not come twice.
bool Decision::is_seen_again() {
    if (!session_ || !q_.seen_again) return false;
    const PersonState state = state_in(*session_);
    if (!state.attended || !state.inside || state.admitted_place != q_.identity.place) return false;
    verdict_.kind = VerdictKind::already_in;
    verdict_.reason = Reason::already_in;
    verdict_.since = state.admitted_at;
    verdict_.seen_again = true;
    return true;
}

/// Row 14.
bool Decision::reentry_refused() {
    if (!session_ || session_->reentry == Reentry::free) return false;
    const PersonState state = state_in(*session_);
    const bool has_left = session_->reentry == Reentry::after_exit && !state.inside;
    if (!state.attended || has_left || !answer(VerdictKind::already_in, Reason::already_in))
        return false;
    verdict_.since = state.admitted_at;
    return true;
}

/// Row 15, last. An usher looks at each, also at the next: whoever guesses the code comes with it.
bool Decision::code_refused() {
    const auto* code = std::get_if<ImportedCode>(&q_.code);
    if (!code || !code->guessable || q_.named_by_usher) return false;
    verdict_.kind = VerdictKind::see_usher;
    verdict_.reason = Reason::guessable_code;
    return true;
}

/// Row 15. Alone, this kiosk does not know how many the other doors let in: its own quota counts.
bool Decision::seats_refused() {
    if (!session_ || !has_list()) return false;
    const PlaceId place = q_.identity.place;
    const auto quota = session_->quota.find(place);
    const bool by_quota = !q_.hub_counts && quota != session_->quota.end();
    const bool full = by_quota ? q_.ledger.seated(session_->id, agenda_, place) >= quota->second
                               : session_->capacity != 0 &&
                                     q_.ledger.seated(session_->id, agenda_) >= session_->capacity;
    return full && answer(VerdictKind::see_usher, Reason::session_full);
}

/// Row 16, and the end of rows 5: what is left is let in, unless the list is too old to admit
/// anyone, or older than one that was here.
void Decision::admit() {
    const bool entering = q_.direction != Direction::exit;
    const bool by_signature = !has_list();
    const auto list = list_with_age();
    const bool expired = list && !q_.policy.expired_list_accepted &&
                         q_.now > expiry_of(*list, q_.policy, q_.identity);
    const bool in_doubt =
        expired || q_.policy.rolled_back || (by_signature && !q_.policy.admit_by_signature);
    if (entering && in_doubt && answer(VerdictKind::see_usher, Reason::signature_only)) return;
    verdict_.kind = VerdictKind::admitted;
    verdict_.reason = by_signature ? Reason::signature_only : Reason::ok;
}

/// False when an usher has already answered this for the person, and it still stands.
bool Decision::answer(VerdictKind kind, Reason reason) {
    if (stands_overridden(reason)) return false;
    verdict_.kind = kind;
    verdict_.reason = reason;
    return true;
}

bool Decision::stands_overridden(Reason reason) const {
    if (!override_may_stand(reason)) return false;
    std::optional<SessionId> session = verdict_.session;
    if (reason == Reason::attention) session.reset();
    const auto when = q_.ledger.overridden_at(verdict_.person, reason, session);
    const bool for_the_day = reason == Reason::attention || !session_;
    return when && (!for_the_day || day_of(*when) == day_of(q_.now));
}

Person Decision::person() const {
    Person person;
    if (!is_proved()) return person;
    if (const Registration* known = registration()) person.registration = known->id;
    if (badge_)
        person.badge = badge_->token.number;
    else
        person.code = std::get<ImportedCode>(q_.code).hash;
    return person;
}

/// Of this badge number, as far as anybody knows: the code, the list or a fact.
std::uint8_t Decision::newest_issue() const {
    const Registration* known = registration();
    return std::max({badge_->token.issue, known ? known->issue : std::uint8_t{0},
                     q_.ledger.newest_issue(badge_->token.number)});
}

/// Who leaves, leaves what they are in, however long ago it ended; whoever came in a moment ago and
/// is still here comes to nothing else meanwhile.
const Session* Decision::session_counted() const {
    const bool leaves = q_.direction == Direction::exit;
    const bool stays = q_.seen_again && !q_.chosen_session;
    const Session* inside = leaves || stays ? session_inside() : nullptr;
    if (inside && (leaves || q_.now < inside->ends)) return inside;
    return choose_session(agenda_, q_.identity.place, q_.now, q_.chosen_session,
                          [this](const Session& session) {
                              return SessionCandidate{.may_enter = may_enter_here(session),
                                                      .attended = state_in(session).attended};
                          });
}

const Session* Decision::session_inside() const {
    const Place* here = agenda_.find_place(q_.identity.place);
    const Session* inside = nullptr;
    std::optional<WallTime> entered;
    for (const Session& session : agenda_.sessions) {
        if (!here || !includes(here->rooms, session.room)) continue;
        const PersonState state = state_in(session);
        if (!state.inside || !state.attended || (entered && *entered >= *state.admitted_at))
            continue;
        inside = &session;
        entered = state.admitted_at;
    }
    return inside;
}

/// Where the person should be: a session whose doors are open, else one later today, else later;
/// those they registered for before those anyone may enter.
const Session* Decision::session_for_person() const {
    const Registration& person = *registration();
    const Session* found = nullptr;
    const auto rank = [&](const Session& session) {
        const bool open = session.doors_open() <= q_.now;
        const bool today = day_of(session.starts) == day_of(q_.now);
        const auto start = session.starts.time_since_epoch();
        return std::tuple(open, today, includes(person.sessions, session.id),
                          open ? start : -start);
    };
    for (const Session& session : agenda_.sessions) {
        if (session.ends <= q_.now || !may_enter(session, person)) continue;
        if (!found || rank(*found) < rank(session)) found = &session;
    }
    return found;
}

bool Decision::may_enter_here(const Session& session) const {
    return !registration() || may_enter(session, *registration());
}

PersonState Decision::state_in(const Session& session) const {
    return q_.ledger.state_of(verdict_.person, session, agenda_);
}

std::optional<ListInForce> Decision::list_with_age() const {
    if (!has_list() || !q_.replica_created || clock_unset()) return std::nullopt;
    return ListInForce{*q_.replica_revision, *q_.replica_created};
}

}  // namespace

std::variant<Verdict, StaffBadge> decide(const AdmissionQuestion& question) {
    ENSURE(!std::holds_alternative<OtherCode>(question.code));
    const auto* badge = std::get_if<SignedBadge>(&question.code);
    if (badge && question.staff_badge && check_of(question) == BadgeCheck::ok)
        return StaffBadge{badge->token.number};
    return Decision(question).decide();
}

bool is_stale(const ListInForce& list, const AdmissionPolicy& policy, WallTime now) {
    const auto limit = policy.list_stale_after;
    return policy.newest_list > list.revision || (limit.count() != 0 && now - list.created > limit);
}

WallTime expiry_of(const ListInForce& list, const AdmissionPolicy& policy,
                   const Identity& identity) {
    const auto limit = policy.list_expires_after;
    return limit.count() != 0 ? list.created + limit : identity.end();
}

bool may_enter(const Session& session, const Registration& registration) {
    switch (session.admits) {
        case Admits::everyone:
            return true;
        case Admits::registered:
            return includes(registration.sessions, session.id);
        case Admits::categories:
            break;
    }
    return includes(session.categories, registration.category);
}

}  // namespace hudoor::storage
