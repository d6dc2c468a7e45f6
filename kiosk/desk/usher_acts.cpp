// What an usher may do, and what becomes of it. Whatever is privileged is a fact before it is done.
#include <algorithm>
#include <set>
#include <span>
#include <tuple>

#include "config/fault.hpp"
#include "kiosk/desk/sighting.hpp"
#include "storage/decide/verdict_fact.hpp"
#include "storage/names/folding.hpp"

namespace hudoor::kiosk {

using namespace storage;

namespace {

constexpr std::size_t longest_note_bytes = 900;  // sealed it still fits into a fact
constexpr int lock_steps[] = {5, 8, 12};

Bytes seal_text(std::string text, const SealKey& reader) {
    std::size_t end = std::min(text.size(), longest_note_bytes);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;  // no half letter
    text.resize(end);
    return seal(as_bytes(text), reader);
}

}  // namespace

MayAdmit who_may_admit(VerdictKind kind, Reason reason) {
    if (reason == Reason::revoked || reason == Reason::blocked) return MayAdmit::nobody;
    if (kind == VerdictKind::already_in || kind == VerdictKind::see_usher) return MayAdmit::usher;
    return kind == VerdictKind::refused ? MayAdmit::supervisor : MayAdmit::nobody;
}

/// One order of the usher for whom the panel is open, or the worker's word on a PIN.
struct Desk::Obey {
    Desk& desk;
    UsherNumber by;

    [[nodiscard]] bool usher() const { return desk.is_unlocked(by); }
    [[nodiscard]] bool supervisor() const { return usher() && desk.is_supervisor(by); }
    template <typename News>
    void tell(News news) const {
        desk.news_.emplace_back(std::move(news));
    }

    void operator()(const TryPin&) const {}  // begin_pin's
    void operator()(const PinChecked& checked) const { desk.check_pin(by, checked); }
    void operator()(const Lock&) const {
        if (!usher()) return;
        desk.unlocked_usher_ = {};
        desk.approval_.reset();
    }
    void operator()(const EndApproval&) const {
        if (usher()) desk.approval_.reset();
    }

    void operator()(const OverrideRefusal& wish) const {
        tell(Done{usher() ? desk.admit_anyway(by, wish) : std::nullopt});
    }
    void operator()(const CheckIn& wish) const {
        tell(Done{usher() ? desk.check_in(by, wish) : std::nullopt});
    }
    void operator()(const TypedCode& wish) const {
        tell(Done{usher() ? desk.take_typed_code(by, wish) : std::nullopt});
    }
    void operator()(const AdmitGuest& wish) const {
        tell(Done{supervisor() ? desk.admit_guest(by, wish) : std::nullopt});
    }
    void operator()(const Undo& wish) const {
        tell(Undone{wish.fact, usher() && desk.undo(by, wish.fact)});
    }

    void operator()(const Restore& wish) const {
        tell(Done{usher() ? desk.restore(by, wish.fact) : std::nullopt});
    }
    void operator()(const WithdrawRefusal& wish) const {
        tell(Withdrawn{wish.refusal, usher() && desk.withdraw(by, wish.refusal)});
    }
    void operator()(const CallSupervisor&) const {
        if (usher()) desk.keep_act(by, ActCode::supervisor_called);
    }
    void operator()(const HandOver&) const {
        if (usher()) desk.keep_act(by, ActCode::hand_over);
    }

    void operator()(const AddNote& wish) const {
        if (usher() && !wish.text.empty()) desk.add_note(by, wish);
    }
    void operator()(const ChooseSession& wish) const {
        if (supervisor()) desk.choose_session(by, wish);
    }
    void operator()(const ChooseDirection& wish) const {
        if (supervisor())
            desk.keep_act(by, ActCode::direction,
                          [&](Fact& fact) { fact.direction = wish.direction; });
    }
    void operator()(const SetService& wish) const {
        if (supervisor())
            desk.keep_act(by, wish.in_service ? ActCode::in_service : ActCode::out_of_service);
    }
    void operator()(const AcceptList&) const {
        if (supervisor()) desk.accept_edition(by);
    }
    void operator()(const BeginAct& wish) const {
        if (supervisor())
            desk.begin_act(by, wish.act);
        else
            tell(ActBegun{by, wish.act, {}, false});
    }
    /// Whoever the panel is open for by now: it was begun by somebody who might.
    void operator()(const EndAct& end) const { desk.end_act(end); }

    void operator()(const DescribePeople& wish) const {
        tell(usher() ? desk.describe(wish) : PeopleFound{wish.query, {}});
    }
    void operator()(const ListInside&) const {
        if (supervisor() && desk.keep_act(by, ActCode::evacuation_shown).has_value())
            tell(desk.everybody_inside());
    }
};

void Desk::obey(const Order& order) { std::visit(Obey{*this, order.by}, order.wish); }

std::vector<DeskNews> Desk::take_news() { return std::exchange(news_, {}); }

bool Desk::is_unlocked(UsherNumber usher) const {
    const bool lends_page =
        approval_ && approval_->refusal.is_zero() && approval_->supervisor == usher;
    return usher != UsherNumber{} && (usher == unlocked_usher_ || lends_page);
}

bool Desk::is_supervisor(UsherNumber usher) const {
    const auto known = replica() ? replica()->find_usher(usher) : std::nullopt;
    return known && known->role == UsherRole::supervisor;
}

std::optional<FactId> Desk::keep_act(UsherNumber by, ActCode act,
                                     const std::function<void(Fact&)>& fill) {
    Fact fact;
    fact.kind = FactKind::act;
    fact.act = act;
    fact.usher = by;
    fact.replica_revision = replica_revision();
    if (fill) fill(fact);
    const StoredFact stored = chain_.append(std::move(fact));
    if (!keep(stored).durable) return std::nullopt;
    return stored.fact.id;
}

void Desk::accept_edition(UsherNumber by) {
    keep_act(by, ActCode::list_accepted,
             [this](Fact& fact) { fact.payload = encode_edition(in_force().edition()); });
}

/// The intent first. Where no device takes facts the deed goes on without it: a kiosk that can keep
/// nothing must still give its records away and be closed.
void Desk::begin_act(UsherNumber by, ActCode act) {
    const auto intent = keep_act(by, act);
    if (intent) open_acts_.push_back({*intent, by, act});
    news_.emplace_back(ActBegun{by, act, intent.value_or(FactId{}), true});
}

void Desk::end_act(const EndAct& end) {
    const auto open = std::find_if(open_acts_.begin(), open_acts_.end(),
                                   [&](const OpenAct& one) { return one.intent == end.intent; });
    if (open == open_acts_.end()) return;
    keep_act(open->by, ActCode::outcome, [&](Fact& fact) {
        fact.reference = end.intent;
        fact.argument = static_cast<std::uint32_t>(end.outcome);
        if (open->act == ActCode::update_taken) fact.payload = encode_edition(in_force().edition());
    });
    open_acts_.erase(open);
}

PinLock Desk::pin_lock(UsherNumber usher, const PinUse& use) const {
    const UsherRole role = is_supervisor(usher) ? UsherRole::supervisor : UsherRole::usher;
    return knowledge_.kiosk_acts.pin_lock({usher, use.by_badge}, role, clock_.wall());
}

std::optional<std::string> Desk::begin_pin(UsherNumber usher, const PinUse& use) {
    const auto known = replica() ? replica()->find_usher(usher) : std::nullopt;
    const PinLock lock = pin_lock(usher, use);
    if (lock.is_open()) return known ? known->pin_hash : std::string();
    news_.emplace_back(PinNews{.usher = usher, .lock = lock});
    return std::nullopt;
}

/// What a supervisor's PIN opens on another's panel never makes the panel theirs.
PinNews Desk::open_for(UsherNumber usher, const PinUse& use) {
    const bool supervisor = is_supervisor(usher), lends = use.on_panel_of != UsherNumber{};
    PinNews news{.usher = usher, .supervisor = supervisor, .lock = {}};
    news.needs_supervisor = (use.supervisor_only || lends) && !supervisor;
    if (news.needs_supervisor || (lends && use.on_panel_of != unlocked_usher_)) return news;
    const auto role = supervisor ? UsherRole::supervisor : UsherRole::usher;
    news.opened = keep_act(usher, ActCode::unlocked, [&](Fact& fact) {
                      fact.argument = static_cast<std::uint32_t>(role);
                      fact.reference = use.refusal;
                  }).has_value();
    news.approved = news.opened && lends;
    if (!news.opened) return news;
    approval_.reset();
    if (lends)
        approval_ = Approval{usher, use.refusal, clock_.monotonic()};
    else
        unlocked_usher_ = usher;
    return news;
}

void Desk::check_pin(UsherNumber usher, const PinChecked& checked) {
    if (checked.right) {
        news_.emplace_back(open_for(usher, checked.use));
        return;
    }
    const bool by_badge = checked.use.by_badge;
    keep_act(usher, ActCode::pin_wrong,
             [&](Fact& fact) { fact.argument = by_badge ? pin_by_badge : 0; });
    const int misses = knowledge_.kiosk_acts.misses({usher, by_badge});
    if (std::find(std::begin(lock_steps), std::end(lock_steps), misses) != std::end(lock_steps))
        keep_act(usher, ActCode::pin_locked,
                 [&](Fact& fact) { fact.argument = static_cast<std::uint32_t>(misses); });
    news_.emplace_back(
        PinNews{.usher = usher, .wrong = true, .lock = pin_lock(usher, checked.use)});
}

/// By the badge whose number the list has, and its newest issue: which one they carry, nobody saw.
Desk::Sighting Desk::name_person(const Registration& person, Method method, UsherNumber by) const {
    Sighting sighting{.code = ImportedCode{person.code},
                      .at = clock_.wall(),
                      .method = method,
                      .usher = by,
                      .entered = clock_.monotonic()};
    if (!person.badge.is_zero()) {
        SignedBadge badge;
        badge.token.number = person.badge;
        badge.token.issue = std::max(person.issue, knowledge_.ledger.newest_issue(person.badge));
        badge.token.event = identity().event;
        sighting.code = badge;
    }
    sighting.registration = person;
    return sighting;
}

std::optional<Answer> Desk::check_in(UsherNumber by, const CheckIn& wish) {
    const auto person = replica() ? replica()->find(wish.who) : std::nullopt;
    if (!person || !knowledge_.kiosk_acts.in_service()) return std::nullopt;
    return settle(name_person(*person, Method::search, by));
}

std::optional<Answer> Desk::take_typed_code(UsherNumber by, const TypedCode& wish) {
    const auto number = parse_typed_code(wish.text);
    if (!number || !replica() || !knowledge_.kiosk_acts.in_service()) return std::nullopt;
    Registration nobody;
    nobody.badge = *number;
    const auto person = replica()->find(*number);
    Sighting sighting = name_person(person.value_or(nobody), Method::typed, by);
    sighting.registration = person;
    return settle(std::move(sighting));
}

/// Once: it is spent by the first answer to any refusal.
UsherNumber Desk::take_approval(const FactId& refusal) {
    if (!approval_ || approval_->refusal.is_zero()) return {};
    const auto approval = std::exchange(approval_, {});
    const bool holds =
        approval->refusal == refusal && clock_.monotonic() - approval->since <= approval_lasts;
    return holds ? approval->supervisor : UsherNumber{};
}

std::optional<Answer> Desk::admit_anyway(UsherNumber by, const OverrideRefusal& wish) {
    const UsherNumber approver = take_approval(wish.refusal);
    Refusal* refusal = find_refusal(wish.refusal);
    if (!refusal || refusal->answered_by || wish.reason == Override::none) return std::nullopt;
    if (!knowledge_.kiosk_acts.in_service()) return std::nullopt;
    if (is_barred(refusal->fact, refusal->person)) return std::nullopt;
    const MayAdmit may = who_may_admit(refusal->fact.verdict, refusal->fact.reason);
    const bool needs_approval = may == MayAdmit::supervisor && !is_supervisor(by);
    if (may == MayAdmit::nobody || (needs_approval && approver == UsherNumber{}))
        return std::nullopt;

    Fact fact = make_override(refusal->fact, wish.reason, by);
    if (needs_approval) approve(fact, approver);
    if (!is_of_proved_badge(fact.reason))  // somebody is inside then, whoever it is
        fact.registration.bytes = make_uuid_v7(clock_.wall().time_since_epoch().count());
    Sighting sighting{.code = OtherCode{},
                      .at = clock_.wall(),
                      .method = fact.method,
                      .usher = by,
                      .entered = clock_.monotonic(),
                      .answers = wish.refusal};
    sighting.registration = refusal->person;
    sighting.verdict.kind = VerdictKind::admitted;
    sighting.verdict.reason = Reason::ok;
    sighting.verdict.session = fact.session;
    Answer answer = answer_with(sighting, fact);
    if (answer.stored) refusal->answered_by = answer.fact;
    return answer;
}

std::optional<Answer> Desk::admit_guest(UsherNumber by, const AdmitGuest& wish) {
    if (wish.name.empty() || !knowledge_.kiosk_acts.in_service()) return std::nullopt;
    Sighting sighting{.code = OtherCode{},
                      .at = clock_.wall(),
                      .method = Method::typed,
                      .usher = by,
                      .entered = clock_.monotonic()};
    Fact guest;
    guest.kind = FactKind::guest;
    guest.registration.bytes = make_uuid_v7(sighting.at.time_since_epoch().count());
    guest.argument = static_cast<std::uint32_t>(wish.category);
    guest.usher = by;
    guest.payload = seal_text(wish.name, identity().organiser_seal);
    if (!keep(chain_.append(guest)).durable) return std::nullopt;

    const Session* session = session_on_sign(identity().agenda, identity().place, sighting.at,
                                             chosen_session(sighting.at));
    sighting.verdict.kind = VerdictKind::admitted;
    sighting.verdict.reason = Reason::ok;
    if (session) sighting.verdict.session = session->id;
    const Fact fact =
        make_guest_admission(guest.registration, sighting.verdict.session, by, replica_revision());
    Answer answer = answer_with(sighting, fact);
    (is_arabic(wish.name) ? answer.name.ar : answer.name.en) = wish.name;
    return answer;
}

Desk::Passed* Desk::find_passed(const FactId& fact) {
    const auto passed = std::find_if(passed_.begin(), passed_.end(),
                                     [&](const Passed& one) { return one.fact.id == fact; });
    return passed == passed_.end() ? nullptr : &*passed;
}

Desk::Refusal* Desk::find_refusal(const FactId& fact) {
    const auto refusal = std::find_if(refusals_.begin(), refusals_.end(),
                                      [&](const Refusal& one) { return one.fact.id == fact; });
    return refusal == refusals_.end() ? nullptr : &*refusal;
}

bool Desk::is_barred(const Fact& fact, const std::optional<Registration>& person) const {
    const bool revoked = !fact.badge.is_zero() && is_of_proved_badge(fact.reason) &&
                         in_force().refusals.revokes(fact.badge, fact.issue);
    return revoked || (person && person->status == RegistrationStatus::blocked);
}

bool Desk::is_superseded(const Passed& passed) const {
    const auto is_same = [](const auto& a, const auto& b) { return !a.is_zero() && a == b; };
    return std::ranges::any_of(passed_, [&](const Passed& one) {
        const Fact &a = one.fact, &b = passed.fact;
        const bool same = is_same(a.registration, b.registration) || is_same(a.badge, b.badge) ||
                          is_same(a.code, b.code) || is_same(one.answers, passed.answers);
        return one.undone.is_zero() && same && a.hlc > b.hlc;
    });
}

bool Desk::undo(UsherNumber by, const FactId& fact) {
    Passed* passed = find_passed(fact);
    if (!passed || !passed->undone.is_zero()) return false;
    const bool own = passed->fact.usher == by && clock_.monotonic() - passed->at <= undo_lasts;
    if (!own && !is_supervisor(by)) return false;
    const StoredFact undone = chain_.append(make_undone(fact, by));
    if (!keep(undone).durable) return false;
    passed->undone = undone.fact.id;
    passed->undone_by = by;
    passed->at = clock_.monotonic();
    for (Refusal& refusal : refusals_)
        if (refusal.answered_by == fact) refusal.answered_by.reset();
    return true;
}

/// By whoever undid it, within a minute, or a supervisor.
std::optional<Answer> Desk::restore(UsherNumber by, const FactId& fact) {
    const Passed* passed = find_passed(fact);
    if (!passed || passed->undone.is_zero() || is_superseded(*passed)) return std::nullopt;
    if (!knowledge_.kiosk_acts.in_service()) return std::nullopt;
    if (passed->fact.kind == FactKind::admitted && is_barred(passed->fact, passed->person))
        return std::nullopt;
    const bool own = passed->undone_by == by && clock_.monotonic() - passed->at <= undo_lasts;
    if (!own && !is_supervisor(by)) return std::nullopt;
    Sighting sighting{.code = OtherCode{},
                      .at = clock_.wall(),
                      .method = passed->fact.method,
                      .usher = by,
                      .entered = clock_.monotonic(),
                      .answers = passed->answers};
    sighting.registration = passed->person;
    sighting.verdict.kind = VerdictKind::admitted;
    sighting.verdict.reason = Reason::ok;
    sighting.verdict.session = passed->fact.session;
    const Fact again = make_restored(passed->fact, passed->undone, by);
    Answer answer = answer_with(sighting, again);
    if (!answer.stored) return answer;
    if (Refusal* refusal = find_refusal(answer.answers)) refusal->answered_by = answer.fact;
    std::erase_if(passed_, [&](const Passed& one) { return one.fact.id == fact; });
    return answer;
}

/// Its words alone: nobody is admitted by it.
bool Desk::withdraw(UsherNumber by, const FactId& refusal) {
    Refusal* known = find_refusal(refusal);
    if (!known || known->withdrawn) return false;
    known->withdrawn = keep_act(by, ActCode::refusal_withdrawn, [&](Fact& fact) {
                           fact.reference = refusal;
                       }).has_value();
    return known->withdrawn;
}

void Desk::add_note(UsherNumber by, const AddNote& wish) {
    Fact note;
    note.kind = FactKind::note;
    note.reference = wish.about;
    note.usher = by;
    note.payload = seal_text(wish.text, identity().organiser_seal);
    keep(chain_.append(std::move(note)));
}

void Desk::choose_session(UsherNumber by, const ChooseSession& wish) {
    if (!wish.session) {
        keep_act(by, ActCode::follow_agenda);
        return;
    }
    const Session* session = identity().agenda.find_session(*wish.session);
    if (session && clock_.wall() < session->ends)
        keep_act(by, ActCode::session_chosen, [&](Fact& fact) { fact.session = session->id; });
}

}  // namespace hudoor::kiosk
