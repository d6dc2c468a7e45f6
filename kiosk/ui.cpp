#include "kiosk/ui.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>  // for the key numbers; nothing of it is linked

#include <array>
#include <cmath>
#include <cstdio>

#include "kiosk/screens/pad.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/usher/keyboard.hpp"
#include "kiosk/usher/pages/field.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;

namespace {

constexpr auto shortest_frame = 16ms;  // under Xvfb the swap does not throttle
constexpr auto finger_step = 100ms;    // how often a resting finger is looked at
constexpr int shift = 1;               // GLFW_MOD_SHIFT
constexpr std::size_t most_unsettled = 600;
constexpr auto health_every = 1s;
constexpr auto counts_frames_for = 3s;

std::optional<Cue> cue_of(const Answer& answer) {
    if (answer.seen_again) return std::nullopt;  // no second success
    switch (answer.verdict.kind) {
        case storage::VerdictKind::admitted:
            return Cue::admitted;
        case storage::VerdictKind::already_in:
            return Cue::already_in;
        case storage::VerdictKind::see_usher:
            return Cue::see_usher;
        case storage::VerdictKind::refused:
            return Cue::refused;
        case storage::VerdictKind::none:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

void Ui::turn(Inbox& inbox) {
    take(inbox);
    const MonotonicTime now = parts_.clock.monotonic();
    parts_.state.tick(now, parts_.clock.wall());
    parts_.panel.tick(now, parts_.clock.wall());
    look_after_health(now);
    touched_ = parts_.window.take_redraw();
    if (Painter::finger_down()) parts_.state.wake(now);
    const bool rests = Painter::finger_down() && now >= last_drawn_ + finger_step;
    const bool whole = touched_ || rests || parts_.panel.changed() || frames_wanted_ > 0;
    if (frames_wanted_ > 0) --frames_wanted_;
    if (whole || is_due()) draw(whole ? Change::everything : parts_.state.change());
}

/// The panel lies over the guests' screen, but for results that its pad gives way to.
bool Ui::covers() const {
    return parts_.panel.is_open() &&
           !(parts_.state.showing_result() && parts_.panel.gives_way(parts_.clock.monotonic()));
}

/// The camera's picture is not seen while the panel is up.
bool Ui::is_due() const {
    if (parts_.panel.changed() || covers() != panel_was_up_) return true;
    if (panel_was_up_) return parts_.state.has_new() || parts_.state.has_new_marks();
    return parts_.state.change() != Change::nothing;
}

void Ui::wait() {
    const MonotonicTime now = parts_.clock.monotonic();
    MonotonicTime next =
        std::min(parts_.state.next_change(now, parts_.clock.wall()), now + Watchdog::look_every);
    next = std::min(next, parts_.panel.next_change(now));
    if (const auto typed = hand_scanner_.typed_due()) next = std::min(next, *typed);
    if (Painter::finger_down()) next = std::min(next, last_drawn_ + finger_step);
    if (touched_ || frames_wanted_ > 0 || is_due()) next = now;
    parts_.window.wait(std::max(next, last_drawn_ + shortest_frame));
}

void Ui::take_keys(const std::function<void(std::string, MonotonicTime)>& give) {
    for (const KeyPress& press : parts_.window.take_keys()) {
        unsettled_.push_back(press);
        parts_.state.wake(parts_.clock.monotonic());
        if (auto text = hand_scanner_.press(press.key, (press.mods & shift) != 0, press.at))
            give(std::move(*text), press.at);
    }
    while (unsettled_.size() > most_unsettled) unsettled_.pop_front();
    const MonotonicTime now = parts_.clock.monotonic();
    for (const int key : hand_scanner_.take_typed(now))
        if (const auto press = settle(key)) type(*press, now);
}

/// The press of this key; those before it were a scanner's.
std::optional<KeyPress> Ui::settle(int key) {
    while (!unsettled_.empty()) {
        const KeyPress press = unsettled_.front();
        unsettled_.pop_front();
        if (press.key == key) return press;
    }
    return std::nullopt;
}

/// Tab and Shift+Tab go from one thing to touch to the next, Enter touches it; F10 is staff's
/// corner.
bool Ui::type_focus(const KeyPress& press, MonotonicTime now) {
    if (press.key == GLFW_KEY_F10 && !parts_.panel.is_open()) {
        take_staff(now);
        return true;
    }
    const int count = parts_.painter.touchables();
    if (press.key == GLFW_KEY_TAB && count > 0) {
        const int by = (press.mods & shift) != 0 ? count - 1 : 1;
        focus_ = focus_ ? (*focus_ + by) % count : (by == 1 ? 0 : count - 1);
        parts_.painter.focus(focus_);
        frames_wanted_ = 2;
        return true;
    }
    if (!focus_ || (press.key != GLFW_KEY_ENTER && press.key != GLFW_KEY_KP_ENTER)) return false;
    parts_.painter.activate();
    frames_wanted_ = 2;
    return true;
}

/// For who sees nothing: 5, where a number pad has its mark, says it again; 0, the widest key,
/// gives more time.
bool Ui::type_for_ears(const KeyPress& press, MonotonicTime now) {
    if (parts_.panel.is_open() || parts_.state.is_pad_up()) return false;
    const Intent key = pad_intent(press.key);
    if (key == Intent::digit_0) parts_.state.on_intent(Intent::more_time, now);
    if (key == Intent::digit_5)
        if (auto call = speaker_.again()) play(std::move(*call), parts_.state.volume());
    return key == Intent::digit_0 || key == Intent::digit_5;
}

void Ui::drop_focus() {
    focus_.reset();
    parts_.painter.focus({});
}

void Ui::type(const KeyPress& press, MonotonicTime now) {
    if (type_focus(press, now)) return;
    const FieldText* field = parts_.panel.field();
    if (field && (press.key == GLFW_KEY_LEFT || press.key == GLFW_KEY_RIGHT)) {
        const auto to = field_caret_beside(parts_.painter, *field, parts_.panel.keys(),
                                           press.key == GLFW_KEY_RIGHT ? 1 : -1);
        return parts_.panel.on_touch({PanelAct::caret, static_cast<int>(to)}, now);
    }
    if (type_for_ears(press, now)) return;
    if (!parts_.panel.is_open()) return parts_.state.on_intent(pad_intent(press.key), now);
    parts_.panel.on_touch(touch_of_key(press, parts_.panel.field()), now);
}

std::optional<Ailment> Ui::find_ailment() const {
    if (health_.storage.wants_restart)
        return Ailment{ExitCode::io, "the records' files were removed or replaced"};
    if (!storage_gone_ || parts_.clock.monotonic() - *storage_gone_ < by_hand_before_restart)
        return std::nullopt;
    return Ailment{ExitCode::io, "no device is left to keep records on"};
}

void Ui::take(Inbox& inbox) {
    const MonotonicTime now = parts_.clock.monotonic();
    while (auto news = inbox.camera.try_take()) {
        camera_ended_ = news->state == scanner::CameraState::ended;
        health_.camera = news->state;
        health_.exposure = news->exposure;
        parts_.state.on_camera(news->state);
    }
    if (auto preview = inbox.previews.try_take()) {
        count_frames(*preview, now);
        parts_.state.on_preview(std::move(*preview), now);
    }
    while (auto hint = inbox.hints.try_take()) {
        parts_.state.on_hint(*hint, now);
        if (parts_.options.results && !hint->goes_on)
            results_.write(hint_line(hint->kind, parts_.clock.wall()));
    }
    while (auto held = inbox.held.try_take()) parts_.state.on_still_held(*held, now);
    take_answers(inbox, now);
    take_news(inbox, now);
    while (inbox.wrong_digits.try_take()) parts_.state.on_wrong_passphrase(now);
    while (auto in_force = inbox.in_force.try_take()) take(*in_force);
    while (auto status = inbox.storage.try_take()) {
        parts_.state.on_storage(*status);
        health_.storage = *status;
        // One that only hangs is waited for: a new start would find it held by what hangs.
        if (status->state == storage::StorageState::gone && !storage_gone_) storage_gone_ = now;
    }
}

void Ui::take(const storage::InForcePtr& in_force) {
    parts_.state.on_in_force(in_force);
    parts_.panel.on_in_force(in_force);
}

/// A verdict whose fact is not stored is never shown; the state of the storage says why.
void Ui::take_answers(Inbox& inbox, MonotonicTime now) {
    while (auto answer = inbox.answers.try_take())
        if (answer->stored) parts_.state.on_answer(std::move(*answer), now);
}

void Ui::take_news(Inbox& inbox, MonotonicTime now) {
    while (auto news = inbox.news.try_take()) {
        if (const auto* door = std::get_if<DoorState>(&*news)) parts_.state.on_door(*door);
        if (const auto* begun = std::get_if<ActBegun>(&*news); begun && begun->allowed)
            begun_acts_.push_back(*begun);
        if (const auto* done = std::get_if<Done>(&*news);
            done && done->answer && done->answer->stored && parts_.options.results)
            results_.write(result_line(*done->answer, now));
        parts_.panel.on_news(std::move(*news), now);
    }
    while (auto news = inbox.chores.try_take()) hear(*news, now);
    while (auto found = inbox.found.try_take()) parts_.panel.on_found(std::move(*found));
}

/// A test code is read by a program whose camera is away, too.
bool Ui::sees() const { return health_.camera == scanner::CameraState::live && health_.sees; }

void Ui::hear(const ChoreNews& news, MonotonicTime now) {
    const auto tell = [this](std::string_view id) {
        parts_.panel.on_job_done(parts_.painter.words(id));
    };
    if (const auto* stick = std::get_if<StickPage>(&news)) parts_.panel.on_stick(*stick, now);
    if (std::holds_alternative<UnsignedCopied>(news)) parts_.state.on_unsigned_copied(now);
    if (const auto* log = std::get_if<LogSaved>(&news))
        tell(log->saved ? "hl.saved" : "hl.no_stick");
    if (const auto* test = std::get_if<SelfTested>(&news))
        tell(test->reads && sees() ? "hl.reads" : "hl.reads_not");
    if (const auto* machine = std::get_if<MachineState>(&news)) health_.machine = *machine;
}

void Ui::look_after_health(MonotonicTime now) {
    if (!parts_.panel.shows_health() || now - health_said_ < health_every) return;
    health_said_ = now;
    health_.device = parts_.state.identity().kiosk_name;
    health_.up = std::chrono::floor<std::chrono::minutes>(now - began_);
    health_.sound_works = parts_.sound.works();
    health_.mirrored = !parts_.options.settings.storage.mirror.empty();
    health_.door = parts_.panel.door();
    health_.exposure_wanted = parts_.options.settings.camera.exposure != 0ms;
    health_.clock = health_.door.clock;
    health_.version = HUDOOR_VERSION;
    if (health_.door.revision != 0) {
        const WallTime made = health_.door.list_created;
        health_.list_of = describe_when(made, parts_.clock.wall(), parts_.state.identity().agenda);
    }
    HealthPage page =
        describe_health(health_, parts_.painter.catalogue(), now, parts_.clock.wall());
    page.volume_percent = volume_percent_;
    if (health_.machine) page.brightness_percent = health_.machine->brightness_percent;
    parts_.panel.on_health(std::move(page));
}

/// Frames of the camera between two previews some seconds apart.
void Ui::count_frames(const scanner::Preview& preview, MonotonicTime now) {
    health_.sees = preview.black_or_frozen == scanner::BlackOrFrozen::neither;
    if (preview.sharp) (*preview.sharp ? health_.sharp_seen : health_.blur_seen) = now;
    if (now - counted_at_ < counts_frames_for) return;
    const std::chrono::duration<double> passed = now - counted_at_;
    if (counted_ != 0 && preview.frame > counted_)
        health_.frames_per_second = static_cast<int>(
            std::lround(static_cast<double>(preview.frame - counted_) / passed.count()));
    counted_ = preview.frame;
    counted_at_ = now;
}

void Ui::draw(Change change) {
    const View view = parts_.state.view(parts_.clock.monotonic(), parts_.clock.wall());
    const auto first_shown = parts_.state.take_first_shown();
    if (first_shown) {
        if (const auto cue = cue_of(*first_shown))
            play(speaker_.answer(*first_shown, *cue, view), view.volume);
        parts_.panel.on_answer(*first_shown, parts_.clock.monotonic());
        health_.last_code = parts_.clock.monotonic();
    }
    if (parts_.state.take_asked_again()) play({.cue = Cue::see_usher}, view.volume);
    const bool panel_is_up = covers();
    if (panel_is_up != panel_was_up_) change = Change::everything;
    panel_was_up_ = panel_is_up;
    parts_.panel.drawn(parts_.clock.monotonic());
    if (panel_was_up_) {
        draw_usher(view);
    } else {
        speak(view);
        draw_screen(view, change);
    }
    follow_finger();
    tell_late();
    if (!first_shown) return;
    parts_.on_shown(parts_.state.free_at());
    if (parts_.options.results) results_.write(result_line(*first_shown, last_drawn_));
    if (parts_.options.screenshots) take_screenshot(*first_shown);
}

/// Into the ushers' list, where whoever does not come back is found.
void Ui::tell_late() {
    for (const Answer& answer : parts_.state.take_late()) {
        parts_.panel.on_late(answer, last_drawn_);
        parts_.on_shown(parts_.state.free_at());
        if (parts_.options.results) results_.write(result_line(answer, last_drawn_));
    }
}

void Ui::draw_screen(const View& view, Change change) {
    parts_.window.begin_frame(ground_colour(view));
    const Intent intent = kiosk::draw(parts_.painter, view);
    parts_.window.end_frame(change == Change::tiles
                                ? parts_.painter.region_of({"preview", "pictogram"})
                                : std::nullopt);
    last_drawn_ = parts_.clock.monotonic();
    // Whoever types at the pad did not mean what took its place.
    if (intent != Intent::none && !parts_.panel.is_open()) take_intent(intent);
}

void Ui::draw_usher(const View& view) {
    PanelView page =
        parts_.panel.view(parts_.clock.monotonic(), parts_.clock.wall(), view.appearance);
    page.marks = view.marks;
    page.clock_set = view.clock_set;
    parts_.painter.shift(view.shift);
    parts_.window.begin_frame(panel_ground(page));
    const PanelTouch touch = draw_panel(parts_.painter, page);
    parts_.window.end_frame({});
    last_drawn_ = parts_.clock.monotonic();
    if (touch.act == PanelAct::none) return;
    health_.touched = true;
    const int before = parts_.panel.page_number();
    parts_.panel.on_touch(touch, last_drawn_, touch_began());
    if (parts_.panel.page_number() != before || !parts_.panel.is_open()) drop_focus();
    parts_.sound.set_volume(loudness(view.volume));
    parts_.sound.play(Cue::tap);
}

/// Since when it is there: what has changed under it since then, it does not mean.
void Ui::follow_finger() {
    const bool down = Painter::finger_down();
    if (down && !finger_) finger_ = last_drawn_;
    if (!down) finger_.reset();
    parts_.panel.on_finger(down, last_drawn_);
}

/// A key is there for no time at all.
std::optional<MonotonicTime> Ui::touch_began() const {
    return parts_.painter.by_key() ? last_drawn_ : finger_.value_or(last_drawn_);
}

void Ui::take_intent(Intent intent) {
    health_.touched = true;
    parts_.state.on_intent(intent, last_drawn_, touch_began());
    if (intent == Intent::staff) take_staff(last_drawn_);
    parts_.sound.set_volume(loudness(parts_.state.volume()));
    parts_.sound.play(Cue::tap);
}

/// The start's passphrase first, while there is one to ask for. No PIN opens the panel while
/// nothing can be kept: then the screen tells ushers what to do.
void Ui::take_staff(MonotonicTime now) {
    drop_focus();
    if (parts_.state.is_by_hand()) return parts_.state.on_intent(Intent::staff, now);
    if (!parts_.state.has_start_pad()) parts_.panel.open(now);
}

void Ui::change_volume() {
    constexpr int step = 20, loudest = 100;
    volume_percent_ = volume_percent_ >= loudest ? step : (volume_percent_ / step + 1) * step;
    health_said_ = {};
    play({.cue = Cue::admitted}, Volume::usual);
}

void Ui::play(Call call, Volume volume) {
    parts_.sound.set_volume(loudness(volume));
    parts_.sound.play(std::move(call));
}

void Ui::speak(const View& view) {
    if (auto call = speaker_.look(view, parts_.clock.monotonic()))
        play(std::move(*call), view.volume);
}

int Ui::loudness(Volume volume) const {
    return volume == Volume::silent ? 0 : volume == Volume::loud ? 100 : volume_percent_;
}

void Ui::take_screenshot(const Answer& answer) {
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "%03d", ++pictures_);
    const std::string name = std::string(number.data()) + "-" +
                             std::string(name_of(answer.verdict.kind)) + "-" +
                             std::string(name_of(answer.verdict.reason)) + ".png";
    write_png(parts_.window.read_picture(), *parts_.options.screenshots / name);
}

}  // namespace hudoor::kiosk
