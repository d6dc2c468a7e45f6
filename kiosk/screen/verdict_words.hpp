/// One table from verdict to what the public sees: colour, icon and sound (by the kind shown),
/// words.
#pragma once

#include <span>
#include <string_view>

#include "storage/decide/admission.hpp"

namespace hudoor::kiosk {

/// What stands in the middle of a verdict screen.
enum class Middle { nothing, person, since, detail, right_session, this_session, doors };
/// What the panel at the bottom says to do.
enum class NextStep {
    nothing,
    seat,
    see_usher,
    right_room,
    later_room,  ///< whose doors are not open yet: when, and no arrow
    help_desk,
    doors,
    next_session
};

struct VerdictWords {
    storage::Reason reason{};
    storage::VerdictKind shown{};  ///< colour, icon and sound; milder than the verdict where the
                                   ///< public is not told the reason
    std::string_view word;         ///< id of the large words
    std::string_view detail;       ///< id of the reason in words; may be empty
    Middle middle{};
    NextStep next{};
};

/// Only an admitted exit has words of its own (goodbye); every other answer says the same in both
/// directions.
[[nodiscard]] const VerdictWords& verdict_words(
    storage::VerdictKind kind, storage::Reason reason,
    storage::Direction direction = storage::Direction::entry);
[[nodiscard]] const VerdictWords& verdict_words(const storage::Verdict& verdict,
                                                storage::Direction direction);
/// Every row there is but goodbye's.
[[nodiscard]] std::span<const VerdictWords> all_verdict_words();

}  // namespace hudoor::kiosk
