#include "kiosk/screen/state.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace hudoor;
using namespace std::chrono_literals;
using kiosk::Change;
using kiosk::IdleScreen;
using kiosk::ScreenState;
using kiosk::VerdictScreen;
using storage::VerdictKind;

namespace {

storage::InForce in_force() {
    storage::InForce in_force;
    in_force.identity.agenda.timezone = "Asia/Dubai";
    in_force.identity.kiosk_name = "north-1";
    in_force.list = storage::SnapshotHeader{};
    return in_force;
}

storage::InForcePtr shared(storage::InForce in_force) {
    return std::make_shared<const storage::InForce>(std::move(in_force));
}

kiosk::ScreenFacts facts() { return {.in_force = shared(in_force()), .dwell = {}, .screen = {}}; }

kiosk::Answer answer(VerdictKind kind, std::uint64_t seq = 1) {
    kiosk::Answer answer;
    answer.verdict.kind = kind;
    answer.seq = seq;
    answer.stored = true;
    return answer;
}

struct Fixture {
    test::ManualClock clock;
    ScreenState state{facts()};

    void after(std::chrono::milliseconds span) {
        clock.advance(span);
        state.tick(clock.monotonic(), clock.wall());
    }
    kiosk::View view() { return state.view(clock.monotonic(), clock.wall()); }
    std::optional<std::uint64_t> shown() {
        const auto screen = view().screen;
        const auto* verdict = std::get_if<VerdictScreen>(&screen);
        return verdict ? std::optional(verdict->answer.seq) : std::nullopt;
    }
};

}  // namespace

TEST_CASE("a verdict is on the screen at once and leaves after its dwell") {
    const auto [kind, dwell] =
        GENERATE(table<VerdictKind, std::chrono::milliseconds>({{VerdictKind::admitted, 2s},
                                                                {VerdictKind::already_in, 3s},
                                                                {VerdictKind::see_usher, 5s},
                                                                {VerdictKind::refused, 5s}}));
    Fixture f;
    f.state.on_answer(answer(kind), f.clock.monotonic());
    CHECK(f.shown() == 1);
    f.after(dwell - 1ms);
    CHECK(f.shown() == 1);
    f.after(1ms);
    CHECK_FALSE(f.shown());
}

TEST_CASE("more time keeps a result up, for a minute at most, and nobody waits longer for it") {
    Fixture f;
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    CHECK(f.shown() == 1);
    f.after(1'900ms);
    f.state.on_intent(kiosk::Intent::more_time, f.clock.monotonic());
    f.after(1'900ms);
    CHECK(f.shown() == 1);
    for (int i = 0; i < 80; ++i) {
        f.state.on_intent(kiosk::Intent::more_time, f.clock.monotonic());
        f.after(1s);
    }
    CHECK_FALSE(f.shown());
    f.state.on_answer(answer(VerdictKind::admitted, 2), f.clock.monotonic());
    CHECK(f.shown() == 2);
    f.state.on_intent(kiosk::Intent::more_time, f.clock.monotonic());
    f.after(700ms);
    f.state.on_answer(answer(VerdictKind::admitted, 3), f.clock.monotonic());
    CHECK(f.shown() == 3);
}

TEST_CASE("a different badge takes the place of an admitted after 0.7 s and of others after 1 s") {
    const auto [kind, least] = GENERATE(table<VerdictKind, std::chrono::milliseconds>(
        {{VerdictKind::admitted, 700ms}, {VerdictKind::refused, 1s}}));
    Fixture f;
    f.state.on_answer(answer(kind, 1), f.clock.monotonic());
    f.after(100ms);
    f.state.on_answer(answer(VerdictKind::admitted, 2), f.clock.monotonic());
    f.after(least - 101ms);
    CHECK(f.shown() == 1);
    CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <= f.clock.monotonic() + 1ms);
    f.after(1ms);
    CHECK(f.shown() == 2);
}

TEST_CASE("every answer is shown once, in order, and told once for its result line") {
    Fixture f;
    for (std::uint64_t seq = 1; seq <= 3; ++seq)
        f.state.on_answer(answer(VerdictKind::admitted, seq), f.clock.monotonic());
    std::vector<std::uint64_t> told;
    for (int step = 0; step < 60; ++step) {
        (void)f.view();
        if (const auto first = f.state.take_first_shown()) told.push_back(first->seq);
        f.after(100ms);
    }
    CHECK(told == std::vector<std::uint64_t>{1, 2, 3});
    CHECK_FALSE(f.state.showing_result());
}

TEST_CASE("a hint stays for 1.2 s and yields to a verdict") {
    Fixture f;
    f.state.on_hint({scanner::HintKind::one_badge, f.clock.monotonic(), {}}, f.clock.monotonic());
    f.after(1'199ms);
    CHECK(std::get<IdleScreen>(f.view().screen).hint == scanner::HintKind::one_badge);
    f.after(1ms);
    CHECK_FALSE(std::get<IdleScreen>(f.view().screen).hint);
    f.state.on_hint({scanner::HintKind::other_code, f.clock.monotonic(), {}}, f.clock.monotonic());
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    f.after(2s);
    CHECK_FALSE(std::get<IdleScreen>(f.view().screen).hint);
}

TEST_CASE("a hint is there long enough to be read before another takes its place") {
    Fixture f;
    const auto say = [&](scanner::HintKind kind) {
        f.state.on_hint({kind, f.clock.monotonic(), {}}, f.clock.monotonic());
    };
    say(scanner::HintKind::closer);
    f.after(1'000ms);
    say(scanner::HintKind::still);
    CHECK(std::get<IdleScreen>(f.view().screen).hint == scanner::HintKind::closer);
    say(scanner::HintKind::closer);
    f.after(200ms);
    say(scanner::HintKind::still);
    CHECK(std::get<IdleScreen>(f.view().screen).hint == scanner::HintKind::still);
}

TEST_CASE("the mirror is empty at once where the camera sees nothing now, whatever the reason") {
    scanner::Preview seen;
    seen.width_px = 240;
    seen.height_px = 135;
    const auto waits = [](Fixture& f) { return std::get<IdleScreen>(f.view().screen).waits; };
    Fixture f;
    CHECK(waits(f));  // nor is anything asked for before there is a picture
    f.state.on_camera(scanner::CameraState::live);
    f.state.on_preview(seen, f.clock.monotonic());
    REQUIRE(f.view().preview);
    CHECK_FALSE(waits(f));
    SECTION("lost, and what was on its way comes after") {
        f.state.on_camera(scanner::CameraState::lost);
        CHECK_FALSE(f.view().preview);
        f.state.on_preview(seen, f.clock.monotonic());
        CHECK_FALSE(f.view().preview);
        CHECK(waits(f));
        f.state.on_camera(scanner::CameraState::live);
        f.state.on_preview(seen, f.clock.monotonic());
        CHECK(f.view().preview);
        CHECK_FALSE(waits(f));
    }
    SECTION("black or frozen") {
        seen.black_or_frozen = scanner::BlackOrFrozen::frozen;
        f.state.on_preview(seen, f.clock.monotonic());
        CHECK_FALSE(f.view().preview);
        CHECK(waits(f));
    }
    SECTION("no news of it, before anybody calls it lost") {
        f.after(699ms);
        CHECK(f.view().preview);
        CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <=
              f.clock.monotonic() + 1ms);
        f.after(1ms);
        CHECK(f.state.change() == Change::everything);
        CHECK_FALSE(f.view().preview);
        CHECK(waits(f));
    }
    SECTION("a hint about a badge goes with the picture of it") {
        f.state.on_hint({scanner::HintKind::closer, f.clock.monotonic(), {}}, f.clock.monotonic());
        f.state.on_camera(scanner::CameraState::lost);
        CHECK_FALSE(std::get<IdleScreen>(f.view().screen).hint);
    }
}

TEST_CASE("no screen but the idle one is given what the camera sees") {
    Fixture f;
    const auto show = [&] { f.state.on_preview({}, f.clock.monotonic()); };
    show();
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    CHECK_FALSE(f.view().preview);
    f.after(3s);
    show();
    CHECK(f.view().preview);
    f.state.on_storage({storage::StorageState::gone, false});
    CHECK_FALSE(f.view().preview);
}

TEST_CASE("nothing changes, nothing is drawn") {
    Fixture f;
    (void)f.view();
    f.after(500ms);
    CHECK(f.state.change() == Change::nothing);
    f.state.on_camera(scanner::CameraState::lost);
    CHECK(f.state.change() == Change::everything);
    CHECK(f.view().band == kiosk::Band::camera_lost);
    f.state.on_camera(scanner::CameraState::lost);
    CHECK(f.state.change() == Change::nothing);
}

TEST_CASE("a new picture of the camera changes the idle screen's tiles alone, a hint all of it") {
    Fixture f;
    f.state.on_preview({}, f.clock.monotonic());
    CHECK(f.state.change() == Change::everything);
    (void)f.view();
    f.state.on_preview({}, f.clock.monotonic());
    CHECK(f.state.change() == Change::tiles);
    f.state.on_hint({.kind = scanner::HintKind::one_badge, .entered = {}}, f.clock.monotonic());
    f.state.on_preview({}, f.clock.monotonic());
    CHECK(f.state.change() == Change::everything);
    (void)f.view();
    f.state.on_preview({}, f.clock.monotonic());
    CHECK(f.state.change() == Change::everything);
}

TEST_CASE("an idle screen asks to be drawn again when the minute changes") {
    Fixture f;
    (void)f.view();
    f.clock.advance(59'900ms);
    const auto next = f.state.next_change(f.clock.monotonic(), f.clock.wall());
    CHECK(next == f.clock.monotonic() + 100ms);
    f.after(100ms);
    CHECK(f.state.change() == Change::everything);
}

TEST_CASE("the pictogram rests when nothing has moved for 10 s") {
    Fixture f;
    scanner::Preview preview;
    preview.moving = true;
    f.state.on_preview(preview, f.clock.monotonic());
    f.after(4s);
    CHECK(std::get<IdleScreen>(f.view().screen).moving_for == 4s);
    f.after(6'001ms);
    CHECK(std::get<IdleScreen>(f.view().screen).at_rest);
}

TEST_CASE("F19: a frozen or black picture is a lost camera until it lives again") {
    Fixture f;
    scanner::Preview preview;
    for (const auto sight : {scanner::BlackOrFrozen::frozen, scanner::BlackOrFrozen::black}) {
        preview.black_or_frozen = sight;
        f.state.on_preview(preview, f.clock.monotonic());
        CHECK(f.state.change() == Change::everything);
        CHECK(f.view().band == kiosk::Band::camera_lost);
        preview.black_or_frozen = scanner::BlackOrFrozen::neither;
        f.state.on_preview(preview, f.clock.monotonic());
        CHECK(f.state.change() == Change::everything);
        CHECK_FALSE(f.view().band);
    }
}

TEST_CASE("a lost device is an amber band, and without any device guests are admitted by hand") {
    using storage::StorageState;
    Fixture f;
    f.state.on_storage({StorageState::reduced, true});
    CHECK(f.view().band == kiosk::Band::on_mirror);
    f.state.on_storage({StorageState::reduced, false});
    CHECK(f.view().band == kiosk::Band::without_mirror);
    f.state.on_storage({StorageState::waiting, false});
    const auto view = f.view();
    REQUIRE(std::holds_alternative<kiosk::OutOfServiceScreen>(view.screen));
    CHECK(std::get<kiosk::OutOfServiceScreen>(view.screen).by_hand);
    CHECK(std::get<kiosk::OutOfServiceScreen>(view.screen).code == "E-JOURNAL");
    CHECK(std::get<kiosk::OutOfServiceScreen>(view.screen).device == "north-1");
    CHECK_FALSE(view.band);
    CHECK_FALSE(std::get<kiosk::OutOfServiceScreen>(view.screen).for_staff);
    // Who is at staff's corner reads what ushers do meanwhile, for a while.
    const auto speaks_to_staff = [&] {
        return std::get<kiosk::OutOfServiceScreen>(f.view().screen).for_staff;
    };
    CHECK(f.state.is_by_hand());
    f.state.on_intent(kiosk::Intent::staff, f.clock.monotonic());
    CHECK(f.state.change() == Change::everything);
    CHECK(speaks_to_staff());
    f.after(19s);
    CHECK(speaks_to_staff());
    f.after(1s);
    CHECK(f.state.change() == Change::everything);
    CHECK_FALSE(speaks_to_staff());
    f.state.on_storage({StorageState::whole, false});
    CHECK(f.state.change() == Change::everything);
    CHECK(std::holds_alternative<IdleScreen>(f.view().screen));
}

TEST_CASE("a verdict that was kept is shown to its end, also when the storage goes") {
    Fixture f;
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    f.state.on_storage({storage::StorageState::gone, false});
    CHECK(std::holds_alternative<VerdictScreen>(f.view().screen));
    f.after(3s);
    CHECK(std::holds_alternative<kiosk::OutOfServiceScreen>(f.view().screen));
}

namespace {

using kiosk::Intent;
using kiosk::PassphraseScreen;

storage::InForce without_list() {
    storage::InForce without = in_force();
    without.list.reset();
    return without;
}

/// A kiosk that waits for the supervisor's passphrase.
struct Locked : Fixture {
    Locked() {
        state = ScreenState({.in_force = shared(without_list()), .dwell = {}, .screen = {}});
        state.ask_passphrase(clock.monotonic());
    }
    void press(Intent key) { state.on_intent(key, clock.monotonic()); }
    void type(const std::string& digits) {
        for (const char digit : digits)
            press(static_cast<Intent>(static_cast<int>(Intent::digit_0) + digit - '0'));
    }
    std::optional<PassphraseScreen> pad() {
        const auto screen = view().screen;
        const auto* pad = std::get_if<PassphraseScreen>(&screen);
        return pad ? std::optional(*pad) : std::nullopt;
    }
    /// Twelve wrong digits, tried and refused.
    void miss() {
        type("000000000000");
        press(Intent::enter);
        REQUIRE(state.take_try());
        state.on_wrong_passphrase(clock.monotonic());
    }
};

}  // namespace

TEST_CASE("F33: while lists are older than before an amber band says so, until they are not") {
    Fixture f;
    kiosk::DoorState door;
    door.rolled_back = true;
    f.state.on_door(door);
    CHECK(f.state.change() == Change::everything);
    CHECK(f.view().band == kiosk::Band::rolled_back);
    f.state.on_door({});
    CHECK(f.view().band != kiosk::Band::rolled_back);
}

TEST_CASE("F26: the pad is up from the start and takes twelve digits, no more, no fewer") {
    Locked f;
    REQUIRE(f.pad());
    CHECK(f.view().band == kiosk::Band::signature_only);
    f.type("1234567");
    f.press(Intent::erase);
    f.type("78901");
    CHECK(f.pad()->filled == 11);
    f.press(Intent::enter);
    CHECK_FALSE(f.state.take_try());
    f.type("23");
    CHECK(f.pad()->filled == 12);
    CHECK_FALSE(f.state.take_try());
    f.press(Intent::enter);
    CHECK(f.pad()->checking);
    const auto digits = f.state.take_try();
    REQUIRE(digits);
    CHECK(digits->view() == "123456789012");
    CHECK_FALSE(f.state.take_try());
    CHECK(f.pad()->filled == 12);
}

TEST_CASE("F26: right digits take the pad and the band away for good") {
    Locked f;
    f.state.on_in_force(shared(in_force()));
    CHECK_FALSE(f.pad());
    CHECK_FALSE(f.view().band);
    f.press(Intent::staff);
    CHECK_FALSE(f.pad());
}

TEST_CASE("F26: secrets without a guest list take the pad away, not the band") {
    Locked f;
    f.state.on_in_force(shared(without_list()));
    CHECK_FALSE(f.pad());
    CHECK(f.view().band == kiosk::Band::signature_only);
}

TEST_CASE(
    "F26: the pad leaves when skipped or untouched for a minute, forgets what was typed, and staff bring it back") {
    Locked f;
    f.type("123");
    SECTION("skipped") {
        f.press(Intent::skip);
        CHECK(f.state.change() == Change::everything);
    }
    SECTION("untouched") {
        f.after(59s);
        f.type("4");
        f.after(59'999ms);
        CHECK(f.pad());
        CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <=
              f.clock.monotonic() + 1ms);
        f.after(1ms);
    }
    CHECK_FALSE(f.pad());
    CHECK(f.view().band == kiosk::Band::signature_only);
    f.type("5");
    f.press(Intent::staff);
    REQUIRE(f.pad());
    CHECK(f.pad()->filled == 0);
}

TEST_CASE("F26: a verdict goes over the pad, keys still count, and the pad returns after it") {
    Locked f;
    f.type("123");
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    CHECK(f.shown() == 1);
    f.type("4");
    f.after(2s);
    REQUIRE(f.pad());
    CHECK(f.pad()->filled == 4);
}

TEST_CASE(
    "F26: wrong digits are said until the next key; from the fifth miss on the pauses grow up to five minutes") {
    Locked f;
    f.miss();
    CHECK(f.pad()->wrong);
    CHECK_FALSE(f.pad()->paused_for);
    CHECK(f.pad()->filled == 0);
    f.type("1");
    CHECK_FALSE(f.pad()->wrong);
    f.press(Intent::erase);
    for (int i = 0; i < 3; ++i) f.miss();
    for (const auto pause : {30s, 60s, 120s, 240s, 300s, 300s}) {
        f.miss();
        CHECK(f.pad()->paused_for == pause);
        f.type("1");
        CHECK(f.pad()->filled == 0);
        (void)f.view();
        CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <= f.clock.monotonic() + 1s);
        f.after(1s);
        CHECK(f.state.change() == Change::everything);
        CHECK(f.pad()->paused_for == pause - 1s);
        f.press(Intent::skip);
        CHECK_FALSE(f.pad());
        f.press(Intent::staff);
        CHECK(f.pad()->paused_for == pause - 1s);
        f.after(pause - 1s);
        f.press(Intent::staff);
        REQUIRE(f.pad());
        CHECK_FALSE(f.pad()->paused_for);
    }
}

TEST_CASE("a kiosk with its key never shows the pad") {
    Fixture f;
    f.state.on_intent(Intent::staff, f.clock.monotonic());
    f.state.on_intent(Intent::digit_1, f.clock.monotonic());
    CHECK(std::holds_alternative<IdleScreen>(f.view().screen));
    CHECK_FALSE(f.state.take_try());
}

TEST_CASE("what a delegate chose lasts 30 s after the last touch") {
    Fixture f;
    f.state.on_intent(kiosk::Intent::change_contrast, f.clock.monotonic());
    f.after(20s);
    f.state.on_intent(kiosk::Intent::change_text_size, f.clock.monotonic());
    f.state.on_intent(kiosk::Intent::change_language, f.clock.monotonic());
    f.state.on_intent(kiosk::Intent::change_volume, f.clock.monotonic());
    CHECK(f.state.change() == Change::everything);
    f.after(29'999ms);
    CHECK(f.view().appearance.theme == kiosk::Theme::high_contrast);
    CHECK(f.view().appearance.text == 1.5);
    CHECK(f.view().appearance.only == assets::Language::ar);
    CHECK(f.state.volume() == kiosk::Volume::loud);
    CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <= f.clock.monotonic() + 1ms);
    f.after(1ms);
    CHECK(f.view().appearance == kiosk::Appearance{});
    CHECK(f.state.volume() == kiosk::Volume::usual);
}

TEST_CASE("every button comes back to where it began") {
    Fixture f;
    const auto press = [&](kiosk::Intent intent, int times) {
        for (int i = 0; i < times; ++i) f.state.on_intent(intent, f.clock.monotonic());
        return f.view().appearance;
    };
    CHECK(press(kiosk::Intent::change_contrast, 2) == kiosk::Appearance{});
    CHECK(press(kiosk::Intent::change_text_size, 1).text == 1.5);
    CHECK(press(kiosk::Intent::change_text_size, 1).text == 2);
    CHECK(press(kiosk::Intent::change_text_size, 1) == kiosk::Appearance{});
    CHECK(press(kiosk::Intent::change_language, 2).only == assets::Language::en);
    CHECK(press(kiosk::Intent::change_language, 1) == kiosk::Appearance{});
    (void)press(kiosk::Intent::change_volume, 2);
    CHECK(f.state.volume() == kiosk::Volume::silent);
    (void)press(kiosk::Intent::change_volume, 1);
    CHECK(f.state.volume() == kiosk::Volume::usual);
}

TEST_CASE("a result leaves in one fade of 200 ms, and a next one comes without any") {
    Fixture f;
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    f.after(2s);
    REQUIRE(f.view().fade);
    CHECK(f.view().fade->part == 0);
    f.after(100ms);
    CHECK(f.view().fade->part == 0.5);
    CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <= f.clock.monotonic() + 33ms);
    f.state.on_answer(answer(VerdictKind::refused, 2), f.clock.monotonic());
    CHECK_FALSE(f.view().fade);
    f.after(5s);
    f.after(200ms);
    CHECK_FALSE(f.view().fade);
}

TEST_CASE("a hint fades in within 150 ms, once, however often it is said again") {
    Fixture f;
    const auto say = [&] {
        f.state.on_hint({scanner::HintKind::closer, f.clock.monotonic(), {}}, f.clock.monotonic());
    };
    const auto part = [&] { return std::get<IdleScreen>(f.view().screen).hint_part; };
    say();
    CHECK(part() == 0);
    f.after(75ms);
    CHECK(part() == 0.5);
    f.after(75ms);
    say();
    CHECK(part() == 1);
    f.after(1'199ms);
    CHECK(std::get<IdleScreen>(f.view().screen).hint);
}

storage::InForce at_door(storage::PlaceDirection direction) {
    storage::InForce there = in_force();
    storage::Place door;
    door.id = storage::PlaceId{1};
    door.direction = direction;
    there.identity.place = door.id;
    there.identity.agenda.places = {door};
    return there;
}

TEST_CASE("what is newly in force is on the screen: the door's buttons, the names, the band") {
    Fixture f;
    const auto door = [&] { return std::get<IdleScreen>(f.view().screen).door; };
    CHECK_FALSE(door());
    f.state.on_in_force(shared(at_door(storage::PlaceDirection::both)));
    CHECK(f.state.change() == Change::everything);
    CHECK(door() == storage::Direction::entry);
    f.state.on_intent(kiosk::Intent::leaving, f.clock.monotonic());
    CHECK(door() == storage::Direction::exit);

    f.state.on_in_force(shared(at_door(storage::PlaceDirection::entry)));
    CHECK_FALSE(door());
    f.state.on_in_force(shared(at_door(storage::PlaceDirection::both)));
    CHECK(door() == storage::Direction::entry);  // not what was chosen at the door of before

    storage::InForce renamed = in_force();
    renamed.identity.event_name = {"قمة", "Summit"};
    renamed.training = true;
    f.state.on_in_force(shared(renamed));
    CHECK(f.view().event_name.en == "Summit");
    CHECK(f.view().band == kiosk::Band::training);
}

TEST_CASE(
    "at a door for both a scan counts as entering unless leaving was touched in the last 10 s") {
    test::ManualClock clock;
    ScreenState state(
        {.in_force = shared(at_door(storage::PlaceDirection::both)), .dwell = {}, .screen = {}});
    const auto shown = [&] {
        return std::get<IdleScreen>(state.view(clock.monotonic(), clock.wall()).screen).door;
    };
    CHECK(shown() == storage::Direction::entry);
    CHECK_FALSE(state.take_direction());
    state.on_intent(kiosk::Intent::leaving, clock.monotonic());
    CHECK(shown() == storage::Direction::exit);
    CHECK(state.take_direction() == storage::Direction::exit);
    CHECK_FALSE(state.take_direction());
    SECTION("ten seconds pass") {
        clock.advance(10s);
        state.tick(clock.monotonic(), clock.wall());
        CHECK(state.take_direction() == storage::Direction::entry);
    }
    SECTION("somebody left") {
        state.on_answer(answer(VerdictKind::admitted), clock.monotonic());
        CHECK(state.take_direction() == storage::Direction::entry);
    }
    SECTION("any other door has no such buttons") {
        Fixture f;
        f.state.on_intent(kiosk::Intent::leaving, f.clock.monotonic());
        CHECK_FALSE(f.state.take_direction());
        CHECK_FALSE(std::get<IdleScreen>(f.view().screen).door);
    }
}

TEST_CASE(
    "without anybody in view the screen dims after ten minutes, and wakes for a person or a finger") {
    Fixture f;
    f.after(0ms);
    f.after(10min - 1ms);
    CHECK_FALSE(f.view().dimmed);
    CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <= f.clock.monotonic() + 1ms);
    f.after(1ms);
    CHECK(f.state.change() == Change::everything);
    CHECK(f.view().dimmed);
    f.state.on_preview({}, f.clock.monotonic());  // a picture in which nothing moves
    (void)f.view();
    f.state.on_preview({}, f.clock.monotonic());
    CHECK(f.state.change() == Change::nothing);
    SECTION("a person") {
        scanner::Preview moving;
        moving.moving = true;
        f.state.on_preview(moving, f.clock.monotonic());
    }
    SECTION("a finger on a button") {
        f.state.on_intent(kiosk::Intent::change_volume, f.clock.monotonic());
    }
    SECTION("a finger where nothing is, or a key") { f.state.wake(f.clock.monotonic()); }
    CHECK(f.state.change() == Change::everything);
    CHECK_FALSE(f.view().dimmed);
}

namespace {

kiosk::Answer typed_answer(MonotonicTime entered, std::uint64_t seq) {
    kiosk::Answer typed = answer(VerdictKind::admitted, seq);
    typed.hand_scanner = true;
    typed.timing.entered = entered;
    return typed;
}

}  // namespace

TEST_CASE("I-22: a hand scanner's answer that is older than 1.5 s asks to show it again instead") {
    Fixture f;
    const MonotonicTime entered = f.clock.monotonic();
    f.state.on_answer(answer(VerdictKind::refused, 1), f.clock.monotonic());
    f.after(600ms);
    CHECK(f.shown() == 1);
    f.state.on_answer(typed_answer(entered, 2), f.clock.monotonic());
    f.after(400ms);
    CHECK(f.shown() == 2);
    f.state.on_answer(typed_answer(entered, 3), f.clock.monotonic());
    f.after(700ms);  // 1.7 s after it was read
    CHECK_FALSE(f.shown());
    CHECK(std::get<IdleScreen>(f.view().screen).hint == scanner::HintKind::show_again);
    CHECK(f.state.take_asked_again());
    CHECK_FALSE(f.state.take_asked_again());
    const auto late = f.state.take_late();
    REQUIRE(late.size() == 1);
    CHECK(late[0].seq == 3);
    CHECK(late[0].late);
    CHECK_FALSE(f.state.showing_result());
    f.after(2'500ms);
    CHECK_FALSE(std::get<IdleScreen>(f.view().screen).hint);
}

TEST_CASE("I-22: a code that could not be decided is asked for once the screen has been read") {
    Fixture f;
    f.state.on_answer(answer(VerdictKind::admitted, 1), f.clock.monotonic());
    CHECK(f.shown() == 1);
    f.state.on_hint({scanner::HintKind::show_again, f.clock.monotonic(), {}}, f.clock.monotonic());
    f.after(699ms);
    CHECK(f.shown() == 1);
    CHECK(f.state.next_change(f.clock.monotonic(), f.clock.wall()) <= f.clock.monotonic() + 1ms);
    f.after(1ms);
    CHECK(std::get<IdleScreen>(f.view().screen).hint == scanner::HintKind::show_again);
}

TEST_CASE("I-22: a flood's screen gives way at once, but not before it has been drawn") {
    Fixture f;
    kiosk::Answer flood = answer(VerdictKind::see_usher, 1);
    flood.flood = 8;
    f.state.on_answer(flood, f.clock.monotonic());
    f.state.on_answer(answer(VerdictKind::admitted, 2), f.clock.monotonic());
    CHECK(f.shown() == 1);
    CHECK(f.state.free_at() <= f.clock.monotonic());
    REQUIRE(f.state.take_first_shown());
    f.after(1ms);
    CHECK(f.shown() == 2);
}

TEST_CASE("F26: that records went to a stick by themselves is said for half a minute") {
    Fixture f;
    f.state.on_unsigned_copied(f.clock.monotonic());
    CHECK(f.view().band == kiosk::Band::unsigned_copied);
    f.after(30s);
    CHECK_FALSE(f.view().band == kiosk::Band::unsigned_copied);
}

TEST_CASE("a badge that stays in view is not asked for again: its welcome stays, small") {
    const auto [kind, as] = GENERATE(table<VerdictKind, IdleScreen::Held>(
        {{VerdictKind::admitted, IdleScreen::Held::welcomed},
         {VerdictKind::refused, IdleScreen::Held::not_admitted}}));
    Fixture f;
    auto shown = answer(kind);
    shown.frame = 41;
    f.state.on_answer(shown, f.clock.monotonic());
    CHECK(f.shown());
    for (int i = 0; i < 20; ++i) {
        f.after(400ms);
        f.state.on_still_held({41}, f.clock.monotonic());
    }
    CHECK(std::get<IdleScreen>(f.view().screen).held == as);
    f.state.on_still_held({40}, f.clock.monotonic());  // another's
    f.after(899ms);
    CHECK(std::get<IdleScreen>(f.view().screen).held == as);
    f.after(1ms);
    CHECK(f.state.change() == Change::everything);
    CHECK(std::get<IdleScreen>(f.view().screen).held == IdleScreen::Held::nothing);
}

TEST_CASE("advice that began during a result is there when the result has gone") {
    Fixture f;
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    CHECK(f.shown());
    for (int i = 0; i < 6; ++i) {
        f.after(400ms);
        f.state.on_hint({scanner::HintKind::one_badge, f.clock.monotonic(), i > 0},
                        f.clock.monotonic());
    }
    CHECK(std::get<IdleScreen>(f.view().screen).hint == scanner::HintKind::one_badge);
}

TEST_CASE("a finger that came down before the guests' screen was there does nothing on it") {
    Fixture f;
    f.state.on_answer(answer(VerdictKind::admitted), f.clock.monotonic());
    CHECK(f.shown());
    const auto down = f.clock.monotonic();
    f.after(2s);
    CHECK_FALSE(f.shown());
    const auto theme = [&] { return f.view().appearance.theme; };
    const auto before = theme();
    f.after(1s);
    f.state.on_intent(kiosk::Intent::change_contrast, f.clock.monotonic(), down);
    CHECK(theme() == before);
    f.state.on_intent(kiosk::Intent::change_contrast, f.clock.monotonic(), f.clock.monotonic());
    CHECK(theme() != before);
}
