/// What the screens read: the whole picture as one value. The UI thread builds it from its state
/// before every draw; draw functions read it and return intents, they change nothing.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/clock.hpp"
#include "kiosk/desk/answer.hpp"
#include "kiosk/display/appearance.hpp"
#include "kiosk/screen/marks.hpp"
#include "scanner/scan.hpp"

namespace hudoor::kiosk {

/// Idle: waiting for a badge.
struct IdleScreen {
    std::optional<SessionWords> sign;  ///< the session on the door sign; none: door.none
    bool upcoming = false;  ///< the sign shows the next one (door.next), not a running one
    std::optional<storage::Direction> door;  ///< at a door for both: what a scan counts as now
    bool is_exit = false;                    ///< everybody leaves here: sign and words say so
    std::optional<scanner::HintKind> hint;   ///< shown for at least 1200 ms
    double hint_part = 1;                    ///< how much of the hint, or of its end, has faded in
    bool waits = false;                      ///< nothing can be read now: cam.wait
    /// The badge of the last result is still in view: it is not asked for again.
    enum class Held { nothing, welcomed, left, not_admitted } held{};
    std::chrono::milliseconds
        moving_for{};      ///< phase of the pictogram; rests when motion has ended
    bool at_rest = false;  ///< nothing has moved for 10 s
};

/// The result of a scan, until its dwell is over.
struct VerdictScreen {
    Answer answer;
    std::chrono::milliseconds shown_for{};
    std::chrono::milliseconds dwell{};
};

/// Out of service: the program cannot do its work; says so with a code for the help desk.
struct OutOfServiceScreen {
    std::string code;        ///< "E-JOURNAL", "E-USHER"
    std::string device;      ///< kiosk name
    bool by_hand = false;    ///< records cannot be saved: ushers admit by the printed list
    bool for_staff = false;  ///< by hand: an usher asked, so it says that in large letters
};

/// The supervisor's passphrase at the start. How many digits there are, never which.
struct PassphraseScreen {
    std::size_t filled = 0;
    bool checking = false;                             ///< entered, and not answered yet
    bool wrong = false;                                ///< the last try was
    std::optional<std::chrono::seconds> paused_for{};  ///< after too many wrong tries
};

using Screen = std::variant<IdleScreen, VerdictScreen, OutOfServiceScreen, PassphraseScreen>;

/// A band over the foot of the screen, words on amber; the gravest first.
enum class Band {
    training,
    camera_lost,
    on_mirror,
    without_mirror,
    rolled_back,  ///< older than what was in force here
    signature_only,
    list_stale,
    unsigned_copied  ///< to a stick, by itself
};

/// The last verdict's field leaves.
struct Fade {
    VerdictScreen from;
    double part = 0;  ///< of the way to this screen, 0 to 1
};

/// How loud the cues are.
enum class Volume { silent, usual, loud };

struct View {
    Appearance appearance;
    Volume volume = Volume::usual;
    Screen screen;
    std::optional<Fade> fade;
    bool dimmed = false;  ///< nobody has been here for long
    PixelShift shift;
    storage::Bilingual event_name;
    std::string timezone;
    std::chrono::year_month_day date;             ///< local
    std::chrono::minutes time_of_day{};           ///< local, since midnight
    std::optional<scanner::Preview> preview;      ///< none where the camera sees nothing now
    std::vector<Mark> marks;                      ///< of what is in force, those that are seen now
    bool clock_set = true;                        ///< else no time of day is right
    std::optional<Band> band;                     ///< the gravest
    std::optional<Band> other_band;               ///< shares its place with it
    std::optional<std::chrono::minutes> list_of;  ///< local time of the guest list, for list_stale
    std::optional<std::chrono::year_month_day> list_day;  ///< and its day, if that is not today
    bool offline = true;                                  ///< no hub is configured or reachable
};

/// What a person did on the screen.
enum class Intent {
    none,
    change_language,
    change_text_size,
    change_contrast,
    change_volume,
    entering,
    leaving,
    staff,
    more_time,  ///< the result stays up longer
    // of a pad
    digit_0,
    digit_1,
    digit_2,
    digit_3,
    digit_4,
    digit_5,
    digit_6,
    digit_7,
    digit_8,
    digit_9,
    erase,
    enter,
    skip
};

}  // namespace hudoor::kiosk
