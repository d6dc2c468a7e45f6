/// The screen state machine: from events and the time to which screen is up and for how long. Asked
/// for the View; draws nothing and waits for nothing.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "config/settings.hpp"
#include "kiosk/desk/orders.hpp"
#include "kiosk/screen/shown_since.hpp"
#include "kiosk/screen/start_pad.hpp"
#include "kiosk/screen/view.hpp"
#include "scanner/camera/camera.hpp"
#include "storage/guests/in_force.hpp"

namespace hudoor::kiosk {

/// What is in force at first, and what never changes while the program runs.
struct ScreenFacts {
    storage::InForcePtr in_force;
    config::DwellSettings dwell;
    config::ScreenSettings screen;
};

/// What differs from the picture of the last view().
enum class Change {
    nothing,
    tiles,  ///< at most the mirror and the pictogram of the idle screen
    everything
};

/// UI thread only. Every member that takes `now` expects it not to go backwards.
class ScreenState {
public:
    explicit ScreenState(ScreenFacts facts);

    void on_answer(Answer answer, MonotonicTime now);
    /// A hint, for the first time or because it still holds. To show it again is asked once whoever
    /// is on the screen has been read.
    void on_hint(const scanner::Hint& hint, MonotonicTime now);
    /// The badge that was read in this frame is still in view.
    void on_still_held(scanner::StillHeld held, MonotonicTime now);
    void on_preview(scanner::Preview preview, MonotonicTime now);
    void on_camera(scanner::CameraState state);
    void on_storage(StorageStatus status);
    /// Something newer; a passphrase that was asked for has been right then.
    void on_in_force(storage::InForcePtr in_force);
    /// The records, none of which is signed, went to a stick by themselves: said for a while.
    void on_unsigned_copied(MonotonicTime now);
    /// What ushers chose for this door.
    void on_door(const DoorState& door);
    /// There is a passphrase that opens the guest list: its pad comes up, now and when staff ask.
    void ask_passphrase(MonotonicTime now);
    /// What a person did on the screen, with a finger that is there since `began`, or on the
    /// keyboard. A finger that came down before what it touched could be read does nothing.
    void on_intent(Intent intent, MonotonicTime now, std::optional<MonotonicTime> began = {});
    /// Takes what the next scan counts as, once for each change; only at a door for both.
    [[nodiscard]] std::optional<storage::Direction> take_direction();
    [[nodiscard]] Volume volume() const { return choices_.volume; }
    /// Takes the digits to be tried, if any; on_in_force or on_wrong_passphrase is the answer.
    [[nodiscard]] std::optional<Digits> take_try();
    void on_wrong_passphrase(MonotonicTime now);
    /// A finger or a key, wherever it was: the screen is bright for whoever is there.
    void wake(MonotonicTime now);
    /// Moves on what is over at `now`.
    void tick(MonotonicTime now, WallTime wall);

    /// The moment at which tick() would change the picture without any event.
    [[nodiscard]] MonotonicTime next_change(MonotonicTime now, WallTime wall) const;
    [[nodiscard]] Change change() const { return change_; }
    [[nodiscard]] View view(MonotonicTime now, WallTime wall);
    /// An answer is up or waiting to be.
    [[nodiscard]] bool showing_result() const { return current_.has_value() || !waiting_.empty(); }
    /// Takes the answer that the last view() was the first to show, for its result line.
    [[nodiscard]] std::optional<Answer> take_first_shown();
    /// When another answer may take the place of the one that is up.
    [[nodiscard]] MonotonicTime free_at() const;
    /// Takes the answers that came too late for the screen: a hand scanner's, which nobody may be
    /// waiting for any more.
    [[nodiscard]] std::vector<Answer> take_late() { return std::exchange(late_, {}); }
    /// Once each time that it is asked to show it again.
    [[nodiscard]] bool take_asked_again() { return std::exchange(asked_again_, false); }
    [[nodiscard]] const storage::Identity& identity() const { return facts_.in_force->identity; }
    /// Others are to be seen than the last view() had.
    [[nodiscard]] bool has_new_marks() const { return new_marks_; }
    /// There is an answer that no view() has shown yet.
    [[nodiscard]] bool has_new() const { return first_shown_.has_value() || !late_.empty(); }
    /// Digits are for it.
    [[nodiscard]] bool is_pad_up() const { return start_pad_ && start_pad_->is_up(); }
    /// Staff's corner is for the start passphrase.
    [[nodiscard]] bool has_start_pad() const { return start_pad_.has_value(); }
    /// Nothing can be kept now, so nobody can be admitted here, nor the panel opened: staff's
    /// corner shows what ushers do meanwhile.
    [[nodiscard]] bool is_by_hand() const;

private:
    struct Shown {
        Answer answer;
        MonotonicTime since;
        std::chrono::milliseconds dwell;
        bool drawn = false;  ///< by a view()
    };
    /// What a delegate chose with the buttons; forgotten soon.
    struct Choices {
        Appearance look;
        Volume volume = Volume::usual;
        bool operator==(const Choices&) const = default;
    };
    /// What became of the badge that is still held up.
    struct Held {
        std::uint64_t frame = 0;  ///< it was read in
        IdleScreen::Held as{};
        std::optional<MonotonicTime> seen{};  ///< in view, after its result
    };
    /// A result that has just left the screen.
    struct Left {
        VerdictScreen screen;
        MonotonicTime at;
    };
    void advance(MonotonicTime now);
    void advance_idle(MonotonicTime now);
    void show_next(MonotonicTime now);
    void put_late_aside(MonotonicTime now);
    void ask_again(MonotonicTime now);
    void choose(Intent intent, MonotonicTime now);
    void give_more_time(MonotonicTime now);
    void set_direction(storage::Direction direction, MonotonicTime now);
    void end_hint(MonotonicTime now);
    [[nodiscard]] IdleScreen::Held held(MonotonicTime now) const;
    [[nodiscard]] std::string layout_of(const View& view) const;
    void forget_preview();
    [[nodiscard]] bool camera_shows() const;
    [[nodiscard]] bool is_dimmed(MonotonicTime now) const;
    void change_if(bool changed, Change change = Change::everything);
    [[nodiscard]] IdleScreen idle(MonotonicTime now, WallTime wall) const;
    [[nodiscard]] bool is_door_for_both() const;
    [[nodiscard]] std::vector<Band> bands() const;
    [[nodiscard]] std::vector<Mark> marks(WallTime wall) const;
    void look_for_marks(MonotonicTime now, WallTime wall);
    /// There are more of them than places.
    [[nodiscard]] bool takes_turns(WallTime wall) const;
    void add_bands(View& view, MonotonicTime now) const;
    void add_list_day(View& view, WallTime wall) const;
    [[nodiscard]] bool is_idle() const;

    ScreenFacts facts_;
    std::deque<Answer> waiting_;
    std::optional<Shown> current_;
    std::optional<Answer> first_shown_;
    std::vector<Answer> late_;
    bool asks_again_ = false;   ///< as soon as the screen is free
    bool asked_again_ = false;  ///< and take_asked_again() has not said so
    std::optional<scanner::Hint> hint_;
    MonotonicTime hint_since_{};    ///< when the hint was last said
    MonotonicTime hint_changed_{};  ///< when it began, or ended
    Held held_;
    ShownSince shown_;
    std::string layout_;  ///< of the last view()
    std::optional<Left> left_;
    Choices usual_;  ///< as the settings have it
    Choices choices_;
    MonotonicTime chosen_at_{};
    storage::Direction direction_ = storage::Direction::entry;
    MonotonicTime direction_since_{};
    std::optional<storage::Direction> direction_news_;
    std::optional<MonotonicTime> busy_at_;     ///< somebody was here; none before the first tick
    std::optional<scanner::Preview> preview_;  ///< of now; none where the camera sees nothing
    MonotonicTime preview_at_{};
    bool sees_ = true;                       ///< neither black nor frozen
    std::optional<MonotonicTime> moved_at_;  ///< newest preview that moved
    MonotonicTime motion_began_{};
    scanner::CameraState camera_ = scanner::CameraState::opening;
    StorageStatus storage_;
    std::optional<MonotonicTime> staff_reads_;  ///< by hand: since when it speaks to ushers
    std::optional<MonotonicTime> unsigned_copied_;
    bool in_service_ = true;           ///< as an usher chose
    bool direction_is_fixed_ = false;  ///< by an usher: a door for both has no buttons then
    std::optional<storage::SessionId> session_;  ///< chosen by an usher
    std::optional<StartPad> start_pad_;  ///< until solved; none where there is nothing to open
    std::optional<WallTime> minute_shown_;
    bool list_stale_ = false;
    bool rolled_back_ = false;  ///< everybody sees an usher
    DoorState door_;
    std::vector<Mark> marks_seen_;  ///< by the last view()
    bool new_marks_ = false;
    Change change_ = Change::everything;
    MonotonicTime viewed_at_{};  ///< of the last view(); a motion needs one after its end
};

}  // namespace hudoor::kiosk
