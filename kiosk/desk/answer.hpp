/// What the desk says about one scan: the verdict, what the screen shows of it, and what the result
/// line needs. A value; made by the desk thread, read by the UI.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "config/clock.hpp"
#include "storage/decide/admission.hpp"
#include "storage/guests/agenda.hpp"
#include "storage/keep/keepers.hpp"

namespace hudoor::kiosk {

/// When something was or will be, local; the day stands only where it is not today.
struct When {
    std::optional<std::chrono::year_month_day> day{};
    std::chrono::minutes of_day{};
};
[[nodiscard]] When describe_when(WallTime time, WallTime now, const storage::Agenda& agenda);

/// A session as a screen names it.
struct SessionWords {
    std::string code;
    storage::Bilingual title;
    storage::Bilingual room;
    std::string room_letter;  ///< what stands in the room tile: "A" of "hall-a"
    std::optional<std::chrono::year_month_day> day{};  ///< it starts on, unless today
    std::chrono::minutes starts{};                     ///< local, since midnight
    std::chrono::minutes ends{};
    std::chrono::minutes doors{};
    std::optional<storage::Way> way;  ///< from this place to its room
};

/// Where this place's people are helped: its words may be empty, and without a way there is no
/// arrow.
struct HelpDeskWords {
    storage::Bilingual words;
    std::optional<storage::Arrow> arrow;
};

/// Where the milliseconds went; all from the entry of the frame into the pipeline.
struct AnswerTiming {
    MonotonicTime entered;
    std::chrono::nanoseconds decide{};  ///< look-up and decision alone
    std::chrono::nanoseconds commit{};  ///< the keeper's append
    MonotonicTime durable;              ///< when the commit had returned at the desk
};

/// How well facts are kept at the moment.
struct StorageStatus {
    storage::StorageState state{};
    bool on_mirror = false;      ///< the journal is lost, the mirror goes on
    bool wants_restart = false;  ///< its files were removed or replaced, see Keepers

    bool operator==(const StorageStatus&) const = default;
};

struct Answer {
    storage::Verdict verdict;
    bool stored = false;       ///< the fact is durable; an admitted answer always is
    std::string registration;  ///< UUID text, or empty
    std::string badge;         ///< typed code, or empty; of a proved badge
    std::string place;         ///< code
    storage::Method method{};
    storage::FactId fact;                 ///< what an override or an undo names
    storage::Override override_reason{};  ///< of an usher's answer to a refusal
    storage::UsherNumber usher{};         ///< who did it; 0: a badge alone
    storage::Reason overridden{};         ///< the refusal's
    storage::FactId answers;              ///< the refusal that this lets in anyway; zero: none
    storage::UsherNumber approver{};      ///< the supervisor who let that usher do it; 0: nobody
    std::uint32_t epoch = 0;
    std::uint64_t seq = 0;
    WallTime at;
    storage::Bilingual name;        ///< empty for refusals by rule; screens never show a
                                    ///< name with a refusal
    storage::Bilingual usher_note;  ///< what the attention is about; ushers only
    bool discreet = false;
    storage::Bilingual category;
    std::uint32_t category_rgb = 0;
    storage::Direction direction = storage::Direction::entry;
    std::string seat;
    std::optional<SessionWords> session;  ///< what the scan counts for
    std::optional<SessionWords> instead;  ///< where the person should be, or what comes next here
    HelpDeskWords help_desk;              ///< the way from here
    std::optional<std::chrono::minutes> since;  ///< local time of day for {time}
    /// too_early: how long until the doors open, begun minutes counted whole.
    std::optional<std::chrono::minutes> doors_in;
    std::optional<std::chrono::sys_days> valid_day;  ///< local
    std::optional<std::chrono::minutes> valid_time;  ///< on it: from then on, or until then
    bool was_valid = false;                          ///< until then, not from then on
    std::uint32_t flood = 0;    ///< about no code but so many, which were left out
    bool hand_scanner = false;  ///< not read by the camera
    std::optional<std::chrono::seconds> welcomed_at;  ///< of seen_again: local, since midnight
    bool seen_again = false;  ///< welcomed a moment ago, and still here: drawn neutral
    bool late = false;        ///< too old for the screen, which asks to show it again
    std::uint64_t frame = 0;  ///< number of the frame it was read from; 0: none
    AnswerTiming timing;
};

}  // namespace hudoor::kiosk
