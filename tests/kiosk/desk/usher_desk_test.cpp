// What ushers and supervisors may do at the desk, and the facts that are left of it (I-17).
#include <future>

#include "tests/kiosk/desk/desk_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace hudoor;
using namespace hudoor::kiosk;
using namespace std::chrono_literals;
using storage::ActCode;
using storage::FactKind;
using storage::Reason;
using storage::VerdictKind;
using test::supervisor_twelve;
using test::usher_seven;

namespace {

/// With a delegate who is registered for another session, and the panel open for somebody.
struct AtTheDoor : test::DeskFixture {
    explicit AtTheDoor(storage::UsherNumber who = usher_seven) : test::DeskFixture(people()) {
        unlock(who);
    }

    static std::vector<storage::Registration> people() {
        const test::EventFixture event;
        auto people = event.delegates_up_to(4);
        people[1].sessions = {test::workshop};                    // number 2: not for this door
        people[2].attention = true;                               // number 3: a note
        people[3].status = storage::RegistrationStatus::blocked;  // number 4
        return people;
    }
    void unlock(storage::UsherNumber who) {
        obey(who, PinChecked{true});
        REQUIRE(take<PinNews>().opened);
    }
    void obey(storage::UsherNumber by, Wish wish) { desk->obey({by, std::move(wish)}); }
    template <typename News>
    News take() {
        auto news = desk->take_news();
        REQUIRE(!news.empty());
        REQUIRE(std::holds_alternative<News>(news.back()));
        return std::get<News>(std::move(news.back()));
    }
    Answer refused(unsigned n) {
        const auto answer = scan(event.badge_text(event.delegate(n)));
        REQUIRE(answer);
        REQUIRE(answer->verdict.kind != VerdictKind::admitted);
        return *answer;
    }
    [[nodiscard]] storage::Fact last_fact() const { return disk->facts().back().fact; }
};

}  // namespace

TEST_CASE("I-17: a right PIN is a fact before the panel opens, and so is a wrong one") {
    AtTheDoor f;
    CHECK(f.last_fact().act == ActCode::unlocked);
    CHECK(f.last_fact().usher == usher_seven);
    f.obey(usher_seven, PinChecked{false});
    CHECK(!f.take<PinNews>().opened);
    CHECK(f.last_fact().act == ActCode::pin_wrong);
}

TEST_CASE("a PIN that cannot be recorded opens nothing") {
    AtTheDoor f;
    f.obey(usher_seven, Lock{});
    f.disk->failing = true;
    f.obey(usher_seven, PinChecked{true});
    CHECK(!f.take<PinNews>().opened);
}

TEST_CASE(
    "five wrong PINs lock an usher for 30 s, also after a restart; a number nobody has is no different") {
    const auto who = GENERATE(usher_seven, storage::UsherNumber{99});
    AtTheDoor f;
    for (int miss = 0; miss < 5; ++miss) {
        REQUIRE(f.desk->begin_pin(who, {}));
        f.obey(who, PinChecked{false});
    }
    CHECK(f.last_fact().act == ActCode::pin_locked);
    CHECK(f.last_fact().argument == 5);
    CHECK(!f.desk->begin_pin(who, {}));
    CHECK(f.take<PinNews>().lock.until == f.clock.wall() + 30s);

    f.clock.advance(10s);
    f.restart(AtTheDoor::people());
    CHECK(!f.desk->begin_pin(who, {}));
    f.clock.advance(21s);
    CHECK(f.desk->begin_pin(who, {}).has_value());
}

TEST_CASE(
    "an amber refusal is admitted by an usher in one order that names it, and stands for the next scan") {
    AtTheDoor f;
    const Answer refusal = f.refused(3);
    REQUIRE(refusal.verdict.reason == Reason::attention);
    f.obey(usher_seven, OverrideRefusal{refusal.fact, storage::Override::vip});
    const Answer answer = f.take<Done>().answer.value();
    CHECK(answer.stored);
    CHECK(answer.name == f.event.delegate(3).name);
    CHECK(answer.overridden == Reason::attention);
    const storage::Fact fact = f.last_fact();
    CHECK(fact.kind == FactKind::admitted);
    CHECK(fact.reason == Reason::attention);
    CHECK(fact.override_reason == storage::Override::vip);
    CHECK(fact.reference == refusal.fact);
    CHECK(fact.usher == usher_seven);
    CHECK(fact.registration == f.event.delegate(3).id);

    f.obey(usher_seven, OverrideRefusal{refusal.fact, storage::Override::vip});
    CHECK(!f.take<Done>().answer);  // once
    CHECK(f.scan(f.event.badge_text(f.event.delegate(3)))->verdict.kind == VerdictKind::already_in);
}

TEST_CASE(
    "who left by a door that this one does not hear of is amber, and an usher's to let in again") {
    AtTheDoor f;
    const std::string badge = f.event.badge_text(f.event.delegate(1));
    REQUIRE(f.scan(badge)->verdict.kind == VerdictKind::admitted);
    f.clock.advance(20min);
    const auto again = f.scan(badge);
    REQUIRE(again->verdict.kind == VerdictKind::already_in);
    CHECK(who_may_admit(again->verdict.kind, again->verdict.reason) == MayAdmit::usher);
    f.obey(usher_seven, OverrideRefusal{again->fact, storage::Override::other});
    CHECK(f.take<Done>().answer.value().verdict.kind == VerdictKind::admitted);
}

TEST_CASE(
    "who is early is an usher's to let in, and is told for how long to wait and where help is") {
    AtTheDoor f;
    f.clock.advance(64min);  // 10:35, and the keynote's doors open at 10:40
    const Answer early = f.refused(1);
    CHECK(early.verdict.kind == VerdictKind::see_usher);
    CHECK(early.verdict.reason == Reason::too_early);
    CHECK(early.since == 10h + 40min);
    CHECK(early.doors_in == 5min);
    CHECK(early.help_desk.arrow == storage::Arrow::left);
    CHECK(early.help_desk.words.en == "To the left, by the stairs");
    CHECK(f.last_fact().kind == FactKind::refused);
    CHECK(f.last_fact().verdict == VerdictKind::see_usher);
    f.clock.advance(61s);
    CHECK(f.refused(2).doors_in == 4min);  // begun minutes are whole ones
    CHECK(who_may_admit(VerdictKind::see_usher, Reason::too_early) == MayAdmit::usher);
    f.obey(usher_seven, OverrideRefusal{early.fact, storage::Override::vip});
    CHECK(f.take<Done>().answer.value().overridden == Reason::too_early);
}

TEST_CASE("a place without a way of its own is told where the help desk is") {
    const test::EventFixture event;
    const auto& agenda = event.identity.agenda;
    const HelpDeskWords elsewhere = describe_help_desk(agenda, test::south);
    CHECK_FALSE(elsewhere.arrow);
    CHECK(elsewhere.words.en == "Main lobby, by the stairs");
    CHECK(describe_help_desk(agenda, test::north).arrow == storage::Arrow::left);
}

TEST_CASE("whom an exit refused and an usher lets out has left, and did not come in") {
    AtTheDoor f(supervisor_twelve);
    f.obey(supervisor_twelve, ChooseDirection{storage::Direction::exit});
    auto newer = f.people();
    newer[0].issue = 2;
    f.desk->take(f.publication(f.event.replica(std::move(newer))));
    const Answer refusal = f.refused(1);
    REQUIRE(refusal.verdict.reason == Reason::badge_replaced);
    REQUIRE(refusal.direction == storage::Direction::exit);
    f.obey(supervisor_twelve, OverrideRefusal{refusal.fact, storage::Override::forgot});
    const auto done = f.take<Done>();
    REQUIRE(done.answer);
    CHECK(done.answer->direction == storage::Direction::exit);
    CHECK(f.last_fact().kind == FactKind::left);
    CHECK(f.last_fact().direction == storage::Direction::exit);
}

TEST_CASE("a red refusal is a supervisor's to answer, and one of a blocked person nobody's") {
    AtTheDoor f;
    const Answer red = f.refused(2), blocked = f.refused(4);
    REQUIRE(red.verdict.reason == Reason::wrong_session);
    REQUIRE(blocked.verdict.reason == Reason::blocked);
    const auto before = f.disk->facts().size();
    f.obey(usher_seven, OverrideRefusal{red.fact, storage::Override::speaker});
    CHECK(!f.take<Done>().answer);
    f.obey(supervisor_twelve, OverrideRefusal{red.fact, storage::Override::speaker});
    CHECK(!f.take<Done>().answer);  // not unlocked
    CHECK(f.disk->facts().size() == before);
    f.unlock(supervisor_twelve);
    f.obey(supervisor_twelve, OverrideRefusal{blocked.fact, storage::Override::speaker});
    CHECK(!f.take<Done>().answer);
    f.obey(supervisor_twelve, OverrideRefusal{red.fact, storage::Override::speaker});
    CHECK(f.take<Done>().answer.value().stored);
}

TEST_CASE(
    "an usher undoes her own override for 60 s, a supervisor any entry; both can be undone once") {
    AtTheDoor f;
    const Answer refusal = f.refused(3);
    f.obey(usher_seven, OverrideRefusal{refusal.fact, storage::Override::other});
    const Answer done = f.take<Done>().answer.value();
    const auto plain = f.scan(f.event.badge_text(f.event.delegate(1)));
    REQUIRE(plain);
    f.obey(usher_seven, Undo{plain->fact});
    CHECK(!f.take<Undone>().done);
    SECTION("in time") {
        f.clock.advance(59s);
        f.obey(usher_seven, Undo{done.fact});
        CHECK(f.take<Undone>().done);
        CHECK(f.last_fact().kind == FactKind::undone);
        CHECK(f.last_fact().reference == done.fact);
        CHECK(f.scan(f.event.badge_text(f.event.delegate(3)))->verdict.reason == Reason::attention);
        f.obey(usher_seven, Undo{done.fact});
        CHECK(!f.take<Undone>().done);
    }
    SECTION("too late") {
        f.clock.advance(61s);
        f.obey(usher_seven, Undo{done.fact});
        CHECK(!f.take<Undone>().done);
        f.unlock(supervisor_twelve);
        f.obey(supervisor_twelve, Undo{plain->fact});
        CHECK(f.take<Undone>().done);
    }
}

TEST_CASE(
    "I-13: no way back leads past what is known by now: a revocation, a block, a second entry") {
    AtTheDoor f(supervisor_twelve);
    const Answer refusal = f.refused(3);
    const auto plain = f.scan(f.event.badge_text(f.event.delegate(1)));
    REQUIRE(plain->verdict.kind == VerdictKind::admitted);
    f.obey(supervisor_twelve, Undo{plain->fact});
    REQUIRE(f.take<Undone>().done);
    auto people = AtTheDoor::people();
    bool changed = true;
    SECTION("nothing new") { changed = false; }
    SECTION("revoked") {
        f.event.refusals = {
            .number = 9,
            .badges = {{f.event.delegate(1).badge, 255}, {f.event.delegate(3).badge, 1}},
            .people = {}};
    }
    SECTION("blocked") {
        people[0].status = people[2].status = storage::RegistrationStatus::blocked;
    }
    f.desk->take(f.publication(f.event.replica(people)));
    (void)f.desk->take_news();
    const auto before = f.disk->count();
    f.obey(supervisor_twelve, OverrideRefusal{refusal.fact, storage::Override::vip});
    CHECK(f.take<Done>().answer.has_value() == !changed);
    f.obey(supervisor_twelve, Restore{plain->fact});
    CHECK(f.take<Done>().answer.has_value() == !changed);
    CHECK((f.disk->count() == before) == changed);
}

TEST_CASE("who is in by now is not restored beside it") {
    AtTheDoor f(supervisor_twelve);
    const auto first = f.scan(f.event.badge_text(f.event.delegate(1)));
    f.obey(supervisor_twelve, Undo{first->fact});
    REQUIRE(f.take<Undone>().done);
    REQUIRE(f.scan(f.event.badge_text(f.event.delegate(1)))->verdict.kind == VerdictKind::admitted);
    const auto before = f.disk->count();
    f.obey(supervisor_twelve, Restore{first->fact});
    CHECK(!f.take<Done>().answer);
    CHECK(f.disk->count() == before);
}

TEST_CASE("however often it is undone and restored, a refusal is answered once") {
    AtTheDoor f(supervisor_twelve);
    const Answer refusal = f.refused(3);
    f.obey(supervisor_twelve, OverrideRefusal{refusal.fact, storage::Override::late});
    storage::FactId entry = f.take<Done>().answer->fact;
    const bool restarts = GENERATE(false, true);
    for (int more = 0; more < 3; ++more) {
        f.obey(supervisor_twelve, Undo{entry});
        REQUIRE(f.take<Undone>().done);
        if (restarts) {
            f.restart(AtTheDoor::people());
            f.unlock(supervisor_twelve);
        }
        f.obey(supervisor_twelve, Restore{entry});
        const auto restored = f.take<Done>().answer;
        REQUIRE(restored);
        CHECK(restored->answers == refusal.fact);
        entry = restored->fact;
        const auto before = f.disk->count();
        f.obey(supervisor_twelve, OverrideRefusal{refusal.fact, storage::Override::vip});
        CHECK(!f.take<Done>().answer);
        CHECK(f.disk->count() == before);
    }
}

TEST_CASE("who was found by name is decided like a badge, and the fact says by whom") {
    AtTheDoor f;
    f.obey(usher_seven, DescribePeople{5, {f.event.delegate(1).id, f.event.delegate(2).id}});
    const auto found = f.take<PeopleFound>();
    REQUIRE(found.people.size() == 2);
    CHECK(found.query == 5);
    CHECK(found.people[0].verdict.kind == VerdictKind::admitted);
    CHECK(found.people[1].verdict.reason == Reason::wrong_session);

    f.obey(usher_seven, CheckIn{f.event.delegate(1).id});
    CHECK(f.take<Done>().answer.value().verdict.kind == VerdictKind::admitted);
    CHECK(f.last_fact().method == storage::Method::search);
    CHECK(f.last_fact().usher == usher_seven);
    CHECK(f.scan(f.event.badge_text(f.event.delegate(1)))->verdict.kind == VerdictKind::already_in);
    f.obey(usher_seven, DescribePeople{6, {f.event.delegate(1).id}});
    CHECK(f.take<PeopleFound>().people[0].inside_since == 9h + 31min);
    f.obey(usher_seven, CheckIn{f.event.delegate(2).id});
    CHECK(f.take<Done>().answer.value().verdict.reason == Reason::wrong_session);
}

TEST_CASE("a typed code counts as an usher's act; a revoked badge is refused by it, too") {
    AtTheDoor f;
    f.obey(usher_seven, TypedCode{storage::typed_code(f.event.delegate(1).badge)});
    CHECK(f.take<Done>().answer.value().verdict.kind == VerdictKind::admitted);
    CHECK(f.last_fact().method == storage::Method::typed);
    CHECK(f.last_fact().usher == usher_seven);
    f.obey(usher_seven, TypedCode{storage::typed_code(storage::draw_badge_number())});
    CHECK(f.take<Done>().answer.value().verdict.reason == Reason::not_on_list);
    f.obey(usher_seven, TypedCode{"nonsense"});
    CHECK(!f.take<Done>().answer);
}

TEST_CASE("a typed code is somebody's before anything is done, or nobody's") {
    AtTheDoor f;
    const auto before = f.disk->facts().size();
    const auto whose = [&](storage::BadgeNumber badge) {
        f.obey(usher_seven, DescribePeople{.query = 3, .people = {}, .code = badge});
        return f.take<PeopleFound>();
    };
    const auto found = whose(f.event.delegate(2).badge);
    CHECK(found.query == 3);
    REQUIRE(found.people.size() == 1);
    CHECK(found.people[0].name == f.event.delegate(2).name);
    CHECK(found.people[0].organisation == f.event.delegate(2).organisation);
    CHECK(found.people[0].verdict.reason == Reason::wrong_session);
    CHECK(whose(storage::draw_badge_number()).people.empty());
    CHECK(f.disk->facts().size() == before);
    f.obey(supervisor_twelve,
           DescribePeople{.query = 4, .people = {}, .code = f.event.delegate(2).badge});
    CHECK(f.take<PeopleFound>().people.empty());  // for whom the panel is not open
}

TEST_CASE("of a group it is said who is inside, of 200 at most") {
    AtTheDoor f;
    f.obey(usher_seven, CheckIn{f.event.delegate(1).id});
    std::vector<storage::RegistrationId> group;
    for (const unsigned n : {1U, 2U, 3U}) group.push_back(f.event.delegate(n).id);
    f.obey(usher_seven, DescribePeople{.query = 7, .people = {}, .group = group});
    CHECK(f.take<PeopleFound>().inside == std::vector{f.event.delegate(1).id});
    f.obey(usher_seven, DescribePeople{.query = 7, .people = {group.front()}});
    CHECK(!f.take<PeopleFound>().inside);
    group.insert(group.begin(), 200, f.event.delegate(2).id);
    f.obey(usher_seven, DescribePeople{.query = 8, .people = {}, .group = group});
    CHECK(f.take<PeopleFound>().inside == std::vector<storage::RegistrationId>{});
}

TEST_CASE(
    "who is named after a reprint was accepted here is let in, and the fact names the newest badge") {
    const auto name = GENERATE(0, 1);
    AtTheDoor f;
    const storage::Registration person = f.event.delegate(1);
    f.clock.set_wall(test::dubai(4, 11, 5));  // the keynote lets in again and again
    REQUIRE(f.scan(f.event.badge_text(person, 2)).value().verdict.kind == VerdictKind::admitted);
    REQUIRE(f.scan(f.event.badge_text(person)).value().verdict.reason == Reason::badge_replaced);
    f.obey(usher_seven, DescribePeople{1, {person.id}});
    CHECK(f.take<PeopleFound>().people.at(0).verdict.kind == VerdictKind::admitted);
    if (name == 0)
        f.obey(usher_seven, CheckIn{person.id});
    else
        f.obey(usher_seven, TypedCode{storage::typed_code(person.badge)});
    CHECK(f.take<Done>().answer.value().verdict.kind == VerdictKind::admitted);
    CHECK(f.last_fact().issue == 2);
}

TEST_CASE("a guest without registration is two facts, the name sealed for the organisers") {
    AtTheDoor f(supervisor_twelve);
    f.obey(supervisor_twelve, AdmitGuest{test::speakers, "Amina Diallo"});
    CHECK(f.take<Done>().answer.value().stored);
    const auto facts = f.disk->facts();
    const storage::Fact& guest = facts[facts.size() - 2].fact;
    CHECK(guest.kind == FactKind::guest);
    CHECK(guest.argument == 2);
    CHECK(guest.registration == facts.back().fact.registration);
    CHECK(facts.back().fact.kind == FactKind::admitted);
    const auto name = f.event.organiser_opening.open(guest.payload);
    REQUIRE(name);
    CHECK(storage::as_text(*name) == "Amina Diallo");
    f.unlock(usher_seven);
    f.obey(usher_seven, AdmitGuest{test::speakers, "Kenji"});
    CHECK(!f.take<Done>().answer);
}

TEST_CASE("a note is sealed and fits into its fact however long it is") {
    AtTheDoor f;
    const Answer refusal = f.refused(3);
    f.obey(usher_seven, OverrideRefusal{refusal.fact, storage::Override::other});
    const Answer done = f.take<Done>().answer.value();
    std::string text;
    while (text.size() < 2'000) text += "م";
    f.obey(usher_seven, AddNote{done.fact, text});
    CHECK(f.last_fact().kind == FactKind::note);
    CHECK(f.last_fact().reference == done.fact);
    const auto opened = f.event.organiser_opening.open(f.last_fact().payload);
    REQUIRE(opened);
    CHECK(opened->size() == 900);
    CHECK(text.starts_with(storage::as_text(*opened)));
}

TEST_CASE(
    "a supervisor's choice of session holds until its end, then the agenda is followed again") {
    AtTheDoor f(supervisor_twelve);
    f.obey(supervisor_twelve, ChooseSession{test::keynote});
    CHECK(f.desk->door_state().session == test::keynote);
    CHECK(f.desk->door_state().chosen);
    CHECK(f.scan(f.event.badge_text(f.event.delegate(2)))->verdict.session ==
          test::keynote);  // everyone, hours before
    f.restart(AtTheDoor::people());
    CHECK(f.scan(f.event.badge_text(f.event.delegate(1)))->verdict.kind == VerdictKind::admitted);
    f.unlock(supervisor_twelve);
    f.clock.advance(2h + 30min);
    CHECK(!f.desk->door_state().chosen);
    f.obey(supervisor_twelve, ChooseSession{});
    CHECK(f.last_fact().act == ActCode::follow_agenda);
}

TEST_CASE("out of service nobody is answered, and a restart does not change that") {
    AtTheDoor f(supervisor_twelve);
    f.obey(supervisor_twelve, SetService{false});
    CHECK(!f.desk->door_state().in_service);
    CHECK(!f.scan(f.event.badge_text(f.event.delegate(1))));
    f.restart(AtTheDoor::people());
    CHECK(!f.desk->door_state().in_service);
    f.unlock(supervisor_twelve);
    f.obey(supervisor_twelve, SetService{true});
    CHECK(f.scan(f.event.badge_text(f.event.delegate(1))));
}

TEST_CASE("the people inside, their number and the arrivals are those of the facts") {
    AtTheDoor f(supervisor_twelve);
    REQUIRE(f.scan(f.event.badge_text(f.event.delegate(1))));
    f.clock.advance(1min);
    f.obey(supervisor_twelve, CheckIn{f.event.delegate(1).id});
    const auto state = f.desk->door_state();
    CHECK(state.inside == 1);
    REQUIRE(state.arrivals.size() == 30);
    CHECK(state.arrivals[28] == 1);
    CHECK(state.arrivals[29] == 0);
    f.obey(supervisor_twelve, ListInside{});
    const auto inside = f.take<PeopleInside>();
    REQUIRE(inside.people.size() == 1);
    CHECK(inside.people[0].name == f.event.delegate(1).name);
    CHECK(f.last_fact().act == ActCode::evacuation_shown);
}

TEST_CASE("I-20: what anybody could have left in the journal undoes, admits and steers nothing") {
    AtTheDoor f(supervisor_twelve);
    const auto& [first, third] = std::pair{f.event.delegate(1), f.event.delegate(3)};
    REQUIRE(f.scan(f.event.badge_text(first)));
    const storage::StoredFact admitted = f.disk->facts().back();

    storage::Chain forger({.kiosk = f.event.identity.kiosk}, f.clock, storage::head_of(admitted));
    const auto forge = [&](FactKind kind, const std::function<void(storage::Fact&)>& fill) {
        storage::Fact fact;
        fact.kind = kind;
        fill(fact);
        f.disk->kept.push_back(forger.append(std::move(fact)));
    };
    forge(FactKind::hello, [](storage::Fact&) {});
    forge(FactKind::undone, [&](storage::Fact& fact) { fact.reference = admitted.fact.id; });
    forge(FactKind::act, [](storage::Fact& fact) {
        fact.act = ActCode::direction;
        fact.direction = storage::Direction::exit;
    });
    forge(FactKind::act, [](storage::Fact& fact) { fact.act = ActCode::out_of_service; });
    forge(FactKind::admitted, [&](storage::Fact& fact) {
        fact = admitted.fact;
        fact.registration = third.id;
        fact.badge = third.badge;
    });
    f.restart(f.people());

    CHECK(f.desk->door_state().in_service);
    CHECK_FALSE(f.desk->door_state().direction);
    CHECK(f.desk->door_state().inside == 1);
    const auto hello = f.disk->facts().back().fact;
    CHECK(hello.prev == admitted.hash);  // nor does its chain follow them
    const auto again = f.scan(f.event.badge_text(first));
    REQUIRE(again);
    CHECK(again->verdict.kind == VerdictKind::already_in);
    f.unlock(supervisor_twelve);
    f.obey(supervisor_twelve, ListInside{});
    const auto inside = f.take<PeopleInside>();
    REQUIRE(inside.people.size() == 2);  // but whom they name is looked for in an evacuation
    CHECK(inside.people[0].name == first.name);
    CHECK(inside.people[0].proved);
    CHECK(inside.people[1].name == third.name);
    CHECK_FALSE(inside.people[1].proved);
    CHECK(f.refused(3).verdict.reason == Reason::attention);
}

TEST_CASE("nothing is taken from an usher after the lock, nor from one who never came") {
    AtTheDoor f;
    const Answer refusal = f.refused(3);
    f.obey(usher_seven, Lock{});
    f.obey(usher_seven, OverrideRefusal{refusal.fact, storage::Override::vip});
    CHECK(!f.take<Done>().answer);
    f.obey(storage::UsherNumber{}, OverrideRefusal{refusal.fact, storage::Override::vip});
    CHECK(!f.take<Done>().answer);
}

TEST_CASE("a staff badge says whose it is and leaves no fact") {
    AtTheDoor f;
    const auto before = f.disk->facts().size();
    storage::BadgeToken token = f.event.token(f.event.delegate(1));
    token.number = test::supervisor_badge();
    CHECK(!f.scan(storage::make_badge_text(token, f.event.badge_key)));
    CHECK(f.take<StaffShown>().usher == supervisor_twelve);
    CHECK(f.disk->facts().size() == before);
}

TEST_CASE("I-23: a forged staff badge opens no pad and shows no name, in service or out of it") {
    AtTheDoor f(supervisor_twelve);
    const bool serves = GENERATE(true, false);
    if (!serves) f.obey(supervisor_twelve, SetService{false});
    storage::BadgeToken token = f.event.token(f.event.delegate(1));
    token.number = test::supervisor_badge();
    const storage::SigningKey thief(test::test_secret("thief"));
    const auto answer = f.scan(storage::make_badge_text(token, thief));
    CHECK(answer.has_value() == serves);
    for (const DeskNews& news : f.desk->take_news())
        CHECK_FALSE(std::holds_alternative<StaffShown>(news));
}

TEST_CASE("I-12, I-23: a forged badge with a delegate's number names nobody, let in or not") {
    AtTheDoor f(supervisor_twelve);
    const auto delegate = f.event.delegate(1);
    const storage::SigningKey thief(test::test_secret("thief"));
    const auto refusal = f.scan(storage::make_badge_text(f.event.token(delegate), thief));
    REQUIRE(refusal);
    CHECK(refusal->verdict.reason == storage::Reason::bad_signature);
    CHECK(refusal->name == storage::Bilingual{});
    CHECK(refusal->seat.empty());
    CHECK(refusal->badge.empty());
    f.obey(supervisor_twelve, OverrideRefusal{refusal->fact, storage::Override::vip});
    const auto done = f.take<Done>();
    REQUIRE(done.answer);
    CHECK(done.answer->name == storage::Bilingual{});
    CHECK_FALSE(f.last_fact().registration == delegate.id);
    CHECK(f.last_fact().badge.is_zero());
    // Somebody is inside, and the delegate has not come yet.
    f.obey(supervisor_twelve, ListInside{});
    CHECK(f.take<PeopleInside>().people.size() == 1);
    f.clock.advance(1min);
    CHECK(f.scan(f.event.badge_text(delegate))->verdict.kind == storage::VerdictKind::admitted);
}

TEST_CASE("the desk thread compares a PIN on a thread of its own and opens for a right one") {
    const auto right = GENERATE(true, false);
    test::DeskFixture f(AtTheDoor::people());
    std::promise<PinNews> said;
    const auto listen = [&](const DeskNews& news) {
        if (const auto* pin = std::get_if<PinNews>(&news)) said.set_value(*pin);
    };
    DeskThread thread(
        std::move(f.desk),
        {.answer = [](const Answer&) {}, .storage = [](StorageStatus) {}, .news = listen});
    Digits digits;
    for (const char digit : std::string(right ? test::test_pin : "314159")) digits.add(digit);
    thread.obey({usher_seven, TryPin{std::move(digits)}});
    CHECK(said.get_future().get().opened == right);
}
