#include "storage/decide/admission.hpp"

#include <functional>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/event_fixture.hpp"

namespace hudoor::test {

using namespace storage;
using namespace std::chrono_literals;
using std::chrono::sys_days;

namespace {

constexpr sys_days fourth{std::chrono::year(2026) / 12 / 4};
constexpr std::chrono::days one_day{1};

/// Delegate 1 at the north entrance at 09:20 for the opening, everything in order; tests spoil what
/// they are about.
struct Scan {
    EventFixture event;
    Registration delegate = event.delegate(1);
    BadgeToken token = event.token(delegate);
    std::optional<Code> code;  ///< instead of the token's badge
    std::optional<Registration> registration = delegate;
    Ledger ledger;
    AdmissionPolicy policy;
    std::optional<std::uint64_t> replica_revision = 3;
    WallTime replica_created = dubai(4, 8, 0);
    std::optional<SessionId> chosen;
    bool opens_doors = false;
    Direction direction = Direction::entry;
    bool staff = false;
    bool named = false;
    bool hub = false;
    bool again = false;
    ClockQuality clock = ClockQuality::synced;
    WallTime now = dubai(4, 9, 20);

    std::variant<Verdict, StaffBadge> ask() const {
        const Code shown = code ? *code : Code(event.sign(token));
        AdmissionQuestion question{.code = shown,
                                   .registration = registration,
                                   .identity = event.identity,
                                   .refusals = event.refusals,
                                   .ledger = ledger,
                                   .policy = policy,
                                   .replica_revision = replica_revision,
                                   .replica_created = {},
                                   .chosen_session = chosen,
                                   .choice_opens_doors = opens_doors,
                                   .direction = direction,
                                   .staff_badge = staff,
                                   .named_by_usher = named,
                                   .seen_again = again,
                                   .hub_counts = hub,
                                   .clock_quality = clock,
                                   .now = now};
        if (replica_revision) question.replica_created = replica_created;
        return decide(question);
    }
    Verdict verdict() const { return std::get<Verdict>(ask()); }

    Session& session(SessionId id) {
        for (Session& session : event.identity.agenda.sessions)
            if (session.id == id) return session;
        FAIL("no such session");
        return event.identity.agenda.sessions.front();
    }
    void happened(const Fact& fact) { ledger.add(fact, hash_fact(encode_fact(fact))); }
    Fact admitted(SessionId id, WallTime at) {
        Fact fact = make_fact(FactKind::admitted, delegate, id, at);
        happened(fact);
        return fact;
    }
    void left(SessionId id, WallTime at) { happened(make_fact(FactKind::left, delegate, id, at)); }
    /// An usher let the person in against this reason.
    Fact overridden(Reason reason, SessionId id, WallTime at) {
        Fact fact = make_fact(FactKind::admitted, delegate, id, at);
        if (!registration) fact.registration = {};
        fact.reason = reason;
        fact.override_reason = Override::other;
        fact.usher = UsherNumber{12};
        happened(fact);
        return fact;
    }

    void lose_list() {
        replica_revision.reset();
        registration.reset();
    }
    void be_absent() { registration.reset(); }
    void show_imported_code() {
        const CodeHash hash = hash_code("imported", event.code_key.view());
        code = ImportedCode{hash};
    }
};

void check(const Verdict& verdict, VerdictKind kind, Reason reason) {
    CHECK(std::string(name_of(verdict.kind)) == std::string(name_of(kind)));
    CHECK(std::string(name_of(verdict.reason)) == std::string(name_of(reason)));
}

/// One row of the table: how to make it apply.
struct Row {
    int number;
    Reason reason;
    VerdictKind kind;
    std::function<void(Scan&)> spoil;
};

void forge(Scan& scan) {
    SignedBadge forged = scan.event.sign(scan.token);
    forged.signature[5] ^= 1;
    scan.code = forged;
}

/// Rows that may apply together at one scan of a badge on the list, in the order of the table.
const std::vector<Row>& rows() {
    using K = VerdictKind;
    using R = Reason;
    static const std::vector<Row> all{
        {1, R::bad_signature, K::refused, forge},
        {2, R::wrong_event, K::refused, [](Scan& s) { s.token.event = EventNumber{8}; }},
        {3, R::badge_expired, K::refused,
         [](Scan& s) { s.token.valid_until = fourth - 1 * one_day; }},
        {4, R::revoked, K::refused,
         [](Scan& s) { s.event.refusals.badges[s.delegate.badge] = 255; }},
        {7, R::badge_replaced, K::refused, [](Scan& s) { s.registration->issue = 2; }},
        {8, R::cancelled, K::refused,
         [](Scan& s) { s.registration->status = RegistrationStatus::cancelled; }},
        {9, R::not_valid_today, K::refused,
         [](Scan& s) { s.registration->valid_from = fourth + 1 * one_day; }},
        {11, R::wrong_session, K::refused, [](Scan& s) { s.registration->sessions = {workshop}; }},
        {12, R::too_early, K::see_usher, [](Scan& s) { s.session(opening).doors = 5min; }},
        {13, R::attention, K::see_usher, [](Scan& s) { s.registration->attention = true; }},
        {14, R::already_in, K::already_in, [](Scan& s) { s.admitted(opening, dubai(4, 9, 12)); }},
        {15, R::session_full, K::see_usher,
         [](Scan& s) {
             s.session(opening).quota = {{north, 0}};
         }},
        {16, R::ok, K::admitted, [](Scan&) {}}};
    return all;
}

}  // namespace

TEST_CASE(
    "row 0: a staff badge asks for the PIN and decides nothing, even if it would be refused") {
    Scan scan;
    scan.staff = true;
    scan.token.event = EventNumber{99};
    REQUIRE(std::holds_alternative<StaffBadge>(scan.ask()));
    CHECK(std::get<StaffBadge>(scan.ask()).badge == scan.delegate.badge);
}

TEST_CASE("I-23, row 0: a staff badge that nobody signed opens no pad") {
    Scan scan;
    scan.staff = true;
    forge(scan);
    check(scan.verdict(), VerdictKind::refused, Reason::bad_signature);
}

TEST_CASE("each row alone gives its reason and verdict") {
    for (const Row& row : rows()) {
        Scan scan;
        row.spoil(scan);
        CAPTURE(row.number);
        check(scan.verdict(), row.kind, row.reason);
    }
}

TEST_CASE("of any two rows that apply the first one wins") {
    for (std::size_t first = 0; first < rows().size(); ++first)
        for (std::size_t second = first + 1; second < rows().size(); ++second) {
            Scan scan;
            rows()[second].spoil(scan);
            rows()[first].spoil(scan);
            CAPTURE(rows()[first].number, rows()[second].number);
            check(scan.verdict(), rows()[first].kind, rows()[first].reason);
        }
}

TEST_CASE("I-12, row 1 bad_signature: a forged badge is refused and names no registration") {
    Scan scan;
    forge(scan);
    check(scan.verdict(), VerdictKind::refused, Reason::bad_signature);
    CHECK(scan.verdict().person.registration.is_zero());
    CHECK(scan.verdict().person == Person{});
}

TEST_CASE(
    "I-12, row 1: what a forged badge's number has done and may do decides nothing about it") {
    Scan plain;
    forge(plain);
    Scan known;
    forge(known);
    known.admitted(test::opening, dubai(4, 9, 15));
    CHECK(known.verdict().session == plain.verdict().session);
    known.registration->sessions = {test::workshop};
    CHECK(known.verdict().session == plain.verdict().session);
}

TEST_CASE("F30, row 1 unknown_key: a badge of a key we do not have is refused") {
    Scan scan;
    scan.token.key_id = 9;
    check(scan.verdict(), VerdictKind::refused, Reason::unknown_key);
}

TEST_CASE(
    "F30, row 1 key_revoked: a badge of a revoked key is refused though its signature holds") {
    Scan scan;
    scan.token.key_id = 2;
    scan.code = parse_badge(make_badge_text(scan.token, scan.event.old_badge_key)).value();
    check(scan.verdict(), VerdictKind::refused, Reason::key_revoked);
}

TEST_CASE("F30, row 1: an old key that is not revoked stays good to the badge's own date") {
    Scan scan;
    scan.event.identity.badge_keys[1].revoked = false;
    scan.token.key_id = 2;
    scan.code = parse_badge(make_badge_text(scan.token, scan.event.old_badge_key)).value();
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 3 badge_expired: a badge is good on its last day, by the event's own midnight") {
    Scan scan;
    scan.token.valid_until = fourth;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.now = dubai(5, 0, 1);  // still the 4th in UTC
    check(scan.verdict(), VerdictKind::refused, Reason::badge_expired);
}

TEST_CASE(
    "I-13, row 4 revoked: the list beats a good signature for the named issue and those before") {
    Scan scan;
    scan.event.refusals.badges[scan.delegate.badge] = 1;
    check(scan.verdict(), VerdictKind::refused, Reason::revoked);
    scan.token.issue = 2;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("I-13, row 4 revoked: also without a guest list") {
    Scan scan;
    scan.lose_list();
    scan.event.refusals.badges[scan.delegate.badge] = 1;
    check(scan.verdict(), VerdictKind::refused, Reason::revoked);
}

TEST_CASE("row 5 signature_only: without a guest list a good signature admits, marked as such") {
    Scan scan;
    scan.lose_list();
    const Verdict verdict = scan.verdict();
    check(verdict, VerdictKind::admitted, Reason::signature_only);
    CHECK(verdict.signature_only);
    CHECK(verdict.session == opening);
    CHECK(verdict.person == Person{{}, scan.delegate.badge, {}});
}

TEST_CASE("row 5 signature_only: by setting the usher decides") {
    Scan scan;
    scan.lose_list();
    scan.policy.admit_by_signature = false;
    check(scan.verdict(), VerdictKind::see_usher, Reason::signature_only);
}

TEST_CASE("row 5: without a guest list rows 10, 12 and 14 still hold") {
    Scan scan;
    scan.lose_list();
    SECTION("row 10") {
        scan.now = dubai(4, 12, 45);
        check(scan.verdict(), VerdictKind::see_usher, Reason::no_session_here);
    }
    SECTION("row 12") {
        scan.now = dubai(4, 9, 0);
        check(scan.verdict(), VerdictKind::see_usher, Reason::too_early);
    }
    SECTION("row 14") {
        Fact fact = make_fact(FactKind::admitted, scan.delegate, opening, dubai(4, 9, 15));
        fact.registration = {};
        scan.happened(fact);
        check(scan.verdict(), VerdictKind::already_in, Reason::already_in);
        CHECK(scan.verdict().since == dubai(4, 9, 15));
    }
    SECTION("row 14, and the list came back meanwhile") {
        Fact fact = make_fact(FactKind::admitted, scan.delegate, opening, dubai(4, 9, 15));
        fact.registration = {};
        scan.happened(fact);
        scan.replica_revision = 3;
        scan.registration = scan.delegate;
        check(scan.verdict(), VerdictKind::already_in, Reason::already_in);
    }
}

TEST_CASE("row 5: without a guest list no seats are counted") {
    Scan scan;
    scan.lose_list();
    scan.session(opening).quota = {{north, 0}};
    check(scan.verdict(), VerdictKind::admitted, Reason::signature_only);
}

TEST_CASE("row 5: without a guest list an imported code proves nothing") {
    Scan scan;
    scan.lose_list();
    scan.code = ImportedCode{};
    check(scan.verdict(), VerdictKind::see_usher, Reason::unknown_code);
    CHECK(scan.verdict().signature_only);
}

TEST_CASE("row 6 not_on_list: a good signature of somebody absent goes to the usher") {
    Scan scan;
    scan.be_absent();
    check(scan.verdict(), VerdictKind::see_usher, Reason::not_on_list);
    CHECK_FALSE(scan.verdict().signature_only);
}

TEST_CASE(
    "row 6 unknown_code: the shape of an imported code without a registration goes to the usher") {
    Scan scan;
    scan.be_absent();
    scan.show_imported_code();
    check(scan.verdict(), VerdictKind::see_usher, Reason::unknown_code);
}

TEST_CASE(
    "a code that is easily guessed is an usher's tap, each time, and nothing for who leaves") {
    Scan scan;
    scan.show_imported_code();
    std::get<ImportedCode>(*scan.code).guessable = true;
    scan.session(opening).reentry = Reentry::free;
    check(scan.verdict(), VerdictKind::see_usher, Reason::guessable_code);
    scan.overridden(Reason::guessable_code, opening, dubai(4, 9, 15));
    check(scan.verdict(), VerdictKind::see_usher, Reason::guessable_code);
    scan.direction = Direction::exit;
    CHECK(scan.verdict().kind == VerdictKind::admitted);
}

TEST_CASE("row 6: an imported code on the list is admitted without any badge") {
    Scan scan;
    scan.show_imported_code();
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    CHECK(scan.verdict().person.registration == scan.delegate.id);
    CHECK(scan.verdict().person.badge.is_zero());
}

TEST_CASE(
    "row 7 badge_replaced: a newer issue than the list's is accepted and the older then refused") {
    Scan scan;
    scan.token.issue = 2;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    Fact accepted = make_fact(FactKind::admitted, scan.delegate, workshop, dubai(4, 9, 15));
    accepted.issue = 2;
    scan.happened(accepted);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.token.issue = 1;
    check(scan.verdict(), VerdictKind::refused, Reason::badge_replaced);
}

TEST_CASE("rows 1 to 3 and 7: whom an usher names shows no paper, so none is forged, late or old") {
    Scan scan;
    scan.named = true;
    Fact accepted = make_fact(FactKind::admitted, scan.delegate, workshop, dubai(4, 9, 15));
    accepted.issue = 2;
    scan.happened(accepted);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.registration->issue = 3;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.token.event = EventNumber{8};
    scan.token.valid_until = fourth - 1 * one_day;
    forge(scan);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("I-13, row 4 revoked: whom an usher names is as revoked as their newest badge") {
    Scan scan;
    scan.named = true;
    scan.event.refusals.badges[scan.delegate.badge] = 1;
    check(scan.verdict(), VerdictKind::refused, Reason::revoked);
    Fact accepted = make_fact(FactKind::admitted, scan.delegate, workshop, dubai(4, 9, 15));
    accepted.issue = 2;
    scan.happened(accepted);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.event.refusals.badges[scan.delegate.badge] = 255;
    check(scan.verdict(), VerdictKind::refused, Reason::revoked);
}

TEST_CASE("row 4 refused_by_list: without a guest list whom the refusal list names sees an usher") {
    Scan scan;
    const auto named = [&](unsigned n, EventNumber event) {
        scan.event.refusals.people = {name_refused(scan.event.delegate(n).badge, event)};
    };
    named(1, demo_event);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);  // the guest list knows better
    scan.lose_list();
    check(scan.verdict(), VerdictKind::see_usher, Reason::refused_by_list);
    scan.overridden(Reason::refused_by_list, opening, dubai(4, 9, 15));
    check(scan.verdict(), VerdictKind::see_usher, Reason::refused_by_list);  // each time
    scan.event.refusals.badges[scan.delegate.badge] = 255;
    check(scan.verdict(), VerdictKind::refused, Reason::revoked);
    scan.event.refusals.badges.clear();
    SECTION("another person") { named(2, demo_event); }
    SECTION("another event") { named(1, EventNumber{8}); }
    scan.ledger = {};
    check(scan.verdict(), VerdictKind::admitted, Reason::signature_only);
}

TEST_CASE("row 2 wrong_event: of an event that is known, whatever key it calls its own") {
    Scan scan;
    const SigningKey theirs(test_secret("another event's badges"));
    const EventNumber other{9};
    BadgeToken token{.key_id = 1,
                     .number = scan.delegate.badge,
                     .event = other,
                     .issue = 1,
                     .valid_until = fourth};
    SECTION("a key of ours has the same id") {}
    SECTION("one that is revoked") { token.key_id = 2; }
    SECTION("no key of ours has it") { token.key_id = 77; }
    scan.code = parse_badge(make_badge_text(token, theirs)).value();
    const Verdict before = scan.verdict();
    CHECK((before.reason == Reason::bad_signature || before.reason == Reason::unknown_key));
    scan.event.identity.known_events = {
        {EventNumber{8}, {}, {theirs.verify_key()}},
        {other, {"قمة", "Last year"}, {scan.event.badge_key.verify_key(), theirs.verify_key()}}};
    check(scan.verdict(), VerdictKind::refused, Reason::wrong_event);
    CHECK(scan.verdict().person == Person{});  // the number is theirs, not ours
    // Neither forged in its name, nor in ours by their key.
    auto forged = std::get<SignedBadge>(*scan.code);
    forged.signature[5] ^= 1;
    scan.code = forged;
    check(scan.verdict(), VerdictKind::refused, before.reason);
    token.event = demo_event;
    scan.code = parse_badge(make_badge_text(token, theirs)).value();
    check(scan.verdict(), VerdictKind::refused, before.reason);
}

TEST_CASE("row 8 blocked and pending: refused, and to the usher") {
    Scan scan;
    scan.registration->status = RegistrationStatus::blocked;
    check(scan.verdict(), VerdictKind::refused, Reason::blocked);
    scan.registration->status = RegistrationStatus::pending;
    check(scan.verdict(), VerdictKind::see_usher, Reason::pending);
}

TEST_CASE("row 3 badge_expired: the night belongs to the day it began, as long as the day does") {
    Scan scan;
    scan.event.identity.agenda.day_starts = 4h;
    scan.session(opening).ends = dubai(5, 5, 0);
    scan.token.valid_until = fourth;
    scan.now = dubai(5, 3, 59);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.now = dubai(5, 4, 0);
    check(scan.verdict(), VerdictKind::refused, Reason::badge_expired);
}

TEST_CASE("row 9 not_valid_today: the night belongs to the day it began") {
    Scan scan;
    scan.event.identity.agenda.day_starts = 4h;
    scan.session(opening).ends = dubai(5, 5, 0);
    scan.token.valid_until = fourth + one_day;
    scan.now = dubai(5, 0, 30);
    SECTION("until its end") { scan.registration->valid_until = fourth; }
    SECTION("and not the next") { scan.registration->valid_from = fourth + one_day; }
    const bool first = scan.registration->valid_until == fourth;
    CHECK(scan.verdict().reason == (first ? Reason::ok : Reason::not_valid_today));
    scan.now = dubai(5, 4, 0);
    CHECK(scan.verdict().reason == (first ? Reason::not_valid_today : Reason::ok));
}

TEST_CASE("row 9 not_valid_today: a time of day holds to the minute") {
    Scan scan;
    const Agenda& agenda = scan.event.identity.agenda;
    scan.registration->valid_from = ValidityLimit(dubai(4, 9, 20), agenda);
    scan.registration->valid_until = ValidityLimit(dubai(4, 9, 40), agenda);
    const auto reason_at = [&](WallTime now) {
        scan.now = now;
        return scan.verdict().reason;
    };
    CHECK(reason_at(dubai(4, 9, 20) - 1ms) == Reason::not_valid_today);
    CHECK(scan.verdict().valid_day == fourth);
    CHECK(scan.verdict().valid_time == dubai(4, 9, 20));
    CHECK(reason_at(dubai(4, 9, 20)) == Reason::ok);
    CHECK(reason_at(dubai(4, 9, 41) - 1ms) == Reason::ok);
    CHECK(reason_at(dubai(4, 9, 41)) == Reason::not_valid_today);
    CHECK(scan.verdict().valid_time == dubai(4, 9, 40));
}

TEST_CASE("row 9 not_valid_today: names the nearest valid day") {
    Scan scan;
    scan.registration->valid_from = fourth + 1 * one_day;
    scan.registration->valid_until = fourth + 2 * one_day;
    check(scan.verdict(), VerdictKind::refused, Reason::not_valid_today);
    CHECK(scan.verdict().valid_day == fourth + 1 * one_day);
    scan.registration->valid_from = fourth - 2 * one_day;
    scan.registration->valid_until = fourth - 1 * one_day;
    check(scan.verdict(), VerdictKind::refused, Reason::not_valid_today);
    CHECK(scan.verdict().valid_day == fourth - 1 * one_day);
    scan.registration->valid_until = fourth;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 10 no_session_here: names the next one at this place") {
    Scan scan;
    scan.now = dubai(4, 12, 45);
    check(scan.verdict(), VerdictKind::see_usher, Reason::no_session_here);
    CHECK(scan.verdict().session == SessionId{});
    CHECK(scan.verdict().instead == closing);
    scan.now = dubai(5, 17, 0);
    CHECK_FALSE(scan.verdict().instead);
}

TEST_CASE("row 10 comes after row 9 and before row 13") {
    Scan scan;
    scan.now = dubai(4, 12, 45);
    scan.registration->attention = true;
    check(scan.verdict(), VerdictKind::see_usher, Reason::no_session_here);
    scan.registration->valid_from = fourth + 1 * one_day;
    check(scan.verdict(), VerdictKind::refused, Reason::not_valid_today);
}

TEST_CASE("row 11 wrong_session: names the session the person should be in now") {
    Scan scan;
    scan.now = dubai(4, 9, 50);
    scan.registration->sessions = {workshop};
    check(scan.verdict(), VerdictKind::refused, Reason::wrong_session);
    CHECK(scan.verdict().session == opening);
    CHECK(scan.verdict().instead == workshop);
}

TEST_CASE(
    "row 11 wrong_session: when theirs is not open yet, today's next; theirs before anyone's") {
    Scan scan;
    scan.registration->sessions = {workshop};
    CHECK(scan.verdict().instead == workshop);  // doors at 09:40
    scan.registration->sessions = {};
    CHECK(scan.verdict().instead == keynote);  // open to everyone, at 11:00
    scan.session(keynote).admits = Admits::registered;
    check(scan.verdict(), VerdictKind::refused, Reason::wrong_session);
    CHECK_FALSE(scan.verdict().instead);
    scan.registration->sessions = {closing};  // tomorrow
    CHECK(scan.verdict().instead == closing);
    scan.session(keynote).admits = Admits::everyone;
    CHECK(scan.verdict().instead == keynote);
}

TEST_CASE("row 11 wrong_session: sends nobody to a session whose doors are closed") {
    Scan scan;
    scan.registration->sessions = {workshop};
    scan.now = dubai(4, 9, 40) - 1ms;  // its doors open
    CHECK(scan.verdict().instead == workshop);
    CHECK_FALSE(scan.verdict().instead_is_open);
    scan.now = dubai(4, 9, 40);
    CHECK(scan.verdict().instead_is_open);
    scan.registration->sessions = {closing};
    scan.session(keynote).admits = Admits::registered;
    scan.now = dubai(4, 10, 20);
    CHECK(scan.verdict().instead == closing);
    CHECK_FALSE(scan.verdict().instead_is_open);
}

TEST_CASE(
    "row 11 wrong_session: of open sessions theirs comes before a later one open to everyone") {
    Scan scan;
    scan.chosen = briefing;
    scan.now = dubai(4, 10, 50);
    check(scan.verdict(), VerdictKind::refused, Reason::wrong_session);
    CHECK(scan.verdict().instead == workshop);
    scan.registration->sessions = {};
    CHECK(scan.verdict().instead == keynote);
}

TEST_CASE("row 11: who may enter is everyone, those registered, or some categories") {
    Scan scan;
    const Registration& who = *scan.registration;
    CHECK(may_enter(scan.session(keynote), who));
    CHECK(may_enter(scan.session(opening), who));
    CHECK_FALSE(may_enter(scan.session(briefing), who));
    scan.registration->category = speakers;
    scan.registration->sessions = {};
    CHECK(may_enter(scan.session(briefing), who));
    CHECK_FALSE(may_enter(scan.session(opening), who));
}

TEST_CASE("whoever chooses a session opens its doors, and no others") {
    Scan scan;
    scan.now = dubai(4, 6, 0);
    scan.chosen = opening;
    check(scan.verdict(), VerdictKind::see_usher, Reason::too_early);
    scan.opens_doors = true;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.chosen.reset();
    check(scan.verdict(), VerdictKind::see_usher, Reason::too_early);
}

TEST_CASE("row 12 too_early: an usher, with the time of the doors, to the very minute") {
    Scan scan;
    scan.now = dubai(4, 9, 10) - 1ms;
    check(scan.verdict(), VerdictKind::see_usher, Reason::too_early);
    CHECK(scan.verdict().since == dubai(4, 9, 10));
    CHECK(scan.verdict().session == opening);
    scan.now = dubai(4, 9, 10);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 12 session_over: for half an hour after the end") {
    Scan scan;
    scan.now = dubai(4, 12, 10);
    check(scan.verdict(), VerdictKind::refused, Reason::session_over);
    CHECK(scan.verdict().session == keynote);
}

TEST_CASE("row 12 session_over: from the very end on") {
    Scan scan;
    scan.chosen = opening;
    scan.now = dubai(4, 10, 30) - 1ms;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.now = dubai(4, 10, 30);
    check(scan.verdict(), VerdictKind::refused, Reason::session_over);
}

TEST_CASE("row 12: a session an usher chose keeps its hours") {
    Scan scan;
    scan.chosen = closing;
    check(scan.verdict(), VerdictKind::see_usher, Reason::too_early);
    scan.now = dubai(5, 15, 0);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    CHECK(scan.verdict().session == closing);
}

TEST_CASE(
    "row 14 already_in: after_exit refuses who is inside, with the time, and admits who left") {
    Scan scan;
    scan.admitted(opening, dubai(4, 9, 12));
    check(scan.verdict(), VerdictKind::already_in, Reason::already_in);
    CHECK(scan.verdict().since == dubai(4, 9, 12));
    scan.left(opening, dubai(4, 9, 15));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 14 already_in: once is once, exit or not") {
    Scan scan;
    scan.session(opening).reentry = Reentry::once;
    scan.admitted(opening, dubai(4, 9, 12));
    scan.left(opening, dubai(4, 9, 15));
    check(scan.verdict(), VerdictKind::already_in, Reason::already_in);
}

TEST_CASE("row 14: free admits again and again") {
    Scan scan;
    scan.session(opening).reentry = Reentry::free;
    scan.admitted(opening, dubai(4, 9, 12));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 14: who stayed in the room after the last session enters the next one") {
    Scan scan;
    scan.session(keynote).reentry = Reentry::after_exit;
    scan.admitted(opening, dubai(4, 9, 12));
    scan.now = dubai(4, 10, 50);
    scan.chosen = keynote;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 14: an undone entry can be made again") {
    Scan scan;
    const Fact entry = scan.admitted(opening, dubai(4, 9, 12));
    scan.happened(make_undone(entry, dubai(4, 9, 13)));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 14: who was let in a moment ago is in, whatever else is open at this door") {
    Scan scan;
    scan.now = dubai(4, 10, 45);  // the keynote's doors are open, and the opening goes on
    scan.session(opening).ends = dubai(4, 11, 0);
    scan.session(opening).reentry = GENERATE(Reentry::once, Reentry::free);
    scan.session(keynote).reentry = GENERATE(Reentry::once, Reentry::free);
    REQUIRE(scan.verdict().session == keynote);
    scan.admitted(keynote, scan.now);
    scan.now += std::chrono::seconds(7);
    scan.again = true;
    Verdict verdict = scan.verdict();
    check(verdict, VerdictKind::already_in, Reason::already_in);
    CHECK(verdict.seen_again);
    CHECK(verdict.session == keynote);
    SECTION("nobody is in what has ended") {
        scan.admitted(opening, scan.now);
        scan.now = dubai(4, 11, 0);
        CHECK(scan.verdict().session == keynote);
    }
    SECTION("a supervisor's choice comes before") {
        scan.chosen = opening;
        check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    }
}

TEST_CASE("row 15 session_full: alone the place's quota counts, distinct people, not scans") {
    Scan scan;
    scan.session(opening).quota = {{north, 2}};
    for (int i = 0; i < 3; ++i)
        scan.happened(
            make_fact(FactKind::admitted, scan.event.delegate(2), opening, dubai(4, 9, 12 + i)));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.happened(make_fact(FactKind::admitted, scan.event.delegate(3), opening, dubai(4, 9, 16)));
    check(scan.verdict(), VerdictKind::see_usher, Reason::session_full);
    scan.happened(make_fact(FactKind::left, scan.event.delegate(3), opening, dubai(4, 9, 18)));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 15 session_full: with the hub's counts, or without a quota, the capacity counts") {
    Scan scan;
    scan.session(opening).quota = {{north, 5}};
    scan.session(opening).capacity = 1;
    Fact elsewhere =
        make_fact(FactKind::admitted, scan.event.delegate(2), opening, dubai(4, 9, 12));
    elsewhere.place = foyer;
    scan.happened(elsewhere);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.hub = true;
    check(scan.verdict(), VerdictKind::see_usher, Reason::session_full);
    scan.hub = false;
    scan.session(opening).quota = {};
    check(scan.verdict(), VerdictKind::see_usher, Reason::session_full);
    scan.session(opening).capacity = 0;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("row 15: those who never scanned out of the session before take no seat") {
    Scan scan;
    scan.session(keynote).capacity = 1;
    scan.happened(make_fact(FactKind::admitted, scan.event.delegate(2), opening, dubai(4, 9, 12)));
    scan.now = dubai(4, 10, 50);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    CHECK(scan.verdict().session == keynote);
}

TEST_CASE("row 16 ok: names person and session, nothing else") {
    const Verdict verdict = Scan().verdict();
    check(verdict, VerdictKind::admitted, Reason::ok);
    CHECK(verdict.session == opening);
    CHECK(verdict.person == Person{Scan().delegate.id, Scan().delegate.badge, {}});
    CHECK_FALSE(verdict.since);
    CHECK_FALSE(verdict.instead);
    CHECK_FALSE(verdict.signature_only);
    CHECK_FALSE(verdict.list_stale);
    CHECK_FALSE(verdict.clock_warned);
}

TEST_CASE("exits skip rows 10 to 15") {
    Scan scan;
    scan.direction = Direction::exit;
    SECTION("no session") { scan.now = dubai(4, 12, 45); }
    SECTION("wrong session") { scan.registration->sessions = {}; }
    SECTION("too early") { scan.now = dubai(4, 8, 0); }
    SECTION("attention") { scan.registration->attention = true; }
    SECTION("already in") { scan.admitted(opening, dubai(4, 9, 12)); }
    SECTION("full") { scan.session(opening).quota = {{north, 0}}; }
    SECTION("an old list") { scan.replica_created = scan.now - 72h; }
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
}

TEST_CASE("exits keep rows 1 to 9") {
    for (const Row& row : rows()) {
        if (row.number > 9) continue;
        Scan scan;
        scan.direction = Direction::exit;
        row.spoil(scan);
        CAPTURE(row.number);
        check(scan.verdict(), row.kind, row.reason);
    }
}

TEST_CASE("an exit counts for the session the person is in, however long ago it ended") {
    Scan scan;
    scan.direction = Direction::exit;
    scan.event.identity.place = west;
    scan.admitted(opening, dubai(4, 9, 12));
    scan.now = dubai(4, 13, 30);
    CHECK(scan.verdict().session == opening);
    scan.left(opening, dubai(4, 13, 29));
    CHECK(scan.verdict().session == briefing);
}

TEST_CASE("an exit after two sessions in one room counts for the later one") {
    Scan scan;
    scan.direction = Direction::exit;
    scan.event.identity.place = west;
    scan.admitted(keynote, dubai(4, 10, 50));
    scan.admitted(opening, dubai(4, 9, 12));
    scan.now = dubai(4, 12, 10);
    CHECK(scan.verdict().session == keynote);
    scan.admitted(opening, dubai(4, 10, 55));
    CHECK(scan.verdict().session == opening);
}

TEST_CASE("an override stands for the same person, session and reason") {
    const auto overridable = [](const Row& row) {
        return row.number == 2 || row.number == 3 || row.number > 6;
    };
    for (const Row& row : rows()) {
        if (!overridable(row) || row.reason == Reason::ok) continue;
        CAPTURE(row.number);
        Scan scan;
        scan.session(opening).reentry = Reentry::free;
        if (row.reason == Reason::already_in) scan.session(opening).reentry = Reentry::after_exit;
        row.spoil(scan);
        const Fact fact = scan.overridden(row.reason, opening, dubai(4, 9, 15));
        check(scan.verdict(), VerdictKind::admitted, Reason::ok);
        scan.happened(make_undone(fact, dubai(4, 9, 16)));
        check(scan.verdict(), row.kind, row.reason);
    }
}

TEST_CASE("an override does not stand for another reason, session or person") {
    Scan scan;
    scan.session(opening).reentry = Reentry::free;
    scan.registration->sessions = {};
    scan.overridden(Reason::wrong_session, workshop, dubai(4, 9, 15));
    scan.overridden(Reason::too_early, opening, dubai(4, 9, 15));
    Fact other = make_fact(FactKind::admitted, scan.event.delegate(2), opening, dubai(4, 9, 15));
    other.reason = Reason::wrong_session;
    other.override_reason = Override::vip;
    scan.happened(other);
    check(scan.verdict(), VerdictKind::refused, Reason::wrong_session);
}

TEST_CASE("an override never stands for revoked, blocked or what the signature could not prove") {
    Scan scan;
    const Reason reason = GENERATE(Reason::revoked, Reason::blocked, Reason::bad_signature,
                                   Reason::unknown_key, Reason::key_revoked);
    scan.session(opening).reentry = Reentry::free;
    if (reason == Reason::revoked) scan.event.refusals.badges[scan.delegate.badge] = 1;
    if (reason == Reason::blocked) scan.registration->status = RegistrationStatus::blocked;
    if (reason == Reason::bad_signature) forge(scan);
    if (reason == Reason::unknown_key) scan.token.key_id = 9;
    if (reason == Reason::key_revoked) {
        scan.token.key_id = 2;
        scan.code = parse_badge(make_badge_text(scan.token, scan.event.old_badge_key)).value();
    }
    scan.overridden(reason, opening, dubai(4, 9, 15));
    check(scan.verdict(), VerdictKind::refused, reason);
}

TEST_CASE("an override of attention stands for the day, in every session of it") {
    Scan scan;
    scan.registration->attention = true;
    scan.overridden(Reason::attention, workshop, dubai(4, 9, 15));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.now = dubai(5, 14, 50);
    check(scan.verdict(), VerdictKind::see_usher, Reason::attention);
}

TEST_CASE("an override where no session is on stands for the day only") {
    Scan scan;
    scan.now = dubai(4, 12, 45);
    scan.overridden(Reason::no_session_here, SessionId{}, dubai(4, 12, 44));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.now = dubai(5, 17, 0);
    check(scan.verdict(), VerdictKind::see_usher, Reason::no_session_here);
}

TEST_CASE("an override of not_on_list stands for the badge") {
    Scan scan;
    scan.be_absent();
    scan.session(opening).reentry = Reentry::free;
    scan.overridden(Reason::not_on_list, opening, dubai(4, 9, 15));
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.token.number = scan.event.delegate(2).badge;
    check(scan.verdict(), VerdictKind::see_usher, Reason::not_on_list);
}

TEST_CASE("I-18: an unset clock turns rows 3, 9 and 12 into a warning and nothing else") {
    Scan scan;
    scan.clock = ClockQuality::unset;
    SECTION("nothing else") {}
    SECTION("row 3") { scan.token.valid_until = fourth - 1 * one_day; }
    SECTION("row 9") { scan.registration->valid_until = fourth - 1 * one_day; }
    SECTION("row 12, too early") { scan.now = dubai(4, 8, 0); }
    SECTION("row 12, over") {
        scan.chosen = opening;
        scan.now = dubai(4, 20, 0);
    }
    SECTION("a chosen session in 1970") {
        scan.chosen = opening;
        scan.now = WallTime(5s);
    }
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    CHECK(scan.verdict().clock_warned);
    scan.event.refusals.badges[scan.delegate.badge] = 1;
    check(scan.verdict(), VerdictKind::refused, Reason::revoked);
}

TEST_CASE("I-18: an unset clock outside the agenda waits for a supervisor's choice") {
    Scan scan;
    scan.clock = ClockQuality::unset;
    scan.now = WallTime(5s);
    check(scan.verdict(), VerdictKind::see_usher, Reason::no_session_here);
    CHECK(scan.verdict().clock_warned);
}

TEST_CASE("I-18: a free-running clock keeps every window") {
    Scan scan;
    scan.clock = ClockQuality::free;
    scan.now = dubai(4, 9, 0);
    check(scan.verdict(), VerdictKind::see_usher, Reason::too_early);
    CHECK_FALSE(scan.verdict().clock_warned);
}

TEST_CASE("a list is good until the event is over, and stale once a newer one is known") {
    Scan scan;
    scan.event.identity.agenda.day_starts = 4h;
    scan.replica_created = scan.now - std::chrono::days(400);
    CHECK_FALSE(scan.verdict().list_stale);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.policy.newest_list = *scan.replica_revision;
    CHECK_FALSE(scan.verdict().list_stale);
    scan.policy.newest_list += 1;
    CHECK(scan.verdict().list_stale);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    // Past its last day a session may still end.
    scan.session(closing).ends = dubai(9, 0, 0);
    scan.registration->sessions = {closing};
    scan.token.valid_until = fourth + 9 * one_day;
    scan.now = dubai(7, 4, 0);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.now += 1ms;
    check(scan.verdict(), VerdictKind::see_usher, Reason::signature_only);
}

TEST_CASE("a stale list is said on every verdict and changes none") {
    Scan scan;
    scan.policy.list_stale_after = 4h;
    scan.replica_created = scan.now - 4h;
    CHECK_FALSE(scan.verdict().list_stale);
    scan.replica_created -= 1ms;
    CHECK(scan.verdict().list_stale);
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    forge(scan);
    CHECK(scan.verdict().list_stale);
    scan.lose_list();
    CHECK_FALSE(scan.verdict().list_stale);
}

TEST_CASE("an expired list admits nobody until a supervisor accepts it") {
    Scan scan;
    scan.policy.list_expires_after = 48h;
    scan.replica_created = scan.now - 48h - 1ms;
    check(scan.verdict(), VerdictKind::see_usher, Reason::signature_only);
    scan.policy.expired_list_accepted = true;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    scan.policy.expired_list_accepted = false;
    scan.registration->status = RegistrationStatus::blocked;
    check(scan.verdict(), VerdictKind::refused, Reason::blocked);
}

TEST_CASE("F33: with older lists than before everybody sees an usher, and who leaves leaves") {
    Scan scan;
    scan.policy.rolled_back = true;
    check(scan.verdict(), VerdictKind::see_usher, Reason::signature_only);
    scan.lose_list();
    check(scan.verdict(), VerdictKind::see_usher, Reason::signature_only);
    scan.event.refusals.badges[scan.delegate.badge] = 1;
    check(scan.verdict(), VerdictKind::refused, Reason::revoked);
    scan.event.refusals.badges.clear();
    scan.direction = Direction::exit;
    CHECK(scan.verdict().kind == VerdictKind::admitted);
}

TEST_CASE("an unset clock does not make a list old") {
    Scan scan;
    scan.clock = ClockQuality::unset;
    scan.policy.list_stale_after = 4h;
    scan.policy.list_expires_after = 48h;
    scan.policy.newest_list = 9;
    scan.replica_created = scan.now - 72h;
    check(scan.verdict(), VerdictKind::admitted, Reason::ok);
    CHECK_FALSE(scan.verdict().list_stale);
}

TEST_CASE("I-18: an agenda at the bounds of all time decides, one beyond them is refused") {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    Scan scan;
    const auto doors = bounded<std::chrono::minutes>(GENERATE_COPY(least, most));
    const WallTime starts = bounded_time(GENERATE_COPY(least, most));
    const WallTime ends = bounded_time(GENERATE_COPY(least, most));
    for (Session& session : scan.event.identity.agenda.sessions) {
        session.starts = starts;
        session.ends = ends;
        session.doors = doors;
    }
    const auto told = [&] {
        return parse_identity(encode_identity(scan.event.identity, scan.event.organiser));
    };
    REQUIRE(told());
    CHECK((doors > 0min) == (scan.session(opening).doors_open() < starts));
    CHECK(scan.verdict().reason != Reason::none);
    scan.direction = Direction::exit;
    scan.admitted(opening, WallTime::max());
    scan.registration->valid_until = sys_days(bounded<std::chrono::days>(most));
    CHECK(scan.verdict().reason != Reason::none);
    scan.session(opening).starts = WallTime::min();
    CHECK_FALSE(told());
}

}  // namespace hudoor::test
