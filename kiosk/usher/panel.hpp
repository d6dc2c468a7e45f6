/// The panel of the ushers: which page is up and for whom, what has been typed, what is wanted of
/// the desk and of other threads. Pure: fed with touches, news and the time, asked for the view;
/// draws nothing and waits for nothing.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kiosk/desk/orders.hpp"
#include "kiosk/desk/search_thread.hpp"
#include "kiosk/screen/shown_since.hpp"
#include "kiosk/usher/inside_list.hpp"
#include "kiosk/usher/panel_view.hpp"
#include "storage/guests/in_force.hpp"

namespace hudoor::kiosk {

/// What is in force at first, and what never changes while the program runs.
struct PanelFacts {
    storage::InForcePtr in_force;
    assets::Language language = assets::Language::ar;  ///< at first
};

/// What is for neither the desk nor the search, and no act.
enum class PanelJob { look, change_volume, change_brightness, test_camera, save_log };

/// Names are covered when nobody has touched the panel for so long.
inline constexpr std::chrono::seconds veils_after{10};

/// UI thread only; `now` does not go backwards.
class UsherPanel {
public:
    explicit UsherPanel(PanelFacts facts);

    /// Staff's corner: asks for the usher's number, then the PIN.
    void open(MonotonicTime now);
    [[nodiscard]] bool is_open() const { return open_; }
    /// Whether letters, not only digits, are being typed.
    [[nodiscard]] bool takes_letters() const;
    [[nodiscard]] const FieldText* field() const;
    [[nodiscard]] Keys keys() const { return keys_; }
    /// Whether the guests' screen is seen in the pad's place now, for the result that is up.
    [[nodiscard]] bool gives_way(MonotonicTime now) const;
    /// Changes with the page.
    [[nodiscard]] int page_number() const { return static_cast<int>(page_); }

    /// Every answer, whether the panel is open or not.
    void on_answer(const Answer& answer, MonotonicTime now);
    /// One that no screen showed.
    void on_late(const Answer& answer, MonotonicTime now) { add_entry(answer, now); }
    void on_news(DeskNews news, MonotonicTime now);
    /// With a finger that is there since `began`, or with a key. A finger that came down before
    /// what it touched could be read, or on something else, does nothing; nor does a key but for
    /// typing.
    void on_touch(PanelTouch touch, MonotonicTime now, std::optional<MonotonicTime> began = {});
    /// Lists hold still under a hand.
    void on_finger(bool down, MonotonicTime now);
    /// What the search found; of another query than the newest it is nothing.
    void on_found(SearchResult result);
    void on_health(HealthPage page);
    void on_stick(const StickPage& page, MonotonicTime now);
    void on_in_force(storage::InForcePtr in_force);
    /// What a job came to, for the page that asked.
    void on_job_done(storage::Bilingual news);
    void tick(MonotonicTime now, WallTime wall);

    [[nodiscard]] MonotonicTime next_change(MonotonicTime now) const;
    /// Since drawn().
    [[nodiscard]] bool changed() const { return changed_; }
    void drawn(MonotonicTime now) {
        changed_ = false;
        drawn_at_ = now;
    }
    /// What is about to be drawn; touches are of that.
    [[nodiscard]] PanelView view(MonotonicTime now, WallTime wall, const Appearance& look);
    [[nodiscard]] bool shows_health() const { return open_ && page_ == Page::health; }

    [[nodiscard]] std::vector<Order> take_orders() { return std::exchange(orders_, {}); }
    [[nodiscard]] std::optional<SearchWish> take_search() {
        return std::exchange(search_wish_, {});
    }
    [[nodiscard]] std::vector<PanelJob> take_jobs() { return std::exchange(jobs_, {}); }
    [[nodiscard]] const DoorState& door() const { return door_; }

private:
    enum class Page {
        pin,
        home,
        search,
        reason,
        done,
        note,
        sessions,
        health,
        more,
        stick,
        evacuation,
        service,
        old_list,
        shift,
        question
    };
    /// One of the last scans.
    struct Entry {
        Answer answer;
        MonotonicTime at;
        bool undone = false;
        bool answered = false;             ///< by an override
        bool withdrawn = false;            ///< the refusal was an error
        bool recalled = false;             ///< from the journal, not seen by this panel
        bool restorable = false;           ///< undone, and not restored since
        storage::UsherNumber undone_by{};  ///< at `at`
    };
    /// What is done if the answer is yes, and where the panel goes back to.
    struct Question {
        QuestionPage page;
        Wish wish;
        Page back{};
    };
    struct Pin {
        Digits typed;
        std::optional<storage::UsherNumber> number;
        bool checking = false;
        bool wrong = false;
        bool needs_supervisor = false;  ///< the last was right, and an usher's
        bool supervisor_only = false;
        bool by_badge = false;  ///< the number is that of a badge that was shown
        std::optional<WallTime> locked_until;
        bool waits_for_supervisor = false;
        Page then = Page::home;
        std::optional<storage::FactId> then_about;  ///< for Page::reason
    };

    /// Somebody who was not let in; a flood is nobody, and whoever is seen again was.
    [[nodiscard]] static bool is_refusal(const Answer& answer);
    void show(Page page, MonotonicTime now);
    void ask_pin(MonotonicTime now, Page then, bool supervisor_only,
                 std::optional<storage::FactId> about = {});
    void go_supervised(Page page, MonotonicTime now);
    void lock(MonotonicTime now);
    /// What a supervisor approved is over: whatever follows is the usher's own.
    void end_approval();
    [[nodiscard]] PinUse pin_use() const;
    [[nodiscard]] storage::Direction next_direction() const;
    void order(Wish wish) {
        const bool lent = lent_by_ != storage::UsherNumber{};
        orders_.push_back({lent ? lent_by_ : usher_, std::move(wish)});
    }
    [[nodiscard]] Entry* entry_of(const storage::FactId& fact);
    void add_entry(const Answer& answer, MonotonicTime now);
    void give_way(const Answer& answer, MonotonicTime now);

    void hear(const PinNews& news, MonotonicTime now);
    void go_on(const PinNews& news, MonotonicTime now);
    void hear(const StaffShown& news, MonotonicTime now);
    void hear(const Done& news, MonotonicTime now);
    void hear(const Undone& news, MonotonicTime now);
    void hear(const Withdrawn& news, MonotonicTime now);
    void hear(const ActBegun& news, MonotonicTime now);
    void hear(LastScans news, MonotonicTime now);
    void hear(PeopleFound news, MonotonicTime now);
    void hear(PeopleInside news, MonotonicTime now);
    void hear(DoorState news, MonotonicTime now);

    // what a touch may mean, in panel_guard.cpp
    [[nodiscard]] bool is_meant(PanelTouch touch, MonotonicTime now,
                                std::optional<MonotonicTime> began) const;
    [[nodiscard]] bool hand_is_near(MonotonicTime now) const;
    void release_rows();
    /// All of the page, its list, the strip, that a finger might be coming down on.
    [[nodiscard]] std::string page_shown(MonotonicTime now) const;
    [[nodiscard]] std::string list_shown(MonotonicTime now) const;
    [[nodiscard]] std::string strip_shown() const;
    void note_shown(MonotonicTime now);
    void ask(Question question, MonotonicTime now);
    void ask_supervised(Question question, MonotonicTime now);
    void touch_question(PanelTouch touch, MonotonicTime now);
    [[nodiscard]] bool is_veiled(const std::string& row, bool discreet, MonotonicTime now) const;
    [[nodiscard]] bool veil_is_down(MonotonicTime now) const;
    bool unveil(int row, MonotonicTime now);
    [[nodiscard]] const Entry* entry_at(int row) const;
    [[nodiscard]] std::optional<FoundPerson> person_at(int row) const;

    void touch_pin(PanelTouch touch, MonotonicTime now);
    void touch_home(PanelTouch touch, MonotonicTime now);
    void touch_entry(const Entry& entry, MonotonicTime now);
    void touch_shift(PanelTouch touch, MonotonicTime now);
    void touch_search(PanelTouch touch, MonotonicTime now);
    void touch_field(PanelTouch touch, FieldText& field, Keys& keys);
    void touch_row_of(const Entry& entry, MonotonicTime now);
    void touch_reason(PanelTouch touch, MonotonicTime now);
    void touch_done(PanelTouch touch, MonotonicTime now);
    void touch_note(PanelTouch touch, MonotonicTime now);
    void touch_sessions(PanelTouch touch, MonotonicTime now);
    void touch_evacuation(PanelTouch touch, MonotonicTime now);
    void touch_machine(PanelTouch touch, MonotonicTime now);
    void touch_service(PanelTouch touch, MonotonicTime now);
    void touch_old_list(PanelTouch touch, MonotonicTime now);
    void turn_page(PanelTouch touch);
    [[nodiscard]] const storage::Identity& identity() const { return facts_.in_force->identity; }
    void search_again();
    [[nodiscard]] Pager home_pager() const;
    [[nodiscard]] Pager inside_pager() const;
    /// Whose code it would be, if what is typed is one.
    [[nodiscard]] std::optional<storage::BadgeNumber> typed_badge() const;
    /// The found, or of a group those who are missing.
    [[nodiscard]] std::vector<storage::RegistrationId> listed() const;
    void list_missing(bool only);
    void show_code(SearchPage& page, MonotonicTime now) const;
    [[nodiscard]] Pager found_pager() const;
    /// Those of them that this page of the list is for.
    [[nodiscard]] std::vector<storage::RegistrationId> people_here() const;
    [[nodiscard]] std::vector<FoundPerson> found_here() const;
    [[nodiscard]] std::vector<const FoundPerson*> inside_here() const;
    void describe_here(bool with_group = false);
    void forget_found();

    [[nodiscard]] PanelPage page(MonotonicTime now, WallTime wall) const;
    [[nodiscard]] QuestionPage question_page(MonotonicTime now) const;
    [[nodiscard]] PinPage pin_page(WallTime wall) const;
    [[nodiscard]] HomePage home_page(MonotonicTime now, WallTime wall) const;
    [[nodiscard]] SearchPage search_page(MonotonicTime now) const;
    [[nodiscard]] ReasonPage reason_page(MonotonicTime now) const;
    [[nodiscard]] DonePage done_page(MonotonicTime now) const;
    [[nodiscard]] NotePage note_page() const;
    [[nodiscard]] SessionsPage sessions_page(WallTime wall) const;
    [[nodiscard]] EvacuationPage evacuation_page(MonotonicTime now) const;
    [[nodiscard]] ScanRow row_of(const Entry& entry, MonotonicTime now) const;
    [[nodiscard]] PersonRow row_of(const FoundPerson& person, MonotonicTime now) const;
    [[nodiscard]] ShiftPage shift_page() const;
    [[nodiscard]] bool can_restore(const Entry& entry, MonotonicTime now) const;
    [[nodiscard]] RowOffer offer_for(storage::VerdictKind kind, storage::Reason reason) const;
    [[nodiscard]] std::optional<std::chrono::seconds> undo_left(const Entry& entry,
                                                                MonotonicTime now) const;
    [[nodiscard]] std::optional<SessionWords> session_words() const;
    [[nodiscard]] storage::Bilingual session_line() const;
    [[nodiscard]] std::vector<std::vector<const storage::Session*>> sessions_by_day() const;
    [[nodiscard]] bool is_here(const storage::Session& session) const;

    PanelFacts facts_;
    MonotonicTime page_since_{};
    MonotonicTime touched_at_{};
    MonotonicTime strip_since_{};
    MonotonicTime drawn_at_{};
    std::optional<MonotonicTime> hand_at_;  ///< a finger was on the panel last
    ShownSince page_seen_, list_seen_, strip_seen_;
    std::optional<Question> question_;
    std::optional<storage::FactId> restoring_;
    std::set<std::string> unveiled_;  ///< rows whose name was touched
    std::size_t held_back_ = 0;       ///< the newest entries, which wait
    WallTime wall_{};
    std::optional<MonotonicTime> way_since_;  ///< the pad gave way last, or will
    Pin pin_;
    std::deque<Entry> entries_;  ///< the newest first
    std::optional<Answer> strip_;
    std::optional<Entry> done_;  ///< none: it failed
    FieldText field_;
    std::uint64_t query_ = 0;
    SearchResult result_;             ///< of the newest query that was answered
    std::vector<FoundPerson> found_;  ///< those of them the desk has described; or the code's owner
    std::optional<std::vector<storage::RegistrationId>> group_inside_;  ///< sorted
    InsideList inside_;
    DoorState door_;
    HealthPage health_;
    StickPage stick_;
    std::optional<storage::Bilingual> job_news_;
    std::vector<Order> orders_;
    std::optional<SearchWish> search_wish_;
    std::vector<PanelJob> jobs_;
    std::optional<std::chrono::seconds> second_shown_;
    std::optional<storage::FactId> about_;  ///< the refusal on the reason page
    std::optional<storage::SessionId> selected_;
    storage::UsherNumber usher_{};
    storage::UsherNumber lent_by_{};  ///< the supervisor who opened this page of the usher's
    assets::Language language_;
    bool open_ = false;
    bool known_is_up_ = false;  ///< the last result at the pad was somebody's
    bool supervisor_ = false;   ///< the usher, or whoever lent the page
    bool approved_ = false;     ///< about_, by a supervisor
    bool keys_hidden_ = false;
    bool veil_ = false;    ///< by a tap
    bool denied_ = false;  ///< what was asked of the desk last
    bool note_is_guest_ = false;
    bool note_is_missing_ = false;  ///< done was touched before anything was written
    bool only_missing_ = false;     ///< of a group that was found
    bool code_is_said_ = false;     ///< whose it is, if it is anybody's
    bool changed_ = true;
    Page page_ = Page::pin;
    Keys keys_ = Keys::arabic;
    int list_page_ = 0;
    int category_ = 0;
};

}  // namespace hudoor::kiosk
