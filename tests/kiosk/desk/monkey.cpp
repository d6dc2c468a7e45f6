#include "tests/kiosk/desk/monkey.hpp"

#include "tests/kiosk/desk/page_words.hpp"

namespace hudoor::test {

using scanner::CameraState;
using storage::Direction;
using storage::FactKind;

namespace {

/// Changes nothing for anybody but whoever has the panel.
bool is_harmless(const storage::Fact& fact) {
    using storage::ActCode;
    return fact.kind != FactKind::act || fact.act == ActCode::pin_wrong ||
           fact.act == ActCode::pin_locked || fact.act == ActCode::unlocked;
}

bool is_of_an_usher(const storage::Fact& fact) {
    const bool kind = fact.kind == FactKind::undone || fact.kind == FactKind::guest ||
                      fact.kind == FactKind::act || fact.kind == FactKind::admitted ||
                      fact.kind == FactKind::left;
    return kind && fact.usher != storage::UsherNumber{};
}

/// Of most acts it does not matter.
int place_of(PanelTouch touch) {
    const bool of_row = touch.act == PanelAct::row || touch.act == PanelAct::unveil;
    return static_cast<int>(touch.act) * 1'000 + (of_row ? touch.value : 0);
}

}  // namespace

Monkey::Monkey(std::uint32_t seed)
    : random_(seed),
      state_({.in_force = kiosk_.publication(std::nullopt).in_force, .dwell = {}, .screen = {}}) {
    for (const auto& person : kiosk_.people)
        for (const std::string& name : {person.name.ar, person.name.en})
            if (!name.empty()) names_.push_back(name);
    state_.on_camera(camera_);
}

std::string Monkey::play() {
    deed();
    kiosk_.pump();
    state_.on_door(kiosk_.panel.door());
    kiosk_.panel.tick(kiosk_.clock.monotonic(), kiosk_.clock.wall());
    state_.tick(kiosk_.clock.monotonic(), kiosk_.clock.wall());
    look();
    return wrong_;
}

void Monkey::deed() {
    const int which = any(100);
    if (which < 52) return touch();
    if (which < 62) return type_pin();
    if (which < 76) return badge();
    if (which < 80) return camera();
    wait();
}

/// The guests' screen lies over the panel, and takes what is touched.
bool Monkey::is_covered() const {
    return kiosk_.panel.gives_way(kiosk_.clock.monotonic()) && state_.showing_result();
}

/// As the window gives it: a finger that came down at some time, or none for a key.
void Monkey::touch() {
    if (is_covered()) return;
    if (any(12) == 0) kiosk_.panel.open(kiosk_.clock.monotonic());
    const PanelTouch touch{static_cast<PanelAct>(1 + any(static_cast<int>(PanelAct::hand_over))),
                           any(8) == 0 ? any(300) : any(6)};
    const bool key = any(10) == 0;
    if (!key && !finger_) finger_ = kiosk_.clock.monotonic();
    const bool long_ago = any(4) == 0;  // it rests there while the page changes
    const MonotonicTime began = key ? kiosk_.clock.monotonic() : *finger_;
    const PanelView view = kiosk_.view();
    const std::string under = words_under(view, touch);
    const auto known = read_.find(place_of(touch));
    const auto before = kiosk_.facts();
    const auto fact_before = before == 0 ? storage::Fact{} : kiosk_.disk->newest().fact;
    last_ = "page " + std::to_string(view.page.index()) + " touch " +
            std::to_string(static_cast<int>(touch.act)) + " of " + std::to_string(touch.value);
    if (!key) kiosk_.panel.on_finger(true, kiosk_.clock.monotonic());
    kiosk_.panel.on_touch(touch, kiosk_.clock.monotonic(),
                          key ? std::nullopt : std::optional(began));
    kiosk_.pump();
    if (!long_ago) finger_.reset();
    if (kiosk_.facts() == before) return;
    const storage::Fact fact = kiosk_.disk->newest().fact;
    if (fact.id == fact_before.id || !is_of_an_usher(fact) || is_harmless(fact)) {
        if (!is_of_an_usher(fact) || fact.kind == FactKind::act) return;
    }
    ++acts_;
    if (known == read_.end() || known->second.words != under ||
        began < known->second.since + std::chrono::milliseconds(300))
        wrong("an act whose words had not been there for 300 ms: " + under + ", act " +
              std::to_string(static_cast<int>(touch.act)) + " of " + std::to_string(touch.value));
}

void Monkey::type_pin() {
    if (is_covered()) return;
    kiosk_.panel.open(kiosk_.clock.monotonic());
    if (!std::holds_alternative<PinPage>(kiosk_.view().page)) return;
    const char* number = any(3) == 0 ? "12" : "07";
    kiosk_.type(number);
    kiosk_.type(any(8) == 0 ? "314159" : test_pin);
}

void Monkey::badge() {
    const auto n = static_cast<unsigned>(1 + any(9));
    auto code = kiosk_.scanned(kiosk_.event.badge_text(kiosk_.event.delegate(n)));
    if (any(20) == 0) {
        storage::BadgeToken token = kiosk_.event.token(kiosk_.event.delegate(1));
        token.number = supervisor_badge();
        code.text = storage::make_badge_text(token, kiosk_.event.badge_key);
    }
    code.again = any(3) == 0;
    code.frame = ++frame_;
    if (const auto answer = kiosk_.desk->handle(code); answer && answer->stored)
        state_.on_answer(*answer, kiosk_.clock.monotonic());
    if (any(2) == 0) state_.on_still_held({frame_}, kiosk_.clock.monotonic());
}

void Monkey::camera() {
    camera_ = any(2) == 0 ? CameraState::lost : CameraState::live;
    state_.on_camera(camera_);
    scanner::Preview preview;
    preview.width_px = preview.height_px = 1;
    preview.pixels = std::make_shared<std::uint8_t[]>(1);
    preview.moving = any(2) == 0;
    state_.on_preview(std::move(preview), kiosk_.clock.monotonic());
}

void Monkey::wait() {
    using std::chrono::milliseconds;
    const int how = any(20);
    kiosk_.clock.advance(how == 0   ? std::chrono::seconds(61)
                         : how == 1 ? std::chrono::seconds(11)
                         : how < 8  ? milliseconds(400 + any(2'000))
                                    : milliseconds(any(350)));
    if (any(2) == 0) {
        finger_.reset();
        kiosk_.panel.on_finger(false, kiosk_.clock.monotonic());
    }
}

/// Draws, as it were.
void Monkey::look() {
    const View screen = state_.view(kiosk_.clock.monotonic(), kiosk_.clock.wall());
    if (const auto shown = state_.take_first_shown())
        kiosk_.panel.on_answer(*shown, kiosk_.clock.monotonic());
    (void)state_.take_late();
    check_picture(screen);
    check_next();
    if (!kiosk_.panel.is_open()) {
        read_.clear();
        return check_marks(screen);
    }
    if (is_covered()) return read_.clear();
    const PanelView view = kiosk_.view();
    pages_seen_.insert(view.page.index());
    check_names(view);
    read(view);
}

void Monkey::read(const PanelView& view) {
    const MonotonicTime now = kiosk_.clock.monotonic();
    for (int act = 1; act <= static_cast<int>(PanelAct::hand_over); ++act)
        for (int value = 0; value < 8; ++value) {
            const PanelTouch touch{static_cast<PanelAct>(act), value};
            const std::string words = words_under(view, touch);
            auto [known, is_new] = read_.try_emplace(place_of(touch), Read{words, now});
            if (!is_new && known->second.words != words) known->second = {words, now};
        }
}

std::string Monkey::words_under(const PanelView& view, PanelTouch touch) const {
    return words_of_page(view, touch);
}

void Monkey::check_names(const PanelView& view) {
    if (view.usher != storage::UsherNumber{}) return;
    if (!std::holds_alternative<PinPage>(view.page))
        return wrong("a page other than the pad while nobody is in: " +
                     std::to_string(view.page.index()) + " after " + last_);
    if (view.strip) wrong("a result on the pad");
}

void Monkey::check_marks(const View& view) {
    const DoorState& door = kiosk_.panel.door();
    const auto has = [&](MarkKind kind) {
        // Of more than there is room for some take turns (marks_test).
        return view.marks.size() == marks_at_once ||
               std::ranges::find(view.marks, kind, &Mark::kind) != view.marks.end();
    };
    if (!std::holds_alternative<IdleScreen>(view.screen)) return;
    if (door.direction == Direction::exit && !has(MarkKind::exit)) wrong("an exit without a mark");
    if (door.chosen && !has(MarkKind::by_hand)) wrong("a session by hand without a mark");
}

void Monkey::check_picture(const View& view) {
    if (camera_ == CameraState::lost && view.preview) wrong("a picture of a camera that is lost");
}

/// Nothing waits for ever, and nothing turns round without rest.
void Monkey::check_next() {
    const MonotonicTime now = kiosk_.clock.monotonic();
    const MonotonicTime next =
        std::min(state_.next_change(now, kiosk_.clock.wall()), kiosk_.panel.next_change(now));
    if (next > now + std::chrono::minutes(2)) wrong("no change is due for minutes");
}

}  // namespace hudoor::test
