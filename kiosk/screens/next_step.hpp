/// What the panel under a verdict says to do.
#pragma once

#include <optional>

#include "kiosk/display/painter.hpp"
#include "kiosk/screen/verdict_words.hpp"
#include "kiosk/screen/view.hpp"

namespace hudoor::kiosk {

/// One or two lines, and an arrow where the way is known.
struct Step {
    storage::Bilingual first;
    storage::Bilingual second;
    std::optional<storage::Arrow> arrow;
    assets::IconName icon = assets::IconName::person;  ///< where there is no arrow
};

/// Where the step leads elsewhere and the help desk is known: its way, in one line.
[[nodiscard]] std::optional<Step> way_to_desk(const Painter& painter, NextStep next,
                                              const Answer& answer);

/// Nothing where no session says which room to name.
[[nodiscard]] std::optional<Step> next_step(const Painter& painter, NextStep next,
                                            const Answer& answer);

}  // namespace hudoor::kiosk
