// A tap means what stood under it when the finger came down, and what could have been read.
#include "tests/kiosk/desk/panel_fixture.hpp"

using namespace hudoor;
using namespace hudoor::kiosk;
using namespace std::chrono_literals;
using storage::Reason;
using storage::VerdictKind;

namespace {

using Kiosk = test::PanelFixture;

/// All that a touch could have changed.
struct Trace {
    std::size_t facts = 0;
    int page = 0;
    bool open = false;

    bool operator==(const Trace&) const = default;
};

Trace trace(const Kiosk& k) { return {k.facts(), k.panel.page_number(), k.panel.is_open()}; }

/// With the finger down since `began`.
void tap(Kiosk& k, PanelTouch touch, MonotonicTime began) {
    (void)k.view();
    k.panel.on_touch(touch, k.clock.monotonic(), began);
    k.pump();
}

/// The panel on each of its pages.
void go_to(Kiosk& k, int page) {
    k.show(1);
    k.show(3);
    k.unlock("12");
    const PanelAct ways[] = {PanelAct::none,        PanelAct::open_search, PanelAct::open_sessions,
                             PanelAct::open_health, PanelAct::open_more,   PanelAct::out_of_service,
                             PanelAct::open_shift};
    constexpr int from_home = static_cast<int>(std::size(ways));
    if (page < from_home) {
        if (page > 0) k.touch(ways[page]);
    } else if (page == from_home) {
        k.touch(PanelAct::row, 0);  // the reasons
    } else if (page == from_home + 1) {
        k.touch(PanelAct::row, 0);
        k.touch(PanelAct::reason, static_cast<int>(storage::Override::vip));
    } else if (page == from_home + 2) {
        k.touch(PanelAct::open_more);
        k.touch(PanelAct::close);  // the question
    } else if (page == from_home + 3) {
        k.touch(PanelAct::open_more);
        k.touch(PanelAct::walk_in);
    } else {
        k.touch(PanelAct::open_more);
        k.touch(PanelAct::evacuation);
    }
}
constexpr int pages = 12;

}  // namespace

TEST_CASE("a second tap before a new page could be read does nothing, whatever stands there") {
    const int page = GENERATE(range(0, pages));
    const auto after = GENERATE(0ms, 150ms, 299ms);
    for (int act = 1; act <= static_cast<int>(PanelAct::hand_over); ++act) {
        Kiosk k;
        go_to(k, page);
        const Trace before = trace(k);
        (void)k.view();
        k.clock.advance(after);
        CAPTURE(page, act);
        tap(k, {static_cast<PanelAct>(act), 0}, k.clock.monotonic());
        CHECK(trace(k) == before);
    }
}

TEST_CASE("a finger that came down on another page does nothing when it goes up on this one") {
    const int page = GENERATE(range(0, pages));
    for (int act = 1; act <= static_cast<int>(PanelAct::hand_over); ++act) {
        Kiosk k;
        go_to(k, page);
        const MonotonicTime down = k.clock.monotonic();
        (void)k.view();
        k.clock.advance(2s);
        const Trace before = trace(k);
        CAPTURE(page, act);
        tap(k, {static_cast<PanelAct>(act), 0}, down);
        CHECK(trace(k) == before);
    }
}

TEST_CASE("who types on a keyboard need not wait for the page; Enter does") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    k.panel.on_touch({PanelAct::digit, 0}, k.clock.monotonic());
    k.panel.on_touch({PanelAct::digit, 7}, k.clock.monotonic());
    CHECK(k.page<PinPage>().filled == 2);
    k.panel.on_touch({PanelAct::enter}, k.clock.monotonic());
    CHECK(k.page<PinPage>().asks_number);
    k.clock.advance(reading_takes);
    k.panel.on_touch({PanelAct::enter}, k.clock.monotonic());
    CHECK(!k.page<PinPage>().asks_number);
}

TEST_CASE("a tap on a row that has moved under it does nothing") {
    Kiosk k;
    k.show(3);
    k.unlock("12");
    REQUIRE(k.page<HomePage>().rows.at(0).reason == Reason::attention);
    k.wait(4s);  // no hand is near
    (void)k.view();
    const MonotonicTime down = k.clock.monotonic();
    k.show(1);  // takes the first row
    REQUIRE(k.page<HomePage>().rows.at(0).reason == Reason::ok);
    const Trace before = trace(k);
    SECTION("150 ms after it") {
        k.clock.advance(150ms);
        tap(k, {PanelAct::row, 0}, k.clock.monotonic());
    }
    SECTION("with a finger that was there before") {
        k.clock.advance(1s);
        tap(k, {PanelAct::row, 0}, down);
    }
    CHECK(trace(k) == before);
    k.touch(PanelAct::row, 0);  // read, and meant
    CHECK(k.page<QuestionPage>().of == QuestionPage::Of::undo);
}

TEST_CASE("a list holds still under a hand; what is new waits at its top") {
    Kiosk k;
    k.show(3);
    k.unlock();
    (void)k.view();
    k.clock.advance(reading_takes);
    k.panel.on_finger(true, k.clock.monotonic());
    for (const unsigned n : {1U, 5U, 6U}) k.show(n);
    auto home = k.page<HomePage>();
    CHECK(home.waiting == 3);
    CHECK(home.rows.size() == 1);
    CHECK(home.rows.at(0).reason == Reason::attention);
    SECTION("until it is gone") {
        k.wait(2900ms);
        CHECK(k.page<HomePage>().waiting == 3);
        k.wait(200ms);
    }
    SECTION("until they are asked for") { k.touch(PanelAct::show_new); }
    SECTION("and what is touched is what is there") {
        k.touch(PanelAct::row, 0);
        CHECK(k.page<ReasonPage>().person.reason == Reason::attention);
        k.touch(PanelAct::back);
    }
    home = k.page<HomePage>();
    CHECK(home.waiting == 0);
    CHECK(home.rows.size() == 4);
    CHECK(home.rows.at(0).name == k.people[5].name);
}

TEST_CASE("a result that has just come is not what a finger on the bar meant") {
    Kiosk k;
    k.unlock();
    k.show(3);
    k.touch(PanelAct::back);
    (void)k.view();
    const MonotonicTime down = k.clock.monotonic();
    k.show(2);
    k.clock.advance(200ms);
    const Trace before = trace(k);
    tap(k, {PanelAct::strip}, k.clock.monotonic());
    tap(k, {PanelAct::strip}, down);
    CHECK(trace(k) == before);
}

TEST_CASE("what is about everybody, or cannot be taken back, is asked once and in words") {
    Kiosk k;
    k.unlock("12");
    const auto [way, act, of] = GENERATE(table<PanelAct, PanelAct, QuestionPage::Of>(
        {{PanelAct::none, PanelAct::out_of_service, QuestionPage::Of::out_of_service},
         {PanelAct::open_health, PanelAct::out_of_service, QuestionPage::Of::out_of_service},
         {PanelAct::open_more, PanelAct::direction, QuestionPage::Of::direction},
         {PanelAct::open_more, PanelAct::training, QuestionPage::Of::training},
         {PanelAct::open_more, PanelAct::close, QuestionPage::Of::close}}));
    if (way != PanelAct::none) k.touch(way);
    const auto before = k.facts();
    k.touch(act);
    CHECK(k.page<QuestionPage>().of == of);
    k.touch(PanelAct::cancel);
    CHECK(k.facts() == before);
    CHECK(k.panel.is_open());
    k.touch(act);
    if (!std::holds_alternative<QuestionPage>(k.view().page)) {  // it was home it went back to
        k.touch(way);
        k.touch(act);
    }
    k.touch(PanelAct::yes);
    CHECK(k.facts() == before + 1);
    k.touch(PanelAct::yes);  // once
    CHECK(k.facts() == before + 1);
}

TEST_CASE("a question over another's PIN is a supervisor's, and that one alone") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::out_of_service);
    CHECK(k.page<PinPage>().supervisor_only);
    k.type("12");
    k.type(test::test_pin);
    CHECK(k.page<QuestionPage>().of == QuestionPage::Of::out_of_service);
    k.touch(PanelAct::cancel);
    CHECK(!k.view().supervisor);
    k.touch(PanelAct::yes);
    CHECK(k.desk->door_state().in_service);
}

TEST_CASE("undo has its way back, for whoever undid it and for a minute") {
    Kiosk k;
    k.unlock();
    k.show(3);
    k.touch(PanelAct::strip);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::late));
    k.touch(PanelAct::undo);
    CHECK(k.page<DonePage>().can_restore);
    const storage::Fact undone = k.disk->facts().back().fact;
    SECTION("from the page it was undone on") { k.touch(PanelAct::restore); }
    SECTION("from its row") {
        k.touch(PanelAct::done);
        CHECK(k.page<HomePage>().rows.at(0).offer == RowOffer::restore);
        k.touch(PanelAct::row, 0);
    }
    const storage::Fact restored = k.disk->facts().back().fact;
    CHECK(restored.kind == storage::FactKind::admitted);
    CHECK(restored.reference == undone.id);
    CHECK(restored.override_reason == storage::Override::late);
    k.touch(PanelAct::done);
    const auto rows = k.page<HomePage>().rows;
    CHECK(rows.at(0).offer == RowOffer::undo);
    CHECK(rows.at(1).offer == RowOffer::none);  // once
    CHECK(rows.at(2).offer == RowOffer::none);  // the refusal is answered again
}

TEST_CASE("an undo of long ago is a supervisor's to restore") {
    Kiosk k;
    k.unlock();
    k.show(3);
    k.touch(PanelAct::strip);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::late));
    const storage::FactId entry = k.disk->facts().back().fact.id;
    k.touch(PanelAct::undo);
    k.touch(PanelAct::done);
    k.wait(50s);
    k.touch(PanelAct::stay);
    k.wait(11s);
    CHECK(k.page<HomePage>().rows.at(0).offer == RowOffer::none);
    const auto before = k.facts();
    k.desk->obey({test::usher_seven, Restore{entry}});
    CHECK(k.facts() == before);
    k.touch(PanelAct::lock);
    k.unlock("12");
    CHECK(k.page<HomePage>().rows.at(0).offer == RowOffer::restore);
}

TEST_CASE("a refusal given in error is withdrawn, and admits nobody") {
    Kiosk k;
    const storage::FactId refusal = k.show(3).fact;
    k.unlock();
    k.touch(PanelAct::row, 0);
    CHECK(k.page<ReasonPage>().can_withdraw);
    k.touch(PanelAct::withdraw);
    const storage::Fact fact = k.disk->facts().back().fact;
    CHECK(fact.act == storage::ActCode::refusal_withdrawn);
    CHECK(fact.reference == refusal);
    CHECK(fact.usher == test::usher_seven);
    CHECK(k.page<HomePage>().rows.at(0).withdrawn);
    CHECK(k.desk->door_state().inside == 0);
    const auto before = k.facts();
    k.desk->obey({test::usher_seven, WithdrawRefusal{refusal}});  // once
    CHECK(k.facts() == before);
}

TEST_CASE("what is not possible any more is not called a disk that takes nothing") {
    Kiosk k;
    k.unlock();
    k.show(3);
    k.touch(PanelAct::strip);
    k.panel.on_news(Done{}, k.clock.monotonic());
    CHECK(k.page<DonePage>().failed);
    CHECK(k.page<DonePage>().denied);
    k.panel.on_news(Done{Answer{}}, k.clock.monotonic());  // not stored
    CHECK(k.page<DonePage>().failed);
    CHECK(!k.page<DonePage>().denied);
}

TEST_CASE("a withdrawal that no disk takes is not shown") {
    Kiosk k;
    k.show(3);
    k.unlock();
    k.touch(PanelAct::row, 0);
    k.disk->failing = true;
    k.touch(PanelAct::withdraw);
    CHECK(!k.page<HomePage>().rows.at(0).withdrawn);
}

TEST_CASE("out of service nobody is let in by hand either") {
    Kiosk k;
    const storage::FactId refusal = k.show(3).fact;
    k.unlock("12");
    k.show(1);
    const storage::FactId entry = k.disk->facts().back().fact.id;
    k.desk->obey({test::supervisor_twelve, Undo{entry}});
    k.desk->obey({test::supervisor_twelve, SetService{false}});
    const auto before = k.facts();
    k.desk->obey({test::supervisor_twelve, OverrideRefusal{refusal, storage::Override::vip}});
    k.desk->obey({test::supervisor_twelve, Restore{entry}});
    CHECK(k.facts() == before);
}

TEST_CASE("a supervisor is called until one has unlocked the panel") {
    Kiosk k;
    k.unlock();
    k.touch(PanelAct::open_more);
    CHECK(k.page<PinPage>().can_call);
    k.touch(PanelAct::call_supervisor);
    CHECK(k.disk->facts().back().fact.act == storage::ActCode::supervisor_called);
    CHECK(k.page<PinPage>().called);
    k.touch(PanelAct::cancel);
    CHECK(k.panel.door().supervisor_called);
    k.touch(PanelAct::lock);
    k.unlock();
    CHECK(k.panel.door().supervisor_called);
    k.touch(PanelAct::lock);
    k.unlock("12");
    CHECK(!k.panel.door().supervisor_called);
}

TEST_CASE("a shift says who did what, and is handed over") {
    Kiosk k;
    k.unlock();
    k.show(1);
    k.show(3);
    k.touch(PanelAct::strip);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::vip));
    k.touch(PanelAct::undo);
    const bool restores = GENERATE(false, true);
    if (restores) k.touch(PanelAct::restore);
    k.touch(PanelAct::done);
    k.touch(PanelAct::open_shift);
    const auto page = k.page<ShiftPage>();
    CHECK(page.shift.admitted == (restores ? 2 : 1));
    CHECK(page.shift.refused == 1);
    CHECK(page.open_notes == (restores ? 0 : 1));
    REQUIRE(page.shift.deeds.size() == 1);
    CHECK(page.shift.deeds[0] == Deeds{test::usher_seven, 0, 1, 1, 0});
    k.touch(PanelAct::hand_over);
    CHECK(!k.panel.is_open());
    CHECK(k.disk->facts().back().fact.act == storage::ActCode::hand_over);
    k.unlock("12");
    k.touch(PanelAct::open_shift);
    CHECK(k.page<ShiftPage>().shift == Shift{});
}

TEST_CASE(
    "names are covered by a tap or after 10 s, and shown row by row before anything is done") {
    Kiosk k;
    k.show(3);
    k.unlock();
    const auto name = k.event.delegate(3).name;
    CHECK(k.page<HomePage>().rows.at(0).name == name);
    SECTION("by a tap") { k.touch(PanelAct::veil); }
    SECTION("by time") {
        k.wait(9'900ms);
        CHECK(k.page<HomePage>().rows.at(0).name == name);
        k.wait(100ms);
    }
    CHECK(k.view().veil);
    const auto veiled = k.page<HomePage>().rows.at(0);
    CHECK(veiled.veiled);
    CHECK(veiled.name != name);
    CHECK(veiled.name.en.size() < 8);
    k.show(3);
    CHECK(k.view().strip->answer.usher_note == storage::Bilingual{});
    k.wait(6s);
    k.touch(PanelAct::row, 0);  // shows the name, and no more
    CHECK(k.page<HomePage>().rows.at(0).name == name);
    k.touch(PanelAct::row, 0);
    CHECK(k.page<ReasonPage>().person.name == name);
}

TEST_CASE("discreet people are in no list, and on no strip, by their names") {
    auto people = Kiosk::delegates();
    people[0].discreet = true;
    Kiosk k;
    k.restart(people);
    k.pump();
    k.unlock("12");
    k.show(1);
    const auto name = people[0].name;
    CHECK(k.view().strip->answer.name != name);
    CHECK(k.view().strip->answer.category == storage::Bilingual{});
    CHECK(k.page<HomePage>().rows.at(0).name != name);
    CHECK(k.page<HomePage>().rows.at(0).category == storage::Bilingual{});
    k.touch(PanelAct::unveil, 0);
    CHECK(k.page<HomePage>().rows.at(0).name == name);
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::evacuation);
    REQUIRE(k.page<EvacuationPage>().rows.size() == 1);
    CHECK(k.page<EvacuationPage>().rows[0].name != name);
    k.touch(PanelAct::unveil, 0);
    CHECK(k.page<EvacuationPage>().rows[0].name == name);
    k.touch(PanelAct::back);
    k.touch(PanelAct::back);
    k.touch(PanelAct::open_search);
    for (const char letter : name.en) k.touch(PanelAct::letter, letter);
    REQUIRE(!k.page<SearchPage>().rows.empty());
    CHECK(k.page<SearchPage>().rows[0].name != name);
    CHECK(k.page<SearchPage>().rows[0].organisation == storage::Bilingual{});
    CHECK(k.page<SearchPage>().rows[0].category == storage::Bilingual{});
    CHECK(k.page<SearchPage>().rows[0].external_id.empty());
}

TEST_CASE("who refused whom can be answered after a restart, undone and restored") {
    Kiosk k;
    k.show(1);
    k.show(3);
    k.unlock();
    k.touch(PanelAct::row, 0);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::vip));
    k.show(5);
    const storage::FactId fifth = k.disk->facts().back().fact.id;
    k.clock.advance(10s);
    k.restart(Kiosk::delegates());
    UsherPanel fresh{{.in_force = k.publication(std::nullopt).in_force}};
    k.panel = std::move(fresh);
    k.pump();
    k.unlock("12");
    auto rows = k.page<HomePage>().rows;
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].name == k.people[4].name);
    CHECK(rows[0].offer == RowOffer::undo);
    CHECK(rows[1].override_reason == storage::Override::vip);
    CHECK(rows[2].reason == Reason::attention);
    CHECK(rows[2].offer == RowOffer::none);  // answered
    CHECK(rows[3].name == k.event.delegate(1).name);
    k.touch(PanelAct::row, 0);
    k.touch(PanelAct::yes);
    CHECK(k.disk->facts().back().fact.kind == storage::FactKind::undone);
    CHECK(k.disk->facts().back().fact.reference == fifth);
    k.restart(Kiosk::delegates());
    k.pump();
    rows = k.page<HomePage>().rows;
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].undone);
    k.touch(PanelAct::lock);
    k.unlock("12");
    k.touch(PanelAct::row, 0);
    CHECK(k.disk->facts().back().fact.registration == k.people[4].id);
    CHECK(k.desk->door_state().inside == 3);
}

TEST_CASE("an usher who was refused by nobody is not offered what was answered before a restart") {
    Kiosk k;
    k.show(3);
    k.restart(Kiosk::delegates());
    k.pump();
    k.unlock();
    REQUIRE(k.page<HomePage>().rows.size() == 1);
    k.touch(PanelAct::row, 0);
    k.touch(PanelAct::reason, static_cast<int>(storage::Override::forgot));
    CHECK(!k.page<DonePage>().failed);
    k.restart(Kiosk::delegates());
    k.pump();
    CHECK(k.page<DonePage>().reason == storage::Override::forgot);
}

TEST_CASE("misses at a number hold back nobody who shows the badge that bears it") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    k.type("12");
    for (int miss = 0; miss < 5; ++miss) k.type("314159");
    REQUIRE(k.page<PinPage>().locked_for);
    k.panel.on_news(StaffShown{test::supervisor_twelve}, k.clock.monotonic());
    CHECK(!k.page<PinPage>().locked_for);
    k.type(test::test_pin);
    CHECK(k.view().usher == test::supervisor_twelve);
}

TEST_CASE("misses count for the number they were typed for") {
    Kiosk k;
    k.panel.open(k.clock.monotonic());
    k.type("07");
    for (int miss = 0; miss < 4; ++miss) k.type("314159");
    k.panel.on_touch({PanelAct::cancel}, k.clock.monotonic());
    k.panel.open(k.clock.monotonic());
    k.type("12");
    for (int miss = 0; miss < 4; ++miss) k.type("314159");
    CHECK(k.page<PinPage>().locked_for);  // the pad pauses, whoever it was
    k.wait(31s);
    CHECK(!k.page<PinPage>().locked_for);
    k.type(test::test_pin);
    CHECK(k.view().usher == test::supervisor_twelve);
}

TEST_CASE("seen again within 10 s, a guest is welcomed already, and nobody is admitted twice") {
    Kiosk k;
    auto code = k.scanned(k.event.badge_text(k.event.delegate(1)));
    const auto first = k.desk->handle(code);
    REQUIRE(first->verdict.kind == VerdictKind::admitted);
    k.clock.advance(7s);
    code.again = true;
    const auto second = k.desk->handle(code);
    CHECK(second->verdict.reason == Reason::already_in);
    CHECK(second->seen_again);
    CHECK(second->welcomed_at == 9h + 31min + 0s);
    CHECK(k.disk->facts().back().fact.reason == Reason::already_in);
    code.again = false;
    const auto third = k.desk->handle(code);
    CHECK(third->verdict.reason == Reason::already_in);
    CHECK(!third->seen_again);
}

TEST_CASE("seen again at an exit it is goodbye again, and no second fact") {
    Kiosk k;
    k.unlock("12");
    k.show(1);
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::direction);
    k.touch(PanelAct::yes);
    auto code = k.scanned(k.event.badge_text(k.event.delegate(1)));
    REQUIRE(k.desk->handle(code)->direction == storage::Direction::exit);
    const auto before = k.facts();
    code.again = true;
    const auto again = k.desk->handle(code);
    REQUIRE(again);
    CHECK(again->stored);
    CHECK(again->seen_again);
    CHECK(k.facts() == before);
}

TEST_CASE("a staff badge after a refusal opens no more than its owner may answer") {
    Kiosk k;
    k.show(GENERATE(2U, 4U));
    const bool red = k.disk->facts().back().fact.reason == Reason::wrong_session;
    k.panel.on_news(StaffShown{test::usher_seven}, k.clock.monotonic());
    k.type(test::test_pin);
    CHECK(k.view().usher == test::usher_seven);
    if (!red) return (void)k.page<HomePage>();  // blocked: nobody's to let in
    CHECK(k.page<PinPage>().supervisor_only);
    k.type("12");
    k.type(test::test_pin);
    CHECK(k.page<ReasonPage>().approved);
    CHECK(k.view().usher == test::usher_seven);
}

TEST_CASE("who was welcomed already, and a flood, are nobody to let in anyway") {
    Kiosk k;
    const bool flood = GENERATE(false, true);
    Answer answer = flood ? k.desk->note_flood(9) : k.show(1);
    if (!flood) {
        auto code = k.scanned(k.event.badge_text(k.event.delegate(1)));
        code.again = true;
        answer = *k.desk->handle(code);
        REQUIRE(answer.seen_again);
    }
    k.panel.on_answer(answer, k.clock.monotonic());
    SECTION("not by a staff badge") {
        k.panel.on_news(StaffShown{test::usher_seven}, k.clock.monotonic());
        k.type(test::test_pin);
    }
    SECTION("not by its row") {
        k.unlock();
        CHECK(k.page<HomePage>().rows.at(0).offer == RowOffer::none);
        k.touch(PanelAct::row, 0);
    }
    SECTION("not by the strip") {
        k.unlock();
        k.panel.on_answer(answer, k.clock.monotonic());
        k.touch(PanelAct::strip);
    }
    (void)k.page<HomePage>();
}

TEST_CASE("what was uncovered by a touch is covered again after 10 s, on every page of a person") {
    Kiosk k;
    k.show(3);
    k.unlock();
    const auto name = k.event.delegate(3).name;
    SECTION("in a list that was covered by a tap") {
        k.touch(PanelAct::veil);
        k.touch(PanelAct::row, 0);
        REQUIRE(k.page<HomePage>().rows.at(0).name == name);
        k.wait(10s);
        CHECK(k.page<HomePage>().rows.at(0).name != name);
    }
    SECTION("among the reasons, by a tap as well") {
        k.touch(PanelAct::row, 0);
        REQUIRE(k.page<ReasonPage>().person.name == name);
        SECTION("by a tap") { k.touch(PanelAct::veil); }
        SECTION("by time") { k.wait(10s); }
        CHECK(k.page<ReasonPage>().person.name != name);
    }
    SECTION("where it is done") {
        k.touch(PanelAct::row, 0);
        k.touch(PanelAct::reason, static_cast<int>(storage::Override::vip));
        REQUIRE(k.page<DonePage>().name == name);
        SECTION("by a tap") { k.touch(PanelAct::veil); }
        SECTION("by time") { k.wait(10s); }
        CHECK(k.page<DonePage>().name != name);
    }
    SECTION("in a question") {
        k.show(1);
        k.touch(PanelAct::lock);
        k.unlock("12");
        k.touch(PanelAct::row, 0);
        REQUIRE(k.page<QuestionPage>().who == k.event.delegate(1).name);
        k.wait(10s);
        CHECK(k.page<QuestionPage>().who != k.event.delegate(1).name);
    }
}

TEST_CASE("an undone entry whose person has come in since is not offered back") {
    Kiosk k;
    k.unlock("12");
    k.show(1);
    k.touch(PanelAct::row, 0);
    k.touch(PanelAct::yes);
    REQUIRE(k.page<HomePage>().rows.at(0).offer == RowOffer::restore);
    k.show(1);
    k.wait(5s);
    const auto rows = k.page<HomePage>().rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].undone);
    CHECK(rows[1].offer == RowOffer::none);
}

TEST_CASE("a door is opened to a session by its words, not by those of the one chosen before") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::open_sessions);
    k.touch(PanelAct::session, 0);
    k.wait(1s);
    k.touch(PanelAct::session, 1);
    tap(k, {PanelAct::admit_session}, k.clock.monotonic() + 100ms);
    (void)k.page<SessionsPage>();
    CHECK(!k.desk->door_state().chosen);
    k.touch(PanelAct::admit_session);
    CHECK(!std::holds_alternative<SessionsPage>(k.view().page));
}

TEST_CASE("a new list moves no row under a hand, and a guest stays one over a restart") {
    Kiosk k;
    k.unlock("12");
    k.touch(PanelAct::open_more);
    k.touch(PanelAct::walk_in);
    k.write(U"Omar");
    k.touch(PanelAct::done);
    k.touch(PanelAct::done);
    SECTION("the list") {
        k.show(1);
        k.panel.on_finger(true, k.clock.monotonic());
        k.show(5);
        REQUIRE(k.page<HomePage>().waiting == 1);
        k.desk->take(k.publication(k.event.replica(Kiosk::delegates())));
        k.pump();
        CHECK(k.page<HomePage>().waiting == 1);
    }
    SECTION("the guest") {
        k.restart(Kiosk::delegates());
        k.panel = UsherPanel({.in_force = k.publication(std::nullopt).in_force});
        k.pump();
        k.unlock("12");
        CHECK(k.page<HomePage>().rows.at(0).guest);
    }
}
