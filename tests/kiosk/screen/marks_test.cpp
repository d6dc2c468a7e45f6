#include "kiosk/screen/marks.hpp"

#include <set>

#include "kiosk/screen/state.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace std::chrono_literals;
using kiosk::Band;
using kiosk::Change;
using kiosk::DoorState;
using kiosk::Mark;
using kiosk::MarkKind;
using storage::Direction;
using storage::PlaceDirection;

namespace {

constexpr std::int64_t turns_watched = 12;

/// A list of this morning, at a door into one hall.
storage::InForce at_door(PlaceDirection direction = PlaceDirection::entry) {
    storage::InForce in_force;
    auto& identity = in_force.identity;
    identity.place = storage::PlaceId{1};
    identity.agenda.timezone = "Asia/Dubai";
    storage::Place place;
    place.id = identity.place;
    place.direction = direction;
    identity.agenda.places = {place};
    storage::Session session;
    session.id = storage::SessionId{7};
    session.title = {"حفل الافتتاح", "Opening ceremony"};
    identity.agenda.sessions = {session};
    in_force.list = storage::SnapshotHeader{};
    in_force.list->created = test::ManualClock().wall() - 1h;
    return in_force;
}

DoorState door() {
    DoorState door;
    door.clock = ClockQuality::synced;
    return door;
}

std::vector<MarkKind> kinds_of(const std::vector<Mark>& marks) {
    std::vector<MarkKind> kinds;
    for (const Mark& mark : marks) kinds.push_back(mark.kind);
    return kinds;
}

std::vector<MarkKind> kinds(const storage::InForce& in_force, const DoorState& door,
                            bool one_device = false) {
    return kinds_of(
        kiosk::marks_in_force({in_force, door, one_device}, test::ManualClock().wall()));
}

using Kinds = std::vector<MarkKind>;

}  // namespace

TEST_CASE("a door as the agenda has it bears no mark") { CHECK(kinds(at_door(), door()).empty()); }

TEST_CASE("an exit is one by its place or by an usher, and entry is told where the place differs") {
    DoorState by_usher = door();
    CHECK(kinds(at_door(PlaceDirection::exit), by_usher) == Kinds{MarkKind::exit});
    CHECK(kinds(at_door(PlaceDirection::both), by_usher).empty());
    by_usher.direction = Direction::exit;
    for (const auto place : {PlaceDirection::entry, PlaceDirection::exit, PlaceDirection::both})
        CHECK(kinds(at_door(place), by_usher) == Kinds{MarkKind::exit});
    by_usher.direction = Direction::entry;
    CHECK(kinds(at_door(PlaceDirection::entry), by_usher).empty());
    CHECK(kinds(at_door(PlaceDirection::both), by_usher) == Kinds{MarkKind::entry});
    CHECK(kinds(at_door(PlaceDirection::exit), by_usher) == Kinds{MarkKind::entry});
}

TEST_CASE("a supervisor who was called is looked for by whoever passes the kiosk") {
    DoorState called = door();
    called.supervisor_called = test::ManualClock().wall();
    CHECK(kinds(at_door(), called) == Kinds{MarkKind::supervisor_called});
}

TEST_CASE("a session by hand is named, one by the agenda is not") {
    DoorState chosen = door();
    chosen.session = storage::SessionId{7};
    CHECK(kinds(at_door(), chosen).empty());
    chosen.chosen = true;
    const auto in_force = at_door();
    const auto marks = kiosk::marks_in_force({in_force, chosen, false}, test::ManualClock().wall());
    REQUIRE(marks.size() == 1);
    CHECK(marks.front().kind == MarkKind::by_hand);
    CHECK(marks.front().session.en == "Opening ceremony");
}

TEST_CASE("a list of another day is told with its day, unless nobody knows which day it is") {
    auto in_force = at_door();
    in_force.list->created = test::ManualClock().wall() - 48h;
    const auto marks = kiosk::marks_in_force({in_force, door(), false}, test::ManualClock().wall());
    REQUIRE(kinds_of(marks) == Kinds{MarkKind::old_list});
    CHECK(marks.front().day == std::chrono::year{2026} / 12 / 2);
    CHECK(marks.front().time == 9h + 30min);
    DoorState unset = door();
    unset.clock = ClockQuality::unset;
    CHECK(kinds(in_force, unset) == Kinds{MarkKind::clock_unset});
}

TEST_CASE("of more marks than there is room for the gravest and training stay, and all come up") {
    for (unsigned which = 0; which < 512; ++which) {
        std::vector<Mark> all;
        for (unsigned kind = 0; kind < 9; ++kind)
            if ((which >> kind & 1) != 0) all.push_back({.kind = static_cast<MarkKind>(kind)});
        const bool training = (which >> static_cast<unsigned>(MarkKind::training) & 1) != 0;
        std::set<MarkKind> came_up;
        for (std::int64_t turn = 0; turn < turns_watched; ++turn) {
            const auto seen =
                kinds_of(kiosk::marks_seen(all, MonotonicTime(turn * kiosk::mark_turn)));
            INFO(which << " " << turn);
            CHECK(seen.size() == std::min(all.size(), kiosk::marks_at_once));
            CHECK(std::ranges::is_sorted(seen));
            CHECK((seen.empty() || seen.front() == all.front().kind));
            CHECK(std::ranges::count(seen, MarkKind::training) == (training ? 1 : 0));
            came_up.insert(seen.begin(), seen.end());
        }
        CHECK(came_up.size() == all.size());
    }
}

namespace {

/// Everything that can be in force at once, each a bit.
struct Mode {
    unsigned bits = 0;
    [[nodiscard]] bool has(unsigned bit) const { return (bits >> bit & 1) != 0; }
};
constexpr unsigned mode_count = 1U << 8U;

struct Screen {
    test::ManualClock clock;
    kiosk::ScreenState state;

    explicit Screen(const Mode& mode)
        : state({.in_force = std::make_shared<const storage::InForce>(in_force(mode)),
                 .dwell = {},
                 .screen = {}}) {
        DoorState news = door();
        if (mode.has(1)) news.direction = Direction::exit;
        if (mode.has(2)) {
            news.chosen = true;
            news.session = storage::SessionId{7};
        }
        if (mode.has(3)) news.clock = ClockQuality::unset;
        news.rolled_back = mode.has(5);
        news.in_service = !mode.has(7);
        state.on_door(news);
        if (mode.has(6))
            state.on_storage({.state = storage::StorageState::reduced, .on_mirror = true});
        state.on_camera(mode.has(4) ? scanner::CameraState::lost : scanner::CameraState::live);
        state.tick(clock.monotonic(), clock.wall());
    }
    static storage::InForce in_force(const Mode& mode) {
        auto in_force = at_door();
        in_force.training = mode.has(0);
        in_force.list->created -= 48h;
        return in_force;
    }
    void after(std::chrono::milliseconds span) {
        clock.advance(span);
        state.tick(clock.monotonic(), clock.wall());
    }
    kiosk::View view() { return state.view(clock.monotonic(), clock.wall()); }
};

}  // namespace

TEST_CASE(
    "whatever is in force together, each is told, and training and the gravest all the time") {
    for (unsigned bits = 0; bits < mode_count; ++bits) {
        const Mode mode{bits};
        Screen screen(mode);
        std::set<MarkKind> marks;
        std::set<Band> bands;
        const auto first = screen.view();
        for (std::int64_t turn = 0; turn < turns_watched; ++turn) {
            const auto view = screen.view();
            INFO(bits << " " << turn);
            CHECK(view.marks.size() <= kiosk::marks_at_once);
            CHECK(view.band == first.band);
            if (mode.has(0)) CHECK(view.band == Band::training);
            const auto seen = kinds_of(view.marks);
            CHECK(std::ranges::count(seen, MarkKind::training) == (mode.has(0) ? 1 : 0));
            CHECK(view.clock_set != mode.has(3));
            marks.insert(seen.begin(), seen.end());
            if (view.band) bands.insert(*view.band);
            if (view.other_band) bands.insert(*view.other_band);
            screen.after(kiosk::mark_turn);
        }
        INFO(bits);
        CHECK(marks.contains(MarkKind::exit) == mode.has(1));
        CHECK(marks.contains(MarkKind::by_hand) == mode.has(2));
        CHECK(marks.contains(MarkKind::clock_unset) == mode.has(3));
        CHECK(marks.contains(MarkKind::old_list) == !mode.has(3));
        CHECK(marks.contains(MarkKind::one_device) == mode.has(6));
        CHECK(marks.contains(MarkKind::out_of_service) == mode.has(7));
        CHECK(bands.contains(Band::camera_lost) == mode.has(4));
        CHECK(bands.contains(Band::rolled_back) == mode.has(5));
        CHECK(bands.contains(Band::on_mirror) == mode.has(6));
    }
}

TEST_CASE("where marks take turns the screen is drawn again for each turn, else not") {
    Screen crowded({0b11111111}), quiet({0b00000001});
    for (Screen* screen : {&crowded, &quiet}) {
        (void)screen->view();
        const auto now = screen->clock.monotonic();
        const auto next = screen->state.next_change(now, screen->clock.wall());
        const bool turns = screen == &crowded;
        CHECK((next <= now + kiosk::mark_turn) == turns);
        screen->after(kiosk::mark_turn);
        CHECK((screen->state.change() == Change::everything) == turns);
        CHECK(screen->state.has_new_marks() == turns);
    }
}

TEST_CASE("marks are told on results as well, and a mode that ends takes its mark away at once") {
    Screen screen({0b00000011});
    kiosk::Answer answer;
    answer.verdict.kind = storage::VerdictKind::admitted;
    answer.stored = true;
    screen.state.on_answer(answer, screen.clock.monotonic());
    const auto view = screen.view();
    CHECK(std::holds_alternative<kiosk::VerdictScreen>(view.screen));
    CHECK(kinds_of(view.marks) == Kinds{MarkKind::training, MarkKind::exit, MarkKind::old_list});
    screen.state.on_door(door());
    screen.state.on_in_force(std::make_shared<const storage::InForce>(at_door()));
    screen.after(0ms);
    CHECK(screen.state.change() == Change::everything);
    CHECK(screen.view().marks.empty());
}

TEST_CASE("an exit door's idle screen says that one leaves here, a door for both asks") {
    const auto idle_at = [](PlaceDirection direction, std::optional<Direction> by_usher = {}) {
        kiosk::ScreenState state(
            {.in_force = std::make_shared<const storage::InForce>(at_door(direction)),
             .dwell = {},
             .screen = {}});
        DoorState news = door();
        news.direction = by_usher;
        state.on_door(news);
        const test::ManualClock clock;
        return std::get<kiosk::IdleScreen>(state.view(clock.monotonic(), clock.wall()).screen);
    };
    CHECK(idle_at(PlaceDirection::exit).is_exit);
    CHECK(idle_at(PlaceDirection::entry, Direction::exit).is_exit);
    CHECK_FALSE(idle_at(PlaceDirection::entry).is_exit);
    CHECK_FALSE(idle_at(PlaceDirection::exit, Direction::entry).is_exit);
    CHECK_FALSE(idle_at(PlaceDirection::both).is_exit);
    CHECK(idle_at(PlaceDirection::both).door == Direction::entry);
}

TEST_CASE("the band of an old list names the day, but for today's") {
    for (const auto age : {2h, 48h}) {
        auto in_force = at_door();
        in_force.list->created = test::ManualClock().wall() - age;
        kiosk::ScreenState state({.in_force = std::make_shared<const storage::InForce>(in_force),
                                  .dwell = {},
                                  .screen = {}});
        const test::ManualClock clock;
        const auto view = state.view(clock.monotonic(), clock.wall());
        CHECK(view.list_of.has_value());
        CHECK(view.list_day.has_value() == (age > 24h));
    }
}
