// The ushers' panel over a real desk: what is touched, what is asked of the desk, what the pages
// say.
#include "kiosk/usher/panel.hpp"

#include <set>

#include "kiosk/usher/keyboard.hpp"
#include "tests/kiosk/desk/panel_fixture.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

using namespace hudoor;
using namespace hudoor::kiosk;
using namespace std::chrono_literals;
using storage::Reason;
using storage::VerdictKind;

namespace {

using Kiosk = test::PanelFixture;

}  // namespace

TEST_CASE(
    "a number and a PIN open the panel; a wrong PIN does not, and five lock the pad with a countdown") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    CHECK(k.page<PinPage>().asks_number);
    k.type("07");
    CHECK(!k.page<PinPage>().asks_number);
    for (int miss = 0; miss < 5; ++miss) {
        k.type("314159");
        CHECK(k.page<PinPage>().wrong);
        CHECK(k.page<PinPage>().filled == 0);
    }
    CHECK(k.page<PinPage>().locked_for == 30s);
    k.type(test::test_pin);
    CHECK(k.page<PinPage>().locked_for == 30s);
    k.wait(12s);
    CHECK(k.page<PinPage>().locked_for == 18s);
    k.wait(18s);
    CHECK(!k.page<PinPage>().locked_for);
    k.type(test::test_pin);
    CHECK(k.page<HomePage>().pager.pages == 1);
    CHECK(k.view().usher == test::usher_seven);
    CHECK(!k.view().supervisor);
}

TEST_CASE("a PIN of six to ten digits is tried as it was typed, a shorter one is not") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    k.type("07");
    k.type("12345");
    CHECK(k.page<PinPage>().filled == 5);
    CHECK_FALSE(k.page<PinPage>().wrong);
    k.type("67890123");
    CHECK(k.page<PinPage>().wrong);  // ten were tried: the pad takes no more
    k.type("1234567");
    CHECK(k.page<PinPage>().wrong);
    CHECK(k.page<PinPage>().filled == 0);
}

TEST_CASE("nothing but the PIN leads past the pad") {
    Kiosk k;
    k.show(3);
    k.panel.open(k.clock.monotonic());
    const auto before = k.facts();
    for (int act = 0; act <= static_cast<int>(PanelAct::hand_over); ++act) {
        if (!k.panel.is_open()) k.panel.open(k.clock.monotonic());
        k.touch(static_cast<PanelAct>(act), 1);
        if (k.panel.is_open()) (void)k.page<PinPage>();
    }
    CHECK(k.facts() == before);
}

TEST_CASE("no name or reason is on the pad, and it gives way to badges that are somebody's") {
    Kiosk k;
    SECTION("nobody is in") { k.panel.open(k.clock.monotonic()); }
    SECTION("an usher is, and a supervisor is asked for") {
        k.unlock();
        k.show(3);
        REQUIRE(k.view().strip);
        k.touch(PanelAct::open_more);
    }
    (void)k.page<PinPage>();
    CHECK(!k.view().strip);
    const auto gives_way = [&] { return k.panel.gives_way(k.clock.monotonic()); };
    k.touch(PanelAct::digit, 1);
    k.wait(4s);
    k.show(3);
    CHECK(!k.view().strip);
    CHECK(gives_way());
    k.wait(1999ms);
    CHECK(gives_way());
    k.wait(1ms);
    CHECK(!gives_way());
    CHECK(k.page<PinPage>().filled == 1);
    k.show(1);  // at most 2 s in 4
    CHECK(!gives_way());
    k.panel.drawn(k.clock.monotonic());
    CHECK(k.panel.next_change(k.clock.monotonic()) == k.clock.monotonic() + 2s);
    k.wait(2s);
    CHECK(gives_way());
}

TEST_CASE("a code that is nobody's does not take the pad from who types") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    Answer unknown;
    unknown.verdict.kind = VerdictKind::refused;
    unknown.verdict.reason = Reason::unknown_code;
    k.panel.on_answer(unknown, k.clock.monotonic());
    CHECK(!k.panel.gives_way(k.clock.monotonic()));
    k.show(1);
    CHECK(k.panel.gives_way(k.clock.monotonic()));
    k.panel.on_answer(unknown, k.clock.monotonic());
    CHECK(!k.panel.gives_way(k.clock.monotonic()));
}

TEST_CASE("unlocked, an amber refusal is overridden in two taps: the strip, the reason") {
    Kiosk k;
    k.unlock();
    k.show(3);
    REQUIRE(k.view().strip);
    CHECK(k.view().strip->answer.verdict.reason == Reason::attention);
    k.touch(PanelAct::strip);
    CHECK(k.page<ReasonPage>().person.name == k.event.delegate(3).name);
    CHECK(k.page<ReasonPage>().note.en == "The ambassador waits for him");
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::vip));
    const auto done = k.page<DonePage>();
    CHECK(!done.failed);
    CHECK(done.name == k.event.delegate(3).name);
    CHECK(done.reason == storage::Override::vip);
    CHECK(done.undo_left == 60s);
    CHECK(k.disk->facts().back().fact.override_reason == storage::Override::vip);
    k.touch(PanelAct::done);
    CHECK(k.page<HomePage>().rows[0].override_reason == storage::Override::vip);
    CHECK(k.page<HomePage>().rows[0].offer == RowOffer::undo);
    CHECK(k.page<HomePage>().rows[1].offer == RowOffer::none);  // the refusal is answered
}

TEST_CASE("an override is undone within its minute, and the refusal can be answered again") {
    Kiosk k;
    k.unlock();
    k.show(3);
    k.touch(PanelAct::strip);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::late));
    k.wait(18s);
    CHECK(k.page<DonePage>().undo_left == 42s);
    k.touch(PanelAct::undo);
    CHECK(k.page<DonePage>().undone);
    CHECK(k.disk->facts().back().fact.kind == storage::FactKind::undone);
    k.touch(PanelAct::done);
    CHECK(k.page<HomePage>().rows[0].undone);
    CHECK(k.page<HomePage>().rows[1].offer == RowOffer::admit);
}

TEST_CASE(
    "a red refusal asks for a supervisor's PIN and goes on to the reasons; a blocked one offers nothing") {
    Kiosk k;
    k.unlock();
    k.show(4);
    k.show(2);
    const auto home = k.page<HomePage>();
    CHECK(home.rows[0].offer == RowOffer::approval);
    CHECK(home.rows[1].offer == RowOffer::none);
    k.touch(PanelAct::row, 0);
    CHECK(k.page<PinPage>().supervisor_only);
    k.type("07");
    k.type(test::test_pin);
    CHECK(k.page<PinPage>().needs_supervisor);
    CHECK(!k.page<PinPage>().wrong);
    CHECK(k.page<PinPage>().asks_number);
    k.touch(PanelAct::cancel);
    k.touch(PanelAct::row, 0);
    k.type("12");
    k.type(test::test_pin);
    CHECK(k.view().usher == test::usher_seven);
    CHECK(!k.view().supervisor);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::speaker));
    CHECK(!k.page<DonePage>().failed);
    const storage::Fact fact = k.disk->facts().back().fact;
    CHECK(fact.usher == test::usher_seven);
    CHECK(storage::approver_in(fact) == test::supervisor_twelve);
    k.touch(PanelAct::done);
    k.show(2);  // already in, by the approval
    k.touch(PanelAct::open_sessions);
    CHECK(k.page<PinPage>().supervisor_only);
}

TEST_CASE("an approval that is not used for its refusal is used for nothing") {
    Kiosk k;
    k.unlock();
    k.show(3);
    k.show(2);
    const auto approve = [&] {
        k.touch(PanelAct::row, 0);
        k.type("12");
        k.type(test::test_pin);
        REQUIRE(k.page<ReasonPage>().person.reason == Reason::wrong_session);
    };
    const storage::FactId red = k.disk->facts().back().fact.id;
    approve();
    const auto how = GENERATE(0, 1, 2, 3);
    if (how == 0) k.touch(PanelAct::back);
    if (how == 1) k.touch(PanelAct::lock);
    if (how == 2) k.clock.advance(61s);
    if (how == 3) {
        k.show(3);
        k.touch(PanelAct::strip);  // another refusal is chosen
    }
    if (how == 1) k.unlock();
    const auto before = k.facts();
    for (const auto by : {test::usher_seven, test::supervisor_twelve})
        k.desk->obey({by, OverrideRefusal{red, storage::Override::speaker}});
    CHECK(k.facts() == before);
}

TEST_CASE("a page a supervisor opens on an usher's panel is that page alone") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_more);
    k.type("12");
    k.type(test::test_pin);
    CHECK(k.view().usher == test::usher_seven);
    CHECK(k.view().supervisor);
    k.touch(PanelAct::direction);
    k.touch(PanelAct::yes);
    CHECK(k.disk->facts().back().fact.usher == test::supervisor_twelve);
    k.touch(PanelAct::direction);
    k.touch(PanelAct::yes);
    const auto leave = GENERATE(0, 1);
    if (leave == 0) k.touch(PanelAct::back);
    if (leave == 1) {
        k.touch(PanelAct::walk_in);
        k.touch(PanelAct::back);  // still with the supervisor
        k.touch(PanelAct::back);
    }
    CHECK(!k.view().supervisor);
    const auto before = k.facts();
    k.desk->obey({test::supervisor_twelve, ChooseDirection{storage::Direction::exit}});
    CHECK(k.facts() == before);
    k.show(3);
    k.touch(PanelAct::strip);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::vip));
    CHECK(k.disk->facts().back().fact.usher == test::usher_seven);
    CHECK(storage::approver_in(k.disk->facts().back().fact) == storage::UsherNumber{});
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::back);
}

TEST_CASE("out of service, an usher's right PIN is not wrong, and opens nothing") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::out_of_service);
    k.touch(PanelAct::yes);
    REQUIRE(!k.panel.is_open());
    const auto before = k.facts();
    k.unlock();
    CHECK(k.page<PinPage>().needs_supervisor);
    CHECK(!k.page<PinPage>().wrong);
    CHECK(k.view().usher == storage::UsherNumber{});
    k.touch(PanelAct::cancel);
    CHECK(!k.panel.is_open());
    k.desk->obey({test::usher_seven, AddNote{{}, "seen by nobody"}});
    CHECK(k.facts() == before);
}

TEST_CASE(
    "a staff badge within 30 s of a refusal opens the override of that very scan after the PIN") {
    Kiosk k;
    const auto late = GENERATE(false, true);
    k.show(3);
    k.wait(late ? 31s : 29s);
    storage::BadgeToken token = k.event.token(k.event.delegate(1));
    token.number = test::supervisor_badge();
    REQUIRE(!k.scan(storage::make_badge_text(token, k.event.badge_key)));
    k.pump();
    CHECK(!k.page<PinPage>().asks_number);
    k.type(test::test_pin);
    if (late)
        CHECK(k.page<HomePage>().rows.size() == 1);
    else
        CHECK(k.page<ReasonPage>().person.reason == Reason::attention);
}

TEST_CASE("scanning goes on while the panel is open, and a queue of badges is the list") {
    Kiosk k;
    k.unlock();
    for (const unsigned n : {1U, 2U, 3U, 5U, 6U, 7U}) k.show(n);
    CHECK(k.view().strip->answer.verdict.kind == VerdictKind::admitted);
    auto home = k.page<HomePage>();
    CHECK(home.rows.size() == 5);
    CHECK(home.pager.pages == 2);
    CHECK(home.inside.people == 4);
    k.touch(PanelAct::next_page);
    CHECK(k.page<HomePage>().rows.size() == 1);
    CHECK(k.page<HomePage>().rows[0].name == k.event.delegate(1).name);
    k.wait(5s);
    CHECK(!k.view().strip);
}

TEST_CASE(
    "search finds Mohammed, Muhammad and محمّد for محمد, and who is found is checked in like a badge") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_search);
    CHECK(k.page<SearchPage>().too_short);
    k.write(U"محمد");
    std::set<storage::Bilingual> found;
    const int pages = k.page<SearchPage>().pager.pages;
    for (int at = 0; at < pages; ++at, k.touch(PanelAct::next_page))
        for (const PersonRow& row : k.page<SearchPage>().rows) found.insert(row.name);
    for (const std::size_t person : {4U, 5U, 6U}) CHECK(found.contains(k.people[person].name));
    CHECK(!found.contains(k.people[7].name));
    k.touch(PanelAct::clear);
    k.write(U"khan");
    REQUIRE(k.page<SearchPage>().found == 1);
    CHECK(k.page<SearchPage>().rows[0].offer == RowOffer::check_in);
    k.touch(PanelAct::row, 0);
    CHECK(k.disk->facts().back().fact.registration == k.people[5].id);
    CHECK(!k.page<DonePage>().failed);
    CHECK(k.page<DonePage>().reason == storage::Override::none);
    CHECK(k.disk->facts().back().fact.method == storage::Method::search);
    k.touch(PanelAct::undo);
    CHECK(k.page<DonePage>().undone);
}

TEST_CASE("however many are found, the desk is asked for those on the page alone") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_search);
    k.write(U"dha");
    const int all = k.page<SearchPage>().found;
    REQUIRE(all > 3);
    CHECK(k.page<SearchPage>().rows.size() == 3);
    CHECK(k.most_described == 3);
    std::set<storage::Bilingual> seen;
    const int pages = k.page<SearchPage>().pager.pages;
    for (int at = 0; at < pages; ++at, k.touch(PanelAct::next_page))
        for (const PersonRow& row : k.page<SearchPage>().rows) seen.insert(row.name);
    CHECK(k.page<SearchPage>().pager.page == pages - 1);  // and no further
    CHECK(k.most_described == 3);
    k.touch(PanelAct::hide_keys);
    const auto page = k.page<SearchPage>();
    CHECK(page.rows.size() == static_cast<std::size_t>(std::min(rows_without_keys, all)));
    // What a row shows is whom it is about, though there are fewer pages now.
    const auto free = std::ranges::find(page.rows, RowOffer::check_in, &PersonRow::offer);
    REQUIRE(free != page.rows.end());
    k.touch(PanelAct::row, static_cast<int>(free - page.rows.begin()));
    CHECK(k.page<DonePage>().name == free->name);
}

TEST_CASE("a found person who is refused leads to the reasons, and a typed code is taken") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_search);
    SECTION("attention") {
        for (const char letter : k.event.delegate(3).name.en) k.touch(PanelAct::letter, letter);
        REQUIRE(!k.page<SearchPage>().rows.empty());
        CHECK(k.page<SearchPage>().rows[0].offer == RowOffer::admit);
        k.touch(PanelAct::row, 0);
        CHECK(k.page<ReasonPage>().person.reason == Reason::attention);
        k.touch(PanelAct::reason, static_cast<int>(storage::Override::forgot));
        CHECK(k.page<DonePage>().reason == storage::Override::forgot);
    }
    SECTION("wrong session: over a supervisor's PIN") {
        for (const char letter : k.event.delegate(2).name.en) k.touch(PanelAct::letter, letter);
        k.touch(PanelAct::hide_keys);
        CHECK(k.page<SearchPage>().keys_hidden);
        k.touch(PanelAct::caret, 0);
        CHECK(!k.page<SearchPage>().keys_hidden);
        REQUIRE(k.page<SearchPage>().rows.at(0).offer == RowOffer::approval);
        k.touch(PanelAct::row, 0);
        CHECK(k.page<PinPage>().supervisor_only);
        k.type("12");
        k.type(test::test_pin);
        CHECK(k.page<ReasonPage>().person.name == k.event.delegate(2).name);
    }
    SECTION("code") {
        const auto before = k.facts();
        k.write_code(k.event.delegate(1).badge);
        const auto page = k.page<SearchPage>();
        CHECK(page.code);
        REQUIRE(page.rows.size() == 1);
        CHECK(page.rows[0].name == k.event.delegate(1).name);
        CHECK(page.rows[0].organisation == k.event.delegate(1).organisation);
        CHECK(page.rows[0].offer == RowOffer::check_in);
        CHECK(k.facts() == before);
        k.touch(PanelAct::row, 0);
        CHECK(k.page<DonePage>().name == k.event.delegate(1).name);
        CHECK(k.disk->facts().back().fact.method == storage::Method::typed);
    }
    SECTION("code of somebody who is refused") {
        k.write_code(k.event.delegate(3).badge);
        CHECK(k.page<SearchPage>().rows.at(0).offer == RowOffer::admit);
        CHECK(k.page<SearchPage>().rows.at(0).reason == Reason::attention);
        k.touch(PanelAct::row, 0);
        CHECK(k.page<ReasonPage>().person.name == k.event.delegate(3).name);
    }
    SECTION("code of somebody blocked") {
        k.write_code(k.event.delegate(4).badge);
        CHECK(k.page<SearchPage>().rows.at(0).offer == RowOffer::none);
        const auto before = k.facts();
        k.touch(PanelAct::row, 0);
        CHECK(k.facts() == before);
    }
    SECTION("code of nobody") {
        const auto before = k.facts();
        k.write_code(storage::draw_badge_number());
        CHECK(k.page<SearchPage>().no_such_code);
        CHECK(k.page<SearchPage>().rows.empty());
        k.touch(PanelAct::row, 0);
        CHECK(k.facts() == before);
        k.touch(PanelAct::erase);
        CHECK(!k.page<SearchPage>().no_such_code);
    }
}

TEST_CASE("until the desk has said whose a code is, nobody is shown and nothing is done") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_search);
    k.write(U"khan");
    REQUIRE(k.page<SearchPage>().rows.size() == 1);
    k.touch(PanelAct::clear);
    for (const char letter : storage::typed_code(k.event.delegate(1).badge))
        k.panel.on_touch({PanelAct::letter, letter}, k.clock.monotonic());
    const auto page = k.page<SearchPage>();
    CHECK(page.code);
    CHECK(page.rows.empty());
    CHECK(!page.no_such_code);
    k.panel.on_touch({PanelAct::row, 0}, k.clock.monotonic());
    for (const Order& order : k.panel.take_orders())
        CHECK(!std::holds_alternative<TypedCode>(order.wish));
}

TEST_CASE("a code may be typed with Arabic digits, and an id finds its person") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_search);
    for (const char letter : storage::typed_code(k.event.delegate(1).badge)) {
        const bool digit = letter >= '0' && letter <= '9';
        k.touch(PanelAct::letter, digit ? 0x0660 + letter - '0' : letter);
    }
    REQUIRE(k.page<SearchPage>().rows.size() == 1);
    CHECK(k.page<SearchPage>().rows[0].name == k.event.delegate(1).name);
    k.touch(PanelAct::clear);
    k.write(U"d١٠٩٩");
    REQUIRE(k.page<SearchPage>().found == 1);
    CHECK(k.page<SearchPage>().rows[0].name == k.people[8].name);
    CHECK(k.page<SearchPage>().rows[0].external_id == "D1099");
}

TEST_CASE(
    "of a delegation it is said how many are inside, and the others are listed by one touch") {
    Kiosk k;
    k.unlock();
    k.show(1);
    k.show(6);
    k.touch(PanelAct::open_search);
    k.write(U"herald");
    auto page = k.page<SearchPage>();
    CHECK(page.found == 5);
    CHECK(page.inside == 2);
    CHECK(!page.only_missing);
    CHECK(page.pager.pages == 2);
    k.touch(PanelAct::next_page);
    k.touch(PanelAct::only_missing);
    page = k.page<SearchPage>();
    CHECK(page.only_missing);
    CHECK(page.pager.page == 0);
    CHECK(page.pager.pages == 1);
    REQUIRE(page.rows.size() == 3);
    for (const PersonRow& row : page.rows) CHECK(!row.inside_since);
    const auto free = std::ranges::find(page.rows, RowOffer::check_in, &PersonRow::offer);
    REQUIRE(free != page.rows.end());
    k.touch(PanelAct::row, static_cast<int>(free - page.rows.begin()));
    CHECK(k.page<DonePage>().name == free->name);
    k.touch(PanelAct::done);
    k.touch(PanelAct::open_search);
    k.write(U"herald");
    CHECK(k.page<SearchPage>().inside == 3);
    k.touch(PanelAct::only_missing);
    k.touch(PanelAct::only_missing);
    CHECK(k.page<SearchPage>().pager.pages == 2);
    // People of one name are no group.
    k.touch(PanelAct::clear);
    k.write(U"sarah");
    CHECK(k.page<SearchPage>().rows.at(1).name.en == "Sarah Diallo");
    CHECK(!k.page<SearchPage>().inside);
    k.touch(PanelAct::only_missing);
    CHECK(!k.page<SearchPage>().only_missing);
}

TEST_CASE("an untouched panel warns after 50 s and locks after 60; one touch extends it") {
    Kiosk k;
    k.unlock();
    k.wait(49s);
    CHECK(!k.view().locks_in);
    k.wait(1s);
    CHECK(k.view().locks_in == 10s);
    k.touch(PanelAct::stay);
    CHECK(!k.view().locks_in);
    k.wait(60s);
    CHECK(!k.panel.is_open());
    const auto before = k.facts();
    k.touch(PanelAct::row, 0);
    CHECK(k.facts() == before);
}

TEST_CASE(
    "sessions are a supervisor's to choose: this door's first, both days, until the agenda is followed again") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::open_sessions);
    const auto page = k.page<SessionsPage>();
    REQUIRE(page.days.size() == 2);
    CHECK(page.days[0].today);
    REQUIRE(page.days[0].lines.size() == 4);
    CHECK(page.days[0].lines[0].now);
    CHECK(page.place.en == k.event.identity.agenda.find_place(test::north)->name.en);
    for (const SessionDay& day : page.days)
        for (std::size_t i = 1; i < day.lines.size(); ++i) {
            const SessionLine &before = day.lines[i - 1], &line = day.lines[i];
            CHECK(before.here >= line.here);
            if (before.here == line.here) CHECK(before.words.starts <= line.words.starts);
        }
    CHECK(page.days[0].lines[1].here);
    CHECK(!page.days[0].lines[2].here);
    CHECK(page.days[0].lines[0].in_force);  // by the agenda
    CHECK(!page.days[0].lines[0].selected);
    k.touch(PanelAct::session, 1);
    CHECK(k.page<SessionsPage>().days[0].lines[1].selected);
    k.touch(PanelAct::admit_session);
    CHECK(k.page<QuestionPage>().of == QuestionPage::Of::open_doors);
    k.touch(PanelAct::yes);
    CHECK(k.page<HomePage>().session->code == page.days[0].lines[1].words.code);
    k.touch(PanelAct::open_sessions);
    CHECK(k.page<SessionsPage>().days[0].lines[1].in_force);
    CHECK(k.page<SessionsPage>().days[0].lines[1].selected);
    CHECK(!k.page<SessionsPage>().days[0].lines[0].in_force);
    k.touch(PanelAct::follow_agenda);
    CHECK(k.page<HomePage>().session->code == page.days[0].lines[0].words.code);
}

TEST_CASE("out of service takes two touches of a supervisor, and one with the PIN leads back") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::out_of_service);
    CHECK(k.page<QuestionPage>().of == QuestionPage::Of::out_of_service);
    k.touch(PanelAct::cancel);
    CHECK(k.desk->door_state().in_service);
    k.touch(PanelAct::out_of_service);
    k.touch(PanelAct::yes);
    CHECK(!k.panel.is_open());
    CHECK(!k.desk->door_state().in_service);
    k.unlock("12");
    (void)k.page<ServicePage>();
    k.touch(PanelAct::out_of_service);
    CHECK(k.desk->door_state().in_service);
    CHECK(k.page<HomePage>().rows.empty());
}

TEST_CASE("a supervisor turns an entrance into an exit and back to what the agenda says") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::direction);
    k.touch(PanelAct::yes);
    CHECK(k.desk->door_state().direction == storage::Direction::exit);
    CHECK(k.show(1).direction == storage::Direction::exit);
    k.touch(PanelAct::direction);
    k.touch(PanelAct::yes);
    CHECK(!k.desk->door_state().direction);
    CHECK(k.show(5).direction == storage::Direction::entry);
}

TEST_CASE("a staff badge at a locked pad is its owner's: it inherits no lock and no wrong PIN") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    k.type("07");
    for (int miss = 0; miss < 4; ++miss) k.type("314159");
    k.wait(1s);
    CHECK(k.page<PinPage>().wrong);
    k.type("314159");
    REQUIRE(k.page<PinPage>().locked_for);
    k.wait(29s);
    k.panel.on_news(StaffShown{test::supervisor_twelve}, k.clock.monotonic());
    CHECK(!k.page<PinPage>().locked_for);
    CHECK(!k.page<PinPage>().wrong);
    k.wait(1s);  // the pause of the pad itself is over
    k.type(test::test_pin);
    CHECK(k.view().usher == test::supervisor_twelve);
}

TEST_CASE("a second badge while a PIN is being compared has the pad, and the first opens nothing") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    k.panel.on_news(StaffShown{test::usher_seven}, k.clock.monotonic());
    for (const char digit : std::string(test::test_pin))
        k.panel.on_touch({PanelAct::digit, digit - '0'}, k.clock.monotonic());
    k.enter();
    auto tried = k.panel.take_orders();  // on its way to the desk
    REQUIRE(tried.size() == 1);
    CHECK(k.page<PinPage>().checking);
    k.panel.on_news(StaffShown{test::supervisor_twelve}, k.clock.monotonic());
    CHECK(!k.page<PinPage>().checking);

    REQUIRE(k.desk->begin_pin(tried[0].by, {.by_badge = true}));
    k.desk->obey({tried[0].by, PinChecked{true}});  // the first was right
    k.pump();
    (void)k.page<PinPage>();
    const auto before = k.facts();
    k.desk->obey({test::usher_seven, AddNote{{}, "seen by nobody"}});
    CHECK(k.facts() == before);  // not in at the desk either
    k.type(test::test_pin);
    CHECK(k.view().usher == test::supervisor_twelve);
}

TEST_CASE("a right PIN whose pad was left lets nobody in") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_sessions);  // a supervisor's: asks for one
    k.panel.on_news(StaffShown{test::supervisor_twelve}, k.clock.monotonic());
    for (const char digit : std::string(test::test_pin))
        k.panel.on_touch({PanelAct::digit, digit - '0'}, k.clock.monotonic());
    k.enter();
    const auto tried = k.panel.take_orders();
    k.panel.on_touch({PanelAct::cancel}, k.clock.monotonic());
    REQUIRE(tried.size() == 1);
    k.desk->obey({tried[0].by, PinChecked{true, std::get<TryPin>(tried[0].wish).use}});
    k.pump();
    CHECK(k.view().usher == test::usher_seven);
    CHECK(!k.view().supervisor);
    const auto before = k.facts();
    k.desk->obey({test::supervisor_twelve, AddNote{{}, "by whom?"}});
    CHECK(k.facts() == before);
}

TEST_CASE("I-17: a deed waits for its act, which is recorded for who ordered it") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::copy_records);
    CHECK(k.page<StickPage>().state == StickPage::State::working);
    REQUIRE(k.begun.size() == 1);
    CHECK(k.begun[0].allowed);
    const storage::Fact intent = k.disk->facts().back().fact;
    CHECK(intent.act == storage::ActCode::export_taken);
    CHECK(intent.usher == test::supervisor_twelve);
    CHECK(k.begun[0].intent == intent.id);
    CHECK(!k.desk->door_state().exported_at);  // begun is not done

    k.touch(PanelAct::lock);  // and another is in when it ends
    k.unlock();
    k.desk->obey({{}, EndAct{intent.id, ExitCode::done}});
    const storage::Fact outcome = k.disk->facts().back().fact;
    CHECK(outcome.act == storage::ActCode::outcome);
    CHECK(outcome.reference == intent.id);
    CHECK(outcome.argument == 0);
    CHECK(outcome.usher == test::supervisor_twelve);
    CHECK(k.desk->door_state().exported_at);
    const auto before = k.facts();
    k.desk->obey({{}, EndAct{intent.id, ExitCode::done}});  // once
    k.desk->obey({{}, EndAct{{}, ExitCode::done}});         // of nothing that was begun
    CHECK(k.facts() == before);
}

TEST_CASE("I-17: nothing that needs a supervisor begins for an usher, or for a locked panel") {
    const auto act = GENERATE(storage::ActCode::export_taken, storage::ActCode::update_taken,
                              storage::ActCode::self_test, storage::ActCode::settings_shown,
                              storage::ActCode::exit_program);
    Kiosk k;
    k.unlock();
    const auto before = k.facts();
    for (const auto who : {test::usher_seven, test::supervisor_twelve, storage::UsherNumber{}}) {
        k.desk->obey({who, BeginAct{act}});
        k.pump();
        REQUIRE(!k.begun.empty());
        CHECK(!k.begun.back().allowed);
    }
    CHECK(k.facts() == before);
}

TEST_CASE("a guest without registration, and a note to an override, are sealed") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::walk_in);
    CHECK(k.page<NotePage>().categories.size() == k.event.identity.categories.size());
    k.write(U"أمينة ديالو");
    k.touch(PanelAct::category, 1);
    k.touch(PanelAct::done);
    CHECK(!k.page<DonePage>().failed);
    k.touch(PanelAct::add_note);
    k.write(U"ضيفة الوزير");
    k.touch(PanelAct::done);
    CHECK(k.page<DonePage>().name == storage::Bilingual{"أمينة ديالو", ""});  // once
    CHECK(k.disk->facts().back().fact.kind == storage::FactKind::note);
}

TEST_CASE("done with nothing written says what is missing, until something is") {
    Kiosk k;
    k.unlock("12");
    const auto before = k.facts();
    const bool guest = GENERATE(true, false);
    if (guest) {
        k.touch(PanelAct::open_more);
        k.touch(PanelAct::walk_in);
    } else {
        k.show(3);
        k.touch(PanelAct::strip);
        k.touch(PanelAct::reason, static_cast<int>(storage::Override::vip));
        k.touch(PanelAct::add_note);
    }
    CHECK(!k.page<NotePage>().is_missing);
    k.write(U"  ");
    CHECK(!k.page<NotePage>().is_missing);
    k.touch(PanelAct::done);
    CHECK(k.page<NotePage>().is_missing);
    CHECK(k.facts() == before + (guest ? 0 : 2));
    k.write(U"م");
    CHECK(!k.page<NotePage>().is_missing);
    k.touch(PanelAct::done);
    CHECK(!k.page<DonePage>().failed);
}

TEST_CASE("a guest's name is on the list as long as its writer may take it back, and no longer") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::walk_in);
    k.write(U"Amina");
    k.touch(PanelAct::done);
    k.touch(PanelAct::done);
    CHECK(k.page<HomePage>().rows[0].name.en == "Amina");
    SECTION("a minute") {
        k.wait(9s);
        CHECK(k.page<HomePage>().rows[0].name.en == "Amina");
        k.wait(50s);
        k.touch(PanelAct::stay);
        k.wait(1s);
        CHECK(k.page<HomePage>().rows[0].offer == RowOffer::undo);
    }
    SECTION("another usher comes") {
        k.touch(PanelAct::lock);
        k.unlock();
    }
    SECTION("it was undone") { k.touch(PanelAct::row, 0); }
    CHECK(k.page<HomePage>().rows[0].name == storage::Bilingual{});
    CHECK(k.page<HomePage>().rows[0].guest);
}

TEST_CASE("five Backspaces of a real keyboard take five letters away") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_search);
    k.write(U"أحمد إبراهيم");
    for (int i = 0; i < 5; ++i)
        k.panel.on_touch(
            touch_of_key({.key = GLFW_KEY_BACKSPACE, .at = k.clock.monotonic()}, k.panel.field()),
            k.clock.monotonic());
    CHECK(k.panel.field()->text == "أحمد إب");
}

TEST_CASE("the evacuation list is in the order of the panel's language, and is looked through") {
    Kiosk k;
    k.unlock("12");
    for (const unsigned n : {1U, 5U, 6U, 7U, 8U, 9U}) k.show(n);
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::evacuation);
    const auto names = [&](bool arabic) {
        std::vector<std::string> all;
        const int pages = k.page<EvacuationPage>().pager.pages;
        for (int at = 0; at < pages; ++at, k.touch(PanelAct::next_page))
            for (const PersonRow& row : k.page<EvacuationPage>().rows) {
                const std::string &own = arabic ? row.name.ar : row.name.en,
                                  &other = arabic ? row.name.en : row.name.ar;
                all.push_back(own.empty() ? other : own);
            }
        return all;
    };
    CHECK(k.page<EvacuationPage>().people == 6);
    CHECK(k.page<EvacuationPage>().keys_hidden);
    CHECK(names(true) == std::vector<std::string>{"Muhammad Khan", "أحمد الظاهري 1", "سارة ديالو",
                                                  "سارة ديالو", "محمد الهاشمي", "محمّد سعيد"});
    k.touch(PanelAct::change_language);
    CHECK(names(false) == std::vector<std::string>{"Ahmed Al Dhaheri 1", "Mohammed Al Hashimi",
                                                   "Muhammad Khan", "Sarah Diallo", "Sarah Diallo",
                                                   "محمّد سعيد"});
    k.touch(PanelAct::caret, 0);
    CHECK(!k.page<EvacuationPage>().keys_hidden);
    CHECK(k.page<EvacuationPage>().rows.size() == 3);
    k.write(U"diallo");
    for (const std::size_t nearest : {0U, 1U})
        CHECK(k.page<EvacuationPage>().rows.at(nearest).name.en == "Sarah Diallo");
    CHECK(k.page<EvacuationPage>().people == 6);
    k.write(U"x x x x");
    CHECK(k.page<EvacuationPage>().rows.empty());
    k.touch(PanelAct::clear);
    CHECK(k.page<EvacuationPage>().pager.pages == 2);
    k.touch(PanelAct::lock);
    k.unlock("12");
}

TEST_CASE(
    "a list so old that nobody is admitted by it is taken by a supervisor, once, and by nobody else") {
    Kiosk k;
    k.clock.advance(62h);  // the event ended at midnight after the 6th
    k.pump();
    CHECK(!k.desk->door_state().list_expired);
    k.clock.advance(2h);
    k.pump();
    CHECK(k.scan(k.event.badge_text(k.event.delegate(1)))->verdict.kind != VerdictKind::admitted);
    CHECK(k.desk->door_state().list_expired);
    k.unlock();
    (void)k.page<HomePage>();
    k.touch(PanelAct::accept_list);
    CHECK(k.desk->door_state().list_expired);
    k.touch(PanelAct::lock);
    k.unlock("12");
    CHECK(k.page<OldListPage>().list_of.of_day == 8h);
    CHECK(k.page<OldListPage>().list_of.day == std::chrono::year(2026) / 12 / 4);
    k.touch(PanelAct::accept_list);
    CHECK(!k.desk->door_state().list_expired);
    CHECK(k.disk->facts().back().fact.act == storage::ActCode::list_accepted);
    k.touch(PanelAct::lock);
    k.unlock("12");
    (void)k.page<HomePage>();
}

TEST_CASE(
    "F33: lists older than before are taken by a supervisor, and by the next start still are") {
    Kiosk k;
    k.event.identity.number = 7;
    k.restart(Kiosk::delegates());
    k.event.identity.number = 6;
    k.restart(Kiosk::delegates());
    k.pump();
    CHECK(k.scan(k.event.badge_text(k.event.delegate(1)))->verdict.kind != VerdictKind::admitted);
    k.unlock();
    (void)k.page<HomePage>();
    k.touch(PanelAct::accept_list);
    CHECK(k.desk->door_state().rolled_back);
    k.touch(PanelAct::lock);
    k.unlock("12");
    CHECK(k.page<OldListPage>().rolled_back);
    k.touch(PanelAct::accept_list);
    CHECK(!k.desk->door_state().rolled_back);
    const auto accepted = k.disk->facts().back().fact;
    CHECK(accepted.act == storage::ActCode::list_accepted);
    CHECK(storage::read_edition(accepted)->agenda == 6);
    CHECK(k.scan(k.event.badge_text(k.event.delegate(1)))->verdict.kind == VerdictKind::admitted);
    k.restart(Kiosk::delegates());
    CHECK(!k.desk->door_state().rolled_back);
    k.event.identity.number = 5;
    k.restart(Kiosk::delegates());
    CHECK(k.desk->door_state().rolled_back);
}

TEST_CASE("the evacuation list holds everybody inside, on pages") {
    Kiosk k;
    k.show(1);
    k.show(5);
    k.unlock("12");
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::evacuation);
    CHECK(k.page<EvacuationPage>().people == 2);
    CHECK(k.page<EvacuationPage>().rows.size() == 2);
    k.touch(PanelAct::back);
    (void)k.page<MorePage>();
}

TEST_CASE("keys of a real keyboard are the pad's and the field's") {
    const FieldText field{"ab", 1};
    const auto key = [](int number, char32_t letter = 0) {
        return KeyPress{number, 0, {}, letter};
    };
    CHECK(touch_of_key(key(GLFW_KEY_7), nullptr) == PanelTouch{PanelAct::digit, 7});
    CHECK(touch_of_key(key(GLFW_KEY_KP_0), nullptr) == PanelTouch{PanelAct::digit, 0});
    CHECK(touch_of_key(key(GLFW_KEY_ENTER), nullptr) == PanelTouch{PanelAct::enter, 0});
    CHECK(touch_of_key(key(GLFW_KEY_H, U'ا'), &field) == PanelTouch{PanelAct::letter, U'ا'});
    CHECK(touch_of_key(key(GLFW_KEY_END), &field) == PanelTouch{PanelAct::caret, 2});
    CHECK(touch_of_key(key(GLFW_KEY_H), nullptr) == PanelTouch{});
}
