/// The UI loop's body: waits, takes the mail, updates the state, draws the delegate's screen or the
/// ushers' panel, plays the cues, prints the results. UI thread.
#pragma once

#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "kiosk/display/painter.hpp"
#include "kiosk/display/window.hpp"
#include "kiosk/inbox.hpp"
#include "kiosk/options.hpp"
#include "kiosk/process/watchdog.hpp"
#include "kiosk/screen/results.hpp"
#include "kiosk/screen/speaker.hpp"
#include "kiosk/screen/state.hpp"
#include "kiosk/sound/sound.hpp"
#include "kiosk/usher/health.hpp"
#include "kiosk/usher/panel.hpp"
#include "scanner/hand_scanner.hpp"

namespace hudoor::kiosk {

/// How long the screen that says so stays up when no device keeps records, before a new start.
inline constexpr std::chrono::seconds by_hand_before_restart{10};

/// What the UI works with; all of it must outlive it.
struct UiParts {
    const AppOptions& options;
    const Clock& clock;
    Window& window;
    Painter& painter;
    ScreenState& state;
    UsherPanel& panel;
    Sound& sound;
    /// An answer has been shown, and another may be from then on.
    std::function<void(MonotonicTime)> on_shown = [](MonotonicTime) {};
};

class Ui {
public:
    explicit Ui(const UiParts& parts)
        : parts_(parts),
          speaker_(parts.options.settings.sound.is_private),
          volume_percent_(parts.options.settings.sound.volume_percent),
          began_(parts.clock.monotonic()) {}

    /// Takes what has come and draws if anything changed.
    void turn(Inbox& inbox);
    /// Until an event, or the next change by itself.
    void wait();
    /// Texts of a hand scanner among the keys since the last call; what was typed by hand is for
    /// the screen.
    void take_keys(const std::function<void(std::string, MonotonicTime)>& give);

    /// Whose deeds are to be done now, since the last call.
    [[nodiscard]] std::vector<ActBegun> take_begun_acts() { return std::exchange(begun_acts_, {}); }
    /// The staff's: the next louder until the next start, and what it sounds like.
    void change_volume();
    [[nodiscard]] bool camera_ended() const { return camera_ended_; }
    /// A disk that comes back after its first failure is found by a new start only.
    [[nodiscard]] std::optional<Ailment> find_ailment() const;

private:
    void take(Inbox& inbox);
    void take(const storage::InForcePtr& in_force);
    void take_answers(Inbox& inbox, MonotonicTime now);
    void take_news(Inbox& inbox, MonotonicTime now);
    [[nodiscard]] bool is_due() const;
    [[nodiscard]] bool sees() const;
    [[nodiscard]] bool covers() const;
    void hear(const ChoreNews& news, MonotonicTime now);
    void look_after_health(MonotonicTime now);
    void count_frames(const scanner::Preview& preview, MonotonicTime now);
    void draw(Change change);
    void draw_screen(const View& view, Change change);
    void draw_usher(const View& view);
    void follow_finger();
    [[nodiscard]] std::optional<MonotonicTime> touch_began() const;
    void take_intent(Intent intent);
    void type(const KeyPress& press, MonotonicTime now);
    bool type_focus(const KeyPress& press, MonotonicTime now);
    void drop_focus();
    void take_staff(MonotonicTime now);
    [[nodiscard]] std::optional<KeyPress> settle(int key);
    void play(Call call, Volume volume);
    void speak(const View& view);
    bool type_for_ears(const KeyPress& press, MonotonicTime now);
    /// 0 to 100.
    [[nodiscard]] int loudness(Volume volume) const;
    void tell_late();
    void take_screenshot(const Answer& answer);

    UiParts parts_;
    Speaker speaker_;
    int volume_percent_;  ///< usual
    scanner::HandScanner hand_scanner_;
    std::deque<KeyPress> unsettled_;  ///< a person's or a scanner's: known 50 ms later
    ResultWriter results_{stdout};
    std::vector<ActBegun> begun_acts_;
    MonotonicTime last_drawn_{};
    int pictures_ = 0;
    std::optional<MonotonicTime> finger_;  ///< on the screen since
    bool camera_ended_ = false;
    bool touched_ = false;      ///< the frame after the next may show more of it
    std::optional<int> focus_;  ///< of what can be touched, for who has no finger
    int frames_wanted_ = 0;
    bool panel_was_up_ = false;
    std::optional<MonotonicTime> storage_gone_;
    HealthFacts health_;
    MonotonicTime health_said_{};
    MonotonicTime began_;
    std::uint64_t counted_ = 0;  ///< the frame at counted_at_
    MonotonicTime counted_at_{};
};

}  // namespace hudoor::kiosk
