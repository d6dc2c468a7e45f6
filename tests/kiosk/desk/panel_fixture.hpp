/// The ushers' panel over a real desk, touched by somebody who reads first.
#pragma once

#include "kiosk/usher/panel.hpp"
#include "storage/decide/verdict_fact.hpp"
#include "storage/names/search.hpp"
#include "tests/kiosk/desk/desk_fixture.hpp"
#include "tests/support/catch.hpp"

namespace hudoor::test {

using namespace hudoor::kiosk;

/// Panel and desk, with what lies between them: the worker that compares PINs, the search.
struct PanelFixture : DeskFixture {
    UsherPanel panel{{.in_force = publication(std::nullopt).in_force}};
    std::vector<storage::Registration> people = delegates();
    storage::NameSearch names{named(people)};
    std::vector<ActBegun> begun;     ///< whose deeds may be done
    std::size_t most_described = 0;  ///< people at once

    PanelFixture() : DeskFixture(delegates()) { pump(); }

    static std::vector<storage::Registration> delegates() {
        auto people = EventFixture().delegates_up_to(9);
        people[1].sessions = {workshop};  // number 2: red, wrong session
        people[2].attention = true;       // number 3: amber
        people[2].usher_note = {"ينتظره السفير", "The ambassador waits for him"};
        people[3].status = storage::RegistrationStatus::blocked;  // number 4: nobody's
        for (const std::size_t other : {7U, 8U})
            people[other].name = {"سارة ديالو", "Sarah Diallo"};
        people[4].name = {"محمد الهاشمي", "Mohammed Al Hashimi"};
        people[5].name = {"", "Muhammad Khan"};
        people[6].name = {"محمّد سعيد", ""};
        for (const std::size_t press : {0U, 1U, 4U, 5U, 6U})
            people[press].delegation = "Herald Press";
        people[8].external_id = "D1099";
        return people;
    }
    static std::vector<storage::NamedPerson> named(
        const std::vector<storage::Registration>& people) {
        std::vector<storage::NamedPerson> all;
        all.reserve(people.size());
        for (const auto& person : people)
            all.push_back({person.id, person.name, person.organisation, person.country,
                           person.delegation, person.external_id, person.badge});
        return all;
    }

    /// Everything asked for is done, and said.
    void pump() {
        for (bool busy = true; busy;) {
            busy = false;
            for (Order& order : panel.take_orders()) {
                busy = true;
                if (const auto* pin = std::get_if<TryPin>(&order.wish)) {
                    const auto hash = desk->begin_pin(order.by, pin->use);
                    const bool right = hash && !hash->empty() &&
                                       pin->pin.view() == test_pin;  // a number of theirs
                    if (hash) desk->obey({order.by, PinChecked{right, pin->use}});
                } else {
                    if (const auto* wish = std::get_if<DescribePeople>(&order.wish))
                        most_described = std::max(most_described, wish->people.size());
                    desk->obey(order);
                }
            }
            if (const auto wish = panel.take_search()) {
                busy = true;
                panel.on_found(make_result(wish->query, names.find(wish->text, 21), 20));
            }
            for (DeskNews& news : desk->take_news()) {
                busy = true;
                if (const auto* act = std::get_if<ActBegun>(&news)) begun.push_back(*act);
                panel.on_news(std::move(news), clock.monotonic());
            }
            panel.on_news(desk->door_state(), clock.monotonic());
        }
    }
    /// By somebody who reads first; digits and letters on a keyboard.
    void touch(PanelAct act, int value = 0) {
        if (act == PanelAct::digit || act == PanelAct::letter || act == PanelAct::clear ||
            act == PanelAct::caret) {
            panel.on_touch({act, value}, clock.monotonic());
        } else {
            (void)view();
            clock.advance(reading_takes);
            panel.on_touch({act, value}, clock.monotonic(), clock.monotonic());
        }
        pump();
    }
    /// And the desk has not heard of it yet.
    void enter() {
        (void)view();
        clock.advance(reading_takes);
        panel.on_touch({PanelAct::enter}, clock.monotonic());
    }
    void type(const std::string& digits) {
        for (const char digit : digits) touch(PanelAct::digit, digit - '0');
        touch(PanelAct::enter);
    }
    void unlock(const std::string& number = "07", const std::string& pin = test_pin) {
        panel.open(clock.monotonic());
        type(number);
        type(pin);
    }
    /// As the front does, with every answer that is shown.
    Answer show(unsigned n) {
        const auto answer = scan(event.badge_text(event.delegate(n)));
        REQUIRE(answer);
        panel.on_answer(*answer, clock.monotonic());
        pump();
        return *answer;
    }
    void wait(std::chrono::milliseconds by) {
        clock.advance(by);
        panel.tick(clock.monotonic(), clock.wall());
        pump();
    }
    template <typename Page>
    Page page() {
        const auto view = panel.view(clock.monotonic(), clock.wall(), {});
        REQUIRE(std::holds_alternative<Page>(view.page));
        return std::get<Page>(view.page);
    }
    [[nodiscard]] PanelView view() { return panel.view(clock.monotonic(), clock.wall(), {}); }
    [[nodiscard]] std::size_t facts() const { return disk->count(); }
    void write(const std::u32string& letters) {
        for (const char32_t letter : letters) touch(PanelAct::letter, static_cast<int>(letter));
    }
    void write_code(storage::BadgeNumber badge) {
        for (const char letter : storage::typed_code(badge)) touch(PanelAct::letter, letter);
    }
};

}  // namespace hudoor::test
