/// What an usher wants of the desk, and what the desk says back. Values; they cross from the UI
/// thread to the desk's and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/exit_code.hpp"
#include "kiosk/desk/answer.hpp"
#include "kiosk/desk/shift.hpp"
#include "kiosk/enrol/digits.hpp"
#include "storage/decide/kiosk_acts.hpp"
#include "storage/facts/hello.hpp"

namespace hudoor::kiosk {

/// What a right PIN is typed for. As it is made: to open the panel for whoever types it.
struct PinUse {
    bool supervisor_only = false;
    bool by_badge = false;  ///< the usher's badge was shown, not a number typed
    /// Set: the panel is this usher's and stays so; a supervisor lends a hand.
    storage::UsherNumber on_panel_of{};
    /// That hand admits whom this fact refused, and nobody else; zero: it is for a page, until
    /// EndApproval.
    storage::FactId refusal{};
};
/// A PIN that was typed. The answer is PinNews.
struct TryPin {
    Digits pin;
    PinUse use{};
};
/// What the worker found; comes from it, never from the UI.
struct PinChecked {
    bool right = false;
    PinUse use{};
};
/// The panel was locked: nothing more is taken from this usher.
struct Lock {};
/// The page or the refusal a supervisor approved was left.
struct EndApproval {};

/// The next four are answered with Done.
/// Admits whom this fact refused; with a supervisor's approval also whom an usher alone may not.
struct OverrideRefusal {
    storage::FactId refusal;
    storage::Override reason{};
};
/// Somebody the search found; the same decision as for a badge.
struct CheckIn {
    storage::RegistrationId who;
};
/// What stands under a code that cannot be read.
struct TypedCode {
    std::string text;
};
struct AdmitGuest {
    storage::CategoryId category{};
    std::string name;
};

/// Answered with Undone.
struct Undo {
    storage::FactId fact;
};
/// The way back of an undo: what was undone holds again. Answered with Done.
struct Restore {
    storage::FactId fact;  ///< the admitted or left that was undone
};
/// A refusal was an error: that is recorded, and changes no attendance. Answered with Withdrawn.
struct WithdrawRefusal {
    storage::FactId refusal;
};
/// Until a supervisor has unlocked this kiosk; DoorState says so.
struct CallSupervisor {};
/// The shift is over: what is counted from now on is the next one's.
struct HandOver {};
struct AddNote {
    storage::FactId about;
    std::string text;
};
/// The next three are answered by DoorState. None: the agenda.
struct ChooseSession {
    std::optional<storage::SessionId> session;
};
/// none: as the place says.
struct ChooseDirection {
    storage::Direction direction{};
};
struct SetService {
    bool in_service = true;
};
struct AcceptList {};
/// A privileged act whose deed is done elsewhere (a copy, an update, the program's end); a
/// supervisor's. Answered with ActBegun once the intent is a fact: not before may the deed begin.
struct BeginAct {
    storage::ActCode act{};
};
/// What became of a deed; from whoever did it, and recorded for who ordered it.
struct EndAct {
    storage::FactId intent;
    ExitCode outcome = ExitCode::done;
};

/// Who these are and what a badge of theirs would get. The answer is PeopleFound.
struct DescribePeople {
    /// Of how many it is asked at most which are inside.
    static constexpr std::size_t most_of_group = 200;

    std::uint64_t query = 0;
    std::vector<storage::RegistrationId> people;
    std::optional<storage::BadgeNumber> code{};    ///< typed: whose it is, in place of the people
    std::vector<storage::RegistrationId> group{};  ///< which of these are inside
};
/// Everybody inside. The answer is PeopleInside; a supervisor's act.
struct ListInside {};

using Wish = std::variant<TryPin, PinChecked, Lock, EndApproval, OverrideRefusal, CheckIn,
                          TypedCode, AdmitGuest, Undo, Restore, WithdrawRefusal, CallSupervisor,
                          HandOver, AddNote, ChooseSession, ChooseDirection, SetService, AcceptList,
                          BeginAct, EndAct, DescribePeople, ListInside>;

struct Order {
    storage::UsherNumber by{};
    Wish wish;
};

/// A PIN was right, or why not.
struct PinNews {
    storage::UsherNumber usher{};
    bool opened = false;    ///< the panel, or for PinUse::on_panel_of the approval
    bool approved = false;  ///< the panel stays its usher's
    bool supervisor = false;
    bool wrong = false;             ///< compared, and another
    bool needs_supervisor = false;  ///< right, and not a supervisor's
    storage::PinLock lock{};        ///< not opened: when the next try may be
};
/// A staff badge before the camera.
struct StaffShown {
    storage::UsherNumber usher{};
};
/// What became of an override, a check-in or a guest; nothing: not allowed, or nobody.
struct Done {
    std::optional<Answer> answer;
};
struct Undone {
    storage::FactId fact;
    bool done = false;  ///< false: too late, not allowed, or could not be kept
};
struct Withdrawn {
    storage::FactId refusal;
    bool done = false;  ///< false: done before, unknown, or could not be kept
};
struct ActBegun {
    storage::UsherNumber by{};
    storage::ActCode act{};
    storage::FactId intent;  ///< zero: no device takes facts
    bool allowed = false;    ///< false: not theirs to order, nothing may be done
};
/// One of the last scans, as the journal has it.
struct LastScan {
    Answer answer;
    bool undone = false;
    bool restorable = false;  ///< undone, and not restored since
    bool answered = false;    ///< by an override
    bool withdrawn = false;   ///< the refusal was an error
    std::chrono::seconds ago{};
};
/// What was scanned before this start, the newest first; in place of what was told so before.
struct LastScans {
    std::vector<LastScan> scans;
};
struct FoundPerson {
    storage::RegistrationId who;
    storage::Bilingual name;
    storage::Bilingual organisation;
    storage::Bilingual category;
    storage::Verdict verdict;
    std::optional<std::chrono::minutes> inside_since{};  ///< local time of day
    bool proved =
        true;  ///< that they are inside; else facts say so that anybody could have written
    std::string external_id{};  ///< as on the badge, or empty
    bool discreet = false;
};
struct PeopleFound {
    std::uint64_t query = 0;
    std::vector<FoundPerson> people;  ///< nobody: no such code, if one was asked for
    std::optional<std::vector<storage::RegistrationId>> inside{};  ///< of a group; none: not asked
};
struct PeopleInside {
    std::vector<FoundPerson> people;
};

/// What counts at this door now.
struct DoorState {
    bool in_service = true;
    std::optional<storage::SessionId> session;    ///< on the sign
    bool chosen = false;                          ///< by an usher
    std::optional<storage::Direction> direction;  ///< by an usher
    std::uint32_t inside = 0;   ///< distinct people in the session's room, counted here
    std::vector<int> arrivals;  ///< a minute, the last is now
    bool list_stale = false;    ///< a newer one is known, or it is old
    bool list_expired = false;  ///< nobody is admitted until a supervisor takes it
    bool rolled_back = false;   ///< likewise; something is older than what was here
    storage::Edition newest{};  ///< nothing older may be taken
    std::uint64_t facts = 0;
    std::uint64_t revision = 0;  ///< of the guest list; 0: none
    std::uint64_t refusals = 0;  ///< number of their list
    WallTime list_created{};
    ClockQuality clock = ClockQuality::unset;
    std::optional<WallTime> exported_at{};
    std::optional<WallTime> supervisor_called{};
    Shift shift{};  ///< since the last hand-over

    bool operator==(const DoorState&) const = default;
};

using DeskNews = std::variant<PinNews, StaffShown, Done, Undone, Withdrawn, ActBegun, LastScans,
                              PeopleFound, PeopleInside, DoorState>;

/// Who may answer a refusal by letting the person in; admission.md "Ushers". Nobody: revoked,
/// blocked.
enum class MayAdmit { nobody, supervisor, usher };
[[nodiscard]] MayAdmit who_may_admit(storage::VerdictKind kind, storage::Reason reason);

inline constexpr std::chrono::seconds undo_lasts{60};
/// Of a refusal; that of a page ends with the page.
inline constexpr std::chrono::seconds approval_lasts{60};

}  // namespace hudoor::kiosk
