/// The panel under a verdict: what to do next with its arrow, and the way to the help desk.
#pragma once

#include "kiosk/screens/next_step.hpp"
#include "kiosk/screens/verdict_look.hpp"

namespace hudoor::kiosk {

/// `disc_mm` across: the arrow's or the sign's.
void draw_step(Painter& painter, const VerdictLook& look, const Step& step, const Box& panel,
               double disc_mm);
/// In one line beside a small arrow.
void draw_desk_row(Painter& painter, const VerdictLook& look, const Step& desk, const Box& row);

}  // namespace hudoor::kiosk
