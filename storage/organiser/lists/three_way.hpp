/// What becomes of one value: what the list said the last time, what it says now, and what was
/// decided here since.
#pragma once

#include <optional>
#include <string>

namespace hudoor::organiser {

enum class Outcome {
    same,      ///< both say so already
    take,      ///< the list's
    stand,     ///< ours: the list has not changed it, or never filled it
    conflict,  ///< both have changed
};

struct ThreeWay {
    std::optional<std::string> before;  ///< of the list; nothing: this source never said any
    std::optional<std::string> now;     ///< of the list; nothing: the cell is empty
    std::string here;
    std::string when_empty;     ///< what an empty value is
    bool decided_here = false;  ///< by hand, as far as is known
};

[[nodiscard]] inline Outcome decide_outcome(const ThreeWay& value) {
    const bool filled_before = value.before && !value.before->empty();
    if (!value.now && !filled_before) return Outcome::stand;
    const std::string& says = value.now ? *value.now : value.when_empty;
    if (says == value.here) return Outcome::same;
    if (!value.now) return Outcome::conflict;  // emptied: absence is not a value
    if (!value.before) return value.decided_here ? Outcome::conflict : Outcome::take;
    if (says == *value.before) return Outcome::stand;
    return value.here == (filled_before ? *value.before : value.when_empty) ? Outcome::take
                                                                            : Outcome::conflict;
}

}  // namespace hudoor::organiser
