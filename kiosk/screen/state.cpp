#include "kiosk/screen/state.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/desk/desk.hpp"
#include "kiosk/screen/drift.hpp"

namespace hudoor::kiosk {

using namespace std::chrono_literals;
using storage::VerdictKind;

namespace {

constexpr auto hint_at_least = 1'200ms;
constexpr std::chrono::milliseconds shown_at_most = 60s;
constexpr auto copied_said_for = 30s;
constexpr auto asks_again_for = 2'500ms;
constexpr auto late_after = 1'500ms;  // whoever held it has gone
constexpr auto hint_fades = 150ms;
constexpr auto preview_lasts = 700ms;  // they come five times a second
constexpr auto held_lasts = 900ms;     // it is said every 400 ms
constexpr auto leaves = 200ms;         // a result fades to what comes after it
constexpr auto choices_last = 30s;
constexpr auto staff_reads_for = 20s;
constexpr auto leaving_lasts = 10s;  // at a door for both; entering unless touched
constexpr double text_sizes[] = {1, 1.5, 2};
constexpr auto rests_after = 10s;  // the pictogram's last pose
constexpr auto icon_grows = 180ms;
constexpr auto dwell_bar_step = 100ms;  // how often the shrinking bar is redrawn
constexpr auto growth_step = 33ms;

std::chrono::milliseconds dwell_of(VerdictKind kind, const config::DwellSettings& dwell) {
    switch (kind) {
        case VerdictKind::admitted:
            return dwell.admitted;
        case VerdictKind::already_in:
            return dwell.already_in;
        case VerdictKind::see_usher:
            return dwell.see_usher;
        default:
            return dwell.refused;
    }
}

/// How long a result stays before a different badge may take its place. A flood's is nobody's.
std::chrono::milliseconds uninterrupted(const Answer& answer) {
    if (answer.flood != 0) return 0ms;
    return answer.verdict.kind == VerdictKind::admitted ? 700ms : 1'000ms;
}

IdleScreen::Held held_as(const Answer& answer) {
    const bool welcomed = answer.verdict.kind == VerdictKind::admitted || answer.seen_again;
    if (!welcomed) return IdleScreen::Held::not_admitted;
    return answer.direction == storage::Direction::exit ? IdleScreen::Held::left
                                                        : IdleScreen::Held::welcomed;
}

std::chrono::milliseconds lasts(scanner::HintKind kind) {
    return kind == scanner::HintKind::show_again ? asks_again_for : hint_at_least;
}

std::chrono::milliseconds since(MonotonicTime begin, MonotonicTime now) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::max(now, begin) - begin);
}

Appearance usual_appearance(const config::ScreenSettings& settings) {
    return {
        .theme = settings.theme == config::ScreenTheme::light ? Theme::light : Theme::high_contrast,
        .text = settings.text_percent / 100.0,
        .only = {},
        .dark_text = settings.dark_text,
        .still = settings.reduced_motion};
}

/// Both languages, then each alone.
std::optional<assets::Language> next_language(std::optional<assets::Language> only) {
    if (!only) return assets::Language::ar;
    if (*only == assets::Language::ar) return assets::Language::en;
    return std::nullopt;
}

/// The next larger, and from the largest back to the usual.
double next_text(double text) {
    const auto* larger = std::ranges::find_if(text_sizes, [&](double size) { return size > text; });
    return larger == std::end(text_sizes) ? text_sizes[0] : *larger;
}

Volume next_volume(Volume volume) {
    switch (volume) {
        case Volume::usual:
            return Volume::loud;
        case Volume::loud:
            return Volume::silent;
        case Volume::silent:
            break;
    }
    return Volume::usual;
}

}  // namespace

ScreenState::ScreenState(ScreenFacts facts) : facts_(std::move(facts)) {
    usual_.look = usual_appearance(facts_.screen);
    choices_ = usual_;
    door_.clock = ClockQuality::free;  // until the desk says otherwise
}

bool ScreenState::is_door_for_both() const {
    const storage::Place* place = identity().agenda.find_place(identity().place);
    return place != nullptr && place->direction == storage::PlaceDirection::both;
}

void ScreenState::on_answer(Answer answer, MonotonicTime now) {
    list_stale_ = answer.verdict.list_stale;
    waiting_.push_back(std::move(answer));
    advance(now);
}

void ScreenState::on_hint(const scanner::Hint& hint, MonotonicTime now) {
    if (hint.kind == scanner::HintKind::show_again) {
        asks_again_ = true;
        return advance(now);
    }
    const bool goes_on = hint_ && hint_->kind == hint.kind;
    if (hint_ && !goes_on && since(hint_changed_, now) < lasts(hint_->kind))
        return;  // each long enough to be read
    hint_ = hint;
    if (!goes_on) hint_changed_ = now;
    hint_since_ = now;
    change_if(is_idle());
}

void ScreenState::on_still_held(scanner::StillHeld held, MonotonicTime now) {
    if (held.frame == 0 || held.frame != held_.frame) return;
    change_if(this->held(now) == IdleScreen::Held::nothing && is_idle());
    held_.seen = now;
}

IdleScreen::Held ScreenState::held(MonotonicTime now) const {
    return held_.seen && now - *held_.seen < held_lasts ? held_.as : IdleScreen::Held::nothing;
}

void ScreenState::end_hint(MonotonicTime now) {
    if (!hint_) return;
    hint_.reset();
    hint_changed_ = now;
    change_ = Change::everything;
}

void ScreenState::on_preview(scanner::Preview preview, MonotonicTime now) {
    if (preview.moving) {
        if (!moved_at_ || now - *moved_at_ > rests_after) motion_began_ = now;
        change_if(is_dimmed(now));
        moved_at_ = busy_at_ = now;
    }
    const bool sees = preview.black_or_frozen == scanner::BlackOrFrozen::neither;
    change_if(std::exchange(sees_, sees) != sees);
    if (!sees || !camera_shows()) return forget_preview();
    change_if(!preview_);
    const bool fades = left_ || now - hint_changed_ < hint_fades;
    change_if(is_idle() && !is_dimmed(now), hint_ || fades ? Change::everything : Change::tiles);
    preview_ = std::move(preview);
    preview_at_ = now;
}

/// What is not now is not on the screen, not for a moment.
void ScreenState::forget_preview() {
    change_if(preview_.has_value());
    preview_.reset();
    if (hint_ && hint_->kind != scanner::HintKind::show_again) hint_.reset();
}

bool ScreenState::camera_shows() const {
    return camera_ != scanner::CameraState::lost && camera_ != scanner::CameraState::ended;
}

void ScreenState::on_camera(scanner::CameraState state) {
    change_if(state != camera_);
    camera_ = state;
    if (!camera_shows()) forget_preview();
}

void ScreenState::on_storage(StorageStatus status) {
    change_if(storage_ != status);
    storage_ = status;
    if (is_by_hand()) hint_.reset();
}

void ScreenState::on_unsigned_copied(MonotonicTime now) {
    unsigned_copied_ = now;
    change_ = Change::everything;
}

void ScreenState::on_in_force(storage::InForcePtr in_force) {
    facts_.in_force = std::move(in_force);
    start_pad_.reset();
    list_stale_ = false;
    // A door that is not for both any more counts as the place says.
    if (!is_door_for_both()) direction_ = storage::Direction::entry;
    change_ = Change::everything;
}

void ScreenState::on_door(const DoorState& door) {
    const auto chosen = door.chosen ? door.session : std::nullopt;
    change_if(in_service_ != door.in_service || session_ != chosen);
    change_if(direction_is_fixed_ != door.direction.has_value() ||
              rolled_back_ != door.rolled_back);
    rolled_back_ = door.rolled_back;
    direction_is_fixed_ = door.direction.has_value();
    in_service_ = door.in_service;
    session_ = chosen;
    door_ = door;
}

bool ScreenState::is_dimmed(MonotonicTime now) const {
    return facts_.screen.dim_after > 0min && is_idle() && busy_at_ &&
           now - *busy_at_ >= facts_.screen.dim_after;
}

bool ScreenState::is_by_hand() const {
    return storage_.state == storage::StorageState::waiting ||
           storage_.state == storage::StorageState::gone;
}

bool ScreenState::is_idle() const {
    return !current_ && !is_by_hand() && in_service_ && !(start_pad_ && start_pad_->is_up());
}

void ScreenState::ask_passphrase(MonotonicTime now) {
    start_pad_.emplace(now);
    change_ = Change::everything;
}

void ScreenState::on_intent(Intent intent, MonotonicTime now, std::optional<MonotonicTime> began) {
    if (intent == Intent::none) return;
    wake(now);
    if (began && !shown_.could_be_read(layout_, *began)) return;
    choose(intent, now);
    if (intent == Intent::more_time) give_more_time(now);
    if (intent == Intent::entering || intent == Intent::leaving)
        set_direction(
            intent == Intent::leaving ? storage::Direction::exit : storage::Direction::entry, now);
    if (intent == Intent::staff && is_by_hand()) {
        staff_reads_ = now;
        change_ = Change::everything;
    }
    if (!start_pad_) return;
    if (intent == Intent::staff && is_idle()) {
        start_pad_->show(now);
        change_ = Change::everything;
    }
    change_if(start_pad_->press(intent, now));
}

void ScreenState::choose(Intent intent, MonotonicTime now) {
    Appearance& look = choices_.look;
    switch (intent) {
        case Intent::change_contrast:
            look.theme = look.theme == Theme::light ? Theme::high_contrast : Theme::light;
            break;
        case Intent::change_text_size:
            look.text = next_text(look.text);
            break;
        case Intent::change_language:
            look.only = next_language(look.only);
            break;
        case Intent::change_volume:
            choices_.volume = next_volume(choices_.volume);
            break;
        default:
            return;
    }
    chosen_at_ = now;
    change_ = Change::everything;
}

/// As long as usual from now on, and no longer than a minute in all; whoever comes next takes the
/// screen as soon as ever.
void ScreenState::give_more_time(MonotonicTime now) {
    if (!current_) return;
    const auto usual = dwell_of(current_->answer.verdict.kind, facts_.dwell);
    current_->dwell = std::max(
        current_->dwell,
        std::min<std::chrono::milliseconds>(since(current_->since, now) + usual, shown_at_most));
    change_ = Change::everything;
}

void ScreenState::set_direction(storage::Direction direction, MonotonicTime now) {
    if (!is_door_for_both()) return;
    direction_since_ = now;
    if (direction_ == direction) return;
    direction_ = direction;
    direction_news_ = direction;
    change_ = Change::everything;
}

std::optional<storage::Direction> ScreenState::take_direction() {
    return std::exchange(direction_news_, {});
}

std::optional<Digits> ScreenState::take_try() {
    return start_pad_ ? start_pad_->take_try() : std::nullopt;
}

void ScreenState::on_wrong_passphrase(MonotonicTime now) {
    if (start_pad_) start_pad_->on_wrong(now);
    change_ = Change::everything;
}

void ScreenState::wake(MonotonicTime now) {
    change_if(is_dimmed(now));
    busy_at_ = now;
}

void ScreenState::tick(MonotonicTime now, WallTime wall) {
    change_if(minute_shown_ != std::chrono::floor<std::chrono::minutes>(wall));
    if (!busy_at_) busy_at_ = now;
    if (staff_reads_ && now - *staff_reads_ >= staff_reads_for) {
        staff_reads_.reset();
        change_ = Change::everything;
    }
    advance(now);
    look_for_marks(now, wall);
}

void ScreenState::advance(MonotonicTime now) {
    if (current_) {
        busy_at_ = now;
        const auto shown = since(current_->since, now);
        const VerdictKind kind = current_->answer.verdict.kind;
        const bool moves =
            viewed_at_ < current_->since + icon_grows || kind != VerdictKind::admitted;
        const bool over = shown >= current_->dwell;
        if (over && waiting_.empty()) left_ = Left{{current_->answer, shown, current_->dwell}, now};
        const bool wanted = (!waiting_.empty() || asks_again_) && current_->drawn;
        if (over || (wanted && shown >= uninterrupted(current_->answer))) current_.reset();
        change_if(moves || !current_);  // the icon grows, the bar shrinks
    }
    if (!current_) put_late_aside(now);
    if (!current_ && !waiting_.empty()) show_next(now);
    if (!current_ && asks_again_) ask_again(now);
    advance_idle(now);
}

void ScreenState::advance_idle(MonotonicTime now) {
    if (start_pad_) change_if(start_pad_->tick(now));
    if (preview_ && now - preview_at_ >= preview_lasts) forget_preview();
    if (held_.seen && now - *held_.seen >= held_lasts) {
        held_.seen.reset();
        change_if(is_idle());
    }
    if (hint_ && since(hint_since_, now) >= lasts(hint_->kind)) end_hint(now);
    change_if(is_idle() && viewed_at_ < hint_changed_ + hint_fades);
    if (left_) {
        change_ = Change::everything;
        if (now - left_->at >= leaves) left_.reset();
    }
    if (unsigned_copied_ && now - *unsigned_copied_ >= copied_said_for) {
        unsigned_copied_.reset();
        change_ = Change::everything;
    }
    if (choices_ != usual_ && now - chosen_at_ >= choices_last) {
        choices_ = usual_;
        change_ = Change::everything;
    }
    if (now - direction_since_ >= leaving_lasts) set_direction(storage::Direction::entry, now);
    const MonotonicTime dims = busy_at_.value_or(now) + facts_.screen.dim_after;
    change_if(is_dimmed(now) && now - dims < growth_step);
}

void ScreenState::change_if(bool changed, Change change) {
    if (changed) change_ = std::max(change_, change);
}

void ScreenState::put_late_aside(MonotonicTime now) {
    while (!waiting_.empty() && waiting_.front().hand_scanner &&
           now - waiting_.front().timing.entered > late_after) {
        late_.push_back(std::move(waiting_.front()));
        late_.back().late = true;
        waiting_.pop_front();
        asks_again_ = true;
    }
}

void ScreenState::ask_again(MonotonicTime now) {
    asks_again_ = false;
    asked_again_ = asked_again_ || !hint_ || hint_->kind != scanner::HintKind::show_again;
    hint_ = scanner::Hint{scanner::HintKind::show_again, now, false};
    hint_changed_ = hint_since_ = now;
    left_.reset();
    change_ = Change::everything;
}

MonotonicTime ScreenState::free_at() const {
    return current_ ? current_->since + uninterrupted(current_->answer) : MonotonicTime{};
}

void ScreenState::show_next(MonotonicTime now) {
    Answer answer = std::move(waiting_.front());
    waiting_.pop_front();
    const auto dwell = dwell_of(answer.verdict.kind, facts_.dwell);
    first_shown_ = answer;
    held_ = {.frame = answer.frame, .as = held_as(answer)};
    current_ = Shown{std::move(answer), now, dwell};
    hint_.reset();
    left_.reset();
    hint_changed_ = {};
    set_direction(storage::Direction::entry, now);
    change_ = Change::everything;
}

MonotonicTime ScreenState::next_change(MonotonicTime now, WallTime wall) const {
    const auto into_minute = wall.time_since_epoch() % 60s;
    MonotonicTime next = now + (60s - into_minute);
    const auto sooner = [&next](MonotonicTime at) { next = std::min(next, at); };
    if (takes_turns(wall)) sooner(MonotonicTime(mark_turn * (turn_at(now) + 1)));
    if (current_) {
        sooner(current_->since + current_->dwell);
        if (!waiting_.empty() || asks_again_) sooner(free_at());
        if (viewed_at_ < current_->since + icon_grows) sooner(now + growth_step);
        if (current_->answer.verdict.kind != VerdictKind::admitted) sooner(now + dwell_bar_step);
    }
    if (hint_) sooner(hint_since_ + lasts(hint_->kind));
    if (preview_) sooner(preview_at_ + preview_lasts);
    if (held_.seen) sooner(*held_.seen + held_lasts);
    if (unsigned_copied_) sooner(*unsigned_copied_ + copied_said_for);
    if (left_ || (is_idle() && viewed_at_ < hint_changed_ + hint_fades)) sooner(now + growth_step);
    if (staff_reads_) sooner(*staff_reads_ + staff_reads_for);
    if (choices_ != usual_) sooner(chosen_at_ + choices_last);
    if (direction_ != storage::Direction::entry) sooner(direction_since_ + leaving_lasts);
    if (facts_.screen.dim_after > 0min && busy_at_ && !is_dimmed(now))
        sooner(*busy_at_ + facts_.screen.dim_after);
    if (start_pad_)
        if (const auto change = start_pad_->next_change(now)) sooner(*change);
    return std::max(next, now);
}

View ScreenState::view(MonotonicTime now, WallTime wall) {
    change_ = Change::nothing;
    viewed_at_ = now;
    minute_shown_ = std::chrono::floor<std::chrono::minutes>(wall);
    View view;
    view.appearance = choices_.look;
    view.volume = choices_.volume;
    view.dimmed = is_dimmed(now);
    const auto local = storage::to_local(wall, identity().agenda.timezone);
    view.event_name = identity().event_name;
    view.timezone = identity().agenda.timezone;
    view.date = local.date;
    view.time_of_day = local.of_day;
    view.marks = marks_seen_ = marks_seen(marks(wall), now);
    new_marks_ = false;
    view.clock_set = door_.clock != ClockQuality::unset;
    view.shift = drift_at(wall);
    add_bands(view, now);
    add_list_day(view, wall);
    if (current_) current_->drawn = true;
    if (current_)  // what was kept is shown to its end
        view.screen = VerdictScreen{current_->answer, since(current_->since, now), current_->dwell};
    else if (is_by_hand())
        view.screen =
            OutOfServiceScreen{"E-JOURNAL", identity().kiosk_name, true, staff_reads_.has_value()};
    else if (!in_service_)
        view.screen = OutOfServiceScreen{"E-USHER", identity().kiosk_name, false};
    else if (start_pad_ && start_pad_->is_up())
        view.screen = start_pad_->screen(now);
    else {
        view.screen = idle(now, wall);
        view.preview = preview_;
    }
    if (left_ && !current_)
        view.fade = Fade{
            left_->screen,
            std::min(1.0, static_cast<double>(since(left_->at, now).count()) / leaves.count())};
    layout_ = layout_of(view);
    shown_.note(layout_, now);
    return view;
}

/// What decides where buttons are, and whether there are any.
std::string ScreenState::layout_of(const View& view) const {
    std::string layout = std::to_string(view.screen.index());
    if (const auto* idle = std::get_if<IdleScreen>(&view.screen))
        layout += idle->door ? "door" : "idle";
    if (view.band) layout += "band";
    return layout;
}

std::optional<Answer> ScreenState::take_first_shown() { return std::exchange(first_shown_, {}); }

IdleScreen ScreenState::idle(MonotonicTime now, WallTime wall) const {
    IdleScreen screen;
    const auto& agenda = identity().agenda;
    const auto* session = storage::session_on_sign(agenda, identity().place, wall, session_);
    if (session) {
        screen.sign = describe_session(*session, agenda, identity().place, wall);
        screen.upcoming = wall < session->doors_open() && session_ != session->id;
    }
    if (is_door_for_both() && !direction_is_fixed_) screen.door = direction_;
    screen.is_exit = fixed_direction(identity(), door_) == storage::Direction::exit;
    screen.hint_part =
        std::min(1.0, static_cast<double>(since(hint_changed_, now).count()) / hint_fades.count());
    if (hint_) screen.hint = hint_->kind;
    screen.held = held(now);
    screen.waits = !preview_;
    screen.at_rest = !moved_at_ || now - *moved_at_ > rests_after;
    screen.moving_for = screen.at_rest ? 0ms : since(motion_began_, now);
    return screen;
}

}  // namespace hudoor::kiosk
