/// What the usher's screens read, as one value, and what a finger can do on them. Made by the
/// panel's state before every draw; draw functions read it and return a touch, they change nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/chores/stick.hpp"
#include "kiosk/desk/answer.hpp"
#include "kiosk/desk/shift.hpp"
#include "kiosk/display/appearance.hpp"
#include "kiosk/screen/view.hpp"
#include "storage/facts/fact.hpp"

namespace hudoor::kiosk {

/// Where a list is, and how long it is; a page of it is on the screen.
struct Pager {
    int page = 0;  ///< from 0
    int pages = 1;
};

/// Usher number or PIN. How many digits there are, never which.
struct PinPage {
    bool asks_number = false;  ///< no staff badge was shown: the usher's number first
    std::size_t filled = 0;
    bool checking = false;          ///< entered, and not answered yet
    bool wrong = false;             ///< the last try was
    bool needs_supervisor = false;  ///< it was right, and an usher's
    bool supervisor_only = false;   ///< what was asked for needs a supervisor (role.approval)
    bool can_call = false;          ///< an usher is there who can call one: btn.call
    bool called = false;            ///< and one has been called
    std::optional<std::chrono::seconds>
        locked_for{};  ///< keys off, counted down (pin.locked, pin.tries)
};

/// What a row's button offers.
enum class RowOffer {
    none,
    admit,     ///< btn.admit: solid; chooses a reason next
    approval,  ///< the same where only a supervisor may (role.approval): asks for one
    check_in,  ///< btn.checkin: solid
    undo,      ///< btn.undo with the seconds that are left
    restore,   ///< btn.restore: what was undone holds again
    search     ///< btn.search
};

/// One scan of the last ones.
struct ScanRow {
    storage::VerdictKind verdict{};
    storage::Reason reason{};
    storage::Bilingual name;      ///< empty: row.unknown
    storage::Bilingual category;  ///< stands under the name of who was admitted plainly
    storage::Override override_reason = storage::Override::none;  ///< row.override
    bool left = false;                                            ///< an exit (exit.word)
    bool undone = false;                                          ///< row.undone; no offer
    bool withdrawn = false;                                       ///< row.withdrawn
    bool veiled = false;  ///< the name is initials; a touch on the row shows it
    bool guest = false;   ///< without registration: guest.title where no name is
    std::optional<std::chrono::minutes> since{};  ///< of row.again, no.early ...; local time of day
    std::chrono::minutes at{};                    ///< local time of day
    RowOffer offer = RowOffer::none;
    std::optional<std::chrono::seconds> undo_left{};
};

/// How many are inside, and how that compares with the room there is.
struct InsideCount {
    std::uint32_t people = 0;
    std::uint32_t capacity = 0;  ///< 0: no limit, no bar
};

struct HomePage {
    std::optional<SessionWords> session;  ///< bar: title, room and hours; none: door.none
    std::vector<ScanRow> rows;            ///< at most 5
    Pager pager;
    int waiting = 0;  ///< newer ones that do not move the list under a hand: n.new
    InsideCount inside;
    bool covers_all = false;               ///< false: counted here only (evac.cover with 1)
    int kiosks = 1;                        ///< of the event
    std::vector<int> arrivals;             ///< a minute, oldest first, 30 at most, the last is now
    std::chrono::minutes arrivals_from{};  ///< local time of day of the first
};

enum class Keys { arabic, latin, digits };

/// What is being typed. The caret is a byte offset into the UTF-8 text, between two clusters.
struct FieldText {
    std::string text;
    std::size_t caret = 0;
};

/// Of a list of people, on a page.
inline constexpr int rows_over_keys = 3, rows_without_keys = 7;

/// Somebody the search found.
struct PersonRow {
    storage::Bilingual name;
    storage::Bilingual organisation;
    storage::Bilingual category;
    storage::VerdictKind verdict{};  ///< what a badge would get; admitted: search.not_yet
    storage::Reason reason{};
    std::optional<std::chrono::minutes> inside_since{};  ///< search.inside
    RowOffer offer = RowOffer::none;
    std::optional<std::chrono::minutes> since{};  ///< of no.early; local time of day
    bool proved = true;                           ///< else evac.not_proved
    bool veiled = false;        ///< the name is initials; a touch on the row shows it
    std::string external_id{};  ///< as on the badge, or empty
};

struct SearchPage {
    storage::Bilingual session;  ///< bar, second line: title and room
    FieldText field;
    Keys keys = Keys::arabic;
    bool keys_hidden = false;   ///< then rows_without_keys
    bool too_short = false;     ///< search.min
    bool more = false;          ///< found are only the nearest of those there are
    bool code = false;          ///< a typed badge code: the one row is whose it is
    bool no_such_code = false;  ///< nobody's on the list (search.no_code)
    int found = 0;
    std::optional<int> inside{};  ///< of the found, who are a group (search.group)
    bool only_missing = false;    ///< the rows are those who are not inside
    std::vector<PersonRow> rows;  ///< of this page
    Pager pager;
};

/// A refused scan or a found person, and the eight reasons.
struct ReasonPage {
    ScanRow person;
    std::optional<SessionWords> registered_for{};  ///< over.reg: where this person should be
    storage::Bilingual note{};                     ///< the organisers' to the ushers; empty: none
    bool approved = false;      ///< by a supervisor, for this one act (over.approved)
    bool can_withdraw = false;  ///< the refusal was an error: btn.withdraw
};

/// What an override became.
struct DonePage {
    storage::Bilingual name;  ///< empty: no name (signature only)
    storage::Bilingual session;
    storage::Override reason{};  ///< none: checked in by search, no reason to show
    std::chrono::seconds at{};   ///< local time since midnight
    std::uint32_t inside = 0;
    std::optional<std::chrono::seconds> undo_left{};  ///< none: over, or undone
    bool undone = false;
    bool can_restore = false;            ///< undone, and not for longer than a minute
    bool failed = false;                 ///< could not be saved: nothing was recorded (hand.word)
    bool denied = false;                 ///< not possible any more: nothing was recorded
    storage::UsherNumber approved_by{};  ///< the supervisor who let the usher do it; 0: nobody
};

/// The note to an override, sealed for the organisers; or the name of a guest without registration.
struct NotePage {
    enum class Of { note, guest } of = Of::note;
    FieldText field;
    Keys keys = Keys::arabic;
    std::vector<storage::Bilingual> categories;  ///< of a guest: to choose from
    int chosen = 0;
    bool is_missing =
        false;  ///< done was touched, and nothing is written (note.empty, guest.empty)
};

struct SessionLine {
    SessionWords words;
    std::uint32_t registered = 0;  ///< 0: not known here
    bool now = false;              ///< running (ses.now)
    bool selected = false;
    bool allowed = true;    ///< other rooms' sessions: supervisors only
    bool in_force = false;  ///< what this door admits to: a tick
    bool here = true;       ///< in this place's rooms (ses.here, else ses.elsewhere)
};
struct SessionDay {
    std::chrono::year_month_day date;
    bool today = false;
    std::vector<SessionLine> lines;  ///< at most 5, of this page
};
struct SessionsPage {
    storage::Bilingual room;
    storage::Bilingual place;
    std::vector<SessionDay> days;  ///< two lying, one upright; this place's sessions first
    Pager pager;
    std::optional<storage::Bilingual> chosen;  ///< of ses.admit; none: nothing selected yet
};

enum class HealthState { good, attention, bad, unknown };
enum class HealthTile {
    camera,
    code,
    touch,
    sound,
    clock,
    sync,
    network,
    backup,
    disk,
    records,
    temperature,
    version
};

/// One tile: its state, and the sentence under its name, already in words of both languages.
struct HealthLine {
    HealthTile tile{};
    HealthState state{};
    storage::Bilingual words;
};
struct HealthPage {
    std::string device;  ///< kiosk name
    std::chrono::minutes up{};
    std::vector<HealthLine> lines;            ///< twelve, in the order of HealthTile
    std::optional<storage::Bilingual> news;   ///< what a test or a saved log came to
    std::string aside{};                      ///< a folder with damaged records, if there is one
    int volume_percent = 60;                  ///< of all that sounds here; hl.volume
    std::optional<int> brightness_percent{};  ///< none: it cannot be set; hl.brightness
};

/// Who did what since the last hand-over, and the hand-over to the next usher.
struct ShiftPage {
    Shift shift;
    int open_notes = 0;  ///< refusals with a note that nobody has answered
    std::uint32_t inside = 0;
};

/// The supervisor's second page: eight buttons.
struct MorePage {
    std::optional<storage::Direction> direction;  ///< none: this door has one only
    bool training = false;
    std::optional<storage::Bilingual> news;
};

struct EvacuationPage {
    std::vector<PersonRow>
        rows;  ///< people inside, rows_without_keys a page; name, organisation, category
    Pager pager;
    FieldText field{};  ///< whom to look for; empty: everybody
    Keys keys = Keys::arabic;
    bool keys_hidden = true;  ///< then rows_without_keys
    int people = 0;
    int not_proved = 0;    ///< more, whom only unproved facts name; n.not_proved
    int kiosks_heard = 1;  ///< evac.cover: this one at least
    int kiosks = 1;
    std::optional<When> list_of{};  ///< list.age
};

/// Out of service by an usher's hand; the way back.
struct ServicePage {};

/// What cannot be taken back, or is about everybody, is asked once; PanelAct::yes does it.
struct QuestionPage {
    enum class Of {
        out_of_service,
        close,
        training,      ///< begins
        end_training,  ///< ends
        direction,     ///< scans count as `direction`
        undo,          ///< the entry of `who`, which is somebody else's or long ago
        open_doors     ///< of `session`, before their time
    } of{};
    storage::Direction direction{};  ///< none: as the place says
    storage::Bilingual who{};        ///< empty: unknown
    std::optional<SessionWords> session{};
};

/// The guest list is so old that nobody is admitted by it, or older than one that was here, until a
/// supervisor says so.
struct OldListPage {
    When list_of{};            ///< list.stale
    bool rolled_back = false;  ///< list.rolled_back in its place
};

using PanelPage = std::variant<PinPage, HomePage, SearchPage, ReasonPage, DonePage, NotePage,
                               SessionsPage, HealthPage, MorePage, ShiftPage, StickPage,
                               EvacuationPage, ServicePage, QuestionPage, OldListPage>;

struct PanelView {
    Appearance appearance;  ///< `only` is set: the panel is in one language
    PanelPage page;
    storage::UsherNumber usher{};  ///< 0: nobody yet
    bool supervisor = false;
    std::chrono::minutes time_of_day{};
    bool clock_set = true;      ///< else no time of day is right
    std::vector<Mark> marks{};  ///< of what is in force, those that are seen now
    std::optional<std::chrono::seconds> locks_in{};  ///< n.lock_in with btn.stay, in the last 10 s
    std::optional<VerdictScreen> strip{};  ///< a result while the panel is open, over the bar
    double fade = 1;                       ///< of this page, 0 to 1
    bool veil = false;                     ///< names are initials until their row is touched
};

/// What was touched; `value` says which where there are several.
enum class PanelAct {
    none,
    lock,
    back,
    stay,
    change_language,
    strip,
    veil,
    // the pad: digit carries 0 to 9
    digit,
    erase,
    enter,
    cancel,
    // lists: row carries the row's number on this page
    row,
    unveil,    ///< the name in a row, likewise
    show_new,  ///< rows that wait
    next_page,
    previous_page,
    // home and health
    open_search,
    open_sessions,
    open_health,
    out_of_service,
    open_more,
    // keyboard: letter carries the code point, keys one of Keys, caret a byte offset
    letter,
    keys,
    caret,
    clear,
    hide_keys,
    // override: reason carries an Override
    reason,
    add_note,
    undo,
    done,
    // sessions: session carries day * 100 + line
    session,
    follow_agenda,
    admit_session,
    brightness,  ///< likewise
    volume,      ///< the next louder, or from the loudest the softest
    test_camera,
    save_log,
    // more
    copy_records,
    update_list,
    walk_in,
    evacuation,
    direction,
    self_test,
    training,
    close,
    // a guest's category carries its number
    category,
    // a group's rows: those who are not inside, or all
    only_missing,
    accept_list,
    yes,  ///< of a question; cancel is no
    restore,
    withdraw,
    call_supervisor,
    open_shift,
    hand_over
};
struct PanelTouch {
    PanelAct act = PanelAct::none;
    int value = 0;

    bool operator==(const PanelTouch&) const = default;
};

/// 0xRRGGBB, what Window::begin_frame clears the field to.
[[nodiscard]] std::uint32_t panel_ground(const PanelView& view);

/// Between Window::begin_frame and end_frame. In the panel's language and, with Arabic, mirrored.
class Painter;
[[nodiscard]] PanelTouch draw_panel(Painter& painter, const PanelView& view);

}  // namespace hudoor::kiosk
